"""One person, one id over all pages: by the site's number, or the full name."""

import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.build.page_index import PageEntry, PageIndex
from builder.build.pipeline import Report, build
from builder.reading.discovery import gather
from builder.speakers.linking import (
    Bearer,
    Identities,
    NamedSpeaker,
    NumberedName,
    id_of_mentioned,
    ids_on_page,
    is_namesake,
)
from builder.speakers.linking import identities as identities_of
from builder.speakers.mentions import Mentioned
from builder.speakers.page_speakers import PageSpeaker, PrintedName
from builder.speakers.reference import Person
from builder.verify import verify_package
from schema.ids import slug
from tests.conftest import Run
from tests.speakers.support import CARDS, SAT, TURN, linked
from tests.support.commands import rows
from tests.support.pages import accessible, html, main, person_link, said, save


def identities(names: Iterable[tuple[str, str, bool, bool]]) -> Identities:
    return identities_of(NumberedName(*name) for name in names)


def test_namesakes_are_told_apart_and_a_label_without_a_number_is_neithers() -> None:
    found = identities([("77", "rupert-hentzau", False, True), ("78", "rupert-hentzau", False, True)])
    assert found.of_person == {"77": "rupert-hentzau--77", "78": "rupert-hentzau--78"}
    assert found.of_name == {}
    assert found.notices == (
        "rupert-hentzau: 2 persons on the site have this name; their ids are rupert-hentzau--77, rupert-hentzau--78",
    )


def test_a_person_under_two_names_is_one_and_so_are_the_labels_of_either_name() -> None:
    found = identities([("77", "rupert-hentzau", False, True), ("77", "ruprecht-henzau", False, True)])
    assert found.of_person == {"77": "rupert-hentzau"}
    assert found.of_name == {"ruprecht-henzau": "rupert-hentzau"}
    assert found.notices == ("rupert-hentzau: person 77 of the site, whom pages also name ruprecht-henzau",)


def test_the_references_id_and_an_order_that_a_label_shows_come_first() -> None:
    assert identities([("7", "a-b", False, True), ("7", "b-a", True, False)]).of_person == {"7": "b-a"}
    assert identities([("7", "a-b", False, False), ("7", "b-a", False, True)]).of_person == {"7": "b-a"}
    found = identities([("7", "a-b", True, True), ("8", "a-b", False, True)])
    assert found.of_person == {"7": "a-b", "8": "a-b--8"}


IDENTITIES = Identities({"77": "rupert-hentzau", "78": "fritz-sapt--78"}, {"ruprecht-henzau": "rupert-hentzau"}, ())


@pytest.mark.parametrize(
    ("speakers", "ids"),
    [
        ([("ruprecht-henzau", "77", False)], ["rupert-hentzau"]),
        ([("ruprecht-henzau", None, False)], ["rupert-hentzau"]),
        ([("ruprecht-henzau", None, True)], ["ruprecht-henzau"]),
        ([("flavia-elphberg", None, False)], ["flavia-elphberg"]),
        ([("flavia-elphberg", "79", False)], ["flavia-elphberg"]),
        ([("fritz-sapt", None, False), ("fritz-sapt", "78", False)], ["fritz-sapt", "fritz-sapt--78"]),
        ([("ruprecht-henzau", None, False), ("henzau", "77", False)], ["rupert-hentzau", "rupert-hentzau"]),
        (
            [("ruprecht-henzau", None, False), ("rupert-hentzau", None, False)],
            ["ruprecht-henzau--talks", "rupert-hentzau--talks"],
        ),
        ([("rupert-hentzau", None, True), ("henzau", "77", False)], ["rupert-hentzau", "rupert-hentzau"]),
    ],
)
def test_the_ids_of_the_speakers_of_a_page(speakers: list[tuple[str, str | None, bool]], ids: list[str]) -> None:
    assert ids_on_page([NamedSpeaker(*speaker) for speaker in speakers], "talks", IDENTITIES) == ids


