"""Lines that are a date: in any usual form, with a time and a place or without; and lines that are none."""

import datetime as dt

import pytest

from builder.reading.layouts.dates import DateLine, read_date_line
from builder.reading.layouts.lines import TextLine

DAY = dt.date(2018, 5, 4)


def read(text: str) -> DateLine | None:
    return read_date_line(TextLine(1, 0, len(text), text, True))


@pytest.mark.parametrize(
    "text",
    ["May 4, 2018", "4 May 2018",
     "May 4th 2018", "May 4 – 6, 2018", "Friday, May 4, 2018", "04.05.2018", "2018-05-04", "(May 4, 2018)",
     "[4 May 2018]", "Date: May 4, 2018", "Published on May 4, 2018", "Announcement, May 4, 2018",
     "2018/5/4", "2018.05.04", "4.5.2018", "4th of May, 2018", "4–6 May 2018", "May 4 − June 1, 2018", "Fri, 4 May 2018",
     "Date of event: May 4, 2018", "DATE OF PUBLICATION, May 4, 2018",
     "Event date May 4, 2018", "[ (May 4, 2018) ]", "May 4, 2018 |", "| May 4, 2018"],
)  # fmt: skip
def test_a_day_is_read_in_any_usual_form(text: str) -> None:
    assert read(text) == DateLine(DAY, None, None)


@pytest.mark.parametrize(
    ("month", "number"),
    [(name, number) for number, names in enumerate((
        ("January", "Jan", "Jan."), ("February", "Feb", "Feb."), ("March", "Mar", "Mar."), ("April", "Apr", "Apr."),
        ("May",), ("June", "Jun", "Jun."), ("July", "Jul", "Jul."), ("August", "Aug", "Aug."),
        ("September", "Sep", "Sep.", "Sept", "Sept."), ("October", "Oct", "Oct."), ("November", "Nov", "Nov."),
        ("December", "Dec", "Dec."),
    ), start=1) for name in names],
)  # fmt: skip
def test_a_month_is_read_in_full_and_abbreviated(month: str, number: int) -> None:
    assert read(f"{month} 4, 2018") == read(f"4 {month} 2018") == DateLine(dt.date(2018, number, 4), None, None)


@pytest.mark.parametrize("text", ["2018-02-30", "February 29, 2018", "31.04.2018", "May 32, 2018", "2018-13-01"])
def test_a_day_that_does_not_exist_is_no_date(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("time", "clock"),
    [
        (", 12:30", dt.time(12, 30)),
        (" 00:00", dt.time(0, 0)),
        (", 3:30 pm", dt.time(15, 30)),
        (", 3:30 p.m.", dt.time(15, 30)),
        (", 12:05 am", dt.time(0, 5)),
        (", 12:05 PM", dt.time(12, 5)),
        (" at 23:59", dt.time(23, 59)),
        (" 9:05:59", dt.time(9, 5)),
        (" 9:05 (Moscow time)", dt.time(9, 5)),
        (" 9:05 +03:00", dt.time(9, 5)),
        (" 9:05 +0400", dt.time(9, 5)),
        (", 1:05 pm", dt.time(13, 5)),
        (", 1:05 am", dt.time(1, 5)),
        (", 11:59 P.M.", dt.time(23, 59)),
        (", 12:00 am", dt.time(0, 0)),
        (", 12:59 pm", dt.time(12, 59)),
        (", 13:05 pm", dt.time(13, 5)),
        (", 13:05 am", dt.time(13, 5)),
        (", 0:05 am", dt.time(0, 5)),
        (", 23:59", dt.time(23, 59)),
        ("T12:30", dt.time(12, 30)),
        ("T12:30:15.250+03:00", dt.time(12, 30)),
        ("T12:00:00", dt.time(12, 0)),
        ("T00:30", dt.time(0, 30)),
        ("T00:00", None),
        (" 12:00", dt.time(12, 0)),
        (" 00:30:00", dt.time(0, 30)),
        (" 00:00:00", None),
        (" 00:00:01", None),
        (" 9:05 GMT", None),
        (" 9:05Z", None),
        (" 9:05 UTC", None),
        (" 9:05 utc", None),
        (" 9:05 MSK", dt.time(9, 5)),
        (" 9:05 +05:00", None),
        (" 9:05 -03:00", None),
        (", 24:00", None),
        (", 12:60", None),
    ],
)
def test_the_time_is_the_site_s_clock_s_or_unknown(time: str, clock: dt.time | None) -> None:
    assert read("May 4, 2018" + time) == DateLine(DAY, clock, None)


