"""robots.txt by RFC 9309, through protego: may we, by which rule, how fast, and what AI agents may."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from storage.web_records import RobotsDecision
from tasks.web.signals import training_reserved

# RFC 9309, 2.5: parsers must read at least 500 KiB, and may stop there.
MAX_ROBOTS_BYTES: Final = 500 * 1024
# Our product token, as robots.txt may name it.
AGENT: Final = "Dateline"
# Agents that collect text to train language models, by the names their operators publish.
AI_AGENTS: Final = (
    "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot", "cohere-training-data-crawler",
    "Diffbot", "Google-Extended", "GPTBot", "Meta-ExternalAgent", "omgili", "PanguBot", "Timpibot",
)  # fmt: skip

# protego keeps each rule of a group once for each agent of it. The largest sum over the files of 4,000 large sites is a few
# thousand; a file of 500 KiB can be made that has 300 million.
MOST_RULES: Final = 200_000
AGENT_LINE: Final = re.compile(r"\s*user[\s-]?agents?\s*[:\s]\s*([^#]*)", re.IGNORECASE)
OTHERS: Final = "User-agent: others"


class Permission(NamedTuple):
    """Whether a URL may be fetched, and the line that decided (None: no line matches, so it may); seconds that the site wants
    between two requests; agents of AI training that it keeps away from the URL, and the line that reserves such training."""

    decision: RobotsDecision
    rule: str | None = None
    crawl_delay: float | None = None
    ai_agents_denied: tuple[str, ...] = ()
    ai_signal: str | None = None


@dataclass(frozen=True)
class Robots:
    """What a site allows: the text of its file, or how the request for it ended.

    RFC 9309, 2.3.1: with a 4xx there are no rules; with a 5xx, or without an answer, nothing may be fetched.
    """

    text: str | None
    http_status: int | None = 200

    @cached_property
    def _rules(self) -> Any:
        from protego import Protego

        return Protego.parse(bounded((self.text or "")[:MAX_ROBOTS_BYTES]))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that the file names (sitemaps.org)."""
        return tuple(self._rules.sitemaps)

    @property
    def reachable(self) -> bool:
        """False where the site could not say what it allows."""
        return self.text is not None or (self.http_status is not None and 400 <= self.http_status < 500)

    def permission(self, url: str, user_agent: str) -> Permission:
        """What a user agent may do with a URL."""
        if not self.reachable:
            what = f"HTTP {self.http_status}" if self.http_status else "no answer"
            return Permission("unreachable", f"robots.txt: {what}")
        if not self.text:
            return Permission("allowed")
        allowed = bool(self._rules.can_fetch(url, user_agent))
        rule, denied = self._deciding_rule(url, user_agent), self._ai_agents_denied(url)
        decision: RobotsDecision = "allowed" if allowed else "denied"
        return Permission(decision, rule, self._crawl_delay(user_agent), denied, self._ai_signal)

    @cached_property
    def _ai_signal(self) -> str | None:
        return training_reserved(self.text or "", AGENT)

    def _crawl_delay(self, user_agent: str) -> float | None:
        """By Crawl-delay or Request-rate; None where the site does not say."""
        asked = self._rules.crawl_delay(user_agent)
        rate = self._rules.request_rate(user_agent)
        stated = [float(asked)] if asked is not None else []
        if rate is not None and rate.requests:
            stated.append(rate.seconds / rate.requests)
        return max(stated, default=None)

    @cached_property
    def _ai_agents_named(self) -> tuple[str, ...]:
        named = (self.text or "").lower()
        return tuple(agent for agent in AI_AGENTS if agent.lower() in named)

    def _ai_agents_denied(self, url: str) -> tuple[str, ...]:
        return tuple(agent for agent in self._ai_agents_named if not self._rules.can_fetch(url, agent))

    def _deciding_rule(self, url: str, user_agent: str) -> str | None:
        """The line that decided, with its group. protego has no public name for it; its rules are sorted, the first match wins."""
        from protego._utils import _quote_path

        group = self._rules._get_matching_rule_set(user_agent)  # noqa: SLF001 - see above
        path = _quote_path(url)
        for rule in group._rules if group else ():  # noqa: SLF001
            if rule.value.match(path):
                return f"{rule.field.capitalize()}: {rule.value._pattern} (User-agent: {group.user_agent})"  # noqa: SLF001
        return None


def bounded(text: str) -> str:
    """A robots.txt that costs no more to read than honest ones do: of one with too many agents for its rules, those lines that are
    for all agents, for us, or for agents of AI training."""
    return text if _weight(text) <= MOST_RULES else "\n".join(_lines_for_us(text))


def _weight(text: str) -> int:
    weight = agents = 0
    begins = True
    for line in text.splitlines():
        if AGENT_LINE.match(line):
            agents, begins = (agents if begins else 0) + 1, True
        elif line.strip():
            begins, weight = False, weight + agents
    return weight


def _lines_for_us(text: str) -> Iterator[str]:
    """The lines with one stand-in for all agents of a group that are none of ours."""
    ours = {"*", AGENT.lower(), *(agent.lower() for agent in AI_AGENTS)}
    last = ""
    for line in text.splitlines():
        named = AGENT_LINE.match(line)
        kept = line if not named or named[1].strip().lower() in ours else OTHERS
        if not (kept == last == OTHERS):
            yield kept
        last = kept
