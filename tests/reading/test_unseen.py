"""Characters that do not show: names, labels and text are without them, and each stands in a segment."""

import pytest

from builder.build.page import check_cover
from builder.reading.document import Transcript
from schema.text import find_unseen, without_unseen
from tests.support.pages import accessible, as_reading, html, main

UNSEEN = {
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "zero-width non-joiner": "\u200c",
    "soft hyphen": "\xad",
    "byte order mark": "\ufeff",
    "word joiner": "\u2060",
    "Mongolian vowel separator": "\u180e",
    "marks of direction": "\u200e\u202a\u202c\u2069",
    "several": "\u200b\xad\u200b",
}
PAGES = {
    "html": lambda x: html(
        f"<p><b>{x}Rudolf{x} Elph{x}berg{x}:</b>{x} Si{x}t down. (App{x}lause.) Yes.</p>",
        f"<p>{x}</p>",
        f"<p><b>Rupert Hentzau ({x}retranslated{x}){x}:</b> Thank you{x}.</p>",
        title=f"Meeting with Ru{x}pert Hentzau",
    ),
    "main": lambda x: main(
        f"{x}Rudolf{x} Elph{x}berg{x}:{x} Si{x}t down. (App{x}lause.) Yes.",
        x,
        f"Rupert Hentzau ({x}retranslated{x}){x}: Thank you{x}.",
        title=f"Meeting with Ru{x}pert Hentzau",
    ),
    "accessible": lambda x: accessible(
        f"{x}Rudolf{x} Elph{x}berg{x}:{x} Si{x}t down. (App{x}lause.) Yes.",
        x,
        f"Rupert Hentzau ({x}retranslated{x}){x}: Thank you{x}.",
        title=f"Meeting with Ru{x}pert Hentzau",
    ),
    "plain": lambda x: (
        f"title: Meeting with Ru{x}pert Hentzau\ndate: 2018-05-04\n\n"
        f"**{x}Rudolf{x} Elph{x}berg{x}:**{x} Si{x}t down. (App{x}lause.) Yes.\n\n{x}\n\n"
        f"Rupert Hentzau ({x}retranslated{x}){x}: Thank you{x}.\n"
    ),
}


def characters(transcript: Transcript) -> str:
    return "".join(transcript.document.text[s.start : s.end] for s in transcript.segments)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=UNSEEN)
def test_a_page_is_read_as_if_they_were_not_there(page: str, unseen: str) -> None:
    transcript, without = (as_reading(PAGES[page](x)) for x in (unseen, ""))
    assert [(t.label, t.note, t.text) for t in transcript.turns] == [
        ("Rudolf Elphberg", None, "Sit down. Yes."),
        ("Rupert Hentzau", "retranslated", "Thank you."),
    ]
    assert transcript.document.metadata == without.document.metadata
    assert transcript.document.metadata.title == "Meeting with Rupert Hentzau"
    assert transcript.text_of("title") == without.text_of("title")
    check_cover(transcript.document, transcript.segments, page)
    assert characters(transcript) == transcript.document.text
    assert without_unseen(transcript.document.text).split() == without.document.text.split()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ru\xadpert", "Rupert"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("می\u200c", "می"),
        ("a\u200cb", "ab"),
        ("Ру\u200dперт", "Руперт"),
        ("Rupert", "Rupert"),
        ("\u200b", ""),
    ],
)
def test_a_joiner_between_letters_that_are_spelt_with_it_is_kept(text: str, kept: str) -> None:
    assert without_unseen(text) == kept
    assert "".join(text[a:b] for a, b in find_unseen(text)) == "".join(c for c in text if c not in kept)
