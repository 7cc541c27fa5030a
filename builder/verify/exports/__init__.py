"""Reads the exports back and compares them with the tables.

A module for each export, with its name and a function `findings(package, *paths)`. It shares no code with what writes the export,
and reads the files by another library where there is one.
"""

from collections.abc import Iterator
from importlib import import_module

from builder.package.export_files import exports_among
from builder.package.names import DIST
from builder.package.package_files import files_below
from builder.verify.findings import Finding, could_not_be_checked, in_file
from builder.verify.package_rows import Package


def exports(package: Package) -> Iterator[Finding]:
    """Each export that the package has holds what the tables hold."""
    version = str(package.version)
    names = files_below(package.dist)
    for export in exports_among(names, version):
        files = [file.name(version) for file in export.files]
        if missing := [
            file.name(version) for file in export.files if not file.folder and not file.names(names, version)
        ]:
            yield in_file(DIST).says(
                f"expected {', '.join(missing)} beside the other files of {export.name}, found none"
            )
            continue
        try:
            module = import_module(f"{__name__}.{export.name}")
            yield from module.findings(package, *(package.dist / name for name in files))
        except Exception as error:
            yield in_file(f"{DIST}/{files[0]}").says(could_not_be_checked(error))
