"""URLs: read as browsers read them (WHATWG), and the key under which one article is known whatever address leads to it."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode

import ada_url
from courlan import clean_url
from w3lib.url import canonicalize_url

WEB_SCHEMES: Final = frozenset({"http:", "https:"})
# Caches and viewers that show another site's article.
AMP_VIEWERS: Final = re.compile(r"https?://(?:(?:www\.)?google\.[a-z.]+/amp|[\w.-]+\.ampproject\.org/[a-z])/(?:s/)?")
MOBILE_HOST: Final = re.compile(r"^(?:www\d?|m|mobile|amp|touch)\.(?=[^.]+\.)")
AMP_PATH: Final = re.compile(r"(?:[/.]amp(?=/?$|\.html?$))|^/amp(?=/)")
# What marks a presentation or the way a reader came, not an article; courlan knows utm_*, fbclid, gclid and the like.
PRESENTATION: Final = frozenset(
    {
        "__twitter_impression", "_guc_consent_skip", "amp", "amp_analytics", "amp_js_v", "at_campaign", "at_medium", "cid", "cmp",
        "cmpid", "fromref", "ftag", "guccounter", "icid", "ito", "mod", "ncid", "ns_campaign", "ns_mchannel", "ns_source",
        "outputtype", "partner", "print", "ref", "ref_src", "rss", "smid", "smtyp", "sr_share", "src", "taid", "traffic_source",
        "via", "wt.mc_id", "xtcr", "xtloc", "xtnp", "xtor", "xtref", "xts",
    }
)  # fmt: skip
PRESENTATION_VALUES: Final = frozenset(
    {("output", "amp"), ("format", "amp"), ("mode", "amp"), ("view", "amp"), ("feed", "rss")}
)


def parse_url(url: str, base: str | None = None) -> str | None:
    """A URL as a browser resolves and writes it (WHATWG URL Standard), None if it can't be read."""
    try:
        return str(ada_url.URL(url, base).href if base else ada_url.URL(url).href)
    except (ValueError, UnicodeError):
        return None


def web_url(url: str, base: str | None = None) -> str | None:
    """An http or https URL as a browser writes it, without fragment and credentials; None if it is no such URL."""
    try:
        parsed = ada_url.URL(url, base) if base else ada_url.URL(url)
    except (ValueError, UnicodeError):
        return None
    if parsed.protocol not in WEB_SCHEMES or not parsed.hostname:
        return None
    parsed.hash = parsed.username = parsed.password = ""
    return str(parsed.href)


@lru_cache(4096)
def host_of(url: str) -> str:
    """Host name of a URL as a browser reads it: lower case, Punycode, IPv4 in four numbers. Empty if there is none."""
    try:
        return str(ada_url.URL(url).hostname)
    except (ValueError, UnicodeError):
        return ""


def url_key(url: str) -> str:
    """The key of an article's address: the same with http or https, www, mobile host, AMP form, tracking parameters, another order
    of parameters, a slash at the end, or a fragment. Other URLs (file:) are their own key."""
    if viewer := AMP_VIEWERS.match(url):
        url = "https://" + unquote(url[viewer.end() :])
    parsed = web_url(url)
    if parsed is None:
        return url
    cleaned = ada_url.URL(clean_url(parsed) or parsed)
    host = MOBILE_HOST.sub("", cleaned.hostname)
    host += f":{cleaned.port}" if cleaned.port else ""
    path = AMP_PATH.sub("", cleaned.pathname).rstrip("/") or "/"
    query = urlencode(
        [pair for pair in parse_qsl(cleaned.search[1:], keep_blank_values=True) if not _is_presentation(pair)]
    )
    whole = canonicalize_url(f"https://{host}{path}" + (f"?{query}" if query else ""))
    return whole.removeprefix("https://")


def _is_presentation(pair: tuple[str, str]) -> bool:
    name, value = (part.lower() for part in pair)
    return not name or name in PRESENTATION or (name, value) in PRESENTATION_VALUES
