"""Invented pages in the site's real layouts, for the tests: nobody said any of this."""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from builder.reading.document import Document, Source, Transcript
from builder.reading.layouts import read_document
from builder.reading.segmentation import segment_document

NBSP = "\xa0"

TALK = (
    "President of Ruritania Rudolf Elphberg: Mr Hentzau,",
    "I am glad to see you in Strelsau.",
    "Count of Festenburg Rupert Hentzau: Thank you, Mr President.",
    "Rudolf Elphberg: Please, sit down.",
)
"""Three turns by two people."""


def accessible(
    *body: str,
    title: str = "Meeting with Rupert Hentzau",
    section: str = "Transcripts",
    date: str = "May 4, 2018",
    place: str | None = "The Castle, Zenda",
) -> str:
    """A page as the accessible version of the site gives it: paragraphs parted by blank lines, date and place repeated."""
    when = ", ".join(filter(None, (date, place)))
    head = "View settings\n\nFont size:\nSite colours:\n\n\nOfficial website of the President of Russia\n\n"
    return f"{head}{section} {NBSP} /\n\n{title}\n\n{when}\n\n" + "".join(f"{line}\n\n" for line in body) + f"\n{when}"


def main(
    *body: str,
    title: str = "Meeting with Rupert Hentzau",
    lead: str | None = "Rudolf Elphberg met with Rupert Hentzau in Zenda.",
    date: str = "May 4, 2018",
    time: str | None = "12:30",
    place: str | None = "The Castle, Zenda",
    geography: tuple[str, ...] = (),
    topics: tuple[str, ...] = (),
    persons: tuple[str, ...] = (),
    published: str = "News, Transcripts",
) -> str:
    """A page as the main version of the site gives it: a line a paragraph, tags and publication status below."""
    lines = ["Events", title, lead, date, time, place, *body]
    for name, values in (("Geography", geography), ("Topics", topics), ("Persons", persons)):
        lines += [name, *values] if values else []
    lines += [
        "Publication status",
        f"Published in sections: {published}",
        f"Publication date: {date}, {time or '12:00'}",
        "Text version",
    ]
    return "\n".join(line for line in lines if line is not None)


NUMBER = 51374
"""The number of the invented event."""
NEWS = "http://en.kremlin.ru/events/president/news/"
CATALOG = "http://en.kremlin.ru/catalog/"
_BLOCK = re.compile(r"\s*<(?:p|div|ul|table|h[1-6]|blockquote)\b", re.IGNORECASE)


