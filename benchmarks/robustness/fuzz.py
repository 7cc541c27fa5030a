"""Any bytes, as a text or as HTML, become a package that verifies or a clean message: tried with bytes by the million.

Atheris changes the bytes of sample pages, guided by which lines of the builder they reach, with the words of the layouts and
of their markup for a dictionary. Each input is read through every stage, its rows are checked against the models, and its
segments against the text; of the first hundred that are accepted and then of each fiftieth a package is built and
verified. No real page is among the first ones.

`python -m benchmarks.robustness.fuzz --seconds 600` prints how many inputs ran and how many became packages, and fails on the
first that breaks the promise: it is kept, and the message names the file. A page that takes ten seconds, or two GiB, is one too.
`--try FILE` reads one such file.
"""

import argparse
import hashlib
import subprocess
import sys
from collections import Counter
from pathlib import Path

from builder.errors import printable
from tests.support.promises import BrokenPromiseError, become, become_package, first_inputs

LONGEST_INPUT = 20_000
"""Bytes."""
LONGEST = 10
"""Seconds for one input at most."""
MEMORY = 2048
"""MiB at most."""
BUILT_AT_FIRST, BUILT_EVERY = 100, 50
REPORTED_EVERY = 100
WORDS = """
<p> </p> <b> </b> <i> <a href="/catalog/persons/5/events"> </a> <br> <div class=" <div> </div> <span <article </article> <h1 <h3>
entry-title read__lead read__published announce_date read__time read__place entry-content media__title read__cut read__tags
read__status read__tooltip tooltip_title tooltip_person slider data-text=" alt=" datetime="2018-05-04" <table> <td> <svg> <!-- -->
<![CDATA[ <script> </script> <template> <plaintext> <select> <option> &amp; &lt; &nbsp; &#27; &#xD800; &#0; &#x202e; &#9999999999;
Events Transcripts Documents Geography Topics Persons catalog/countries/KZ catalog/persons/
Rudolf\\x20Elphberg: Rupert\\x20Hentzau: Question: Mr\\x20Hentzau President\\x20of\\x20Ruritania R.\\x20Hentzau:
title:\\x20 date:\\x20 url:\\x20 lead:\\x20 See\\x20also Publication\\x20status Text\\x20version
Published\\x20in\\x20sections:\\x20
Direct\\x20link:\\x20en.kremlin.ru/d/ View\\x20settings Font\\x20size: May\\x204,\\x202018 04.05.2018 12:30 25:70 1\\x20of\\x202
*\\x20*\\x20* <…> [Zenda] (Applause.) (in\\x20German) To\\x20be\\x20continued ** ](http://a.b/c) ![ [1] \\\\
""".split()


# ---------------------------------------------------------------------------------------------------------------------
# The fuzzer


class Counted:
    """Reads inputs, and counts what comes of them."""

    def __init__(self, report: Path) -> None:
        self.counts: Counter[str] = Counter()
        self._report = report

    def __call__(self, data: bytes) -> None:
        entry = become(data)
        counts = self.counts
        counts["inputs"] += 1
        counts[entry.status] += 1
        counts[f"{entry.status} {entry.layout}"] += 1
        if entry.status == "included":
            count = counts["included"]
            if count <= BUILT_AT_FIRST or count % BUILT_EVERY == 0:
                if become_package(data) != "included":
                    raise BrokenPromiseError("read as a page, but not built as one")
                counts["built and verified"] += 1
        if counts["inputs"] % REPORTED_EVERY == 0:
            self.write()

    def write(self) -> None:
        self._report.write_text("\n".join(f"{count:>10,}  {what}" for what, count in sorted(self.counts.items())))


def fuzz(folder: Path, seconds: int, seed: int) -> None:
    """Runs the fuzzer in this process, which it ends."""
    import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415  # for this alone

    corpus = folder / "corpus"
    target = Counted(folder / "report.txt")
    options = [
        sys.argv[0],
        str(corpus),
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST_INPUT}",
        f"-timeout={LONGEST}",
        f"-rss_limit_mb={MEMORY}",
        f"-dict={folder / 'words.dict'}",
        f"-artifact_prefix={folder}/finding-",
        f"-seed={seed}",
        "-len_control=0",
        "-print_final_stats=1",
    ]
    atheris.Setup(options, target)
    atheris.Fuzz()


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--seconds", type=int, default=600)
    arguments.add_argument("--seed", type=int, default=20221128)
    arguments.add_argument("--keep", type=Path, help="where inputs that break the promise are put; else a new folder")
    arguments.add_argument("--try", dest="one", type=Path, help="read this one file")
    options = arguments.parse_args()
    if options.one:
        entry = become(options.one.read_bytes())
        print(entry.status, entry.layout, printable(entry.reason or ""), become_package(options.one.read_bytes()))
        return
    folder = options.keep or Path("fuzz-findings")
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    for name, data in first_inputs().items():
        (folder / "corpus" / name).write_bytes(data)
    quoted = [word.replace("\\x20", " ").replace("\\\\", "\\").encode() for word in WORDS]
    (folder / "words.dict").write_text(
        "".join('"' + "".join(f"\\x{byte:02X}" for byte in word) + '"\n' for word in quoted), "ascii"
    )
    command = [
        sys.executable,
        "-m",
        "benchmarks.robustness.fuzz_worker",
        str(folder),
        str(options.seconds),
        str(options.seed),
    ]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    report = folder / "report.txt"
    print(report.read_text() if report.exists() else "no input was read")
    print("\n".join(line for line in done.stderr.splitlines() if line.startswith("stat::")))
    findings = sorted(folder.glob("finding-*"))
    for finding in findings:
        print(f"{finding}: sha256 {hashlib.sha256(finding.read_bytes()).hexdigest()} breaks the promise")
    if findings or done.returncode:
        print(f"the fuzzer ended with {done.returncode}")
        print(printable("\n".join(done.stderr.splitlines()[-40:])).replace("\\x0a", "\n"))
    sys.exit(bool(findings or done.returncode))


if __name__ == "__main__":
    main()