@pytest.mark.parametrize(
    ("number", "bearer", "speaker"),
    [
        ("77", None, "rupert-hentzau"),
        ("77", Bearer("fritz-sapt", None), "rupert-hentzau"),
        (None, None, None),
        (None, Bearer("fritz-sapt--78", "78"), "fritz-sapt--78"),
        ("79", Bearer("fritz-sapt", None), "fritz-sapt"),
        ("79", Bearer("fritz-sapt--78", "78"), None),
    ],
)
def test_the_speaker_who_is_mentioned(number: str | None, bearer: Bearer | None, speaker: str | None) -> None:
    assert id_of_mentioned(number, bearer, IDENTITIES) == speaker


@pytest.mark.parametrize(
    ("offices", "role", "is_other"),
    [([], "Mayor", False), (["Mayor of Zenda"], "Mayor", False), (["Mayor of Zenda"], "Governor", True)],
)
def test_an_office_that_a_speaker_never_holds_is_a_namesakes(offices: list[str], role: str, is_other: bool) -> None:
    assert is_namesake(offices, role) is is_other


@given(
    st.lists(
        st.tuples(st.sampled_from("123456"), st.sampled_from(["a", "b", "c", "d"]), st.booleans(), st.booleans()),
        max_size=20,
    )
)
def test_every_person_has_one_id_and_no_two_the_same(named: list[tuple[str, str, bool, bool]]) -> None:
    # A name is the reference's of one person at most.
    owners: dict[str, str] = {}
    named = [(n, p, r and owners.setdefault(p, n) == n, o) for n, p, r, o in named]
    found = identities(named)
    assert {*found.of_person} == {number for number, *_ in named}
    assert len({*found.of_person.values()}) == len(found.of_person)
    assert found == identities(reversed(named))
    assert {*found.of_name.values()} <= {*found.of_person.values()}


def test_the_only_name_of_a_person_is_their_id_however_little_is_known_of_it() -> None:
    found = identities([("77", "rupert-hentzau", False, False)])
    assert (found.of_person, found.of_name, found.notices) == ({"77": "rupert-hentzau"}, {}, ())


def test_persons_are_named_in_the_order_of_their_numbers() -> None:
    namesakes = [(number, "rupert-hentzau", False, True) for number in ("10", "9", "101")]
    assert identities(namesakes).notices == (
        "rupert-hentzau: 3 persons on the site have this name; their ids are rupert-hentzau--9, rupert-hentzau--10, "
        "rupert-hentzau--101",
    )
    renamed = [(number, name + number, False, True) for number in ("10", "9") for name in ("a", "c", "b")]
    assert identities(renamed).notices == (
        "a9: person 9 of the site, whom pages also name b9, c9",
        "a10: person 10 of the site, whom pages also name b10, c10",
    )


def speaking(
    name: str, number: str | None = None, person: Person | None = None, role: str | None = None
) -> PageSpeaker:
    """A speaker of a page, as the page alone knows them."""
    plain_id = person.speaker_id if person else slug(name)
    return PageSpeaker(
        speaker_id=f"{plain_id}--{number}" if number else plain_id,
        plain_id=plain_id,
        name=name,
        person=person,
        printed=(PrintedName(name, "full_name"),),
        family_name=None,
        given_name=None,
        site_person_id=number,
        is_order_shown=True,
        role=role,
        role_evidence="label" if role else "none",
        speaker_evidence="full_name",
        country=None,
    )


def spoken_of(name: str, number: str | None = None, role: str | None = None) -> Mentioned:
    """A person of whom a page speaks: each with an id of its own on the page."""
    return Mentioned(name, "--".join(filter(None, (slug(name), number, role and slug(role)))), slug(name), number, role)


def page_of(
    *persons: PageSpeaker | Mentioned, status: Literal["included", "duplicate", "rejected"] = "included"
) -> PageEntry:
    return PageEntry(
        path="",
        sha256=None,
        byte_size=None,
        media_type="text/html",
        encoding=None,
        layout=None,
        status=status,
        reason=None,
        text_length=None,
        text_sha256=None,
        speakers=tuple(person for person in persons if isinstance(person, PageSpeaker)),
        mentioned=tuple(person for person in persons if isinstance(person, Mentioned)),
        slices={"utterances": (0, 1)},
    )


