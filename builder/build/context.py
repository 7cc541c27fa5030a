"""What a process reads once for each build."""

from dataclasses import dataclass, field
from functools import lru_cache

from builder.reading.containers import OpenContainers
from builder.reading.metadata_tables import MetadataTables
from builder.reading.provenance import ProvenanceTables
from builder.speakers.reference import People, load_people


@dataclass(frozen=True)
class BuildContext:
    """What is known before any page is read: the persons of the reference, the tables beside files, the file of many pages that
    is open."""

    people: People = field(default_factory=load_people)
    provenance: ProvenanceTables = field(default_factory=ProvenanceTables)
    metadata: MetadataTables = field(default_factory=MetadataTables)
    containers: OpenContainers = field(default_factory=OpenContainers)


@lru_cache(maxsize=1)
def context_of(spool: str) -> BuildContext:  # noqa: ARG001  # what the cache compares
    """The context of the build whose spool folder this is: a process works for one build after another, and reads anew
    for each what may have changed."""
    return BuildContext()
