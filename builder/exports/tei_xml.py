"""What the modules of the TEI export share: names, ids, and how an element becomes bytes."""

from xml.etree.ElementTree import Element, SubElement, tostring

TEI = "http://www.tei-c.org/ns/1.0"
XINCLUDE = "http://www.w3.org/2001/XInclude"

NOT_IN_XML = "\ufffe\uffff"
"""Characters that no XML file can hold; each becomes U+FFFD."""


def child(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """A new last child of an element."""
    element = SubElement(parent, tag, attributes)
    element.text = text
    return element


def xml_id(kind: str, key: str) -> str:
    """An id that XML allows, which may not begin with a digit: `m` for a meeting, `u` for a turn, `s` for a speaker."""
    return f"{kind}.{key}"


def person_id(speaker_id: str) -> str:
    """The id of a person in the file that joins the corpus."""
    return xml_id("s", speaker_id)


_INLINE = {"seg", "persName", "affiliation"}
"""Elements with others in them whose white space is text."""


def encode(root: Element) -> bytes:
    """An XML file, an element a line where white space is no text."""
    _break_lines(root)
    written = tostring(root, "unicode")
    for character in NOT_IN_XML:
        written = written.replace(character, "\ufffd")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'.encode()


def _break_lines(element: Element) -> None:
    for part in element.iter():
        if len(part) and part.tag not in _INLINE:
            part.text = "\n"
            for inner in part:
                inner.tail = "\n"
