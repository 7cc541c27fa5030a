"""Turns random bytes into pages: each must become a package that verifies, or a clear message.

Atheris changes the bytes of sample pages, guided by the lines of the builder that they reach; its dictionary holds words and
markup of the layouts. Each input passes every stage; its rows are checked against the models and its segments against the text.
From the first hundred accepted inputs, and then from every fiftieth, a package is built and verified. It starts from no real
page.

`python -m benchmarks.robustness.fuzz --seconds 600` prints how many inputs ran and how many became packages. It fails on the
first input that breaks the promise, or takes ten seconds or two GiB, and names the file that holds it; `--try FILE` reads such
a file.
"""

import argparse
import hashlib
import subprocess
import sys
from collections import Counter
from pathlib import Path

from builder.errors import printable
from tests.support.promises import BrokenPromiseError, become, become_package, first_inputs

LIMITS = {
    "max_len": 20_000,  # bytes
    "timeout": 10,  # seconds for one input
    "rss_limit_mb": 2048,
}
BUILT_AT_FIRST, BUILT_EVERY = 100, 50
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


class Counted:
    """Reads inputs and counts the results."""

    def __init__(self, report: Path) -> None:
        self.counts: Counter[str] = Counter()
        self._report = report

    def __call__(self, data: bytes) -> None:
        entry = become(data)
        self.counts.update(["inputs", entry.status, f"{entry.status} {entry.layout}"])
        accepted = self.counts["included"]
        if entry.status == "included" and (accepted <= BUILT_AT_FIRST or accepted % BUILT_EVERY == 0):
            if become_package(data) != "included":
                raise BrokenPromiseError("accepted as a page, but rejected by the build")
            self.counts["built and verified"] += 1
        # The fuzzer ends this process without notice.
        lines = (f"{count:>10,}  {what}" for what, count in sorted(self.counts.items()))
        self._report.write_text("\n".join(lines))


def fuzz(folder: Path, seconds: int, seed: int) -> None:
    """Runs the fuzzer in this process, which it ends."""
    import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]  # noqa: PLC0415  # for this alone

    options: dict[str, object] = LIMITS | {
        "max_total_time": seconds,
        "seed": seed,
        "dict": folder / "words.dict",
        "artifact_prefix": f"{folder}/finding-",
        "len_control": 0,
        "print_final_stats": 1,
    }
    flags = [f"-{name}={value}" for name, value in options.items()]
    atheris.Setup([sys.argv[0], str(folder / "corpus"), *flags], Counted(folder / "report.txt"))
    atheris.Fuzz()


def prepare(folder: Path) -> None:
    """Writes the first inputs and the dictionary."""
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    for name, data in first_inputs().items():
        (folder / "corpus" / name).write_bytes(data)
    words = [word.replace("\\x20", " ").replace("\\\\", "\\").encode() for word in WORDS]
    lines = ('"' + "".join(f"\\x{byte:02X}" for byte in word) + '"\n' for word in words)
    (folder / "words.dict").write_text("".join(lines), "ascii")


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--seconds", type=int, default=600)
    arguments.add_argument("--seed", type=int, default=20221128)
    arguments.add_argument("--keep", type=Path, default=Path("fuzz-findings"), help="folder for what the fuzzer finds")
    arguments.add_argument("--try", dest="one", type=Path, help="read this one file")
    options = arguments.parse_args()
    if options.one:
        entry = become(options.one.read_bytes())
        print(entry.status, entry.layout, printable(entry.reason or ""), become_package(options.one.read_bytes()))
        return
    folder = options.keep
    prepare(folder)
    worker = [sys.executable, "-m", "benchmarks.robustness.fuzz_worker", str(folder)]
    command = [*worker, str(options.seconds), str(options.seed)]
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
