"""Bylines to names: «By Jane Roe, Senior Reporter and the Associated Press» is one person and one organisation."""

import html
import re
from typing import Final, NamedTuple

from tasks.clean.metadata import MAX_VALUE_CHARS
from tasks.clean.normalise import normalise_line
from tasks.clean.printed_dates import IN_DIGITS, IN_WORDS

MAX_NAME_CHARS: Final = 60
MAX_NAME_WORDS: Final = 5
MIN_PAIR: Final = 2
BY: Final = re.compile(
    r"^\W*(?:(?:(?:written|posted|published|reported|reviewed|zeige alle beitr[äa]ge|(?:view )?all posts|posts|erstellt|geschrieben|"
    r"ver[öo]ffentlicht|publi[ée]|[ée]crit|escrito|artikel|beitrag|text|texto|texte|story|words|analysis|opinion|photos?|eine? \w+|ein \w+)"
    r"\s+)?(?:by|von|vom|par|por|di|door|av|af|przez|de)\b\s*:?\s*|"
    r"(?:authors?|autor(?:en|in|es|a)?|autore|auteurs?|text|texte?|texto|testo|words|story|redaktion|escribe|verfasser|contributed by|contributors?)"
    r"\s*:\s*|(?:autor(?:in)?|author|escribe)\s+(?=[A-Z]))+",
    re.IGNORECASE,
)
# «ByJane Roe»: the space is only there for the eye.
GLUED_BY: Final = re.compile(r"^By(?=[A-Z][a-z])")
# Where the names end and something else begins: dates, times, addresses, calls to follow.
STOP: Final = re.compile(
    r"\s*(?:[|•·–—]|\s-\s|\(|\[|\bon\b\s+\w+\s+\d|\b\d{1,2}[./:]|\b\d{4}\b|\d{1,2}\s+\w+\s+\d{4}|\bpublished\b|\bupdated\b|\bposted\b|"
    r"\bfollow\b|\babout\b|\bfor\s+(?:the\b|[A-Z])|\bin\s+[A-Z]|\bjan(?:uary)?\b\.?\s+\d|\bfeb(?:ruary)?\b\.?\s+\d|\bmar(?:ch)?\b\.?\s+\d|\bapr(?:il)?\b\.?\s+\d|"
    r"\bmay\b\s+\d|\bjune?\b\s+\d|\bjuly?\b\s+\d|\baug(?:ust)?\b\.?\s+\d|\bsept?(?:ember)?\b\.?\s+\d|\boct(?:ober)?\b\.?\s+\d|"
    r"\bnov(?:ember)?\b\.?\s+\d|\bdec(?:ember)?\b\.?\s+\d|\bam\s+\d|\bvom\s+\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
    r"\S+@\S+|@\w|https?:|www\.).*$",
    re.IGNORECASE | re.DOTALL,
)
# What stands behind a name that is stated as one.
NOTE: Final = re.compile(r"\s*(?:[|•(\[<]|\S+@\S+|https?:).*$", re.DOTALL)
SEPARATOR: Final = re.compile(
    r"\s*(?:;|/|\n|\s&\s|\s\+\s|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bog\b|\boch\b|\ben\b|、|，)\s*|\s*,\s*"
)
SPLIT_WORDS: Final = re.compile(r"\s+(?:and|und|et|y|og|och|&|\+)\s+|\s*[;/、]\s*")
LETTERS: Final = re.compile(r"^[^\W\d_](?:[^\d_@<>{}\[\]=#|!?:;\"“”…/\\.]|\.(?![a-z]{2}))*$")
# A first name or a pen name: one word, where the line says that an author follows.
ALIAS: Final = re.compile(r"^[^\W\d_][\w.-]{2,24}$")
PARTICLES: Final = frozenset(
    {"al", "ap", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e", "el", "ibn", "la", "le",
     "ten", "ter", "van", "von", "y", "zu", "zum", "zur", "af", "av", "of", "the", "ben", "abu"}
)  # fmt: skip
TITLES: Final = re.compile(r"^(?:(?:dr|prof|professor|mr|mrs|ms|sir|dame|rev)\.?\s+)+", re.IGNORECASE)
# Words that no person's name has: what has one is an organisation, a job or no name at all.
ORGANISATION: Final = frozenset(
    """afp agence agencies agency ap anadolu associated association bureau centre center college committee company correspondents corp
    council daily desk dpa editor editorial editors efe foundation gazette gmbh group guardian herald inc institute international journal ltd magazine
    media ministry network news newspaper newsroom post press redaktion redaktionsnetzwerk redacción rédaction redazione redactie
    reuters review sid society staff studio team times today tribune tv university verband verlag writers xinhua kna epd apa ots
    bloomberg service services partners online web webdesk newsdesk llc ag e.v. afp-tv""".split()
)
JOB: Final = frozenset(
    """administrator analyst anchor assistant associate author blogger columnist commentary contributing contributor coordinator correspondent critic
    deputy director editor editor-in-chief executive former founder freelance freelancer head intern journalist manager managing
    multimedia officer photographer photography president producer professor publisher redakteur redakteurin reporter reporters researcher senior
    specialist special strategist writer writers chief co-founder ceo md phd volontär volontärin korrespondent korrespondentin autor autorin md, rd esq cfp
    redactor periodista journaliste rédacteur rédactrice chef chefredakteur ressortleiter ressortleiterin reporterin""".split()
)
NOT_A_NAME: Final = frozenset(
    """admin administrator advertisement all anonymous author authors blog by click comments contact de editor facebook follow guest home
    instagram linkedin login more news none null profile read root share sign subscribe the twitter undefined unknown user view website webmaster
    written x youtube views shares likes followers minutes minute reading time updated published breaking live video videos photos next previous search menu autor redaktör source quelle bild foto photo image copyright print email e-mail superuser wordpress wp-admin""".split()
)
MAX_DATED_CHARS: Final = 100
CLOCK: Final = re.compile(
    r"(?:\bat\b|\bum\b|\bà\b)?\s*\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:Uhr|[A-Z]{2,4}\b)?",
    re.IGNORECASE,
)
LABEL: Final = re.compile(
    r"\b(?:published|posted|updated|last updated|veröffentlicht|publié|publicado|comments?|kommentare?|\d+ min(?:ute)?s? read|min read|on|am|le|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|date|datum)\b:?|\d+", re.IGNORECASE
)  # fmt: skip
CJK: Final = re.compile(r"^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af・\s]{2,12}$")


