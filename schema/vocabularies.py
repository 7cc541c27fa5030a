"""The closed vocabularies of the tables. Apart from the models, so that who needs a word need not load them."""

from typing import Literal

MeetingKind = Literal[
    "meeting",
    "news_conference",
    "telephone_call",
    "ceremony",
    "address",
    "interview",
    "message",
    "document",
    "announcement",
]
RoleEvidence = Literal["label", "lead", "title", "heading", "caption", "narration", "none"]
SpeakerEvidence = Literal["link", "tag", "full_name", "short_name", "spelling", "alias", "family_name"]
NameEvidence = Literal["link", "tag", "full_name", "short_name", "spelling", "alias", "family_name", "site"]
MentionKind = Literal["link", "insertion"]
SourceStatus = Literal["included", "duplicate", "rejected"]
SegmentKind = Literal[
    "furniture",
    "section",
    "title",
    "date",
    "time",
    "place",
    "lead",
    "narration",
    "caption",
    "pullquote",
    "related",
    "heading",
    "separator",
    "label",
    "speech",
    "insertion",
    "direction",
    "elision",
    "note",
    "tag",
    "status",
    "blank",
    "unassigned",
]
