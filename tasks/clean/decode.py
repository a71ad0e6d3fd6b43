"""Bytes to text, with a word on how."""

import codecs
from typing import Final

BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
PROBE_BYTES: Final = 8192
MAX_CONTROL_SHARE: Final = 0.02
MIN_CONTROLS: Final = 3
# Control characters that text does not have.
CONTROLS: Final = bytes(byte for byte in range(0x20) if byte not in b"\t\n\v\f\r\x1b")
BINARY_MAGIC: Final = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF")


def looks_binary(body: bytes) -> bool:
    """True for bytes that are no text in any encoding we read: known magic, or over 3 and 2 % control characters."""
    if body.startswith(tuple(mark for mark, _ in BYTE_ORDER_MARKS)):
        return False
    if body.startswith(BINARY_MAGIC):
        return True
    probe = body[:PROBE_BYTES]
    controls = len(probe) - len(probe.translate(None, CONTROLS))
    return controls > max(MIN_CONTROLS, MAX_CONTROL_SHARE * len(probe))


def decode(body: bytes, charset: str | None = None) -> tuple[str, str | None]:
    """Text of a body, and a reason where its encoding had to be guessed.

    Order: byte order mark, declared charset, UTF-8, windows-1252 (the encoding of most legacy western text, WHATWG's
    fallback); bytes that windows-1252 does not know become U+FFFD.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace"), None
    for encoding in filter(None, (charset, "utf-8")):
        try:
            return body.decode(encoding), None
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("windows-1252", "replace"), "not valid UTF-8: read as windows-1252"