def settled(*pages: PageEntry) -> tuple[list[str], list[dict[str, str]], list[dict[str, str]]]:
    """What a build of these pages gives notice of; the id of every speaker of each included one, by the id on the page; and
    whom each speaks of, where that is a speaker."""
    named = [
        page._replace(path=f"{number}.html", name=f"2018-05-{number:02}-talks")
        for number, page in enumerate(pages, start=1)
    ]
    with TemporaryDirectory() as folder, closing(PageIndex(Path(folder))) as index:
        index.add(0, named)
        notices = index.decide()
        placed = [*index.placed()]
    included = [page for page in named if page.status == "included"]
    assert [page.name for page in included] == [place.name for place in placed]
    ids = [
        {s.speaker_id: place.speaker_ids.get(s.speaker_id, s.speaker_id) for s in page.speakers}
        for page, place in zip(included, placed, strict=True)
    ]
    return notices, ids, [dict(place.mentioned_ids) for place in placed]


def test_the_numbers_of_all_pages_decide_who_is_who() -> None:
    notices, ids, _ = settled(
        page_of(speaking("Rupert Hentzau", "77"), speaking("Fritz Sapt")),
        page_of(speaking("Rupert Hentzau", "78"), speaking("Michael Elphberg", "79")),
        page_of(speaking("Rupert Hentzau"), speaking("Michael Elphberg", "79"), speaking("Black Michael", "79")),
        page_of(speaking("Michael Elphberg")),
    )
    assert ids == [
        {"rupert-hentzau--77": "rupert-hentzau--77", "fritz-sapt": "fritz-sapt"},
        {"rupert-hentzau--78": "rupert-hentzau--78", "michael-elphberg--79": "black-michael"},
        {
            "rupert-hentzau": "rupert-hentzau",
            "michael-elphberg--79": "black-michael",
            "black-michael--79": "black-michael",
        },
        {"michael-elphberg": "black-michael"},
    ]
    assert notices == [
        "rupert-hentzau: 2 persons on the site have this name; their ids are rupert-hentzau--77, rupert-hentzau--78",
        "black-michael: person 79 of the site, whom pages also name michael-elphberg",
    ]


def test_what_is_no_included_page_decides_nothing() -> None:
    notices, ids, mentioned = settled(
        page_of(speaking("Rupert Hentzau", "77"), spoken_of("Fritz Sapt")),
        page_of(speaking("Rupert Hentzau", "78"), speaking("Fritz Sapt"), status="rejected"),
    )
    assert (notices, ids, mentioned) == ([], [{"rupert-hentzau--77": "rupert-hentzau"}], [{}])


def test_a_person_of_the_reference_keeps_its_id_under_a_name_that_is_anothers() -> None:
    known = Person(speaker_id="michael-elphberg", name="Michael Elphberg", source="a test")
    _, ids, _ = settled(
        page_of(speaking("Black Michael", "79"), speaking("Fritz Sapt")),
        page_of(speaking("Michael Elphberg", "79"), speaking("Fritz Sapt")),
        page_of(speaking("Michael Elphberg", person=known)),
        page_of(speaking("Michael Elphberg")),
    )
    assert ids[2:] == [{"michael-elphberg": "michael-elphberg"}, {"michael-elphberg": "black-michael"}]


def test_a_name_without_a_number_beside_the_only_numbered_person_who_bears_it_is_theirs() -> None:
    _, ids, _ = settled(
        page_of(speaking("Ruprecht Henzau", "77")),
        page_of(speaking("Rupert Hentzau", "77"), speaking("Ruprecht Henzau")),
    )
    assert ids[1] == {"rupert-hentzau--77": "rupert-hentzau", "ruprecht-henzau": "rupert-hentzau"}


def test_a_person_spoken_of_is_the_speaker_of_that_number_or_else_of_that_name() -> None:
    _, _, mentioned = settled(
        page_of(speaking("Rupert Hentzau", "77"), speaking("Fritz Sapt")),
        page_of(
            spoken_of("Ruprecht Henzau", "77"),
            spoken_of("Rupert Hentzau"),
            spoken_of("Rupert Hentzau", "78"),
            spoken_of("Fritz Sapt", "79"),
            spoken_of("Flavia Elphberg"),
        ),
    )
    assert mentioned == [
        {},
        {"ruprecht-henzau--77": "rupert-hentzau", "rupert-hentzau": "rupert-hentzau", "fritz-sapt--79": "fritz-sapt"},
    ]


