"""Pages made to slow the builder down, of any size, in every layout.

A body is written as a template: the part between ‹ and › is repeated until the page has its size. Each copy has another
number, which gives `{n}`, `{id}` (one more), `{name}` (a person's name) and `{letters}` (the number in letters).
"""

import re
from collections.abc import Callable, Iterator

from tests.support.names import letters, name

SPOKEN = (
    # Brackets, links and tags: paired, never closed, nested.
    "‹[›", "‹]›", "‹[a] ›", "‹[›‹]›", "‹(›", "‹(Applause.) ›", "‹(›‹)›", "‹<…> ›", "‹<›", "‹<b>a</b> ›", "‹<b ›",
    "‹[a](http://a.b/c) ›", "‹[a](http://a.b/c ›", "‹![a](b.png) ›", "‹[Rudolf Hen{letters}tzau] ›",
    # Punctuation and digits.
    "‹:›", "‹*›", "‹_›", "‹_a›", "‹\\›", "‹1›", "‹.›", "‹. ›", "‹-›", "‹’›", "‹ ›a", "‹\xa0›a",
    # Words and other scripts.
    "‹A›", "‹Aa ›", "‹Aa›", "‹Rupert ›", "‹Rupert Hentzau ›", "‹It rains.It›", "a‹\u0301›", "‹\u202e›", "‹Пу›", "‹京 ›",
    "‹Rupert Hentzau Hentzau RupertPrime Minister of Ruritania ›",
)  # fmt: skip
"""What a speaker says."""

TEXTS = (
    # Labels.
    "‹President of Ruritania Rudolf Elphberg: Mr Hentzau, I am glad to see you.\n›", "‹Rudolf Elphberg: Yes.\n›",
    "‹{name}: Yes, it did.\n›", "‹Minister of Ca{letters}stles {name}: Yes, it did.\n›",
    "‹Hen{letters}tzau: Yes, it did.\nRupert Hen{letters}tzau: No.\n›", "‹R. Hen{letters}tzau: Yes, it did.\n›",
    "‹Ru{letters}pert Hentzau: Yes, it did.\n›", "‹Rupert Hen{letters}tzau: Yes, it did.\n›",
    "‹Rupert Hent{slip}: Yes.\n›", "‹Castle {letters}: Yes, it did.\n›", "‹Rudolf Elphberg:\n›", "‹: Yes, it did.\n›",
    "‹Minister of Castles ›\n", "Rudolf Elphberg: ‹It rains. ›\n", "‹Rudolf Elphberg: Yes. ›\n", "‹Rudolf Elphberg\n: Yes.\n›",
    # Lines without speech.
    "‹\n›", "‹a\n›", "‹A\n›", "‹1\n›", "‹- a\n›", "‹> a\n›", f"‹{' ' * 50}a\n›", "‹<…>\n›", "‹(Applause.)\n›",
    "‹<…>\nRudolf Elphberg: Yes.\n›", "‹[a{n}]: http://a.b/c\n[a{n}] ›",
    "‹* ›\n", "‹* ›a\n", "‹-›a\n", "‹- ›a\n", "‹#›a\n", "‹> ›a\n",
    "‹and so it goes on\n›", "‹It goes on and\non and on\n›",
    # What a page has above, between and below the speeches.
    "‹# Talks\n›", "‹Talks\n=====\n›", "‹title: Talks\n›", "title: ‹a ›\n", "‹* * *\nTalks\nRudolf Elphberg: Yes.\n›",
    "‹1 of 2\nAt a meeting with Rupert Hentzau.\n›", "‹See also\nTalks\nMay 4, 2018\n›", "See also\n‹Talks\nMay 4, 2018\n›\n",
    "‹May 4, 2018\n›", "‹May 4, 2018 ›\n", "May ‹1›, 2018\n", "‹They met. ›\nMay 4, 2018\n",
    "‹President of Ruritania Rupert Hentzau met. ›\nRupert Hentzau: Yes.\n", "‹{name} met. ›\n‹{name}: Yes.\n›",
    "‹President Minister ›Rupert Hentzau met.\nRupert Hentzau: Yes.\n",
    "Persons\n‹Hen{letters}tzau Rupert\n›", "‹Publication status\n›", "‹Published in sections: News\n›",
    "Published in sections: ‹News, ›\n", "Direct link: en.kremlin.ru/d/‹a›\n", "‹http://a.b/c\n›",
)  # fmt: skip
"""The body of a page."""

