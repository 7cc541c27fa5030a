"""For each message of the builder an input that brings it about; `messages.txt` shows what they say."""

import csv
import fcntl
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import CancelledError
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import builder
from builder.build import cluster, page, pipeline, read_stage, rows, workers
from builder.cli import app as command_line
from builder.evaluation.evaluate import evaluate
from builder.evaluation.floors import check_digest, read_floors
from builder.evaluation.inputs import read_gold, read_predictions
from builder.package import documentation, pins, publish, releases
from builder.package.output_files import write_file
from builder.package.release import check_version
from builder.package.releases import load_releases, render_pins
from builder.reading import discovery, limits
from builder.reading.discovery import gather
from builder.speakers import reference
from builder.verify.against import compare
from builder.verify.review import review
from tests.support import pages
from tests.support.containers import database, mhtml, record
from tests.support.resealing import reseal, rewrite, rows_of, write_format

Patch = pytest.MonkeyPatch
Case = Callable[[Path, Patch], object]
"""Does in an empty folder what the builder refuses."""

HEAD = "Events\nTalks\nMay 4, 2018\nZenda\n"
TAIL = "\nPublication status\nPublished in section: News\nText version\n"
PROVENANCE = "file,sha256,url\n"
GOOD = pages.main("Rudolf Elphberg: Good morning.")
GOLD = {
    **{"source": "1", "date": "2018-05-04", "gold_sure": True, "turns": [], "nonspeech": []},
    **{"inline_directions": [], "optional_starts": []},
}


def packaged(folder: Path, text: str = GOOD, **options: Any) -> Path:
    """The folder of the package of a page."""
    builder.build_package([pages.save(folder / "pages", page=text)], folder / "out", **options)
    return folder / "out"


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# ---------------------------------------------------------------------------------------------------------------------
# Pages and what stands beside them


def text(content: str | bytes, name: str = "page.txt", **options: Any) -> Case:
    """A page of this content."""

    def build(folder: Path, _: Patch) -> None:
        file(folder, f"pages/{name}", content)
        builder.build_package([folder / "pages"], folder / "out", **options)

    return build


def with_provenance(table: str | bytes) -> Case:
    """A page that can be read, beside a table of provenance."""

    def build(folder: Path, patch: Patch) -> None:
        file(folder, "pages/provenance.csv", table)
        # A library may have raised the length that a cell may have, for its whole process.
        limit = csv.field_size_limit(131_072)
        try:
            text(GOOD)(folder, patch)
        finally:
            csv.field_size_limit(limit)

    return build


PARTS = [f"{title}\nMay 4, 2018\n\nRupert Hentzau: It rains.\n" for title in ("Talks", "More talks")]


def with_metadata(table: str) -> Case:
    """A page that can be read, beside a table of titles and dates."""

    def build(folder: Path, patch: Patch) -> None:
        file(folder, "pages/metadata.csv", table)
        text(GOOD)(folder, patch)

    return build


def archive(files: dict[str, str]) -> Case:
    def build(folder: Path, _: Patch) -> None:
        with zipfile.ZipFile(folder / "pages.zip", "w") as made:
            for name, content in files.items():
                made.writestr(name, content)
        builder.build_package([folder / "pages.zip"], folder / "out")

    return build


def no_table_of_pages(folder: Path, _: Patch) -> None:
    for name in ("towns", "rivers"):
        database(folder / "pages.db", name, [{"name": "Zenda"}])
    builder.build_package([folder / "pages.db"], folder / "out")


def several_tables(folder: Path, _: Patch) -> None:
    for name in ("older", "newer"):
        database(folder / "pages.db", name, [{"title": "Talks", "text": "It rains."}])
    builder.build_package([folder / "pages.db"], folder / "out")


def pipe(name: str) -> Case:
    def build(folder: Path, patch: Patch) -> None:
        (folder / "pages").mkdir()
        os.mkfifo(folder / "pages" / name)
        text(GOOD, "other.txt")(folder, patch)

    return build


def link(name: str, target: str) -> Case:
    def build(folder: Path, patch: Patch) -> None:
        (folder / "pages").mkdir()
        (folder / "pages" / name).symlink_to(target)
        text(GOOD, "other.txt")(folder, patch)

    return build


def no_pages(folder: Path, _: Patch) -> None:
    (folder / "pages").mkdir()
    builder.build_package([folder / "pages"], folder / "out")