@pytest.mark.parametrize(
    "text",
    ["May 4, 2018, Zenda", "May 4, 2018 | Zenda", "May 4, 2018 (Zenda)", "May 4, 2018 – Zenda", "Zenda, May 4, 2018",
     "Zenda | 4 May 2018", "Zenda – 4 May 2018", "May 4, 2018 • Zenda", "May 4, 2018 · Zenda", "May 4, 2018 — Zenda",
     "May 4, 2018 / Zenda", "May 4, 2018 - Zenda", "Zenda · 4 May 2018", "Zenda / 4 May 2018", "2018-05-04/Zenda",
     "Published: Zenda, May 4, 2018", "(Zenda, May 4, 2018)"],
)  # fmt: skip
def test_a_place_is_parted_from_the_date(text: str) -> None:
    assert read(text) == DateLine(DAY, None, "Zenda")


@pytest.mark.parametrize(
    ("text", "time", "place"),
    [
        ("May 4, 2018, The Castle, Zenda.", None, "The Castle, Zenda"),
        ("May 4, 2018, on board a ship in the Gulf of Zenda", None, "on board a ship in the Gulf of Zenda"),
        ("May 4, 2018, Hentzau proving ground, Strelsau Territory", None, "Hentzau proving ground, Strelsau Territory"),
        ("May 4, 2018, Zenda region, Tarlenheim", None, "Zenda region, Tarlenheim"),
        ("May 4, 2018, Zenda airport", None, "Zenda airport"),
        ("May 4, 2018, On board the icebreaker Zenda", None, "On board the icebreaker Zenda"),
        ("May 4, 2018, Castle (Zenda)", None, "Castle (Zenda)"),
        ("May 4, 2018 - 18:10 - The Castle, Zenda", (18, 10), "The Castle, Zenda"),
        ("May 4, 2018 – 18:10 – The Castle, Zenda", (18, 10), "The Castle, Zenda"),
        ("May 4, 2018 — 18:10 — The Castle, Zenda", (18, 10), "The Castle, Zenda"),
        ("May 4, 2018 | 18:10 | The Castle, Zenda", (18, 10), "The Castle, Zenda"),
        ("May 4, 2018 • 18:10 • The Castle, Zenda", (18, 10), "The Castle, Zenda"),
        ("May 4, 2018 18:10 The Castle, Zenda", (18, 10), "The Castle, Zenda"),
        ("May 4, 2018   18:10   The Castle, Zenda", (18, 10), "The Castle, Zenda"),
        ("May 4, 2018 The Castle, Zenda", None, "The Castle, Zenda"),
        ("4 May 2018 Zenda", None, "Zenda"),
        ("May 4, 2018, 18:00–20:00, The Castle, Zenda", (18, 0), "The Castle, Zenda"),
        ("May 4, 2018, 18:00 - 20:00, Zenda", (18, 0), "Zenda"),
        ("May 4, 2018, 18:00-20:00", (18, 0), None),
        ("May 4, 2018, at 18:10, Zenda", (18, 10), "Zenda"),
        ("(Kremlin.ru – May 4, 2018)", None, None),
        ("Kremlin.ru, May 4, 2018", None, None),
        ("MAY 4, 2018", None, None),
        ("4 MAY 2018, ZENDA", None, "ZENDA"),
        ("20180504", None, None),
        ("2018-05-04 18:10, Zenda", (18, 10), "Zenda"),
        ("May 4, 2018.", None, None),
        ("May 4, 2018,", None, None),
        ("May 4, 2018 – May 6, 2018", None, None),
        ("May 4 – Saturday, May 6, 2018", None, None),
        ("4 May – 6 June 2018", None, None),
        ("4 May 2018 – 6 June 2018", None, None),
        ("04.05.2018 – 06.05.2018", None, None),
        ("2018-05-04 – 2018-05-06", None, None),
        ("Fri May 04 2018 18:10:00 GMT+0300", (18, 10), None),
        ("Fri, 04 May 2018 18:10:00 +0300", (18, 10), None),
        ("May 4, 2018, 6:10 pm, Zenda", (18, 10), "Zenda"),
    ],
)  # fmt: skip
def test_a_date_line_is_read_whatever_parts_it(text: str, time: tuple[int, int] | None, place: str | None) -> None:
    assert read(text) == DateLine(DAY, dt.time(*time) if time else None, place)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("December 31, 2019 – January 1, 2020", (2019, 12, 31)),
        ("December 31 – January 1, 2020", (2019, 12, 31)),
        ("December 30−31, 2019", (2019, 12, 30)),
        ("31 December – 1 January 2020", (2019, 12, 31)),
        ("31 December 2019 – 1 January 2020", (2019, 12, 31)),
        ("June 30 − July 1, 2019", (2019, 6, 30)),
        ("20191231", (2019, 12, 31)),
    ],
)
def test_of_several_days_the_first_counts(text: str, day: tuple[int, int, int]) -> None:
    assert read(text) == DateLine(dt.date(*day))


