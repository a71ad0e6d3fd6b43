"""Lines of wire copy that running text hardly has: results, scoreboards, standings, quotations of shares, datelines, headlines
in capitals. Made from patterns and names; they teach the tagger where names stand in such lines, nothing else."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tasks.train.corpora import PLACES, from_labelled
from tasks.train.samples import Sample

LINES_A_SAMPLE: Final = 12
# Share of lines written in capitals, as agencies write headlines.
SHOUTED: Final = 0.2
SLOT: Final = re.compile(r"\{(\w+)\}")
LABELS: Final = {
    "PER": ("PERSON",), "SUR": ("PERSON",), "TEAM": ("ORG",), "CLUB": ("ORG",), "ORG": ("ORG",), "CITY": ("GPE",), "COUNTRY": ("GPE",),
    "NORP": ("NORP",), "CUP": ("EVENT",), "GROUND": PLACES,
}  # fmt: skip
NORPS: Final = (
    "English French German Italian Spanish Dutch Belgian Swiss Austrian Polish Czech Slovak Hungarian Romanian Bulgarian Greek Turkish"
    " Russian Ukrainian Swedish Norwegian Danish Finnish Irish Scottish Welsh Portuguese Brazilian Argentine Chilean Mexican Cuban"
    " American Canadian Australian Japanese Chinese Korean Indian Pakistani Iranian Iraqi Israeli Palestinian Egyptian Nigerian Kenyan"
    " South African Zambian Algerian Moroccan Indonesian Thai Vietnamese Malaysian Serb Croat Bosnian Chechen Kurdish Basque"
).split(" ")
NICKNAMES: Final = (
    "Rovers United City Athletic Wanderers Rangers Dynamo Hawks Pirates Bears Chiefs Royals Sharks Comets Mariners Giants Warriors"
    " Kings Eagles Bulls Colts Saints Stars Wolves Ravens Dragons Pioneers Raiders Blues Reds Falcons Town Albion Hotspur County"
).split()
CUPS: Final = (
    "World Cup|European Cup|Continental Cup|Cup Winners’ Cup|Masters|Open|Grand Prix|Davis Cup|Asian Cup|Super League|Davis Trophy"
    "|Coastal Games|Winter Games|Champions League|Nations Cup|Sheffield Trophy|National League|American League"
).split("|")
PATTERNS: Final = """
{SPORT} - {TEAM} BEAT {TEAM} {N}-{N} .
{SPORT} - {COUNTRY} GET LATE WIN OVER {COUNTRY} .
{SPORT} - {NORP} {LEAGUE} RESULTS .
{SPORT} - {NORP} {LEAGUE} STANDINGS .
{SPORT} - {PER} WINS {CUP} .
{SPORT} - {SUR} OUT OF {CUP} WITH INJURY .
{CITY} {DATE}
{CITY} , {COUNTRY} {DATE}
{PER}
{DATE} ( {AGENCY} )
Results of {NORP} {LEAGUE} matches played on {DAY} :
Result of an {NORP} {LEAGUE} match on {DAY} :
Standings after {DAY} 's matches ( tabulate under played , won , drawn , lost , goals for , against , points ) :
{TEAM} {N} {N} {N} {N} {N} {N} {N}
{CLUB} {N} {N} {N} {N} {N} {N} {N}
{TEAM} {N} {TEAM} {N}
{CLUB} {N} {CLUB} {N}
{TEAM} {N} ( {SUR} {N} , {SUR} {N} ) {TEAM} {N} . Halftime {N}-{N} . Attendance {BIG} .
Scorers : {CLUB} - {PER} ( {N} , {N} ) . {CLUB} - {PER} ( {N} penalty ) .
{COUNTRY} {N} {COUNTRY} {N} ( halftime {N}-{N} )
{COUNTRY} : {PER} ; {PER} , {PER} , {PER} ; {PER} .
{N} - {PER} ( {COUNTRY} ) beat {PER} ( {COUNTRY} ) 6-{N} 7-5
{PER} ( {COUNTRY} ) beat {N} - {PER} ( {COUNTRY} ) 6-4 3-6 6-1
{N} . {PER} ( {COUNTRY} ) {N} minutes {N} . {N} seconds
{N} . {PER} ( {COUNTRY} , {CLUB} ) {N}:{N}.{N}
{N} {PER} ( {COUNTRY} ) 68 71 70 69 , {PER} 70 70 69 69
{N} {PER} 68 72 70
Men 's singles , second round , at the {CUP} in {CITY} on {DAY} ( prefix number denotes seeding ) :
{SUR} c {SUR} b {SUR} {N}
{SUR} lbw b {SUR} {N}
{SUR} not out {N}
Bowling : {SUR} {N}-{N}-{N}-{N} , {SUR} {N}-{N}-{N}-{N} .
Fall of wickets : 1-{N} 2-{N} 3-{N} .
{COUNTRY} {N} for six ( {SUR} {N} not out ; {SUR} 3-{N} ) against {TEAM} at {GROUND} .
{TEAM} AT {CITY}
{TEAM} at {CITY}
{TEAM} {N} {N} .{N} {N}
In {CITY} , {PER} hit a two-run homer as the {CLUB} beat the {CLUB} {N}-{N} .
{PER} scored twice for {TEAM} , who stay third behind {TEAM} and {TEAM} .
{TEAM} striker {PER} will miss the game against {TEAM} at {GROUND} on {DAY} .
{CLUB} coach {PER} said {NORP} international {PER} was fit .
{TEAM} manager {PER} signed {NORP} defender {PER} from {CLUB} for {N} million pounds .
{NORP} champion {PER} , who beat {SUR} in {CITY} last year , leads the {CUP} standings .
{PER} of {COUNTRY} and {NORP} {PER} were second and third .
{ORG} shares rose {N} percent to {BIG} on {DAY} .
{ORG} Q{N} net {N} mln vs loss {N} mln
{ORG} , {ORG} and {ORG} led gainers on the {CITY} exchange .
Shares in {ORG} fell {N} pence after {ORG} cut its rating , traders said .
BORROWER {ORG} AMT {BIG} MLN COUPON {N} MATURITY {DATE} LISTING {CITY}
-- {CITY} Newsroom {BIG}
-- {PER} , {CITY} newsroom {BIG}
The {NORP} government said {DAY} it would send troops to {COUNTRY} .
{NORP} President {PER} met {NORP} Foreign Minister {PER} in {CITY} on {DAY} .
{NORP} Prime Minister {PER} will visit {COUNTRY} and {COUNTRY} next week , the {ORG} said .
Police in {CITY} arrested {N} {NORP} nationals , the {ORG} reported .
{PER} , {N} , of {CITY} , was charged with fraud at {ORG} .
A ferry from {CITY} to {CITY} sank off {COUNTRY} on {DAY} , killing {N} .
{COUNTRY} 's {ORG} and {ORG} signed an accord in {CITY} .
{ORG} named {PER} chief executive , replacing {PER} .
{ORG} ( {CITY} ) and {ORG} ( {CITY} ) said they would merge .
{NORP} press digest - {DATE} .
These are the leading stories in the {CITY} press on {DAY} .
{ORG} has not verified these stories and does not vouch for their accuracy .
"""
FILL: Final[dict[str, Sequence[str]]] = {
    "SPORT": "SOCCER TENNIS CRICKET GOLF BASEBALL BASKETBALL HOCKEY ATHLETICS CYCLING RUGBY SKIING BOXING".split(),
    "LEAGUE": "first division|second division|premier league|league|cup|county championship|under-21".split("|"),
    "DAY": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "AGENCY": ("Agency", "Wire", "Sport"),
}
MONTHS: Final = (
    "January February March April May June July August September October November December Dec Oct Aug".split()
)

Pool = Mapping[str, Sequence[str]]


def wire_samples(pool: Pool, count: int, random_: random.Random) -> Iterator[Sample]:
    """Samples of lines. `pool`: names for PER, ORG, CITY and COUNTRY."""
    patterns = [line for line in PATTERNS.strip().splitlines() if line]
    for _ in range(count):
        lines = [_line(random_.choice(patterns), pool, random_) for _ in range(LINES_A_SAMPLE)]
        yield from_labelled(lines)


def _line(pattern: str, pool: Pool, random_: random.Random) -> list[tuple[str, tuple[str, ...], bool]]:
    """Words with the types they may have (none: no name) and whether they begin a name."""
    found: list[tuple[str, tuple[str, ...], bool]] = []
    shouted = random_.random() < SHOUTED or pattern.startswith("{SPORT}")
    for part in pattern.split(" "):
        slot = SLOT.search(part)
        words = _words(slot[1], pool, random_) if slot else part
        whole = part.replace(slot[0], words) if slot else part
        types = LABELS.get(slot[1], ()) if slot else ()
        for number, word in enumerate(whole.split()):
            found.append((word.upper() if shouted else word, types, number == 0))
    return found


def _words(slot: str, pool: Pool, random_: random.Random) -> str:
    """Words for a slot."""
    pick = random_.choice
    if slot in FILL:
        return pick(FILL[slot])
    makers = {
        "N": lambda: str(random_.randint(1, 99)),
        "BIG": lambda: f"{random_.randint(1, 99)},{random_.randint(100, 999)}",
        "DATE": lambda: f"{pick(MONTHS)} {random_.randint(1, 30)}",
        "PER": lambda: pick(pool["PER"]),
        "SUR": lambda: pick(pool["PER"]).split()[-1],
        "TEAM": lambda: pick((pick(pool["CITY"]), pick(pool["CITY"]), f"{pick(pool['CITY'])} {pick(NICKNAMES)}")),
        "CLUB": lambda: pick(
            (f"{pick(pool['CITY'])} {pick(NICKNAMES)}", f"FC {pick(pool['CITY'])}", pick(NICKNAMES[8:32]))
        ),
        "NORP": lambda: pick(NORPS),
        "CUP": lambda: pick(CUPS),
        "GROUND": lambda: f"{pick(pool['PER']).split()[-1]} Park",
    }
    return makers[slot]() if slot in makers else pick(pool[slot])
