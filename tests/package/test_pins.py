"""Ids stay what every release said they are, unless the release map says what became of them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from builder.build.pipeline import Report, build
from builder.errors import DataError, Problem
from builder.package import pins, releases
from builder.package.pins import changed_ids, pins_of
from builder.package.reader import PackageReader
from builder.package.releases import load_releases, render_pins
from builder.reading.discovery import gather
from tests.conftest import PROJECT
from tests.support import pages
from tests.support.commands import rows, run
from tests.support.told import brief, refusal

TALK = "2018-05-04-meeting-with-rupert-hentzau"
GREETING = "2018-05-05-greetings"
NEWS = "2018-05-06-a-station"
TALKS = {
    "talk": pages.main(*pages.TALK),
    "greeting": pages.main("Rudolf Elphberg: Good morning.", title="Greetings", date="May 5, 2018"),
    "news": pages.main("The President opened a station.", title="A station", date="May 6, 2018"),
}

Map = Callable[..., None]


def packaged(folder: Path, texts: dict[str, str], output: Path | None = None) -> tuple[Path, Report]:
    """The folder of the package of these pages, and the report of its build."""
    output = output or folder / "out"
    return output, build(gather([pages.save(folder / "in", **texts)]), output)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own: a folder whose releases 1.0.0 and 1.1.0 pin the three pages, and which holds no package yet."""
    own = tmp_path / "project"
    folder = own / "builder/package/releases"
    folder.mkdir(parents=True)
    package, _ = packaged(tmp_path / "released", TALKS)
    for version in ("1.0.0", "1.1.0"):
        (folder / f"{version}.csv").write_bytes(render_pins(pins_of(package)))
    (folder / "map.toml").write_text("", "utf-8")
    monkeypatch.setattr(pins, "PROJECT", own)
    monkeypatch.setattr(releases, "PROJECT", own)
    monkeypatch.setattr(releases, "RELEASES", folder)
    monkeypatch.setattr(pins, "load_releases", lambda: load_releases.__wrapped__(folder))
    return own


@pytest.fixture
def entered(project: Path) -> Map:
    """Enters changes of release 2.0.0 in the map."""

    def enter(table: str, row_id: str, what: str, *into: str, release: str = "2.0.0") -> None:
        with (project / "builder/package/releases/map.toml").open("a", encoding="utf-8") as file:
            file.write(
                f'[[change]]\nrelease = "{release}"\ntable = "{table}"\nid = "{row_id}"\nwhat = "{what}"\n'
                f'into = {json.dumps(into)}\nreason = "because"\n'
            )

    return enter


FOLDER = "builder/package/releases"


def own_build(project: Path, texts: dict[str, str]) -> list[Problem]:
    """The problems of a build of these pages in the project's own folder."""
    try:
        packaged(project, texts, project)
    except DataError as error:
        return [*error.problems]
    return []


def briefs(problems: list[Problem]) -> list[str]:
    """The place and code of problems, below the folder of the releases."""
    return [brief(problem).removeprefix(f"{FOLDER}/") for problem in problems]


# ---------------------------------------------------------------------------------------------------------------------
# The project's own pins


