"""One normalisation of text, done once; offsets are final after it.

- Unicode NFC; what can't be written as UTF-8 (lone surrogates) becomes U+FFFD.
- Invisible characters that only break matching are removed: byte order marks, zero width spaces, soft hyphens, and all
  control characters but the line feed. Joiners (U+200C, U+200D) and direction marks stay: they carry meaning.
- Any run of white space inside a line is one space; lines are trimmed; empty lines are removed.
"""

import re
import unicodedata
from typing import Final

REPLACEMENT: Final = "\ufffd"
LINE_BREAKS: Final = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
INVISIBLE: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")


def normalise_line(line: str) -> str:
    """One line, normalised; idempotent."""
    # What Python calls printable has none of them: most lines.
    visible = line if line.isprintable() else INVISIBLE.sub("", SURROGATES.sub(REPLACEMENT, line))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def split_lines(text: str) -> list[str]:
    """Normalised lines of a text, empty ones kept as empty strings (they separate paragraphs)."""
    return [normalise_line(line) for line in LINE_BREAKS.split(text)]
