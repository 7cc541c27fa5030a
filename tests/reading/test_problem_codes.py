"""A page that cannot be read has problems with codes, which stay when the wording changes."""

import pytest

from builder.errors import DataError
from tests.support import pages

TALK = ("Rudolf Elphberg: Good morning.",)
HTML = pages.html(pages.said("Rudolf Elphberg", "Good morning."))
NO_TITLE = HTML.replace("Meeting with Rupert Hentzau", "")
MAIN = pages.main(*TALK, title="Talks", date="May 4, 2018")
ACCESSIBLE = pages.accessible(*TALK, title="Talks", date="May 4, 2018")


def undated(html: str) -> str:
    return html.replace("2018-05-04", "").replace("May 4, 2018", "soon")


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        ("Only some words.", ["no-layout"]),
        ("date: 2018-05-04\n", ["no-title"]),
        ("title: Talks\n", ["no-date"]),
        ("title: Talks\ndate: soon\n", ["no-date"]),
        ("Events\nMay 4, 2018\nZenda\nRudolf Elphberg: Yes.\nPublication status\nText version\n", ["no-title"]),
        (MAIN.replace("May 4, 2018", "soon"), ["no-date"]),
        (MAIN.replace("May 4, 2018", "May 44, 2018"), ["impossible-date"]),
        (ACCESSIBLE.replace("May 4, 2018", "soon"), ["no-date"]),
        (NO_TITLE, ["no-title"]),
        (undated(HTML), ["no-date"]),
        (undated(NO_TITLE), ["no-title", "no-date"]),
        (pages.main("(Applause.)", ": Good morning."), ["no-speaker"]),
        (pages.main("President of Ruritania Rudolf Elphberg:", "Rupert Hentzau: Good morning."), ["no-speech"]),
    ],
)
def test_each_problem_of_a_page_has_its_code(page: str, codes: list[str]) -> None:
    with pytest.raises(DataError) as caught:
        pages.as_reading(page, "page.html" if page.startswith("<") else "page.txt")
    assert [problem.code for problem in caught.value.problems] == codes
