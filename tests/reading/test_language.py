"""Only pages in English are read."""

from pathlib import Path

import pytest

from builder import build_package
from builder.errors import DataError
from builder.reading.language import check_english
from tests.support import pages
from tests.support.told import brief

RUSSIAN = "Уважаемые коллеги, сегодня мы обсудим строительство железной дороги и урожай этого года. "
GERMAN = "Sehr geehrte Kollegen, heute werden wir über den Bau der Eisenbahn und über die Ernte des Jahres sprechen. "
GREEK = "Αγαπητοί συνάδελφοι, σήμερα θα συζητήσουμε την κατασκευή του σιδηροδρόμου. "
ENGLISH = "Colleagues, today we will discuss the construction of the railway and the harvest of this year. "


@pytest.mark.parametrize("text", [RUSSIAN, RUSSIAN * 50, GERMAN * 5, GREEK])
def test_a_text_in_another_language_is_refused(text: str) -> None:
    with pytest.raises(DataError) as caught:
        check_english(text, "zenda.txt")
    assert [brief(problem) for problem in caught.value.problems] == ["zenda.txt: not-english"]


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH * 50,
        ENGLISH.replace(" ", "\xa0") * 5,
        "",
        "Rudolf Elphberg, Rupert Hentzau, Fritz von Tarlenheim, Osman El-Said, Maria de la Cruz",
        "Rupert Hentzau: Number 236. " * 50,
        f"View settings\n\nДокумент /\n\n{ENGLISH * 3}",
        f"“Добрый день” is what he said. {ENGLISH}",
    ],
)
def test_english_is_read_whatever_words_of_another_language_stand_in_it(text: str) -> None:
    check_english(text, "zenda.txt")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", pages.html(pages.said("Рудольф Эльфберг", RUSSIAN * 3), title="Встреча", lead=RUSSIAN)),
        ("a.txt", f"Встреча\n4 мая 2018 года\n\nРудольф Эльфберг: {RUSSIAN}\n"),
        ("a.txt", f"title: Встреча\ndate: 2018-05-04\n\nРудольф Эльфберг: {RUSSIAN}\n"),
    ],
    ids=["HTML", "text without a date that is read", "text"],
)
def test_a_page_of_the_russian_site_is_refused_by_name(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(DataError) as caught:
        build_package([tmp_path / name], tmp_path / "out")
    assert [problem.code for problem in caught.value.problems] == ["not-english"]
