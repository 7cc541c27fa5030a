"""Version numbers of releases: three numbers, such as 1.2.3."""

import re

VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")

Version = tuple[int, int, int]


def parse_version(text: object) -> Version:
    """A version number as its three parts, which compare as versions do. Raises `ValueError` for anything else."""
    if not isinstance(text, str) or not VERSION.fullmatch(text):
        raise ValueError(f"expected a version such as 1.2.3, found {text!r}")
    major, minor, patch = map(int, text.split("."))
    return major, minor, patch