MARKUP = (
    # Labels and paragraphs.
    "‹<p>a</p>›", "‹<p><b>Rudolf Elphberg:</b> Yes.</p>›", "‹<p><b>{name}:</b> Yes.</p>›",
    "<p><b>Rudolf Elphberg:</b> ‹<b>a</b> ›\n", "<p>‹<b>Rudolf Elphberg: </b>›\n",
    "<p>‹<b>R</b> ›<b>Elphberg:</b> Yes.</p>", '‹<p><b><a href="/persons/{id}/events">{name}</a>:</b> Yes.</p>›',
    "<p>a‹<br>›\n", "<p>‹a<br>›\n", "<p>‹&amp;›\n", "<p>‹&#1;›\n", "<p>‹a ›\n", '<p>‹"›\n',
    # What the site marks: persons, cards, tags, slides, dates, titles, statuses.
    '<p><b>Rudolf Elphberg:</b> Yes, ‹<a href="/catalog/persons/{id}/events">{name}</a> ›',
    '‹<a href="/persons/{id}/"><span class="read__tooltip"><span class="tooltip_title">'
    "Hen{letters}tzau Rupert</span></span></a>›",
    "‹tooltip_title ›", "‹tooltip_title>›", "‹<a tooltip_title ›",
    '<div class=read__tags><h3>Persons</h3>‹<li><a href="/persons/{id}/">Hen{letters}tzau Rupert</a></li>›',
    "<div class=slider>‹<div data-text='At talks {n}.'></div>›", '‹<h1 class="entry-title">a</h1>›',
    '‹<time class="read__published" datetime="x">May</time> ›',
    '<div class="read__status">‹<p>Published in sections: News</p>›\n',
    # What an HTML parser may be slow at.
    "‹<!-- a -->›", "‹<!-- ›", "‹<script>a</script>›", "‹<script>›", "‹<iframe><!--</iframe>›", "‹<div>›", "‹<div>a›",
    "‹<ul><li>›", "‹<b a={n}><p>›", "<p‹ a{n}›", "‹<body a{n}>›", "<select>‹<option>›", "<plaintext>‹<script a›\n",
    '<plaintext>‹<a›"', "<xmp>‹<a \"›\n", "<p></p‹ a{n}›", "<p‹ a{n}='\">'›", "‹<table><tr><td>›", "<table>‹x<b>›\n",
    f"{'<a><b><big><code><em><font><i><nobr><s><small><strike><strong><tt><u>' * 3}‹<p>x›",
)  # fmt: skip
"""The body of a page in HTML."""

HEADS = (
    "‹property=og:url ›", "‹<a property=og:url>›", "‹hreflang=ru ›", "‹<a hreflang=ru>›", "‹<a id=event-›",
    "<meta property=og:url content=‹http://a.b/›\n",
)  # fmt: skip
"""The head of a page in HTML."""


def filled(template: str, size: int) -> str:
    """A template's text, with its repeated parts at about this size together."""
    parts = re.split("[‹›]", template)
    length = size // (len(parts) // 2)
    return "".join(_repeated(part, length) if index % 2 else part for index, part in enumerate(parts))


def _repeated(piece: str, length: int) -> str:
    if "{" not in piece:
        return piece * (length // len(piece) + 1)
    copies: list[str] = []
    while length > 0:
        n = len(copies)
        slip = f"{letters(n)[:2]}zau{letters(n // 676)}"
        copies.append(piece.format(n=n, id=n + 1, name=name(n), letters=letters(n), slip=slip))
        length -= len(copies[-1])
    return "".join(copies)


# ---------------------------------------------------------------------------------------------------------------------
# Layouts


def main_text(body: str) -> str:
    return f"Events\nMeeting with Rupert Hentzau\nMay 4, 2018\n12:30\nZenda\n{body}\nPublication status\nText version\n"


def accessible_text(body: str) -> str:
    head = "View settings\nFont size:\nSite colours:\nOfficial website of the President of Russia\nTranscripts /\n"
    return f"{head}Meeting with Rupert Hentzau\nMay 4, 2018, Zenda\n{body}\nMay 4, 2018, Zenda\n"


def plain_text(body: str) -> str:
    return f"title: Meeting with Rupert Hentzau\ndate: 2018-05-04\n\n{body}"


def wrapped_text(body: str) -> str:
    """Plain text whose first lines are wrapped at one width."""
    line = "and so it goes on and on, and from there it goes on again until it ends\n"
    return plain_text(f"Rudolf Elphberg: It goes on and on and from there on, again and\n{line * 9}{body}")


def html(body: str, head: str = "") -> str:
    return (
        f'<!doctype html><html><head><meta property="og:url" content="http://en.kremlin.ru/events/president/news/51374"/>{head}'
        '</head><body><article id="event-51374"><h1 class="entry-title">Meeting with Rupert Hentzau</h1>'
        '<time class="read__published" datetime="2018-05-04">May 4, 2018</time><div class="entry-content">'
        f"{body}</div></article></body></html>"
    )


def html_with_head(head: str) -> str:
    return html("<p><b>Rudolf Elphberg:</b> Yes.</p>", head)


def html_of_lines(body: str) -> str:
    return html("".join(f"<p><b>{line}</b></p>" for line in body.split("\n")))


def _pages() -> Iterator[tuple[str, Callable[[int], str]]]:
    bodies = (*(f"Rudolf Elphberg: Yes {template}\n" for template in SPOKEN), *TEXTS)
    for title, layout, templates in (
        ("main", main_text, bodies),
        ("accessible", accessible_text, bodies),
        ("plain", plain_text, bodies),
        ("wrapped", wrapped_text, bodies),
        ("html", html, MARKUP),
        ("head", html_with_head, HEADS),
        ("lines", html_of_lines, [template for template in bodies if "<" not in template]),
    ):
        for template in templates:
            yield f"{title}: {template!r}", _page(layout, template)


def _page(layout: Callable[[str], str], template: str) -> Callable[[int], str]:
    return lambda size: layout(filled(template, size))


PAGES = dict(_pages())
"""Hostile pages of a given size, by layout and template."""
