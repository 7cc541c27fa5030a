"""What the files of an export say of themselves, in words: one text for what writes it and what reads it back."""

from builder.package.release import Release


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