def vanished(folder: Path, patch: Patch) -> None:
    inputs = gather([pages.save(folder / "pages", page=GOOD)])
    (folder / "pages/page.txt").unlink()
    pipeline.build(inputs, folder / "out")


def too_slow(_: Path, patch: Patch) -> None:
    patch.setattr(limits, "MAX_READING_SECONDS", 0.05)
    with limits.time_bound("pages/page.txt"):
        while True:
            pass


def defect(folder: Path, patch: Patch) -> None:
    patch.setattr(read_stage, "read_page", lambda *_: 1 / 0)
    text(GOOD)(folder, patch)


def bad_value(folder: Path, patch: Patch) -> None:
    patch.setattr(rows, "kind_of", lambda *_: "party")
    text(GOOD)(folder, patch)


def not_covered(_: Path, patch: Patch) -> None:
    page.check_cover(pages.as_document(GOOD), [], "pages/page.txt")


def deep_folder(folder: Path, _: Patch) -> None:
    # Short, so that the path below fits into one of the system's.
    (folder / "pages" / "/".join("a" * (discovery.DEEPEST_FOLDER + 1))).mkdir(parents=True)
    builder.build_package([folder / "pages"], folder / "out")


def broken_page(before: str, after: str) -> Case:
    """A saved page in which this was changed."""
    return text(pages.html(pages.said("Rudolf Elphberg", "Good morning.")).replace(before, after, 1), "page.html")


