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
# Characters that no address has (RFC 3986), and that would begin a tag or end an attribute.
MARKUP: Final = re.compile(r"""[<>"]""")
INDEX_PAGE: Final = re.compile(r"/(?:index\.(?:x?html?|shtml|php|jsp|aspx?)|default\.aspx?)$", re.IGNORECASE)
# What marks a presentation or the way a reader came, not an article: names, and beginnings of names, as the lists of AdGuard and
# ClearURLs have them. Only whole names: an article that shares its key with another one is never fetched.
PRESENTATION: Final = frozenset(
    {
        "__hssc", "__hstc", "__tn__", "__twitter_impression", "_ga", "_gl", "_guc_consent_skip", "_hsenc", "_hsmi", "aff", "affid", "affiliate", "amp", "amp_analytics", "amp_js_v",
        "campaign", "campaignid", "click_id", "clickid", "cmp", "cmpid", "dclid", "fbc_id", "fbclid", "fromref", "ftag", "gbraid",
        "gclid", "gclsrc", "guccounter", "icid", "igsh", "igshid", "ito", "jsessionid", "medium", "mod", "msclkid", "ncid",
        "ns_campaign", "ns_mchannel", "ns_source", "outputtype", "partner", "partnerid", "phpsessid", "print", "ref", "ref_src",
        "referer", "referrer", "rss", "s_cid", "session", "sessionid", "smid", "smtyp", "source", "sr_share", "src", "srsltid", "taid",
        "traffic_source", "twclid", "via", "wbraid", "wt.mc_id", "xtcr", "xtloc", "xtnp", "xtor", "xtref", "xts", "yclid", "ysclid",
    }
)  # fmt: skip
PRESENTATION_BEGINNINGS: Final = (
    "ads_", "at_", "cm_", "fb_", "ga_", "hsa_", "itm_", "mc_", "mkt_", "ml_", "mtm_", "oly_", "pk_", "piwik_", "utm_", "vero_",
)  # fmt: skip
# A campaign in one place, an article's number in another.
CAMPAIGN_UNLESS_NUMBER: Final = frozenset({"cid"})
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


def without_markup(link: str) -> str:
    """An address as a list states it, without the rests of markup that a careless generator leaves around it."""
    inner = link.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip()
    return MARKUP.split(inner, maxsplit=1)[0]


@lru_cache(4096)
def host_of(url: str) -> str:
    """Host name of a URL as a browser reads it: lower case, Punycode, IPv4 in four numbers. Empty if there is none."""
    try:
        return str(ada_url.URL(url).hostname)
    except (ValueError, UnicodeError):
        return ""


def url_key(url: str) -> str:
    """The key of an article's address: the same with http or https, www, mobile host, AMP form, tracking parameters, another order
    of parameters, a slash or an index page at the end, or a fragment. Other URLs (file:) are their own key."""
    url = without_markup(url)
    if viewer := AMP_VIEWERS.match(url):
        url = "https://" + unquote(url[viewer.end() :])
    parsed = web_url(url)
    if parsed is None:
        return url
    asked, _, search = parsed.partition("?")
    # Without its parameters: courlan takes any for a tracker whose name has a part such as «ga» or «uid» in it.
    cleaned = ada_url.URL(clean_url(asked) or asked)
    host = MOBILE_HOST.sub("", cleaned.hostname)
    host += f":{cleaned.port}" if cleaned.port else ""
    path = INDEX_PAGE.sub("", AMP_PATH.sub("", cleaned.pathname)).rstrip("/") or "/"
    given = parse_qsl(search.replace("&amp;", "&"), keep_blank_values=True)
    query = urlencode([pair for pair in given if not _is_presentation(pair)])
    whole = canonicalize_url(f"https://{host}{path}" + (f"?{query}" if query else ""))
    return whole.removeprefix("https://")


def _is_presentation(pair: tuple[str, str]) -> bool:
    name, value = (part.lower() for part in pair)
    if name in CAMPAIGN_UNLESS_NUMBER:
        return not value.isdecimal()
    known = name in PRESENTATION or name.startswith(PRESENTATION_BEGINNINGS)
    return not name or known or (name, value) in PRESENTATION_VALUES