@pytest.mark.parametrize(
    "text",
    ["May 4, 2018, Rudolf Elphberg met with the workers", "May 4, 2018, Zenda airport was opened", "May 4, 2018, was cold, Zenda",
     "Press Conference, May 4, 2018", "May 4, 2018 Beginning of Talks", "May 4, 2018 zenda", "May 4, 2018: Zenda",
     "Zenda 20180504 Strelsau", "120180504", "May 4, 2018 to the town", "03/04/2023", "Decree 1894 of 2018"],
)  # fmt: skip
def test_sentences_and_headings_with_a_date_are_no_date_lines(text: str) -> None:
    assert read(text) is None


def test_a_place_may_stand_behind_the_time() -> None:
    assert read("May 4, 2018, 12:30, The Castle, Zenda") == DateLine(DAY, dt.time(12, 30), "The Castle, Zenda")


@pytest.mark.parametrize(
    ("text", "time", "place"),
    [
        ("Zenda, May 4, 2018, 12:30", dt.time(12, 30), "Zenda"),
        ("May 4, 2018, 24:00, Zenda", None, "Zenda"),
        ("May 4, 2018, 12:60, Zenda", None, "Zenda"),
        ("May 4, 2018, 9:05 GMT, Zenda", None, "Zenda"),
        ("2018-05-04T00:00:00, Zenda", None, "Zenda"),
        ("Xanadu, May 4, 2018", None, "Xanadu"),
        ("May 4, 2018, Castle Rex", None, "Castle Rex"),
        ("May 4, 2018, Castle Rex, ", None, "Castle Rex"),
        ("May 4, 2018, The\xa0 Castle,  Zenda", None, "The Castle, Zenda"),
    ],
)
def test_time_and_place_are_read_each_for_itself(text: str, time: dt.time | None, place: str) -> None:
    assert read(text) == DateLine(DAY, time, place)


@pytest.mark.parametrize(
    "text",
    [
        "Zenda (May 4, 2018",
        "May 4, 2018, zenda",
        "Zenda came, May 4, 2018",
        "Zenda, May 32, 2018",
        "Zenda May 4, 2018",
        "X May 4, 2018",
        "Zenda, May 4, 2018, Strelsau",
        "On May 4, 2018, the King came to Zenda and spoke.",
        "May 4, 2018, he came.",
        "May 4",
        "May 2018",
        "twelve",
        "",
    ],
)
def test_other_lines_with_a_date_are_none(text: str) -> None:
    assert read(text) is None


def test_a_line_of_more_than_two_hundred_characters_is_no_date() -> None:
    assert read("May 4, 2018" + "," * 189) == DateLine(DAY, None, None)
    assert read("May 4, 2018" + "," * 190) is None
