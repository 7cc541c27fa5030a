"""Invented pages in every layout, which together fill every column; a person of the reference speaks on one of them."""

from pathlib import Path

from builder.build.pipeline import build
from builder.reading.discovery import gather
from tests.support import pages

_GEOGRAPHY = (("Japan", "countries/JP"), ("Zenda", "regions/ZE"))
_TOPICS = ("Railways", "Ports")


def _meeting() -> str:
    link = pages.person_link("Rupert Hentzau", 119, "Hentzau Rupert")
    return pages.html(
        pages.said(
            "President of Ruritania Rudolf Elphberg", f"Good morning. I spoke with {link} (Applause.) yesterday."
        ),
        "<p>We [the two towns] agreed, and [Flavia Elphberg] did. &lt;…&gt;</p>",
        pages.said(pages.person_link("Rupert Hentzau", 119, "Hentzau Rupert"), "<i>(retranslated)</i> Thank you."),
        "<p>* * *</p>",
        pages.said("Question", "When does the train leave?"),
        pages.said("Rudolf Elphberg", "At noon."),
        "<p><i>To be continued.</i></p>",
        lead="President of Ruritania Rudolf Elphberg met with Rupert Hentzau.",
        persons=(("Elphberg Rudolf", 120), ("Hentzau Rupert", 119)),
        slides=("The Castle in Zenda.",),
        geography=_GEOGRAPHY,
        topics=_TOPICS,
    )


def _talks() -> str:
    return pages.html(
        pages.said("Rupert Hentzau", "The Prime Minister of Japan is late."),
        pages.said("Minister of Railways Fritz Tarlenheim", "So is the train."),
        "<blockquote>So is the train.</blockquote>",
        pages.box("Talks on railways", "May 3, 2018"),
        pages.photo("Rupert Hentzau."),
        title="Excerpts from transcript of talks on railways",
        lead="Count of Festenburg Rupert Hentzau took part in talks.",
        date="2018-06-05",
        persons=(("Hentzau Rupert", 119),),
        number=51375,
        geography=_GEOGRAPHY,
        topics=_TOPICS,
    )


def save_pages(folder: Path) -> Path:
    """Writes the pages, and the table of addresses, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "talk": pages.main(
            "President of Ruritania Rudolf Elphberg (in German): Mr Hentzau,",
            "I am glad to see you in Strelsau (Laughter.), and so is [Rupert Hentzau].",
            "<…>",
            "Count of Festenburg Rupert Hentzau: Thank you, Mr President.",
            "Rudolf Elphberg: Please, sit down.",
            "Remark: Who?",
            title="Talks with Rupert Hentzau",
            geography=("Japan", "Zenda"),
            topics=("Railways", "Ports"),
            persons=("Hentzau Rupert", "Elphberg Rudolf"),
            date="May 6, 2018",
        ),
        "news": pages.main("Rudolf Elphberg opened a railway station in Zenda.", "The station has a clock.",
                           title="Railway station opened", date="May 7, 2018", time=None),
        "accessible": pages.accessible(*pages.DIALOGUE, title="Meeting with Rupert Hentzau", date="May 8, 2018"),
        "accessible_again": pages.accessible(*pages.DIALOGUE, title="Beginning of meeting with Rupert Hentzau",
                                             date="May 8, 2018"),
        "plain": "title: Meeting with Fritz Tarlenheim\ndate: 2018-05-09\nurl: http://en.kremlin.ru/events/president/news/51377\n\n"
        "**Minister of Ports Fritz Tarlenheim:** Good *evening*.\n\n**Rupert Hentzau:** Good evening.\n",
        "of_reference": pages.main("President of Russia Vladimir Putin: Good evening, Mr Elphberg.",
                                   title="Meeting with Rudolf Elphberg", date="May 10, 2018"),
        "no_page": "Buy bread.",
    }  # fmt: skip
    pages.save(folder, **texts)
    (folder / "html.html").write_text(_meeting(), "utf-8")
    (folder / "other.html").write_text(_talks(), "utf-8")
    (folder / "binary.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "metadata.csv").write_text("file,place\nplain.txt,The Port of Zenda\n", "utf-8")
    return pages.know_addresses(folder, accessible="http://en.kremlin.ru/events/president/news/51378")


def build_filled_package(folder: Path) -> tuple[Path, Path]:
    """The package of the pages, and their folder."""
    sources = save_pages(folder / "pages")
    build(gather([sources]), folder / "package", keep_going=True)
    return folder / "package", sources
