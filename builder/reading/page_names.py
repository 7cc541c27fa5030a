"""How files that hold pages are named, and what stands beside them."""

import os
import unicodedata
from collections.abc import Container

PROVENANCE, METADATA = "provenance.csv", "metadata.csv"
"""Tables that may stand beside pages, and are none."""
PAGE_SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive"})
"""Suffixes of the files of one page that are read in a folder; a file that the command names is read whatever its name."""
_OF_PROJECTS = frozenset({"readme.md", "license.md", "licence.md", "changelog.md", "contributing.md", "index.md"})
"""Names of Markdown files that tell of a folder, and are no pages."""
_BESIDE_PAGE = (
    *(
        "_files",
        ".files",
        "_file",
        "-Dateien",
        "_fichiers",
        "_archivos",
        "_arquivos",
        "_ficheiros",
        "_bestanden",
        "_pliki",
    ),
    *(
        "_soubory",
        "_subory",
        "_tiedostot",
        "-filer",
        "_filer",
        "_elemei",
        "_dosyalar",
        "_datoteke",
        "_fails",
        "_failid",
    ),
    *("_bylos", "_fitxers", "_fajlovi", "_fitxategiak", "_fisiere", "_файлы", "_файли", "のファイル", "_arhivos"),
    *("_súbory", "_fișiere", "_αρχεία", "_파일", "_文件", "_檔案", "_ملفات", "_dosyaları"),
)
"""How browsers name the folder of a page's pictures, in the languages that they speak."""
_ENDINGS = tuple(dict.fromkeys((*_BESIDE_PAGE, *(unicodedata.normalize("NFD", ending) for ending in _BESIDE_PAGE))))
"""The same, and as some systems keep names: each letter apart from its accents."""


def is_page_name(name: str) -> bool:
    """Whether a file that is found in a folder may be a page, by its name."""
    name = name.casefold()
    return os.path.splitext(name)[1] in PAGE_SUFFIXES and name not in _OF_PROJECTS


def is_saved_with_page(folder: str, beside: Container[str]) -> bool:
    """Whether a folder holds what a browser saved with a page: `12345_files` beside `12345.html`."""
    stems = (folder.removesuffix(ending) for ending in _ENDINGS if folder.endswith(ending))
    return any(stem + suffix in beside for stem in stems for suffix in (".html", ".htm", ".xhtml", ".txt"))
