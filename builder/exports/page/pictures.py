"""The numbers of the pictures on the first screen, and its description in words."""

from collections import Counter
from collections.abc import Mapping

from builder.exports.page.citation import day
from builder.exports.page.overview import UNNAMED, Overview
from builder.exports.page.site import Site
from builder.exports.page.transcript import GROUPS, group_of
from builder.package.reader import PackageReader

MOST_SPEAKERS = 8
"""Persons in the picture of words by speaker and year; all others are one row."""
MOST_DOTS = 60
"""Meetings on the time line; where there are more, years alone are shown."""
_OTHERS = 4
"""The pattern of all others."""


def of_speakers(overview: Overview, site: Site) -> list[tuple[str, dict[int, int], int, str | None]]:
    """The rows of the picture of words by speaker and year: name, words by year, pattern, link."""
    years, ranked = [*overview.years], overview.ranked
    rows: list[tuple[str, dict[int, int], int, str | None]] = []
    for person in ranked[:MOST_SPEAKERS]:
        speaker = person.row["speaker_id"]
        by_year = {year: person.by_year[year] for year in years}
        rows.append((person.row["name"], by_year, overview.pattern(speaker), site.person(speaker)))
    if rest := ranked[MOST_SPEAKERS:]:
        by_year = {year: sum(person.by_year[year] for person in rest) for year in years}
        rows.append((f"{len(rest):,} others", by_year, _OTHERS, None))
    unnamed = overview.unnamed()
    if any(unnamed.values()):
        rows.append(("Voices without a name", {year: unnamed[year] for year in years}, UNNAMED, None))
    return rows


def of_sources(
    overview: Overview, site: Site, tables: PackageReader
) -> list[tuple[str, str | None, list[tuple[str, int, int]]]]:
    """The rows of the picture of what sources consist of: of each meeting, or of each year where they are many.

    Each has a name, a link, and of each group its name, characters and pattern.
    """
    if site.is_folder or len(overview.meetings) > MOST_DOTS:
        return [(f"{year}", None, _in_order(each.shares)) for year, each in overview.years.items() if each.meetings]
    shares: dict[str, Counter[str]] = {meeting: Counter() for meeting in overview.meetings}
    for meeting, kind, start, end in tables.tuples("segments", ["meeting_id", "kind", "start_char", "end_char"]):
        shares[meeting][group_of(kind)] += end - start
    return [
        (f"{day(row['date'])}: {row['title']}", site.meeting(key), _in_order(shares[key]))
        for key, row in overview.meetings.items()
    ]


def _in_order(shares: Mapping[str, int]) -> list[tuple[str, int, int]]:
    return [(group, shares[group], number) for number, group in enumerate(GROUPS) if shares.get(group)]


def describe(overview: Overview) -> str:
    """What the page holds, in one sentence with its numbers."""
    total, years = overview.total(), [*overview.years]
    span = "" if not years else f", {years[0]}" if len(years) == 1 else f", {years[0]} to {years[-1]}"
    meetings = "meeting" if total.meetings == 1 else "meetings"
    return (
        f"Read, search and cite what was said at {total.meetings:,} {meetings} of the President of Russia{span}: "
        f"{total.words:,} words in {total.turns:,} turns, each shown in its source, character by character."
    )