def test_every_release_is_pinned_and_dist_keeps_the_ids_of_all() -> None:
    pinned = load_releases()
    told = re.findall(r"^## ([0-9.]+)", (PROJECT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert [release.version for release in pinned.pinned] == told
    assert all(len(release.pins) >= 21 for release in pinned.pinned)
    assert list(changed_ids(PROJECT, pinned, is_own=True)) == []


def test_the_pins_of_this_release_are_those_of_dist() -> None:
    result = run("pin", "--check")
    assert (result.exit_code, result.stdout.endswith("pinned already\n")) == (0, True), result.stderr


def test_the_first_release_named_this_turn_so() -> None:
    [first] = [release for release in load_releases().pinned if release.version == "0.1.0"]
    [pin] = [pin for pin in first.pins if pin.utterance_id == "2020-03-10-meeting-with-nursultan-nazarbayev-0002"]
    # The text in the README: "Yes, it did."
    assert (pin.start_char, pin.speaker_id) == (1110, "nursultan-nazarbayev")


# ---------------------------------------------------------------------------------------------------------------------
# What a build may not do in the project's folder


def test_the_same_pages_and_more_keep_the_pins(project: Path) -> None:
    more = {"more": pages.main("Rudolf Elphberg: Good night.", title="Farewell", date="May 7, 2018")}
    assert own_build(project, TALKS | more) == []
    assert (project / "datapackage.json").is_file()


def test_a_pinned_source_that_is_not_among_the_inputs_fails_the_build_and_the_package_stays(project: Path) -> None:
    assert own_build(project, TALKS) == []
    before = (project / "datapackage.json").read_bytes()
    (project / "in/greeting.txt").unlink()
    problem = refusal(build, gather([project / "in"]), project)
    digest = next(pin.text_sha256 for pin in pins.load_releases().pinned[0].pins if pin.meeting_id == GREETING)
    assert briefs([problem]) == ["1.1.0.csv:5: id-changed"]
    assert GREETING in problem.expected
    assert digest in problem.expected
    assert f"{FOLDER}/map.toml" in problem.advice
    assert (project / "datapackage.json").read_bytes() == before


def repin(project: Path, old: str, new: str, version: str = "1.1.0") -> None:
    """Has a release say otherwise in one place, as if the code now said something new."""
    path = project / f"builder/package/releases/{version}.csv"
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        (f",{NEWS},,", ",2018-05-06-news,,", 6, ("2018-05-06-news", NEWS)),
        (f"{GREETING}-0001", f"{GREETING}-0002", 5, (f"{GREETING}-0002", "none")),
        ("0002,243,", "0002,244,", 3, ("244", "243")),
        ("-0002,243,rupert", "-0002,243,a", 3, ("a-hentzau", "rupert-hentzau")),
    ],
    ids=["a meeting's id", "an utterance's id", "an utterance's place", "a speaker's id"],
)
def test_a_changed_id_fails_the_build_by_the_line_of_its_pin(
    project: Path, old: str, new: str, line: int, told: tuple[str, str]
) -> None:
    repin(project, old, new)
    [problem] = own_build(project, TALKS)
    assert briefs([problem]) == [f"1.1.0.csv:{line}: id-changed"]
    assert (told[0] in problem.expected, problem.found) == (True, told[1])
    assert not (project / "dist").exists()


def test_an_id_that_only_the_first_release_pins_is_held_too(project: Path) -> None:
    repin(project, f"{GREETING}-0001", f"{GREETING}-0009", "1.0.0")
    [problem] = own_build(project, TALKS)
    assert briefs([problem]) == ["1.0.0.csv:5: id-changed"]
    assert f"{GREETING}-0009" in problem.expected


def test_another_source_of_a_pinned_event_keeps_its_ids(project: Path) -> None:
    """The saved web page wins over the text, which is a duplicate then; characters are counted in the page."""
    body = [pages.said(*line.split(": ", 1)) if ": " in line else line for line in pages.TALK]
    page = pages.html(*body)
    (project / "in").mkdir()
    (project / "in/page.html").write_text(page, "utf-8")
    assert own_build(project, TALKS) == []
    sources = rows(project, "sources")
    assert {row["path"]: (row["status"], row["meeting_id"]) for row in sources if row["meeting_id"] == TALK} == {
        "page.html": ("included", TALK),
        "talk.txt": ("duplicate", TALK),
    }