OF_PAGES: dict[str, Case] = {
    "bad-given": text("title,date,text\nTalks,soon,Rupert Hentzau: It rains.\n", "table.csv"),
    "bad-file-name": text("x", "two\nlines.txt"),
    "bad-value": bad_value,
    "binary-file": text(b"\x00\x01\x02"),
    "builder-error": defect,
    "control-character": text(f"{HEAD}Rudolf Elphberg: Good \x07 morning.{TAIL}"),
    "damaged-page": text("MIME-Version: 1.0\nContent-Type: multipart/related\n\n", "page.mhtml"),
    "damaged-page: cut": text(mhtml(pages.html("<p>It rains.</p>").encode())[:1_000], "page.mhtml"),
    "damaged-page: Safari": text(b"bplist00 WebMainResource", "page.webarchive"),
    "empty-file": text(""),
    "empty-file: white space": text(" \n"),
    "file-too-large": text(b"x" * (limits.MAX_FILE_BYTES + 1)),
    "folder-too-deep": deep_folder,
    "impossible-date": text(HEAD.replace("May 4", "May 44") + f"Rudolf Elphberg: Good morning.{TAIL}"),
    "impossible-date: time": text(pages.main("Rudolf Elphberg: Good morning.", time="25:10")),
    "link-loop": link("again", "."),
    "metadata-table": with_metadata("title,date\nTalks,2018-05-04\n"),
    "metadata-table: twice": with_metadata("file,title\npage.txt,Talks\npage.txt,More talks\n"),
    "nested-archive": archive({"page.txt": GOOD, "more.tar.gz": "x"}),
    "no-date": text("title: Talks\n"),
    "no-date: html": text(pages.html("It rains.", announced_for="soon"), "page.html"),
    "no-date: reader view": text("<!doctype html><html><title>Talks</title><h1>Talks</h1><p>It rains.", "page.html"),
    "no-date: lines": text("Events\nTalks\nZenda\n"),
    "no-date: unreadable": text("Talks\n03/04/2018\n\nRudolf Elphberg: Good morning.\n"),
    "no-layout": text("Only some words.\n"),
    "no-pages": no_pages,
    "no-pages-in-file": archive({"notes.doc": "x"}),
    "no-pages-in-file: columns": text("headline,published,words spoken\nTalks,2018-05-04,It rains.\n", "table.csv"),
    "no-pages-in-file: database": no_table_of_pages,
    "no-pages-in-file: list": text("[1, 2]", "list.json"),
    "no-speaker": text(f"{HEAD}(Applause.)\n: Good morning.{TAIL}"),
    "no-speech": text(f"{HEAD}President of Ruritania Rudolf Elphberg:\nRupert Hentzau: Good morning.{TAIL}"),
    "no-title": text("date: 2018-05-04\n"),
    "no-title: html": text(pages.html("It rains.", title=""), "page.html"),
    "no-title: lines": text("Events\nMay 4, 2018\nZenda\n"),
    "not-a-file": pipe("page.txt"),
    "not-covered": not_covered,
    "not-english": text("title: Встреча\ndate: 2018-05-04\n\nРудольф Эльфберг: Добрый день.\n"),
    "not-utf-8": text("Caf\xe9\n".encode("latin-1")),
    "not-utf-8: UTF-16": text("Talks\n".encode("utf-16")),
    "other-file": text("{\\rtf1", "page.txt"),
    "other-file: zip": text(b"PK\x03\x04", "page.txt"),
    "provenance-cells": with_provenance(PROVENANCE + "one cell\n"),
    "provenance-cells: long": with_provenance(PROVENANCE + f"{'a' * 5000},{'0' * 64},\n"),
    "provenance-conflict": with_provenance(PROVENANCE + "".join(f"a,{'0' * 64},http://a/{n}\n" for n in (1, 2))),
    "provenance-csv": with_provenance(PROVENANCE + "a" * 200_000 + "\n"),
    "provenance-header": with_provenance("hash;address\n"),
    "provenance-unreadable": with_provenance(b"\xff"),
    "provenance-unreadable: no file": pipe("provenance.csv"),
    "provenance-value": with_provenance(PROVENANCE + "page.txt,abc,http://en.kremlin.ru/d/1\n"),
    "text-too-long": text("title: Talks\n" + "word " * (limits.MAX_TEXT_CHARS // 5 + 1)),
    "text-too-long: html": text(pages.html("a " * limits.MAX_TEXT_CHARS), "page.html"),
    "too-many-items": text("title: Talks\ndate: 2018-05-04\n\n" + "A B: Y.\n" * 10_000),
    "too-many-items: html": text(pages.html("<div>" * 21_000), "page.html"),
    "too-many-lines": text("title: Talks\n" + "word\n" * (limits.MAX_LINES + 1)),
    "too-many-marks": text("title: Talks\n" + "(" * (limits.MAX_MARKS + 1)),
    "too-many-styled-words": text(pages.html("".join(f"<b a={n}><p>" for n in range(9_000))), "page.html"),
    "too-slow": too_slow,
    "translated-page": text(
        pages.html("<p>It rains.</p>").replace('class="no-js"', 'class="no-js translated-ltr"'), "page.html"
    ),
    "unassigned-text": text(f"{GOOD}\nRead also: the castle’s own gazette\n", strict=True),
    "unreadable-container": text(b"PK\x03\x04", "pages.zip"),
    "unreadable-container: encoding": text(b"title,text\nCaf\xe9,x\n", "table.csv"),
    "unreadable-container: several": text(f"{PARTS[0]}\n-----\nAnd more.\n\n-----\n{PARTS[1]}"),
    "unreadable-container: tables": several_tables,
    "unreadable-container: web archive": text(record("http://en.kremlin.ru/d/1", b"x" * 500)[:-300], "crawl.warc"),
    "unreadable-file": link("page.txt", "nowhere.txt"),
    "unreadable-file: vanished": vanished,
    "text-lost": broken_page("<b>Rudolf", '<b class="x>Rudolf'),
    "text-lost: element": broken_page("</div> </article", "</article"),
    "text-lost: end": broken_page("<b>Rudolf", "<!-- <b>Rudolf"),
    "text-lost: tag": broken_page("</b>", '</b">'),
    "unknown-encoding": text("<!doctype html><p>Владимир</p>".encode("cp1251"), "page.html"),
    "unknown-encoding: unknown": text(
        "<!doctype html><meta charset=shift_jis><p>Владимир</p>".encode("cp1251"), "page.html"
    ),
    "unknown-encoding: UTF-8": text("<!doctype html><meta charset=utf-8><p>Владимир</p>".encode("cp1251"), "page.html"),
}

# ---------------------------------------------------------------------------------------------------------------------
# Packages, releases, documents, measures


def half_published(folder: Path, _: Patch) -> None:
    package = packaged(folder)
    staged = package / publish.STAGING
    staged.mkdir()
    with publish.staging(folder / "elsewhere") as owned:
        shutil.copy(owned / publish.OWNER, staged)
    shutil.copy(package / "datapackage.json", staged)
    shutil.copytree(package / "dist", staged / "dist")
    os.rename(package / "dist", staged / publish.REPLACED)
    builder.verify_package(package)


def against(name: str, content: bytes) -> Case:
    """Compares a package with one of which a file was changed."""

    def call(folder: Path, _: Patch) -> None:
        shutil.copytree(packaged(folder), folder / "old")
        file(folder, f"old/{name}", content)
        compare(folder / "old", folder / "out")

    return call


def damaged_table(folder: Path, patch: Patch) -> None:
    """The newer one, since the older one is held to its checksums."""
    shutil.copytree(packaged(folder), folder / "old")
    file(folder, "out/dist/meetings.parquet", b"PAR1")
    compare(folder / "old", folder / "out")


def damaged_review(folder: Path, _: Patch) -> None:
    path = packaged(folder) / "dist/speakers.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["name"]), path)
    review(folder / "out")


def own_project(folder: Path, patch: Patch) -> Path:
    """A project of its own, whose release 1.0.0 pins a page; gives the file of its pins."""
    package = packaged(folder)
    releases_folder = folder / "project/builder/package/releases"
    released = file(releases_folder, "1.0.0.csv", render_pins(pins.pins_of(package)))
    file(releases_folder, "map.toml", "")
    for module in (pins, releases):
        patch.setattr(module, "PROJECT", folder / "project")
    patch.setattr(releases, "RELEASES", releases_folder)
    patch.setattr(pins, "load_releases", lambda: load_releases.__wrapped__(releases_folder))
    return released


def build_own(folder: Path) -> None:
    pipeline.build(gather([folder / "pages"]), folder / "project")


def bad_pins(old: str, new: str) -> Case:
    def call(folder: Path, patch: Patch) -> None:
        released = own_project(folder, patch)
        released.write_text(released.read_text().replace(old, new))
        build_own(folder)

    return call


def bad_change(*changes: str) -> Case:
    def call(folder: Path, patch: Patch) -> None:
        released = own_project(folder, patch)
        entry = '[[change]]\nrelease = "2.0.0"\ntable = "meetings"\n{}\nreason = "because"\n'
        released.with_name("map.toml").write_text("".join(map(entry.format, changes)))
        build_own(folder)

    return call


def no_toml(folder: Path, patch: Patch) -> None:
    own_project(folder, patch).with_name("map.toml").write_text("[")
    build_own(folder)


def release_without_version(folder: Path, patch: Patch) -> None:
    own_project(folder, patch).with_name("next.csv").touch()
    build_own(folder)


def pins_differ(folder: Path, patch: Patch) -> None:
    released = own_project(folder, patch)
    released.write_text(released.read_text().replace("rudolf-elphberg", "rupert-hentzau"))
    pins.pin(folder / "out", "1.0.0", folder=released.parent)


def version(stated: str) -> Case:
    def call(folder: Path, _: Patch) -> None:
        file(folder, "pyproject.toml", '[project]\nversion = "1.2.4"\n')
        check_version(stated, folder / "CITATION.cff", folder / "pyproject.toml")

    return call


def pin_of_no_package(folder: Path, patch: Patch) -> None:
    patch.setattr(command_line, "PROJECT", folder)
    command_line.pin()


def documents(name: str = "README.md", content: str = "# Zenda\n") -> Case:
    def call(folder: Path, _: Patch) -> None:
        for other in ("README.md", "CONTRIBUTING.md", "docs/data-dictionary.md"):
            file(folder, other, "# Zenda\n")
        file(folder, name, content)
        file(folder, "dist/sources.jsonl", '{"path":"b.txt"}\n')
        documentation.generated_texts(folder, run_blocks=False)

    return call


def failing_block(folder: Path, patch: Patch) -> None:
    path = file(folder, "README.md", "```sh\necho No such town >&2; exit 3\n```\n\n```text\nx\n```\n")
    patch.setattr(documentation, "PROJECT", folder)
    (block,) = documentation.blocks(path)
    block.run()


def gold(content: str | bytes, name: str = "gold.jsonl") -> Case:
    return lambda folder, _: read_gold(file(folder, name, content))


def floors(content: str) -> Case:
    return lambda folder, _: read_floors(file(folder, "floors.toml", content))


def other_gold(folder: Path, patch: Patch) -> None:
    found = floors(f'gold_sha256 = "{"0" * 64}"\n')(folder, patch)
    check_digest(found, "f" * 64, folder / "gold.jsonl")  # type: ignore[arg-type]


def predictions(table: str, change: Callable[[Any], Any]) -> Case:
    """Reads a package as predictions of which one table's file was changed."""

    def call(folder: Path, _: Patch) -> None:
        path = packaged(folder) / f"dist/{table}.parquet"
        pq.write_table(change(pq.read_table(path)), path)
        read_predictions(folder / "out")

    return call


def bad_table(folder: Path, _: Patch) -> None:
    file(packaged(folder), "dist/sources.parquet", b"PAR1")
    read_predictions(folder / "out")


def two_of_one_name(folder: Path, _: Patch) -> None:
    file(folder, "pages/page.txt", GOOD)
    file(folder, "pages/page.html", pages.html(pages.said("Rudolf Elphberg", "Yes."), title="Other talks"))
    builder.build_package([folder / "pages"], folder / "out")
    read_predictions(folder / "out")


def text_not_utf_8(folder: Path, patch: Patch) -> None:
    standard = gold(json.dumps(GOLD | {"nonspeech": [], "source": "1"}))(folder, patch)
    file(folder, "texts/1.txt", b"\xff")
    evaluate(standard, read_predictions(file(folder, "turns.jsonl", '{"source":"1"}')), folder / "texts")  # type: ignore[arg-type]


CHANGED = 'id = "2018-05-04-meeting-with-rupert-hentzau"\nwhat = "withdrawn"\ninto = []'


def bad_people(folder: Path, patch: Patch) -> None:
    people = file(folder, "people.toml", '[[person]]\nname = "Rudolf Elphberg"\n')
    patch.setattr(reference, "read_people", partial(reference.read_people, people))
    reference.load_people.__wrapped__()


def linked(folder: Path, _: Patch) -> None:
    path = packaged(folder) / "dist/names.csv"
    path.rename(folder / "names.csv")
    path.symlink_to(folder / "names.csv")
    builder.open_package(folder / "out")


OF_FILES: dict[str, Case] = {
    "bad-change": bad_change('id = "2018-05-05-talks"\nwhat = "withdrawn"\ninto = []'),
    "bad-change: twice": bad_change(CHANGED, CHANGED),
    "bad-change: value": bad_change(CHANGED.replace('"withdrawn"', '"mended"')),
    "bad-floor": floors(f'gold_sha256 = "{"0" * 64}"\n[all]\nlable = 99\n'),
    "bad-line": gold("{}"),
    "bad-people": bad_people,
    "bad-pins": bad_pins("text_sha256,", "sha,"),
    "bad-pins: line": bad_pins(",rudolf-elphberg", ",Rudolf"),
    "bad-table": bad_table,
    "bad-toml": floors("["),
    "bad-xz": gold(b"no xz", "gold.jsonl.xz"),
    "block-fails": failing_block,
    "damaged-package": damaged_review,
    "damaged-package: table": damaged_table,
    "half-published": half_published,
    "id-changed": bad_pins(",rudolf-elphberg", ",rupert-hentzau"),
    "link": linked,
    "no-checksums": against("dist/SHA256SUMS", b"no checksums\n"),
    "no-digest": floors(""),
    "no-documents": lambda folder, _: documentation.generated_texts(folder),
    "no-marks": documents(),
    "no-package": against("datapackage.json", b"{}"),
    "no-page": gold(""),
    "no-such-row": documents(content='<!-- a row of sources -->\n\n```json\n{"path": "a.txt"}\n```\n'),
    "no-toml": no_toml,
    "no-version": version("next"),
    "no-version: release": release_without_version,
    "not-utf-8: text": text_not_utf_8,
    "other-gold-standard": other_gold,
    "damaged-package: predictions": predictions("utterances", lambda table: table.drop_columns(["label"])),
    "damaged-package: pin": pin_of_no_package,
    "page-twice": gold("\n".join([json.dumps(GOLD)] * 2)),
    "pins-differ": pins_differ,
    "source-name-twice": two_of_one_name,
    "unknown-stratum": floors(f'gold_sha256 = "{"0" * 64}"\n[some]\nf1 = 99\n'),
    "version-mismatch": version("1.2.3"),
    "wrong-checksum": against("dist/names.csv", b"x"),
}

# ---------------------------------------------------------------------------------------------------------------------
# Wrong commands


def without_a_project(call: Callable[[Path], object]) -> Case:
    """A command of an installed builder, which has no folder of its own to fall back on."""

    def run(folder: Path, patch: Patch) -> None:
        patch.setattr(command_line, "HOME", None)
        call(folder)

    return run


def output(name: str, content: str) -> Case:
    """Builds into a folder in which a file stands that no build made."""

    def build(folder: Path, _: Patch) -> None:
        file(folder, name, content)
        packaged(folder)

    return build


def output_below_a_file(folder: Path, _: Patch) -> None:
    file(folder, "mine", "x")
    builder.build_package([pages.save(folder / "pages", page=GOOD)], folder / "mine/out")


def output_that_may_not_be_replaced(folder: Path, patch: Patch) -> None:
    packaged(folder)
    patch.setattr(os, "access", lambda *_: False)
    packaged(folder)


def output_at_which_another_build_works(folder: Path, _: Patch) -> None:
    other = os.open(packaged(folder), os.O_RDONLY)
    try:
        fcntl.flock(other, fcntl.LOCK_EX)
        packaged(folder)
    finally:
        os.close(other)


def device(folder: Path, _: Patch) -> None:
    path = packaged(folder) / "dist/names.csv"
    path.unlink()
    os.mkfifo(path)
    builder.verify_package(folder / "out")


def no_dask(_: Path, patch: Patch) -> None:
    patch.setitem(sys.modules, "distributed", None)
    with cluster.cluster("tcp://zenda:8786"):
        pass


class FakeClient:
    """A cluster with one worker, of another version of pyarrow."""

    def __init__(self, *_: object, **__: object) -> None: ...

    def __enter__(self) -> "FakeClient":
        return self

    def __exit__(self, *_: object) -> None: ...

    def wait_for_workers(self, count: int, timeout: float) -> None: ...

    def run(self, function: Callable[[], dict[str, str]]) -> dict[str, dict[str, str]]:
        return {"tcp://strelsau": function() | {"pyarrow": "0.1"}}

    def get_executor(self, pure: bool) -> None: ...

    def ncores(self) -> dict[str, int]:
        return {"tcp://strelsau": 1}


def on_a_cluster(error: BaseException | None = None, **methods: object) -> Case:
    """Works on a cluster whose client has other methods, or comes to grief."""

    def call(_: Path, patch: Patch) -> None:
        patch.setattr("distributed.Client", type("Client", (FakeClient,), methods))
        patch.setattr(cluster, "builder_version", lambda: {"pyarrow": "1.0"})
        with cluster.cluster("tcp://zenda:8786"):
            raise error or AssertionError

    return call


def failing(error: BaseException) -> Callable[..., object]:
    def fail(*_: object, **__: object) -> object:
        raise error

    return fail


def no_more_processes(_: Path, patch: Patch) -> None:
    patch.setattr(workers, "Process", failing(OSError(28, "No space left on device")))
    with workers.workers(2) as pool:
        list(pool.map(str, range(3)))


def without_the_library(folder: Path, patch: Patch) -> None:
    patch.delitem(sys.modules, "builder.exports.codebook", raising=False)
    patch.setitem(sys.modules, "csv", None)
    builder.build_package([folder], folder / "out", exports="codebook")


def ended_worker(_: Path, patch: Patch) -> None:
    patch.setattr(workers, "WORKER_CODE", "sys.exit(3)")
    with workers.workers(2) as pool:
        list(pool.map(str, range(3)))


def title_of_several(folder: Path, _: Patch) -> None:
    builder.build_package([pages.save(folder / "pages", a=GOOD, b=GOOD)], folder / "out", title="Talks")


def inspected(name: str) -> Case:
    def inspect(folder: Path, _: Patch) -> None:
        with zipfile.ZipFile(folder / "pages.zip", "w") as made:
            made.writestr("1.txt", GOOD)
            made.writestr("2.txt", GOOD)
        builder.read_page(folder / name)

    return inspect


OF_COMMANDS: dict[str, Case] = {
    "DIR": without_a_project(lambda _: command_line.verify(None)),
    "INPUT": without_a_project(lambda _: command_line.build(None)),
    "INPUT: no such file": lambda folder, _: gather([folder / "nowhere"]),
    "--columns": lambda folder, _: builder.build_package([folder], folder / "out", columns="words=body"),
    "--exports": lambda folder, _: builder.build_package([folder], folder / "out", exports="pdf,codebook"),
    "--exports: not installed": without_the_library,
    "--columns: no column": lambda folder, _: builder.build_package([folder], folder / "out", columns="text"),
    "--title": title_of_several,
    "--changes": lambda folder, _: command_line.verify(folder, changes=folder / "changes.jsonl"),
    "--jobs": no_more_processes,
    "--jobs: ended": ended_worker,
    "--output": without_a_project(lambda folder: command_line.build([folder])),
    "--output: another build": output_at_which_another_build_works,
    "--output: below a file": output_below_a_file,
    "--output: dist is a file": output("out/dist", "mine"),
    "--output: not replaceable": output_that_may_not_be_replaced,
    "--output: other descriptor": output("out/datapackage.json", '{"name": "zenda"}'),
    "--output: other files": output("out/dist/mine.txt", "mine"),
    "--scheduler": on_a_cluster(__init__=failing(OSError("Timed out"))),
    "--scheduler: lost": on_a_cluster(CancelledError(), run=lambda self, function: {}),
    "--scheduler: no dask": no_dask,
    "--scheduler: no project": on_a_cluster(run=failing(ModuleNotFoundError("No module named 'builder'"))),
    "--scheduler: no worker": on_a_cluster(wait_for_workers=failing(TimeoutError())),
    "--scheduler: other version": on_a_cluster(),
    "evaluate: no file": lambda folder, _: read_gold(folder / "gold.jsonl"),
    "evaluate: no floors": lambda folder, _: read_floors(folder / "floors.toml"),
    "evaluate: no package": lambda folder, _: read_predictions(folder),
    "evaluate: no texts": lambda folder, _: evaluate(None, None, folder / "texts"),  # type: ignore[arg-type]
    "inspect: several": inspected("pages.zip"),
    "inspect: none": inspected("pages.zip/3.txt"),
    "inspect: folder": lambda folder, _: builder.read_page(folder),
    "package: device": device,
    "package: no folder": lambda folder, _: builder.open_package(folder / "nowhere"),
    "package: none": lambda folder, _: builder.open_package(folder),
    "review: no package": lambda folder, _: review(folder),
    "write": lambda folder, _: write_file(folder / "nowhere/doubts.jsonl", b""),
}

# ---------------------------------------------------------------------------------------------------------------------
# What `verify` finds

TALK = pages.main(*pages.TALK, "Rudolf Elphberg: Rupert [Hentzau] knows.")
Damage = Callable[[Path], None]


def changed(table: str, **values: Any) -> Damage:
    """The first row of a table holds other values, in every format."""

    def damage(package: Path) -> None:
        found = rows_of(package)
        found[table][0] |= values
        rewrite(package, found)

    return damage


def dropped(table: str) -> Damage:
    def damage(package: Path) -> None:
        found = rows_of(package)
        del found[table][0]
        rewrite(package, found)

    return damage


def one_format(package: Path) -> None:
    found = rows_of(package)["speakers"]
    found[0]["wikidata_id"] = "Q1"
    write_format(package, "speakers", found, "csv")


def other_type(package: Path) -> None:
    path = package / "dist/meetings.parquet"
    table = pq.read_table(path)
    index = table.column_names.index("date")
    pq.write_table(table.set_column(index, "date", table.column("date").cast("string")), path)


def other_title(package: Path) -> None:
    path = package / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace('"title": "Kremlin Meetings"', '"title": "Zenda"', 1), "utf-8")


def other_codebook(package: Path) -> None:
    builder.build_package([package.parent / "pages"], package, exports="codebook")
    path = package / "dist" / "codebook.csv"
    path.write_text(path.read_text("utf-8").replace('"title","string","false"', '"title","string","true"', 1), "utf-8")
    reseal(package)


FINDINGS: dict[str, Damage] = {
    "counts": changed("meetings", utterance_count=9),
    "described": lambda package: pages.save(package.parent / "pages", other=GOOD) and None,  # type: ignore[func-returns-value]
    "descriptor": other_title,
    "exports": other_codebook,
    "files": lambda package: file(package, "dist/extra.csv", "x") and None,  # type: ignore[func-returns-value]
    "formats": one_format,
    "keys": changed("segments", sequence=9),
    "sources": changed("sources", reason="Because."),
    "meetings": changed("meetings", kind="ceremony"),
    "mentions": changed("mentions", text="Flavia"),
    "paragraphs": changed("sources", text_sha256="0" * 64),
    "people": changed("speakers", aliases=["Flavia"]),
    "references": dropped("speakers"),
    "reread": changed("meetings", url="http://en.kremlin.ru/d/9"),
    "rows": changed("meetings", title="Two  spaces"),
    "schemas": other_type,
    "segments": changed("sources", text_length=9),
    "utterances": changed("utterances", text="Not said."),
}
"""For each check a damage that it finds."""
