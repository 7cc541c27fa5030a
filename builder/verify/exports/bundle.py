"""The bundle holds the package's other files, and a descriptor and checksums that describe these."""

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from zipfile import ZipFile

from builder.files import open_regular
from builder.package.names import CHECKSUMS, DESCRIPTOR, DIST
from builder.package.package_files import encode_descriptor, files_below
from builder.verify.findings import Finding, first_other_line, in_file, same
from builder.verify.package_rows import Package


def findings(package: Package, path: Path) -> Iterator[Finding]:
    """Compares the members of `kremlin-meetings-VERSION.zip` with the files of the package."""
    place = in_file(f"{DIST}/{path.name}")
    with open_regular(path, follow_links=False) as raw, ZipFile(raw) as bundle:
        names = [name for name in files_below(package.dist) if name not in (path.name, CHECKSUMS)]
        expected = {f"{DIST}/{name}" for name in names} | {f"{DIST}/{CHECKSUMS}", DESCRIPTOR}
        yield from same(place, "members", sorted(expected), sorted(bundle.namelist()))
        sums = {}
        for name in sorted(names):
            with bundle.open(f"{DIST}/{name}") as member:
                sums[name] = file_digest(member, "sha256").hexdigest()  # type: ignore[arg-type]  # read by blocks
            yield from same(
                in_file(f"{DIST}/{path.name}/{DIST}/{name}"), "sha256", package.file_stats(name).sha256, sums[name]
            )
        checksums = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
        yield from same(place, CHECKSUMS, checksums, bundle.read(f"{DIST}/{CHECKSUMS}").decode())
        yield from _descriptor(package, bundle.read(DESCRIPTOR), path)


def _descriptor(package: Package, inner: bytes, path: Path) -> Iterator[Finding]:
    """The descriptor in the bundle is the package's, without the bundle."""
    place = in_file(f"{DIST}/{path.name}/{DESCRIPTOR}")
    if isinstance(package.descriptor, str):
        yield place.says(f"could not be compared: {DESCRIPTOR} is {package.descriptor}")
        return
    others = [resource for resource in package.descriptor["resources"] if resource["path"] != f"{DIST}/{path.name}"]
    expected = encode_descriptor(package.descriptor | {"resources": others})
    yield from first_other_line(place, expected, inner)
