"""Language of a text."""

from functools import cache
from typing import Any, Final

MIN_CHARACTERS: Final = 40
PROBE_CHARACTERS: Final = 1_000


def detect_language(text: str) -> tuple[str | None, str]:
    """ISO 639-1 code and how it was found, or None and why. Reads the first 1,000 characters."""
    if len(text) < MIN_CHARACTERS:
        return None, f"fewer than {MIN_CHARACTERS} characters"
    code, _ = _identifier().classify(text[:PROBE_CHARACTERS])
    return str(code), "detected by py3langid"


@cache
def _identifier() -> Any:
    import py3langid

    return py3langid
