"""What the referee states in its own words is what the reader of pages goes by: whoever changes one looks at the other."""

from builder.reading import decoding, document, encodings
from builder.reading.layouts import RANK, accessible_text, html, main_text, plain_text
from builder.reading.layouts.site import TAG_LISTS
from builder.speakers.outside_speech import REGIONS
from builder.verify import stated


def test_the_referee_and_the_reader_say_the_same() -> None:
    assert (stated.PLAIN_TEXT, stated.SAVED_HTML) == (document.PLAIN, document.HTML)
    assert stated.ENCODINGS == encodings.ENCODINGS
    assert tuple(RANK) == stated.LAYOUTS
    names = (html.NAME, main_text.NAME, accessible_text.NAME, plain_text.NAME)
    assert names == (stated.HTML, stated.MAIN_TEXT, stated.ACCESSIBLE_TEXT, stated.PLAIN)
    assert stated.ACCESSIBLE_HEAD == accessible_text.FURNITURE
    assert tuple(stated.COLUMN_OF_TAGS) == TAG_LISTS
    assert dict(REGIONS) == stated.KINDS_OF_EVIDENCE
    assert stated.sha256_of_text("Ä") == decoding.sha256_of_text("Ä")
