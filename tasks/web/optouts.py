"""Reservations of rights that a page or site states by machine: TDM (W3C TDM Reservation Protocol) and AI training."""

import json
import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Final, NamedTuple
from urllib.parse import urlsplit

HEAD_BYTES: Final = 65_536
META: Final = re.compile(rb"<meta\b[^>]{0,500}>", re.IGNORECASE)
NAME: Final = re.compile(rb"""\b(?:name|http-equiv)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
CONTENT: Final = re.compile(rb"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
AI_WORDS: Final = frozenset({"noai", "noimageai", "noml"})
# Rules of a site's file that are read: each is a pattern to be compared with the path of every page.
MOST_LOCATIONS: Final = 1_000
# Addresses by RFC 8615 and the protocol's section 5.1.
TDMREP_PATH: Final = "/.well-known/tdmrep.json"


class OptOuts(NamedTuple):
    """`tdm` and `ai` say where the reservation stands; None: not reserved there."""

    tdm: str | None = None
    ai: str | None = None
    tdm_stated: bool = False


def read_optouts(url: str, headers: Mapping[str, str], body: bytes, tdmrep: str | None) -> OptOuts:
    """What a page reserves. Of several statements on TDM the most local one counts: meta, header, then the site's file."""
    metas = _metas(body[:HEAD_BYTES])
    stated = (
        ("meta", metas.get("tdm-reservation")),
        ("header", headers.get("tdm-reservation")),
        ("tdmrep.json", _from_file(tdmrep, urlsplit(url).path or "/")),
    )
    tdm = next(((origin, value.strip()) for origin, value in stated if value is not None), None)
    words = {"meta robots": metas.get("robots", ""), "X-Robots-Tag": headers.get("x-robots-tag", "")}
    ai = next((f"{origin}: {text}" for origin, text in words.items() if AI_WORDS & _words(text)), None)
    return OptOuts(
        tdm=f"tdm-reservation: 1 ({tdm[0]})" if tdm and tdm[1] == "1" else None, ai=ai, tdm_stated=tdm is not None
    )


def _metas(head: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in META.findall(head):
        name, content = NAME.search(tag), CONTENT.search(tag)
        if name and content:
            value = next((part for part in content.groups() if part is not None), b"")
            found.setdefault(name[1].decode("ascii").lower(), value.decode("utf-8", "replace"))
    return found


def _words(text: str) -> set[str]:
    return {word.strip().lower() for word in re.split(r"[,:\s]+", text)}


def _from_file(tdmrep: str | None, path: str) -> str | None:
    """The reservation for a path in a tdmrep.json: the first rule whose location fits."""
    if not tdmrep:
        return None
    try:
        rules = json.loads(tdmrep)
    except (ValueError, RecursionError):
        return None
    for rule in rules[:MOST_LOCATIONS] if isinstance(rules, list) else ():
        if isinstance(rule, dict) and fnmatchcase(path, _pattern(str(rule.get("location", "")))):
            return str(rule.get("tdm-reservation"))
    return None


def _pattern(location: str) -> str:
    """Wildcards as in robots.txt: `*` is any text, `$` the end; without `$` a location is a prefix."""
    escaped = location.replace("[", "[[]").replace("?", "[?]")
    return escaped[:-1] if escaped.endswith("$") else escaped.rstrip("*") + "*"
