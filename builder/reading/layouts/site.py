"""Words that every version of the site prints: menus, sections, tag lists, publication status, addresses, placeholders."""

import datetime as dt
import re
from typing import NamedTuple

from schema.events import EVENT_NUMBER, own_address

_STATUS = re.compile(
    r"Published in sections? ?: ?(?P<sections>.*)|Publication date ?: .+|Direct link ?: (?P<address>\S+)"
)
_BEGINS_STATUS = re.compile(r"(?:Published in sections?|Publication date) ?:")
_DIRECT_LINK = re.compile(rf"(?:https?://)?(?P<address>en\.kremlin\.ru/d/(?P<event_id>{EVENT_NUMBER}))")

MENU = frozenset(
    """
    About website
    Addressee email
    All content on this site is licensed under
    Amur tiger
    and technical
    animal welfare
    Archive of the Official Site
    Archive of the Official Site of the 2000-2008 President of Russia
    Archive of the Official Site of the 2008-2012 President of Russia
    Audio
    Back
    Beluga whale
    Close
    Commission for Combating Corruption
    Constitution
    Contact website team
    Contacts
    Creative Commons Attribution 4.0 International
    Current resource
    Direct link
    Directory
    Documents
    Enter search
    Events
    Executive Office
    Facebook
    Far Eastern leopard
    Font size:
    For the Media
    Full text
    Full text of transcript
    Full version
    Fullscreen gallery
    Gallery
    Global website search
    Hide
    information
    Legal
    Leopard
    Home
    Home page
    LiveJournal
    Log in
    Main
    Main menu
    Main page
    Message preview
    Mobile version
    More
    News
    of the 2000-2008 President of Russia
    of the 2008-2012 President of Russia
    Official Internet Resources
    Official Internet Resources of the President of Russia
    Official Twitter
    Official Web Portal
    Official Web Portal of the President of Russia
    Official website of the President of Russia
    Official Website of the President of Russia:
    Official YouTube Channel
    Navigation
    Open
    Personal data of website users
    Photo
    Photo album
    Photos
    Polar bear
    Portal Menu
    President
    President of Russia
    President of Russia Official Web Portal
    President of Russia. Official Web Portal
    President of RussiaCurrent resource
    President of Russia Mobile version
    President's
    President’s
    President's website resources
    President's website sections
    Presidential
    Presidential Executive Office
    Press Esc to close
    Press Service of the President of Russia
    Print
    Print version
    Printable version
    Printer version
    Printer-friendly version
    Priorities
    projects
    Putin. 20 years
    resources
    Search this website
    sections
    Send
    Send a Letter
    Send by e-mail
    Send by email
    Search
    Share
    Site map
    Sitemap
    Site colours:
    Skip to content
    Skip to main content
    Skip navigation
    Special
    Special animal welfare projects
    Speeches
    Speeches and Transcripts
    State Insignia
    Structure
    Subscribe
    Text
    Text version
    The Constitution of Russia
    Top of page
    Transcript
    Transcripts
    Trips
    Twitter
    Unofficial translation
    Using website content
    Verbatim report
    Version for People with Disabilities
    Version for printing
    Video
    Videos
    Videos and Photos
    View settings
    Visits
    VK
    Vladimir Putin’s Personal Website
    website
    YouTube
    Английский
    of the President of Russia
    Официальные сетевые ресурсы
    Президента России
    Русский
    Русский Английский
    """.strip()
    .replace("\n    ", "\n")
    .split("\n")
)
"""Lines of the site's menus, and of the buttons around a page."""

PERSON_PAGE = re.compile(r"persons/([1-9][0-9]*)")
"""In the address of a person's page on the site, the person's number."""

SECTIONS = frozenset({"Events", "News", "Transcripts", "Documents", "События", "Новости", "Стенограммы", "Документы"})
"""What the main version prints above a page's title: the section of the site that the page stands in."""
TAG_LISTS = ("Geography", "Topics", "Persons")
"""The headings of the tag lists below a page, in order."""
STATUS = "Publication status"
"""The heading of the sections, the date and the address below a page."""

BOX_TITLES = frozenset({"See also", "Additional"})
"""The headings of boxes of links to other pages."""


def as_printed(heading: str) -> str:
    """A heading as the site prints it: some tools write headings in capitals."""
    return heading.capitalize() if heading.isupper() else heading


def is_section_heading(text: str) -> bool:
    """Whether a line is the name of a section of the site: `Transcripts`, or in the accessible version `Transcripts /`."""
    name = text.removesuffix("/").removesuffix(" ")
    return name in SECTIONS or name == "Документ"


_MIDNIGHT = dt.time(0, 0)
_MIDNIGHT_MEANS_UNKNOWN_BEFORE = dt.date(2007, 1, 1)
"""Before this day the site prints 00:00 for every event whose time it does not know."""


class StatusLine(NamedTuple):
    """A line of the publication status."""

    published_in: tuple[str, ...] | None = None
    event_id: str | None = None
    url: str | None = None


def read_status(text: str) -> StatusLine | None:
    """Reads a line of the publication status; None where the line is none."""
    match = _STATUS.fullmatch(text)
    if not match:
        return None
    if match["sections"] is not None:
        return StatusLine(published_in=tuple(filter(None, map(str.strip, match["sections"].split(", ")))))
    if match["address"] and (link := _DIRECT_LINK.fullmatch(own_address(match["address"]))):
        return StatusLine(event_id=link["event_id"], url="http://" + link["address"])
    return StatusLine()


def begins_status(text: str) -> bool:
    """Whether a line heads the publication status, or is one of its lines or begins one."""
    return as_printed(text) == STATUS or bool(_BEGINS_STATUS.match(text))


def known_time(date: dt.date, time: dt.time | None) -> dt.time | None:
    """The time of an event, None where the one printed is the site's placeholder."""
    return None if time == _MIDNIGHT and date < _MIDNIGHT_MEANS_UNKNOWN_BEFORE else time