def test_a_name_that_two_speakers_bear_is_neithers_where_it_is_spoken_of() -> None:
    _, _, mentioned = settled(
        page_of(speaking("Rupert Hentzau", "77")),
        page_of(speaking("Rupert Hentzau", "78")),
        page_of(spoken_of("Rupert Hentzau"), spoken_of("Rupert Hentzau", "78")),
    )
    assert mentioned[2] == {"rupert-hentzau--78": "rupert-hentzau--78"}


def test_an_office_that_is_none_of_the_speakers_is_a_namesakes() -> None:
    _, _, mentioned = settled(
        page_of(speaking("Rupert Hentzau", "77", role="Energy Minister"), speaking("Fritz Sapt")),
        page_of(speaking("Rupert Hentzau", "77", role="Mayor of Zenda")),
        page_of(
            spoken_of("Rupert Hentzau"),
            spoken_of("Rupert Hentzau", role="Minister of Energy"),
            spoken_of("Rupert Hentzau", role="Mayor"),
            spoken_of("Rupert Hentzau", role="Governor of Strelsau"),
            spoken_of("Rupert Hentzau", "77", role="Governor of Strelsau"),
            spoken_of("Fritz Sapt", role="Governor of Strelsau"),
        ),
    )
    rupert = "rupert-hentzau", "rupert-hentzau--minister-of-energy", "rupert-hentzau--mayor"
    assert mentioned[2] == {
        **dict.fromkeys((*rupert, "rupert-hentzau--77--governor-of-strelsau"), "rupert-hentzau"),
        "fritz-sapt--governor-of-strelsau": "fritz-sapt",
    }


def package(folder: Path, *pages: str) -> tuple[Report, dict[str, list[dict[str, Any]]]]:
    """The package that these pages give, and what the build reports; it passes every check."""
    source = folder / "pages"
    source.mkdir(parents=True)
    for number, page in enumerate(pages, start=1):
        (source / f"{number}.html").write_text(page, "utf-8")
    report = build(gather([source]), folder / "out")
    assert not [finding for check in verify_package(folder / "out") for finding in check.findings]
    tables = ("utterances", "speakers", "participations", "names", "offices", "mentions", "meetings")
    return report, {name: rows(folder / "out", name) for name in tables}


def day(number: int, *body: str, **metadata: Any) -> str:
    """A page of its own event."""
    return html(*body, title=f"Talks {number}", date=f"2018-05-{number:02}", number=500 + number, lead=None, **metadata)


def speakers_of(rows: dict[str, list[dict[str, Any]]]) -> list[str | None]:
    return [row["speaker_id"] for row in rows["utterances"]]


def test_namesakes_of_different_pages_are_told_apart_wherever_they_speak(tmp_path: Path) -> None:
    report, rows = package(
        tmp_path,
        day(1, linked("Rupert Hentzau", 77, "Hentzau Rupert"), said("Alfred Sapt", "Yes.")),
        day(2, said("Rupert Hentzau", "Yes."), persons=[("Hentzau Rupert", 78)]),
        day(3, said("Rupert Hentzau", "No.")),
        day(
            4,
            said("Fritz Tarlenheim", f"I know {person_link('Mr Hentzau', 78, 'Hentzau Rupert')} and [Rupert Hentzau]."),
        ),
    )
    told = ["rupert-hentzau--77", "alfred-sapt", "rupert-hentzau--78", "rupert-hentzau", "fritz-tarlenheim"]
    assert speakers_of(rows) == told
    assert [row["site_person_id"] for row in rows["speakers"] if row["name"] == "Rupert Hentzau"] == [None, "77", "78"]
    assert [(row["name"], row["speaker_id"]) for row in rows["mentions"]] == [
        ("Rupert Hentzau", "rupert-hentzau--78")
    ] * 2
    assert any(notice.startswith("rupert-hentzau: 2 persons on the site have this name") for notice in report.notices)
    # The order of the key, of which the final id is part.
    first = [row["speaker_id"] for row in rows["participations"] if row["meeting_id"] == "2018-05-01-talks-1"]
    assert first == ["alfred-sapt", "rupert-hentzau--77"]


