"""Base forms of English words by their tag: a table of irregular forms and the spelling rules of the regular ones."""

import re
from functools import lru_cache
from typing import Final

# Each line: base form, then its irregular forms.
IRREGULAR_VERBS: Final = """
be am are been being is was were 's ’s 're ’re 'm ’m|have had has having 've ’ve|do did does done doing
will wo 'll ’ll|can ca|would 'd ’d|arise arose arisen|awake awoke awoken|bear bore borne born|beat beaten|become became
begin began begun beginning|bend bent|bet betting|bid bade bidden bidding|bind bound|bite bit bitten|bleed bled|blow blew blown
break broke broken|breed bred|bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen|cling clung
come came|creep crept|cut cutting|deal dealt|die died dying|dig dug digging|draw drew drawn|dream dreamt|drink drank drunk|drive drove driven
eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fling flung|fly flew flown
forbid forbade forbidden|forecast|foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen
get got gotten getting|give gave given|go went gone goes going|grind ground|grow grew grown|hang hung|sneak snuck|stride strode|hear heard|hide hid hidden
hit hitting|hold held|hurt|keep kept|kneel knelt|know knew known|lay laid|lead led|lean leant|leap leapt|learn learnt
leave left|lend lent|let letting|lie lied lay lain lying|light lit|lose lost|make made|mean meant|meet met|mislead misled
mistake mistook mistaken|outdo outdid|overcome overcame|oversee oversaw overseen|overtake overtook|pay paid|plead pled|prove proven
put putting|quit quitting|read|rebuild rebuilt|ride rode ridden|ring rang rung|rise rose risen|run ran running|say said says
see saw seen|seek sought|sell sold|send sent|set setting|sew sewn|shake shook shaken|shed shedding|shine shone|shoot shot
show shown|shrink shrank shrunk|shut shutting|sing sang sung|sink sank sunk|sit sat sitting|slay slew slain|sleep slept|slide slid
sling slung|smell smelt|sow sown|speak spoke spoken|speed sped|spell spelt|spend spent|spill spilt|spin spun|spit spat
split splitting|spoil spoilt|spread|spring sprang sprung|stand stood|steal stole stolen|stick stuck|sting stung|strike struck stricken
string strung|strive strove striven|swear swore sworn|sweep swept|swell swollen|swim swam swum|swing swung|take took taken
teach taught|tear tore torn|tell told|think thought|throw threw thrown|tie tied tying|tread trod|undergo underwent undergone
understand understood|undertake undertook undertaken|undo undid undone|uphold upheld|upset|wake woke woken|wear wore worn
weave wove woven|weep wept|win won winning|wind wound|withdraw withdrew withdrawn|withhold withheld|withstand withstood
wring wrung|write wrote written|retell retold|rethink rethought|vie vied vying|quiz quizzed quizzing|panic panicked panicking
focus focused focusing focuses|bias biased|target targeted targeting|market marketed marketing|budget budgeted|plummet plummeted
visit visited visiting|edit edited|credit credited crediting|limit limited limiting|exhibit exhibited|prohibit prohibited|inherit inherited
debit debited|audit audited|vomit vomited|benefit benefited benefiting|interpret interpreted|trumpet trumpeted|tweet tweeted tweeting
retweet retweeted retweeting|comment commented|open opened opening|happen happened|listen listened|threaten threatened
offer offered offering|suffer suffered|differ differed|answer answered|consider considered|remember remembered|wonder wondered
utter uttered|whisper whispered|mutter muttered|murmur murmured|honour honoured|favour favoured|labour laboured|develop developed
gallop galloped|gossip gossiped|worship worshipped|travel travelled travelling traveled traveling|label labelled labelling labeled
cancel cancelled cancelling canceled|model modelled modeled|level levelled leveled|control controlled controlling|compel compelled
propel propelled|expel expelled|repel repelled|excel excelled|rebel rebelled|patrol patrolled patrolling|signal signalled signaled
quarrel quarrelled|marvel marvelled marveled|counsel counselled counseled|fuel fuelled fueled|duel duelled|dial dialled dialed
equal equalled|total totalled totaled|appeal appealed|reveal revealed revealing|boycott boycotted boycotting|recruit recruited recruiting|fulfil fulfilled|enrol enrolled|install installed installing|go gon
"""
IRREGULAR_NOUNS: Final = """
man men|woman women|child children|person persons|foot feet|tooth teeth|goose geese|mouse mice|ox oxen|life lives|wife wives
knife knives|leaf leaves|thief thieves|half halves|self selves|shelf shelves|wolf wolves|loaf loaves|calf calves|crisis crises
analysis analyses|basis bases|thesis theses|hypothesis hypotheses|diagnosis diagnoses|criterion criteria|phenomenon phenomena
medium media|datum data|stimulus stimuli|alumnus alumni|series|species|means|news|headquarters|works|hero heroes|potato potatoes
tomato tomatoes|echo echoes|volcano volcanoes|caucus caucuses|tax taxes|grandchild grandchildren|salesperson salespeople|veto vetoes|cargo cargoes|spokesman spokesmen|spokeswoman spokeswomen|spokesperson spokespeople
chairman chairmen|bus buses|gas gases|lens lenses|virus viruses|campus campuses|bonus bonuses|census censuses|status|corps|police
"""
PRONOUNS: Final = {"him": "he", "me": "I", "us": "we", "them": "they", "n't": "not", "n’t": "not", "an": "a"}
COMPOUND_MEN: Final = re.compile(r"(\w{3,})(wo)?men")
DOUBLED: Final = re.compile(r"(.*[aeiou])([bdgmnprt])\2")
# Ends of verb stems in front of -ed and -ing behind which English drops an e ...
LOST_E: Final = re.compile(
    r".*(?:[cuvz]|[^e]e|[bcdfgkpstz]l|[lnrpw]s|[aeiou]s|[dlr]g|[aeiu]g|(?:llen|an|in)g|ung|th(?<=[ao]th)"
    r"|[^aeo]at|[iu]at|eat(?<=creat)|[^aeo]it|[^aeo]ot|(?:^|[^aeo])ut|(?:pl|del|mp|cr)et|[^aeou]il|[^aou]ul|(?:d|p|s)ol|[^aeo](?:am|um)|tim|com"
    r"|[^aeo]in|phon|tpon|ndon|clon|ven|tun|[^aeo]ap|[^aeo]op|[^aeo]ip|[^aeo]ad|[^ae]ed|[^aeo]id|[^aeo]od|[^aeo]ud|[^aeo]ar|dher|fer(?<=terfer)"
    r"|[^aeo]ir|[^aeo]or|[^aeo]ur|[^aeo]ib|[^aeo]ob|[^aeo]ak|[^aeo]ik|[^aeo]ok|[^aeo]uk)"
)
# ... and stems that look like it and dropped none.
WHOLE: Final = frozenset(
    """
    abandon allot anchor answer ballot bang bargain bias boycott bring canvas canvass censor combat cross deposit develop discuss dismiss
    author doctor edit elicit express factor favor favour focus forbid forfeit fulfil gallop gossip guess hang harbor honor impress kiss labor
    limit long merit miss monitor orbit pass pencil pilot pivot possess press process profit proctor ring sing solicit sponsor stress toss transit
    tutor visit worship witness tax bus gas credit audit inherit exhibit prohibit benefit spit quit debit vomit murmur rumor humor mentor
    add err reconnect
    """.split()
)


