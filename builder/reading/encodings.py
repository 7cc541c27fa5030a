"""Which encoding a saved HTML page is in, and what a file is that is no page at all."""

import codecs
import re
import zlib

from builder.errors import DataError, Problem, quote

_LABELS = {
    "windows-1251": "windows-1251 cp1251 x-cp1251",
    "windows-1252": "windows-1252 cp1252 x-cp1252 iso-8859-1 iso8859-1 iso88591 iso_8859-1 latin1 l1 ascii us-ascii",
    "koi8-r": "koi8-r koi8 koi koi8_r cskoi8r",
    "iso-8859-5": "iso-8859-5 iso8859-5 iso88595 iso_8859-5 cyrillic csisolatincyrillic",
    "ibm866": "ibm866 866 cp866 csibm866",
    "x-mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
}
"""The labels of the encodings in which pages of the site are kept, besides UTF-8.

Source: the WHATWG Encoding Standard, https://encoding.spec.whatwg.org/#names-and-labels.
"""
_BY_LABEL = {label: name for name, labels in _LABELS.items() for label in labels.split()}
_CODECS = {"x-mac-cyrillic": "mac-cyrillic"}
"""What Python calls an encoding, where it has another name for it."""
ENCODINGS = ("utf-8", "utf-8-sig", *_LABELS)
"""Every encoding that `sources.encoding` may name."""
_UTF_8 = frozenset({"utf-8", "utf8", "unicode-1-1-utf-8", "utf-16", "utf-16le", "utf-16be"})
"""A page that can be read so far as to its declaration is not in UTF-16, whatever that says; the standard takes it for UTF-8."""
_DECLARATION_REACH = 1024
"""Bytes at the start of a page in which it may declare its encoding."""
_META = re.compile(rb"<meta\b([^>]*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""(?<![a-z-])([a-z-]++)\s*+=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([^\s"';]+)""", re.IGNORECASE)
_NOT_MARKUP = re.compile(rb"<!--.*?(?:-->|\Z)|<script\b.*?(?:</script|\Z)", re.DOTALL | re.IGNORECASE)


def decode_html(data: bytes, path: str, sent_in: str | None = None) -> tuple[str, str]:
    """The text of an HTML page's bytes, and its encoding. What it was sent in, where that is known, goes before what it declares.

    Bytes that are UTF-8, but for one here and there, are read so whatever the page declares: hardly anything else is UTF-8 by
    chance, and tools that convert a page often leave its declaration. Other bytes are read as declared. A byte that is wrong
    becomes U+FFFD, as in browsers: the site has published such bytes.

    Raises `DataError` where a page that is not UTF-8 declares nothing, an unknown encoding, or UTF-8 after all.
    """
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    wrong = text.count("\ufffd")
    declared = sent_in.lower() if sent_in else _declared_label(data)
    # A byte here and there is the page's own fault; text in another encoding is wrong in most places.
    is_utf_8 = 2 * wrong <= len(text) - len(text.encode("ascii", "ignore"))
    if is_utf_8 and (declared is not None or encoding == "utf-8-sig"):
        return text, encoding
    if declared in _BY_LABEL and encoding == "utf-8":
        name = _BY_LABEL[declared]
        return data.decode(_CODECS.get(name, name), "replace"), name
    if declared in _UTF_8 or encoding == "utf-8-sig":
        found = f"{wrong:,} bytes that are not UTF-8, which it declares"
    else:
        found = f"the declaration {quote(declared)}" if declared else "no declaration, and bytes that are not UTF-8"
    expected = "HTML in UTF-8, or in the encoding that it declares"
    raise DataError([Problem(path, expected, found, "save the page as UTF-8", code="unknown-encoding")])


def _declared_label(data: bytes) -> str | None:
    """The label of the encoding that an HTML page declares, in lower case."""
    for meta in _META.finditer(_NOT_MARKUP.sub(b"", data[:_DECLARATION_REACH])):
        attributes = {name.lower(): b"".join(values) for name, *values in _ATTRIBUTE.findall(meta[1])}
        label = attributes.get(b"charset")
        if label is None and attributes.get(b"http-equiv", b"").lower() == b"content-type":
            charset = _CHARSET.search(attributes.get(b"content", b""))
            label = charset[1] if charset else None
        if label:
            return label.strip().decode("ascii", "replace").lower()
    return None


# ---------------------------------------------------------------------------------------------------------------------
# Text in an encoding of Windows

UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""What UTF-16 begins with, as Windows writes it."""
WINDOWS = "windows-1251-or-1252"
"""How bytes that are not UTF-8 are read, for `errors`: those that stand for one character in both encodings of Windows."""
_SAME_IN_BOTH = frozenset(
    byte
    for byte in range(0x80, 0x100)
    if bytes([byte]).decode("cp1251", "replace") == bytes([byte]).decode("cp1252", "replace") != "\ufffd"
)
"""Quotation marks, dashes and the like: none of them begins a character in UTF-8, and none is a letter."""


def _read_windows(error: UnicodeError) -> tuple[str, int]:
    if isinstance(error, UnicodeDecodeError) and error.object[error.start] in _SAME_IN_BOTH:
        return error.object[error.start : error.start + 1].decode("cp1252"), error.start + 1
    raise error


codecs.register_error(WINDOWS, _read_windows)


def decode_text(data: bytes) -> tuple[str, str]:
    """A text and its encoding: UTF-8, or what Windows calls ANSI. Raises `UnicodeDecodeError`, counting behind the mark."""
    encoding = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        if any(byte >= 0x80 and byte not in _SAME_IN_BOTH for byte in data):
            raise
        return data.decode("cp1252"), "windows-1252"


# ---------------------------------------------------------------------------------------------------------------------
# Other kinds of files

_AS_TEXT = "save it as a web page (.htm) or as text (.txt)"
_PAGE_ITSELF = "save the page itself, as HTML or as text"
_AS_TABLE = "write it as CSV (.csv) or Parquet"
_BY_ITS_NAME = "name it so that it ends in {}"
_OTHER_FILES = {
    b"%PDF-": ("a PDF file", _PAGE_ITSELF),
    b"{\\rtf": ("an RTF file", _AS_TEXT),
    b"\xd0\xcf\x11\xe0": (
        "a file of an older Office, such as .doc or .xls",
        "save it as a web page (.htm), as text, or as .xlsx",
    ),
    b"\x1f\x8b": ("a file compressed by gzip", _BY_ITS_NAME.format(".csv.gz, .tar.gz, .warc.gz or the like")),
    b"\xfd7zXZ\x00": ("a file compressed by xz", _BY_ITS_NAME.format(".csv.xz, .tar.xz or the like")),
    b"BZh": ("a file compressed by bzip2", _BY_ITS_NAME.format(".csv.bz2, .tar.bz2 or the like")),
    b"\x28\xb5\x2f\xfd": ("a file compressed by Zstandard", _BY_ITS_NAME.format(".csv.zst, .tar.zst or the like")),
    b"Rar!": ("a RAR archive", "unpack it, and name the folder"),
    b"7z\xbc\xaf": ("a 7z archive", "unpack it, and name the folder"),
    b"WARC/": ("a web archive (WARC)", _BY_ITS_NAME.format(".warc")),
    b"PAR1": ("a Parquet file", _BY_ITS_NAME.format(".parquet")),
    b"SQLite format 3\x00": ("an SQLite database", _BY_ITS_NAME.format(".db")),
    **dict.fromkeys((b"<stata_dta>", b"q\x02", b"r\x02", b"s\x02"), ("a Stata file (.dta)", _AS_TABLE)),
    **dict.fromkeys((b"$FL2", b"$FL3"), ("an SPSS file (.sav)", _AS_TABLE)),
    **dict.fromkeys((b"RDX2\n", b"RDX3\n", b"X\n\x00\x00"), ("a file of R (.rds or .RData)", _AS_TABLE)),
    **dict.fromkeys((b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"), ("a pickle of Python", _AS_TABLE)),
    b"ARROW1\x00\x00": ("an Arrow file", _BY_ITS_NAME.format(".arrow or .feather")),
    b"FEA1": ("a Feather file of the first version", _AS_TABLE),
    b"Obj\x01": ("an Avro file", _AS_TABLE),
    b"\x89HDF": ("an HDF5 file", _AS_TABLE),
    b"\x00\x01\x00\x00Standard": ("an Access database", _AS_TABLE),
    b"AT&TFORM": ("a DjVu file", _PAGE_ITSELF),
    **dict.fromkeys((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*"), ("an image", _PAGE_ITSELF)),
}
"""What a file is that begins with these bytes, and what to do with it."""
_OTHER_STARTS = tuple(_OTHER_FILES)
_IN_ZIP = {
    b"word/document.xml": ("a Word document (.docx)", _AS_TEXT),
    b"application/epub+zip": ("an e-book (.epub)", _PAGE_ITSELF),
    b"application/vnd.oasis.opendocument.spreadsheet": (
        "an OpenDocument spreadsheet (.ods)",
        "save it as .xlsx or .csv",
    ),
    b"application/vnd.oasis.opendocument": ("an OpenDocument file (.odt or the like)", _AS_TEXT),
    b"xl/workbook.xml": ("a workbook (.xlsx)", _BY_ITS_NAME.format(".xlsx")),
    b"ppt/presentation.xml": ("a presentation (.pptx)", _AS_TEXT),
    b"Index/Document.iwa": ("a document of Pages, Numbers or Keynote", _AS_TEXT),
}
"""What names a zip archive holds that is one of these."""


_TABLE_IN_HTML = re.compile(
    rb"<table\b[^>]{0,500}>(?=.{0,1000}<th\b[^>]{0,200}>\s{0,50}(?:title|headline)\s{0,50}</th>)"
    rb".{0,1000}<th\b[^>]{0,200}>\s{0,50}(?:text|body|content|transcript|html)\s{0,50}</th>",
    re.IGNORECASE | re.DOTALL,
)
"""As pandas writes a table of pages."""
_OF_R = (b"RDX", b"X\n\x00\x00")


def _unpacked_head(data: bytes) -> bytes:
    """The first bytes of what gzip compressed."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data[:1_000], 16)
    except zlib.error:
        return b""


def kind_of_other_file(data: bytes) -> tuple[str, str] | None:
    """What a file is, by its first bytes, if it is known to be no page and no text, and what to do; null for what may be one."""
    if data.startswith(b"PK\x03\x04"):
        found = next((kind for mark, kind in _IN_ZIP.items() if mark in data), None)
        return found or ("a zip archive", _BY_ITS_NAME.format(".zip"))
    if data.startswith(b"\x1f\x8b"):
        # R compresses its files, whatever their names.
        head = _unpacked_head(data)
        data = head if head.startswith(_OF_R) else data
    if _TABLE_IN_HTML.search(data[:_DECLARATION_REACH]):
        return "a table of pages in HTML", _AS_TABLE
    # Nearly every file is asked about, and hardly any is one of these.
    if not data.startswith(_OTHER_STARTS):
        return None
    return next(kind for start, kind in _OTHER_FILES.items() if data.startswith(start))
