"""Which addresses are pages of events of the site's English version, as it is today and as it was before."""

import re
from urllib.parse import urlsplit

from schema.events import event_id_of, own_address

_HOSTS = frozenset({"en.kremlin.ru", "www.en.kremlin.ru", "en.special.kremlin.ru", "eng.kremlin.ru"})
"""Where the English version is: here an address with the number of an event is its page."""
_BESIDE_EVENT = re.compile(r"/(?:photos|videos|audios?)(?:/[0-9]+)?/?(?:[?#].*)?\Z")
"""How the address ends of an event's pictures or films, which have no transcript."""
_OLDER_HOSTS = re.compile(r"(?:www\.)?eng(?:\.[a-z]+)?\.kremlin\.ru")
"""Where the English version was until 2015: `eng.kremlin.ru`, `eng.news.kremlin.ru`."""
_SHARED_HOSTS = re.compile(r"(?:www\.)?(?:(?:archive|president|2004)\.)?kremlin\.ru")
"""Where it was a folder of the Russian site, until 2010."""
_OLDER_PAGE = re.compile(
    r"/(?:(?:transcripts|news|speeches)/[0-9]+|(?:[a-z]+/){1,4}[12][0-9]{3}/[01]?[0-9]/(?:[0-3]?[0-9]/)?\w+\.s?html)/?",
    re.IGNORECASE,
)
"""Pages of single events there: `/transcripts/8224`, `/speeches/2007/02/10/0138_type82912_118123.shtml`."""
_PORT = re.compile(r"(https?://[^/?#:]+)(?::(?:80|443))?(?=[/?#]|\Z)", re.IGNORECASE)
"""Scheme and host of an address, and the usual port, which says nothing."""


def plain_address(url: str) -> str:
    """An address with its scheme and host in small letters, and without the usual port."""
    return _PORT.sub(lambda match: match[1].lower(), url.strip("<> "), count=1)


def is_of_site(url: str) -> bool:
    """Whether an address is on the English version of the site."""
    host, path = _host_and_path(url)
    return host in _HOSTS or bool(_OLDER_HOSTS.fullmatch(host)) or _is_english_folder(host, path)


def is_event_page(url: str) -> bool:
    """Whether an address is that of an event's page; a web archive may have copied it from another one."""
    url = own_address(url)
    host, path = _host_and_path(url)
    if host in _HOSTS and event_id_of(url) is not None:
        return not is_beside_event(url)
    if _is_english_folder(host, path):
        return bool(_OLDER_PAGE.fullmatch(path[len("/eng") :]))
    return bool(_OLDER_HOSTS.fullmatch(host) and _OLDER_PAGE.fullmatch(path))


def is_beside_event(url: str) -> bool:
    """Whether an address is that of an event's pictures or films."""
    url = own_address(url)
    return event_id_of(url) is not None and bool(_BESIDE_EVENT.search(url))


def _is_english_folder(host: str, path: str) -> bool:
    return path.startswith("/eng/") and bool(_SHARED_HOSTS.fullmatch(host))


def _host_and_path(url: str) -> tuple[str, str]:
    """Host and path of an address; empty where it is none."""
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.path
    except ValueError:
        return "", ""