def html(
    *body: str,
    title: str = "Meeting with Rupert Hentzau",
    lead: str | None = "Rudolf Elphberg met with Rupert Hentzau in Zenda.",
    date: str = "2018-05-04",
    time: str | None = "12:30",
    place: str | None = "The Castle, Zenda",
    announced_for: str | None = None,
    slides: Sequence[str] = (),
    geography: Sequence[tuple[str, str]] = (),
    topics: Sequence[str] = (),
    persons: Sequence[tuple[str, int]] = (),
    published: Sequence[str] = ("News", "Transcripts"),
    number: int = NUMBER,
) -> str:
    """A page of the main version as the site sends it. What is no block of its own makes a paragraph of the body.

    An announcement, for the day in words, heads no day of publication, time and place. Tags come with their ids: a
    country's `countries/KZ`, a person's number.
    """
    meta = [f'<time class="read__published" datetime="{date}" itemprop="datePublished">{in_words(date)}</time> ']
    meta += [f'<div class="read__time">{time}</div>'] if time else []
    meta += [f'<div class="read__place p-location"><i></i>{place}</div>'] if place else []
    announcement = f'<div class="announce_date"> <div class="width_limiter">{announced_for}</div> </div> '
    tags = [
        _tag_list("Geography", [(f"{path}/events", name) for name, path in geography]),
        _tag_list("Topics", [(f"keywords/{number}/events", name) for number, name in enumerate(topics, start=70)]),
        _tag_list("Persons", [(f"persons/{person}/events", name) for name, person in persons]),
    ]
    return f"""<!doctype html> <!--[if lt IE 7 ]> <html class="ie6" lang="en"> <![endif]--> <!--[if gt IE 8]><!--> <html \
lang="en" class="no-js" itemscope="itemscope"> <!--<![endif]--> <head><meta charset="utf-8"/> <title itemprop="name">\
{title} • President of Ruritania</title> <meta property="og:url" content="{NEWS}{number}"/> \
<link rel="alternate" type="text/html" hreflang="ru" href="{NEWS.replace("en.", "")}{number}"/> \
<link rel="canonical" href="{number}.html" /> <script>window.config = {{staticUrl: '/static/'}};
</script></head> <body class=" is-reading"> <div class="header" role="banner"> <a href="#sidebar">Portal Menu</a> \
<a href="http://kremlin.ru/" hreflang="ru">Русский</a> <ul>
<li>Events</li> <li>Structure</li></ul> <time datetime="2024-01-01">Today</time></div> <div class="reader">
<article class="read__in hentry h-entry" itemscope="itemscope" id="event-{number}" role="document"> \
<div class="read__content"> <div class="read__top">  <div class="width_limiter"> <a href="{NEWS}" class="read__categ" \
rel="category" data-info="Open">Events</a> <h1 class="entry-title p-name" itemprop="name">{title}</h1> \
{_lead(lead)} <div class="read__meta">{"" if announced_for else " ".join(meta)} <meta itemprop="inLanguage" \
content="en"/> </div> </div> </div>{announcement if announced_for else ""} \
<div class="entry-content e-content read__internal_content" itemprop="articleBody">  {_slider(slides)} \
{" ".join(part if _BLOCK.match(part) else f"<p>{part}</p>" for part in body)} \
<div class="read__bottommeta hidden-copy"> <div class="width_limiter">   <div class="read__tags masha-ignore">  \
{" ".join(tags)} </div>                <div class="read__status masha-ignore"> <div class="width_limiter"> \
<h3>Publication status</h3> <p>Published in sections: {", ".join(f'<a href="/{s}">{s}</a>' for s in published)}<br/> </p>\
<p> Publication date:    <time datetime="{date}">{in_words(date)}, 15:10</time> </p><p class="print_link_wrap"> \
Direct link: <a class="print_link" href="http://en.kremlin.ru/d/{number}">en.kremlin.ru/d/{number}</a> </p>  <p> \
<a class="text_version_link" href="{NEWS}copy/{number}" rel="nofollow" target="_blank">Text version</a> </p>  </div> \
</div>  </div> </div> </div> </div> </article> </div> <div class="footer"> <p><b>Rudolf Elphberg:</b> Subscribe.</p> \
<p>All content on this site is licensed.</p></div> </body> </html>
"""


def in_words(date: str) -> str:
    """A day as the site writes it: `May 4, 2018`."""
    day = dt.date.fromisoformat(date)
    return f"{day:%B} {day.day}, {day.year}"


def _lead(lead: str | None) -> str:
    return (
        '<div class="read__lead entry-summary p-summary" itemprop="description" role="heading" id="read-lead">  '
        f"<div><p>{lead} </p></div>   </div>"
        if lead
        else ""
    )


def _tag_list(name: str, tags: Sequence[tuple[str, str]]) -> str:
    """A list of tags; of more than four the page hides all but four behind a button."""
    if not tags:
        return ""
    items = [
        f"""<li{' class="hidden"' if index > 3 else ""}><a
                                    href="{CATALOG}{path}" rel="tag"><i></i>{text} </a></li>"""
        for index, (path, text) in enumerate(tags)
    ]
    if len(tags) > 4:
        items.append(f'<li class="read__tagsmore"><a><i></i>{len(tags) - 4} more</a> </li>')
    return f'<div class="read__tagscol"> <h3>{name}</h3> <ul class="read__taglist">{" ".join(items)} </ul> </div>'


def _slider(captions: Sequence[str]) -> str:
    if not captions:
        return ""
    slides = [slide(caption, number) for number, caption in enumerate(captions)]
    return (
        '<div class="slider masha-ignore" id="slider-13209" role="listbox"><div class="slider__slides" '
        'data-cycle-caption-template="{{slideNum}} of {{slideCount}}" data-cycle-starting-slide="0">    '
        f'{" ".join(slides)}  <div class="slider__next" role="button"><i></i></div> </div> '
        '<div class="slider__description"> <div class="slider_caption"></div> <div class="slider_overlay"></div> </div> </div>'
    )


def slide(caption: str, number: int, css_class: str = "slide") -> str:
    """A picture of the slider: the page keeps its caption in attributes."""
    words = escape(caption)
    return (
        f'<div class="{css_class}" data-cycle-desc="{words}"> <div class="slider__block" data-text="{words}"> '
        f'<img src="/photos/big/{number}.jpg" width="940" data-text="{words}" alt="{words}" class="" id="photo-{number}" '
        f'data-cycle-desc="{words}"><meta itemprop="datePublished" content="2018-05-04"></div> </div>'
    )