def test_a_pinned_source_that_is_rejected_is_lost(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = PackageReader.tuples

    def rejecting(reader: PackageReader, table: str, names: list[str]) -> object:
        for row in real(reader, table, names):
            yield ("rejected", None, row[2]) if row[1:2] == (GREETING,) else row

    monkeypatch.setattr(PackageReader, "tuples", rejecting)
    [problem] = own_build(project, TALKS)
    assert (problem.code, "rejected" in problem.found) == ("id-changed", True)


# ---------------------------------------------------------------------------------------------------------------------
# In the project's folder alone


def test_a_build_elsewhere_needs_no_pinned_source(project: Path, tmp_path: Path) -> None:
    _, report = packaged(tmp_path / "elsewhere", {"greeting": TALKS["greeting"]})
    assert report.notices == []


def test_an_id_that_a_page_beside_it_changes_is_a_notice_elsewhere_and_wrong_here(
    project: Path, tmp_path: Path
) -> None:
    other = pages.main("Rudolf Elphberg: Good evening.", title="Greetings", date="May 5, 2018")
    output, report = packaged(tmp_path / "elsewhere", TALKS | {"other": other})
    digest = next(pin.text_sha256 for pin in pins.load_releases().pinned[0].pins if pin.meeting_id == GREETING)
    [notice] = [notice for notice in report.notices if "pinned" in notice]
    [problem] = own_build(project, TALKS | {"other": other})
    assert briefs([problem]) == ["1.1.0.csv:5: id-changed"]
    assert GREETING in problem.expected
    assert problem.found == f"{GREETING}--{digest[:16]}"
    assert GREETING in notice
    assert problem.found in notice
    assert (output / "dist").is_dir()


# ---------------------------------------------------------------------------------------------------------------------
# What the map says


def test_an_utterance_may_move_where_the_map_says_that_its_id_is_kept(project: Path, entered: Map) -> None:
    for version in ("1.0.0", "1.1.0"):
        repin(project, "0002,243,rupert", "0002,1,flavia", version)
    assert len(own_build(project, TALKS)) == 1
    entered("utterances", f"{TALK}-0002", "kept")
    assert own_build(project, TALKS) == []


def test_what_an_utterance_was_split_into_must_all_be_there(project: Path, entered: Map) -> None:
    for version in ("1.0.0", "1.1.0"):
        repin(project, f"{TALK}-0002", f"{TALK}-0012", version)
    entered("utterances", f"{TALK}-0012", "split", f"{TALK}-0002", f"{TALK}-0004")
    [problem] = own_build(project, TALKS)
    assert briefs([problem]) == ["1.1.0.csv:3: id-changed"]
    assert f"{TALK}-0004" in problem.expected


@pytest.mark.parametrize("what", ["merged", "reassigned"])
def test_a_speaker_s_new_id_is_his_under_the_old_pins(project: Path, entered: Map, what: str) -> None:
    for version in ("1.0.0", "1.1.0"):
        repin(project, "0002,243,rupert-hentzau", "0002,243,rupert-of-hentzau", version)
    entered("speakers", "rupert-of-hentzau", what, "rupert-hentzau")
    assert own_build(project, TALKS) == []


@pytest.mark.parametrize("what", ["merged", "reassigned"])
def test_the_utterances_of_a_meeting_go_where_it_goes_under_their_numbers(
    project: Path, entered: Map, what: str
) -> None:
    for version in ("1.0.0", "1.1.0"):
        path = project / f"builder/package/releases/{version}.csv"
        path.write_text(path.read_text("utf-8").replace(TALK, "2018-05-04-old-title"), "utf-8")
    entered("meetings", "2018-05-04-old-title", what, TALK)
    assert own_build(project, TALKS) == []
    repin(project, "old-title-0001,", "old-title-0009,")
    [problem] = own_build(project, TALKS)
    assert briefs([problem]) == ["1.1.0.csv:2: id-changed"]
    assert f"{TALK}-0009" in problem.expected


def test_a_withdrawn_meeting_may_be_missing_and_its_id_may_not_be_borne_again(project: Path, entered: Map) -> None:
    entered("meetings", GREETING, "withdrawn")
    rest = {name: text for name, text in TALKS.items() if name != "greeting"}
    assert own_build(project, rest) == []
    another = pages.main("Rudolf Elphberg: Good evening.", title="Greetings", date="May 5, 2018")
    [problem] = own_build(project, rest | {"another": another})
    assert briefs([problem]) == ["map.toml: id-changed"]
    assert all(part in problem.expected for part in ("meetings", GREETING, "withdrawn", "2.0.0"))


def test_a_speaker_s_id_that_was_merged_away_may_not_be_borne_again(project: Path, entered: Map) -> None:
    entered("speakers", "rupert-hentzau", "merged", "rudolf-elphberg")
    pinned, borne = problems = own_build(project, TALKS)
    assert briefs(problems) == ["1.1.0.csv:3: id-changed", "map.toml: id-changed"]
    assert ("rudolf-elphberg" in pinned.expected, pinned.found) == (True, "rupert-hentzau")
    assert all(part in borne.expected for part in ("speakers", "rupert-hentzau", "merged", "2.0.0"))


def test_changes_are_followed_from_release_to_release(project: Path, entered: Map) -> None:
    repin(project, "243,rupert-hentzau", "243,rupert", "1.0.0")
    repin(project, "243,rupert-hentzau", "243,count-rupert", "1.1.0")
    assert len(own_build(project, TALKS)) == 1
    entered("speakers", "count-rupert", "merged", "rupert-hentzau", release="2.0.0")
    entered("speakers", "rupert", "reassigned", "count-rupert", release="1.1.0")
    assert own_build(project, TALKS) == []


def test_a_change_holds_for_the_pins_of_earlier_releases_alone(project: Path, entered: Map) -> None:
    repin(project, "243,rupert-hentzau", "243,rupert", "1.0.0")
    repin(project, "243,rupert-hentzau", "243,rupert", "1.1.0")
    entered("speakers", "rupert", "merged", "rupert-hentzau", release="1.1.0")
    # The id is not borne, so there is nothing else to say.
    [problem] = own_build(project, TALKS)
    assert briefs([problem]) == ["1.1.0.csv:3: id-changed"]
    assert (" rupert" in problem.expected, problem.found) == (True, "rupert-hentzau")


# ---------------------------------------------------------------------------------------------------------------------
# Files that are wrong


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ((GREETING, "mended"), "mended"),
        ((GREETING, "kept", TALK), f"['{TALK}']"),
        ((GREETING, "split", TALK), f"['{TALK}']"),
        ((GREETING, "merged"), "[]"),
        ((GREETING, "merged", GREETING), "the same"),
        ((GREETING, "Withdrawn"), "Withdrawn"),
        (("2018-05-05-nothing", "withdrawn"), "2018-05-05-nothing"),
        (("Über", "withdrawn"), "Über"),
    ],
)
def test_an_entry_that_is_wrong_is_named(project: Path, entered: Map, change: tuple[str, ...], found: str) -> None:
    entered("meetings", *change)
    [problem] = own_build(project, TALKS)
    assert briefs([problem]) == ["map.toml: bad-change"]
    assert found in problem.found
    assert not (project / "dist").exists()