def _table(lines: str) -> dict[str, str]:
    rows = (row.split() for line in lines.strip().splitlines() for row in line.split("|"))
    return {form: row[0] for row in rows for form in row}


VERBS: Final = _table(IRREGULAR_VERBS)
NOUNS: Final = _table(IRREGULAR_NOUNS)


@lru_cache(maxsize=50_000)
def lemma(word: str, tag: str) -> str:
    """The base form of a word with a Penn Treebank tag, in lower case."""
    low = word.lower()
    if tag.startswith("V") or tag == "MD":
        return VERBS.get(low) or _verb(low, tag)
    if tag == "NNS":
        return NOUNS.get(low) or _noun(low)
    return PRONOUNS.get(low, low) if tag in {"PRP", "RB", "DT"} else low


def _verb(word: str, tag: str) -> str:
    if tag == "VBZ":
        return _noun(word)
    for ending in ("ing",) if tag == "VBG" else ("ed",) if tag in {"VBD", "VBN"} else ():
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return _base(word.removesuffix(ending), ending)
    return word


def _base(stem: str, ending: str) -> str:
    """The verb of a stem in front of -ed or -ing."""
    if ending == "ed" and stem.endswith("i"):
        return stem[:-1] + "y"
    if stem in VERBS and VERBS[stem] == stem:
        return stem
    if stem + "e" in VERBS and VERBS[stem + "e"] == stem + "e":
        return stem + "e"
    if stem in WHOLE:
        return stem
    if doubled := DOUBLED.fullmatch(stem):
        return doubled[1] + doubled[2]
    return stem + "e" if LOST_E.fullmatch(stem) else stem


def _noun(word: str) -> str:
    """Singular of a plural, base of a verb in -s."""
    if match := COMPOUND_MEN.fullmatch(word):
        return f"{match[1]}{match[2] or ''}man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        return word[:-1]
    return word
