"""What the files of every package are called."""

DIST = "dist"
"""The folder of its data."""
DESCRIPTOR = "datapackage.json"
CHECKSUMS = "SHA256SUMS"
LICENCE_FILE = "LICENSE.txt"