def test_a_person_whom_pages_name_in_two_ways_is_one_speaker(tmp_path: Path) -> None:
    without_card = linked("Ruprecht Henzau", 77, "On Nobody")
    report, rows = package(
        tmp_path,
        day(1, linked("Rupert Hentzau", 77, "Hentzau Rupert", "Mayor of Zenda ")),
        day(2, without_card),
        day(3, said("Ruprecht Henzau", "No.")),
    )
    assert speakers_of(rows) == ["rupert-hentzau"] * 3
    (speaker,) = rows["speakers"]
    assert (speaker["name"], speaker["family_name"], speaker["site_person_id"]) in {
        ("Rupert Hentzau", "Hentzau", "77"),
        ("Ruprecht Henzau", "Hentzau", "77"),
    }
    assert speaker["aliases"] == ["Rupert Hentzau", "Ruprecht Henzau"]
    assert any("whom pages also name ruprecht-henzau" in notice for notice in report.notices)
    assert rows["names"] == [
        {"speaker_id": "rupert-hentzau", "form": "Rupert Hentzau", "evidence": "link", "meeting_count": 1},
        {"speaker_id": "rupert-hentzau", "form": "Ruprecht Henzau", "evidence": "full_name", "meeting_count": 1},
        {"speaker_id": "rupert-hentzau", "form": "Ruprecht Henzau", "evidence": "link", "meeting_count": 1},
    ]


def test_two_names_of_one_page_are_one_speaker_where_another_page_gives_both_to_one_number(tmp_path: Path) -> None:
    """Another page names person 77 so, and nobody else; here that name stands beside person 77."""
    _, rows = package(
        tmp_path,
        day(1, linked("Ruprecht Henzau", 77, "On Nobody")),
        day(
            2,
            linked("Rupert Hentzau", 77, "Hentzau Rupert"),
            said("Mayor of Zenda Ruprecht Henzau", "No."),
            said("Fritz Sapt", "Yes."),
        ),
    )
    assert speakers_of(rows)[1:] == ["rupert-hentzau", "rupert-hentzau", "fritz-sapt"]
    here = [row for row in rows["participations"] if row["meeting_id"].endswith("talks-2")]
    assert [(row["speaker_id"], row["role"], row["utterance_count"]) for row in here] == [
        ("fritz-sapt", None, 1),
        ("rupert-hentzau", "Mayor of Zenda", 2),
    ]
    assert [row["role"] for row in rows["utterances"]][1:] == ["Mayor of Zenda", "Mayor of Zenda", None]
    assert [row["speaker_count"] for row in rows["meetings"]] == [1, 2]
    assert [(row["office"], row["meeting_count"]) for row in rows["offices"]] == [("Mayor of Zenda", 1)]


def test_a_family_name_alone_is_another_person_on_every_page(tmp_path: Path) -> None:
    _, rows = package(
        tmp_path,
        day(1, said("Hentzau", "Yes."), said("Fritz Sapt", "Indeed.")),
        day(2, said("Hentzau", "No."), said("Fritz Sapt", "Really?")),
        day(3, said("Rupert Hentzau", "So.")),
    )
    first, second, other = "hentzau--2018-05-01-talks-1", "hentzau--2018-05-02-talks-2", "fritz-sapt"
    assert speakers_of(rows) == [first, other, second, other, "rupert-hentzau"]
    evidence = [row["speaker_evidence"] for row in rows["participations"] if row["speaker_id"] in (first, second)]
    assert evidence == ["family_name", "family_name"]


def test_a_duplicate_page_does_not_tell_namesakes_apart(tmp_path: Path) -> None:
    page = day(1, linked("Rupert Hentzau", 77, "Hentzau Rupert"))
    again = page.replace("persons/77", "persons/78").replace("<p>Publication", "<p> Publication")
    _, rows = package(tmp_path, page, again)
    assert speakers_of(rows) in (["rupert-hentzau"], ["rupert-hentzau"])


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_in_which_pages_are_read_does_not_show(tmp_path: Path, order: tuple[int, ...]) -> None:
    pages = [
        day(1, linked("Rupert Hentzau", 77, "Hentzau Rupert")),
        day(2, linked("Ruprecht Henzau", 77, "On Nobody")),
        day(3, linked("Ruprecht Henzau", 78, "Henzau Ruprecht")),
    ]
    _, rows = package(tmp_path, *(pages[index] for index in order))
    assert speakers_of(rows) == ["rupert-hentzau", "rupert-hentzau", "ruprecht-henzau"]