def test_two_entries_for_one_id_in_one_release_are_wrong(project: Path, entered: Map) -> None:
    for _ in range(2):
        entered("meetings", GREETING, "withdrawn")
    [problem] = own_build(project, TALKS)
    assert briefs([problem]) == ["map.toml: bad-change"]
    assert GREETING in problem.found


def test_pins_under_no_release_s_name_are_named(project: Path) -> None:
    (project / "builder/package/releases/next.csv").touch()
    assert briefs(own_build(project, TALKS)) == ["next.csv: no-version"]


@pytest.mark.parametrize(
    ("old", "new", "line", "found"),
    [("text_sha256,", "sha,", 1, "sha,"), (",243,", ",two,", 3, 'start_char: "two"'), (",243,", ",", 3, "shorter")],
)
def test_pins_that_are_wrong_are_named_by_their_line(project: Path, old: str, new: str, line: int, found: str) -> None:
    repin(project, old, new)
    [problem] = own_build(project, TALKS)
    assert briefs([problem]) == [f"1.1.0.csv:{line}: bad-pins"]
    assert found in problem.found


# ---------------------------------------------------------------------------------------------------------------------
# The command, and what others say of the map


def test_a_release_is_pinned_once_and_its_pins_are_never_replaced(project: Path) -> None:
    assert own_build(project, TALKS) == []
    folder = project / FOLDER
    assert [pins.pin(project, "2.0.0", folder=folder) for _ in range(2)] == [False, True]
    repin(project, "243,rupert", "243,a", "2.0.0")
    before = (project / "builder/package/releases/2.0.0.csv").read_bytes()
    problem = refusal(pins.pin, project, "2.0.0", folder=folder)
    assert briefs([problem]) == ["2.0.0.csv: pins-differ"]
    assert f"{project}/dist" in problem.expected
    assert "CITATION.cff" in problem.advice
    assert (project / "builder/package/releases/2.0.0.csv").read_bytes() == before


def test_a_check_writes_nothing(project: Path) -> None:
    assert own_build(project, TALKS) == []
    problem = refusal(pins.pin, project, "2.0.0", check=True, folder=project / FOLDER)
    assert briefs([problem]) == ["2.0.0.csv: pins-differ"]
    assert "`python -m builder pin`" in problem.advice
    assert not (project / "builder/package/releases/2.0.0.csv").exists()


def test_a_package_that_does_not_verify_is_not_pinned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("builder.cli.app.PROJECT", tmp_path)
    result = run("pin")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, "1 problem; nothing was written")
    assert result.stderr.startswith(f"{tmp_path}: expected a package that `verify` passes, ")


def test_verify_says_of_an_id_that_is_gone_what_the_map_says(
    project: Path, entered: Map, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, _ = packaged(tmp_path / "old", TALKS)
    descriptor = old / "datapackage.json"
    data = json.loads(descriptor.read_text("utf-8"))
    descriptor.write_text(json.dumps(data | {"version": "1.1.0"}), "utf-8")
    new, _ = packaged(tmp_path / "new", {name: TALKS[name] for name in ("talk", "news")})
    entered("meetings", GREETING, "withdrawn")
    monkeypatch.setattr("builder.verify.against.load_releases", pins.load_releases)
    result = run("verify", new, "--against", old)
    assert f"meetings: 1 gone\n         meetings: {GREETING} (withdrawn in 2.0.0: because)\n" in result.stdout
    assert f"utterances: {GREETING}-0001\n" in result.stdout
