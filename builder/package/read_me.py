"""What the files of an export say of themselves, in words: one text for what writes it and what reads it back."""

from builder.package.release import Release

ENCODING_OF_TEI = (
    "Turns, labels, paragraphs, headings, captions, narration and stage directions are the source's; its date, tags and "
    "navigation are not encoded here. Meetings at which nobody speaks have no file. White space is made uniform. "
    "What the source's editors inserted is supplied, what they left out a gap. The source attribute of a turn gives its "
    "place in the source's text in characters (RFC 5147). The affiliations of a person are the offices that pages print; from "
    "and to are the days of the first and the last meeting whose page prints one."
)
"""How the TEI files encode the transcripts."""


def read_me_of_texts(release: Release) -> str:
    """The `README.txt` of `text.zip`."""
    return (
        f"{release.title} {release.version} as plain text\n\n"
        "meetings/     what was said at each meeting: one file a meeting, a blank line between paragraphs and turns\n"
        "speakers/     what each named speaker said, in the order of the meetings: one file a speaker\n"
        "metadata.csv  a row for each file of meetings/: date, title, kind, place, speakers, counts\n"
        "speakers.csv  a row for each file of speakers/\n\n"
        "The texts hold what was said and the editors' [insertions]; who speaks, titles, stage directions and captions are\n"
        "not in them. Meetings at which nobody speaks have no file. Turns of a voice that the page does not name\n"
        "(Question, Remark) are in meetings/ alone. All files are UTF-8.\n\n"
        f"{release.licence_text.partition(chr(10) * 2)[2]}"
    )
