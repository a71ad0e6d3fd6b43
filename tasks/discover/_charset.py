"""In which encoding a list is written, where only the server says it."""

import codecs
import re
from typing import Final

UTF_8: Final = "utf-8"
IN_UTF_8: Final = b'<?xml version="1.0" encoding="utf-8"'
DECLARATION: Final = re.compile(rb"""^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""")
UTF_16_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def as_utf8(body: bytes, charset: str | None) -> bytes:
    """A list's body in UTF-8, where it is in the `charset` of the Content-Type header and says no other by itself; else as it is.

    RFC 7303 puts the header before the XML declaration, but many servers send a default that does not hold. So a byte order
    mark, a declared encoding that fits the bytes, and UTF-8 that is valid come first.
    """
    if body.startswith(UTF_16_MARKS):
        return _rewritten(body, "utf-16")
    declared = DECLARATION.match(body)
    stated = declared[1].decode("ascii") if declared else UTF_8
    if charset is None or _read(body, stated) or _read(body, UTF_8):
        return body
    return _rewritten(body, charset)


def _rewritten(body: bytes, encoding: str) -> bytes:
    text = _read(body, encoding)
    return body if text is None else DECLARATION.sub(IN_UTF_8, text.encode(UTF_8, "replace"), count=1)


def _read(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (LookupError, ValueError):
        return None
