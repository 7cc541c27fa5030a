"""Pages with links, and the speakers of a page."""

from hypothesis import strategies as st

from builder.speakers.page_speakers import PageSpeaker, SpeakerAssignment
from builder.speakers.reference import People
from builder.speakers.resolution import resolve
from tests.support.pages import as_reading, person_link

NOBODY = People()


SAT = "Rudolf Elphberg: Please, sit down."


def assignment(page: str, people: People = NOBODY) -> SpeakerAssignment:
    return resolve(as_reading(page, "page.html" if page.startswith("<") else "page.txt"), people)


def ids(page: str, people: People = NOBODY) -> list[str | None]:
    return [*assignment(page, people).by_turn]


def only_speaker(page: str, people: People = NOBODY) -> PageSpeaker:
    (speaker,) = assignment(page, people).speakers
    return speaker


def linked(label: str, number: int, card: str, office: str = "") -> str:
    return f"<p><b>{office}{person_link(label, number, card)}:</b> Good day from {label}, whose number is {number}.</p>"


def without_card(label: str, number: int, office: str = "") -> str:
    """A label with the site's link to a person, but no card that lists the name."""
    link = f'<a href="http://en.kremlin.ru/catalog/persons/{number}/events" class="person_tag read__tag">{label}</a>'
    return f"<p><b>{office}{link}:</b> Good day from {label}, whose number is {number}.</p>"


LABELS = [
    *(
        "Sergei Hentzayev",
        "Sergey Hentzaev",
        "SERGEI HENTZAYEV",
        "Sregei Hentzayev",
        "S. Hentzayev",
        "Hentzayev",
        "Hentzaev",
    ),
    *(
        "Pavel Hentzayev",
        "Sergei Michael Hentzayev",
        "Governor Sergei Hentzayev",
        "Mayor Sergey Hentzaev",
        "SergeiHentzayev",
    ),
    *(
        "Michael Hentzayev Sergei",
        "Hentzayev Sergei",
        "King Rudolf V",
        "King of Jordan Rudolf V",
        "Rudolf V",
        "Question",
        "Mayor",
    ),
]
"""Labels of a few persons, and of none."""


TURN = st.tuples(st.sampled_from(LABELS), st.sampled_from([None, None, None, 77, 78, 79]))


CARDS = {77: "Hentzayev Sergei", 78: "Hentzayev Sergei", 79: "Hentzaev Sergey Michael"}
