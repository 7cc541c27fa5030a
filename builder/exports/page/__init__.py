"""A page to look at, search and quote from: one HTML file that opens from disk and asks the network for nothing.

A large archive has an index and a folder of pages. Each meeting stands in its source's own characters, once: the reader shows the
speech, "source" shows all. Pictures are HTML and SVG beside the numbers that they show.
"""

from itertools import islice
from pathlib import Path

from builder.exports import StagedPackage
from builder.exports.page.overview import gather, with_shares, with_turns
from builder.exports.page.pages import Pages
from builder.exports.page.site import plan
from builder.exports.page.word_index import WordIndex, first_words


def write_folder(package: StagedPackage, _index: Path, folder: Path, _: Path) -> None:
    """Writes the folder of a large archive: its pages and the index of its search.

    Memory: a meeting; of all meetings some hundred bytes a participation, and the index of words.
    """
    overview = gather(package.tables)
    site = plan(overview)
    if not site.is_folder:
        return
    pages = Pages(package, overview, site)
    folder.mkdir()
    words = WordIndex()
    transcripts = pages.all_transcripts(words)
    for part in site.parts:
        pages.write_part(part, islice(transcripts, len(part.meetings)), ())
    for part in site.people_parts:
        pages.write_part(part, (), pages.persons(part.people))
    words.write(folder)


def write(package: StagedPackage, index: Path, folder: Path, _: Path) -> None:
    """Writes `index.html`, which lists the files beside it."""
    overview = with_shares(gather(package.tables), package.tables)
    site = plan(overview)
    pages = Pages(package, overview, site)
    if site.is_folder:
        pages.write_index(index, folder_data=pages.folder_data(first_words(folder)))
    else:
        with_turns(overview, package.tables)
        pages.write_index(index, transcripts=pages.all_transcripts, persons=pages.all_persons)