class Names(NamedTuple):
    """Names as credited, in order, and which of them are organisations."""

    names: tuple[str, ...]
    organisations: tuple[str, ...]

    @property
    def persons(self) -> tuple[str, ...]:
        """The names that are people's."""
        return tuple(name for name in self.names if name not in self.organisations)


def read_names(line: str, *, whole: bool = False) -> Names:
    """The names in one byline or one stated author; `whole`: the line is said to be one name, split only where that is plain."""
    text = BY.sub("", GLUED_BY.sub("", normalise_line(html.unescape(line[:MAX_VALUE_CHARS]))))
    text = (NOTE if whole else STOP).sub("", text)
    text = text.strip(" ,;:-–—|·•" if _is_initialled(text) else " ,;:-–—|·•.")
    if not text or "://" in text:
        return Names((), ())
    parts = SPLIT_WORDS.split(text) if whole else SEPARATOR.split(text)
    if whole:
        parts = [piece for part in parts for piece in _at_commas(part)]
    if whole and not all(looks_like_person(_name(part)) or is_organisation(_name(part)) for part in parts):
        parts = [text]
    names = [name for name in map(_name, parts) if name and not _is_job(name) and name.casefold() not in NOT_A_NAME]
    short = len(names) == 1 and (whole or BY.match(line) is not None) and bool(ALIAS.match(names[0]))
    kept = tuple(
        dict.fromkeys(name for name in names if whole or short or looks_like_person(name) or is_organisation(name))
    )
    return Names(kept, tuple(name for name in kept if is_organisation(name)))


def _at_commas(part: str) -> list[str]:
    """«Jo Roe, dpa» is two names; of «Jo Roe, MD, Director of Studies» only the first is one."""
    pieces = part.split(",")
    if all(looks_like_person(_name(piece)) or is_organisation(_name(piece)) for piece in pieces):
        return pieces
    return pieces[:1]


def _name(part: str) -> str:
    name = part.strip(" ,;:-–—|·•")
    if len(part.split()) > 1:
        name = TITLES.sub("", BY.sub("", name)).strip()
    return name.rstrip(".") if not _is_initialled(name) else name


def _is_initialled(name: str) -> bool:
    return bool(re.search(r"\b(?:[A-Z]|Jr|Sr|e\.V)\.$", name))


def looks_like_person(name: str) -> bool:
    """Two to five words with capitals (particles aside), no digits, none of them an organisation's or a job's word; or CJK characters."""
    if CJK.match(name):
        return True
    words = name.split()
    if not MIN_PAIR <= len(words) <= MAX_NAME_WORDS or len(name) > MAX_NAME_CHARS or not LETTERS.match(name):
        return False
    lowered = {word.casefold().strip(".,") for word in words}
    if lowered & (ORGANISATION | JOB | NOT_A_NAME - PARTICLES):
        return False
    # A letter that has no case, as in Arabic, is no small letter.
    return all(word.casefold() in PARTICLES or "'" in word[:3] or not word[0].islower() for word in words)


def is_organisation(name: str) -> bool:
    """One of the words is an organisation's: agency, news, university …"""
    words = {word.casefold().strip(".,()") for word in name.split()}
    return bool(words & ORGANISATION) and len(name) <= MAX_NAME_CHARS and len(words) <= MAX_NAME_WORDS + 1


def _is_job(name: str) -> bool:
    words = [word.casefold().strip(".,") for word in name.split()]
    return bool(words) and any(word in JOB for word in words) and not any(word in ORGANISATION - JOB for word in words)


def name_beside_date(line: str) -> str:
    """«Jo Roe 14 October 2026», «Posted on October 14, 2026 by Jo Roe»: the name in a line with one date and little else; else empty."""
    found = [match for pattern in (*IN_DIGITS, *IN_WORDS) for match in pattern.finditer(line)]
    if not found or len(line) > MAX_DATED_CHARS:
        return ""
    start, end = min(match.start() for match in found), max(match.end() for match in found)
    for part in (line[end:], line[:start]):
        name = BY.sub("", LABEL.sub("", CLOCK.sub("", part)).strip(" ,;:-–—|·•/")).strip(" ,;:-–—|·•/")
        if looks_like_person(name):
            return name
    return ""
