"""Mails: which part of a message is a page, and how its words are coded."""

import datetime as dt
import mailbox
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from builder.reading.containers import FileOfPages, list_members
from builder.reading.containers.mails import is_mail
from builder.reading.containers.members import LeftOut
from tests.reading.containers.support import about, pages_of, problem_in, words
from tests.support import pages
from tests.support.containers import mhtml

SAID = "Rudolf Elphberg: It’s raining in Zenda.\n\nRupert Hentzau: So it is.\n"
PAGE = f"Talks with Rupert Hentzau\n\nMay 4, 2018\n\n{SAID}"
TURNS = [("Rudolf Elphberg", "It’s raining in Zenda."), ("Rupert Hentzau", "So it is.")]
HTML = "<html><body><p>" + PAGE.replace("\n\n", "</p><p>") + "</p></body></html>"


def message(text: str = PAGE, subject: str = "Talks, by mail", **coded: str) -> EmailMessage:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "A B <a@zenda.example>", "list@zenda.example", subject
    mail["Date"], mail["Message-ID"] = "Sat, 05 May 2018 01:12:00 +0300", "<1@zenda.example>"
    mail.set_content(text, **coded)
    return mail


def alternative() -> EmailMessage:
    mail = message()
    mail.add_alternative(HTML, subtype="html")
    return mail


def flowed() -> EmailMessage:
    mail = message(PAGE.replace("raining in", "raining \nin"))
    mail.set_param("format", "flowed")
    return mail


@pytest.mark.parametrize(
    "mail",
    [
        message(cte="quoted-printable"),
        message(cte="base64"),
        message(cte="8bit"),
        message(charset="windows-1252", cte="quoted-printable"),
        message(HTML, subtype="html"),
        alternative(),
        flowed(),
    ],
)
@pytest.mark.parametrize("name", ["talks.eml", "talks.txt"])
def test_a_message_is_read_however_its_text_is_coded(tmp_path: Path, name: str, mail: EmailMessage) -> None:
    (tmp_path / name).write_bytes(mail.as_bytes())
    [(path, page)] = pages_of(tmp_path).items()
    assert (path, words(page)) == (name, TURNS)
    assert (about(page).title, about(page).date) == ("Talks with Rupert Hentzau", dt.date(2018, 5, 4))


def test_subject_and_day_of_a_message_are_those_of_a_text_without_any(tmp_path: Path) -> None:
    (tmp_path / "talks.eml").write_bytes(message(SAID, "Fwd: Re: Talks – with Rupert").as_bytes())
    [page] = pages_of(tmp_path).values()
    assert (about(page).title, about(page).date) == ("Talks – with Rupert", dt.date(2018, 5, 5))
    # A message is sent at a time that is no time of an event.
    assert (about(page).time, about(page).given) == (None, ("date", "title"))
    assert words(page) == TURNS


def test_a_mailbox_holds_a_page_a_message(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "all.mbox")
    for number in (1, 2):
        box.add(message(f"Visit {number}\n\nMay {number}, 2018\n\n{SAID}\nFrom Zenda they went home.\n"))
    box.close()
    read = pages_of(tmp_path)
    assert [(path, about(page).title) for path, page in read.items()] == [
        ("all.mbox#1", "Visit 1"),
        ("all.mbox#2", "Visit 2"),
    ]
    assert words(read["all.mbox#2"])[-1] == ("Rupert Hentzau", "So it is.\n\nFrom Zenda they went home.")


def test_of_a_message_with_pages_attached_these_are_read(tmp_path: Path) -> None:
    mail = message("Please find the talks attached.")
    mail.add_attachment(PAGE.encode(), maintype="text", subtype="plain", filename="talks.txt")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a/b.png")
    (tmp_path / "a.eml").write_bytes(mail.as_bytes())
    [(path, page)] = pages_of(tmp_path).items()
    assert (path, words(page)) == ("a.eml/talks.txt", TURNS)
    held = list_members(FileOfPages(str(tmp_path / "a.eml"), "mails"))
    assert {each.what for each in held if isinstance(each, LeftOut)} == {
        "attachments that are no pages",
        "letters around attached pages",
    }


def test_a_message_without_a_text_is_refused(tmp_path: Path) -> None:
    mail = message()
    mail.set_content(b"\x89PNG", maintype="image", subtype="png")
    (tmp_path / "a.eml").write_bytes(mail.as_bytes())
    assert problem_in(tmp_path).code == "unreadable-container"


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (message().as_bytes(), True),
        (b"From a@b Fri May  4 12:00:00 2018\nFrom: a@b\nDate: x\nSubject: y\n\n", True),
        (b"From: a@b\nSubject: Talks\nDate: May 4, 2018\n\nRupert Hentzau: It rains.\n", False),
        (b"From Zenda to Strelsau, 2018\nRupert Hentzau: It rains.\n", False),
        (mhtml(pages.html().encode()), False),
    ],
    ids=["message", "mailbox", "head-lines-alone", "words-that-begin-so", "page-of-a-browser"],
)
def test_a_mail_is_known_by_the_lines_that_servers_write_into_its_head(head: bytes, is_one: bool) -> None:
    assert is_mail(head) is is_one