def test_an_office_lasts_from_the_first_page_that_prints_it_to_the_last(tmp_path: Path) -> None:
    _, rows = package(
        tmp_path,
        day(3, said("Mayor of Zenda Rupert Hentzau", "A.")),
        day(1, said("Mayor of Zenda Rupert Hentzau", "B.")),
        day(2, said("Rupert Hentzau", "C.")),
        day(4, said("Governor Rupert Hentzau", "D.")),
    )
    assert [(row["office"], row["first_date"], row["last_date"], row["meeting_count"]) for row in rows["offices"]] == [
        ("Governor", "2018-05-04", "2018-05-04", 1),
        ("Mayor of Zenda", "2018-05-01", "2018-05-03", 2),
    ]
    assert rows["offices"][1]["last_meeting_id"] == "2018-05-03-talks-3"


def test_the_same_office_on_another_page_shows_the_country(tmp_path: Path) -> None:
    open_page = day(
        1, said("Minister of Culture Rupert Hentzau", "Yes."), said("President of Serbia Fritz Sapt", "No.")
    )
    other = day(2, said("Minister of culture Rupert Hentzau", "Yes."), said("Anna Belova, painter", "No."))
    _, found = package(tmp_path, open_page, other)
    countries = {(row["meeting_id"][:10], row["speaker_id"]): row["country"] for row in found["participations"]}
    assert countries == {
        ("2018-05-01", "rupert-hentzau"): "RUS",
        ("2018-05-01", "fritz-sapt"): "SRB",
        ("2018-05-02", "rupert-hentzau"): "RUS",
        ("2018-05-02", "anna-belova"): None,
    }


def test_capitals_make_no_other_office(tmp_path: Path) -> None:
    _, rows = package(
        tmp_path,
        day(1, said("former Mayor of Zenda Rupert Hentzau", "A.")),
        day(2, said("Former Mayor of Zenda Rupert Hentzau", "B.")),
        day(3, said("FORMER MAYOR OF ZENDA RUPERT HENTZAU", "C.")),
    )
    assert [(row["office"], row["last_date"], row["meeting_count"]) for row in rows["offices"]] == [
        ("former Mayor of Zenda", "2018-05-03", 3)
    ]


PERSONS = st.lists(TURN, min_size=1, max_size=4)


@pytest.mark.slow
@settings(deadline=None, max_examples=12)
@given(st.lists(PERSONS, min_size=2, max_size=4))
def test_whatever_the_pages_the_package_passes_every_check(pages: list[list[tuple[str, int | None]]]) -> None:
    with TemporaryDirectory() as folder:
        package(
            Path(folder),
            *(
                day(
                    number,
                    *(linked(label, link, CARDS[link]) if link else said(label, f"{number}.") for label, link in turns),
                    said(
                        "Fritz Sapt",
                        f"On day {number} I met {person_link('him', 78, CARDS[78])} and [Sergei Hentzayev].",
                    ),
                )
                for number, turns in enumerate(pages, start=1)
            ),
        )


@pytest.mark.slow
def test_other_pages_never_change_a_speakers_id(tmp_path: Path, builder: Run) -> None:
    page = main(SAT, "Elphberg: And you?", "Rupert Hentzau: Yes.")
    others = {
        "b": accessible("Flavia Elphberg: Yes.", "Rudolf Elphberg: No.", title="Ball"),
        "c": accessible("RUPERT HENTZAU: Yes.", "Prime Minister Elphberg Hentzau: Well.", title="Hunt"),
    }
    ids = []
    for name, pages in (("alone", {"a": page}), ("among", {"a": page, **others})):
        result = builder("build", save(tmp_path / name, **pages), "--output", tmp_path / name, "--quiet")
        assert result.returncode == 0, result.stderr
        lines = (tmp_path / name / "dist" / "utterances.jsonl").read_text("utf-8").splitlines()
        ids.append({row["utterance_id"]: row["speaker_id"] for row in map(json.loads, lines)})
    alone, among = ids
    assert (len(alone), len(among)) == (3, 7)
    assert {utterance: among[utterance] for utterance in alone} == alone
