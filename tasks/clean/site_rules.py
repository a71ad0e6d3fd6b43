"""Rules for single sites: CSS selectors for what trafilatura and the page's own words get wrong. Data, no code: see site_rules.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

from storage.errors import SettingError

SELECTORS: Final = ("body", "title", "author", "date", "drop")
SHIPPED: Final = "site_rules.toml"


@dataclass(frozen=True, slots=True)
class SiteRule:
    """CSS selectors of one site (host and its subdomains); an empty one has no say."""

    host: str = ""
    body: str = ""
    title: str = ""
    author: str = ""
    date: str = ""
    drop: str = ""


NO_RULE: Final = SiteRule()
NO_RULES: Final[Mapping[str, SiteRule]] = {}


def load_rules(own: Path | None) -> dict[str, SiteRule]:
    """The rules that come along by host, and those of the operator's own file over them. Raises SettingError."""
    with as_file(files("tasks.clean") / SHIPPED) as shipped:
        rules = read_rules(shipped)
    return {rule.host: rule for rule in (*rules, *(read_rules(own) if own else ()))}


def read_rules(path: Path) -> tuple[SiteRule, ...]:
    """The rules of a file: a table `[[site]]` for each. Raises SettingError with the place of what is wrong."""
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8")).get("site", [])
    except (OSError, ValueError) as error:
        raise SettingError(str(path), f"can't be read: {error}") from error
    if not isinstance(listed, list):
        raise SettingError(str(path), "site is to be a list of tables: [[site]]")
    rules = tuple(_rule(f"{path}, site {number}", item) for number, item in enumerate(listed, 1))
    if twice := [rule.host for rule in rules if sum(rule.host == other.host for other in rules) > 1]:
        raise SettingError(str(path), f"{twice[0]} has two rules")
    return rules


def _rule(place: str, item: object) -> SiteRule:
    if not isinstance(item, dict):
        raise SettingError(place, "is to be a table")
    given: dict[str, Any] = item
    if unknown := sorted(set(given) - {"host", *SELECTORS}):
        raise SettingError(place, f"{unknown[0]} is not known; known are host, {', '.join(SELECTORS)}")
    if wrong := [key for key, value in given.items() if not isinstance(value, str) or not value.strip()]:
        raise SettingError(place, f"{wrong[0]} is to be a text that is not empty")
    if "host" not in given or "/" in given["host"]:
        raise SettingError(place, "host is missing, or no host: example.org")
    for name in SELECTORS:
        if name in given:
            _check(f"{place}, {name}", given[name])
    return SiteRule(
        **{key: str(value).strip() for key, value in given.items()} | {"host": given["host"].strip().lower()}
    )


def _check(place: str, selector: str) -> None:
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    try:
        CSSSelector(selector, translator="html")
    except SelectorError as error:
        raise SettingError(place, f"{selector!r} is no CSS selector: {error}") from error


def rule_for(rules: Mapping[str, SiteRule], host: str) -> SiteRule:
    """The rule of a host or of the nearest domain above it."""
    labels = host.lower().split(".")
    return next((rules[name] for start in range(len(labels)) if (name := ".".join(labels[start:])) in rules), NO_RULE)
