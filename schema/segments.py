"""What the kinds of a segment say of it: whose words it holds, and whether it belongs to a turn."""

from schema.vocabularies import SegmentKind

SPOKEN: tuple[SegmentKind, ...] = ("speech", "insertion")
"""The kinds whose text makes up an utterance's text."""
OF_A_TURN: frozenset[SegmentKind] = frozenset({"label", "direction", "elision", "blank", *SPOKEN})
"""The kinds that may belong to a turn."""
ALWAYS_OF_A_TURN: frozenset[SegmentKind] = frozenset({"label", "direction", *SPOKEN})
"""The kinds that never stand outside a turn."""
