"""robots.txt by RFC 9309, through protego."""

from dataclasses import dataclass
from typing import Any, Final

# RFC 9309, 2.5: parsers must read at least 500 KiB, and may stop there.
MAX_ROBOTS_CHARS: Final = 500 * 1024


@dataclass(frozen=True, slots=True)
class Robots:
    """What a site allows: its parsed rules, or one answer for all."""

    rules: Any | None
    allows: bool = True

    @classmethod
    def from_text(cls, text: str) -> "Robots":
        """Rules of a robots.txt; never fails, whatever it holds."""
        from protego import Protego

        return cls(Protego.parse(text[:MAX_ROBOTS_CHARS]))

    @classmethod
    def allow_all(cls) -> "Robots":
        """There is no robots.txt."""
        return cls(None, allows=True)

    @classmethod
    def allow_none(cls) -> "Robots":
        """The site could not say what it allows."""
        return cls(None, allows=False)

    def refusal(self, url: str, user_agent: str) -> str | None:
        """Why a URL may not be fetched, None if it may."""
        if self.rules is None:
            return None if self.allows else "robots.txt could not be had"
        return None if self.rules.can_fetch(url, user_agent) else "disallowed for this user agent"