def said(label: str, words: str) -> str:
    """A paragraph that a speaker's label begins."""
    return f"<p><b>{label}:</b> {words}</p>"


def person_link(name: str, number: int = 119, card: str = "Card Name") -> str:
    """A person's name with the link and the hover card that the site puts on it; the card lists the family name first."""
    return (
        f'<a href="{CATALOG}persons/{number}/events" class="person_tag read__tag">{name}'
        '<span class="read__tooltip tooltip_person hidden masha-ignore"> <span class="tooltip__close"><i></i></span> '
        '<span class="tooltip__image">  <img src="/small/u0.jpg" width="140" alt="On the card"></span> '
        f'<span class="tooltip__text"> <span class="tooltip_title tooltip_link" data-href="/catalog/persons/{number}/events">'
        f'{card}</span><span class="tooltip_description_dark">Head of a later day</span></span> </span></a>'
    )


def term_link(words: str) -> str:
    """A term with the link and the hover card that the site puts on it."""
    return (
        f'<a class="termin_tag read__tag" href="{CATALOG}glossary/8" hreflang="" rel="glossary">{words}'
        '<span class="read__tooltip tooltip_term hidden masha-ignore"> <span class="tooltip__text"> '
        '<span class="tooltip_title tooltip_caption">Background information</span>  '
        '<span class="tooltip_description_dark" data-value="&lt;p&gt;A league &quot;of&quot; towns.&lt;/p&gt;"></span>  '
        "</span> </span></a>"
    )


def photo(caption: str) -> str:
    """A picture between the paragraphs, with its caption."""
    return (
        '<div class="media masha-ignore"> <figure class="media__pic" itemscope="itemscope"> '
        f'<img src="/photos/big/7.jpg" width="940" alt="{escape(caption)}" class="image"/> '
        f'<meta itemprop="name" content="{escape(caption)}"/> </figure> '
        f'<span class="media__title player__title">{caption}</span> </div>'
    )


def box(title: str, date: str) -> str:
    """A “See also” box."""
    return (
        '<div class="read__cut read__cut_full_size masha-ignore" role="complementary" aria-labelledby="1250-cut"> '
        '<div class="cut"> <h3 class="cut__title" id="1250-cut">See also</h3>   <div class="cut__description">  '
        f'<a href="17093.html" class="cut__item cut__link" target="_blank">{title}</a> <div class="cut__date">{date}</div>'
        "  </div>  </div> </div>"
    )


def save(folder: Path, **pages: str) -> Path:
    """Writes pages as NAME.txt into a folder and returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / f"{name}.txt").write_text(text, "utf-8", newline="")
    return folder


DIALOGUE = (
    "President of Ruritania Rudolf Elphberg: Mr Hentzau,",
    "I am glad to see you in Strelsau.",
    "Prime Minister of Ruritania Rupert Hentzau: Thank you, Mr President.",
    "Rudolf Elphberg: Please, sit down.",
)
"""Three turns by two people who both hold a state's office."""


def with_direct_link(page: str, number: int, scheme: str = "") -> str:
    """A page of the main version that prints its event's number, as its publication status may do."""
    return page.replace("\nText version", f"\nDirect link: {scheme}en.kremlin.ru/d/{number}\nText version")


def know_addresses(folder: Path, **addresses: str) -> Path:
    """Writes a folder's provenance.csv that knows the address of NAME.txt, and returns the folder."""
    lines = [
        f"{name}.txt,{hashlib.sha256((folder / f'{name}.txt').read_bytes()).hexdigest()},{address}\n"
        for name, address in addresses.items()
    ]
    (folder / "provenance.csv").write_text("file,sha256,url\n" + "".join(lines), "utf-8", newline="")
    return folder


def as_source(text: str, path: str = "page.txt") -> Source:
    """A text, or HTML, as if it had been read from a file."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(
        path=path,
        display_path=path,
        sha256=digest,
        byte_size=len(text.encode()),
        media_type="text/html" if text.startswith("<") else "text/plain",
        encoding="utf-8",
        text=text,
        url=None,
    )


def as_document(text: str, path: str = "page.txt") -> Document:
    """A page as its layout reads it."""
    return read_document(as_source(text, path))


def as_reading(text: str, path: str = "page.txt") -> Transcript:
    """A page cut into turns and pieces."""
    return segment_document(as_document(text, path), path)


def pieces_of(transcript: Transcript, *kinds: str) -> list[str]:
    """The text of a page's pieces of these kinds, in order, white space as one space."""
    text = transcript.document.text
    return [" ".join(text[p.start : p.end].split()) for p in transcript.segments if p.kind in kinds]
