"""Words that mark an attribution: verbs of saying, writing and thinking, and nouns for what was said.

Compiled for this project from reporting practice; lemmas, sorted.
"""

from typing import Final

from tasks.language.reading import Token

CUE_VERBS: Final = frozenset(
    """
    accuse acknowledge add admire admit admonish advise affirm agree allege announce answer apologise apologize
    argue ask assert assure attack beam begin believe bemoan blame blast boast brag brand call cast caution
    challenge chant characterise characterize charge chide cite claim comment compare complain concede conclude
    condemn confess confirm congratulate contend continue counter criticise criticize cry declare decry deem demand
    denounce deny depict deplore describe disagree disclose dismiss dispute dub elaborate emphasise emphasize
    estimate exclaim exhort expect explain express fear feel find fume go gush hail herald hint hope implore imply
    indicate inform insist interject jeer joke label lambaste lament laud laugh lecture liken mock murmur muse
    mutter note object observe offer opine order phrase plead pledge point-out portray post praise preach predict
    proclaim project promise pronounce propose protest put query question quip quote rail rate read reason reassure
    rebuke recall recite reckon recommend recount refer reference reflect refuse regard reiterate reject remark
    remember remind repeat reply report respond retort retweet reveal ridicule rule savage say scoff scold scream
    shout sigh sing slam snap speak speculate state stress submit suggest summarise summarize surmise swear taunt
    tease tell testify text thank think threaten thunder title tout trash tweet underline underscore urge utter view
    voice vow warn whisper wonder worry write yell
    """.split()
)
CUE_NOUNS: Final = frozenset(
    """
    accusation admission advice affidavit allegation announcement apology argument article assertion assessment
    assurance blog book call charge claim comment complaint conclusion contention criticism declaration demand
    denial description editorial email essay explanation filing interview joke lawsuit letter line mantra memo
    message motto note observation op-ed opinion order phrase plea pledge post prediction promise question quip
    remark reply report request response retort review rhetoric ruling saying sentence slogan speech statement
    suggestion testimony text threat tirade tweet verdict view vow warning word
    """.split()
)
# «according to X», «in the words of X»
ACCORDING: Final = frozenset({"accord", "according"})
# Verbs of thinking: inside somebody's statement («she said she felt “…”») the outer verb is the cue.
WEAK_CUES: Final = frozenset(
    "believe expect fear feel find go hope recall reckon regard remember speak suggest think view".split()
)
# «in the words of X», «in X’s view»
IN_WORDS_OF: Final = frozenset({"account", "opinion", "phrase", "view", "word"})
# «It was this: “…”» says nothing of a speaker.
LINKING_VERBS: Final = frozenset({"appear", "be", "become", "remain", "seem"})
# Cues only as a speech tag right beside the quotation: «“…,” Lind began».
TAG_CUES: Final = frozenset({"begin", "read"})
# Verbs that stand before their subject: «“…,” said Lind».
INVERTING: Final = frozenset(
    """
    add agree announce argue ask comment complain conclude continue declare exclaim explain insist joke lament note
    observe opine predict quip read recall remark repeat reply report respond say shout state tweet warn whisper
    wonder write
    """.split()
)
# Names for what was said whose possessor need not have said the words near them: «Lind’s letter», «her book».
ISSUED_NOUNS: Final = frozenset({"article", "book", "email", "filing", "interview", "lawsuit", "letter", "post"})
# Issuing a statement is saying what is in it.
ISSUING_VERBS: Final = frozenset(
    {"deliver", "give", "issue", "make", "post", "publish", "release", "send", "sign", "write"}
)
# Groups that speak, besides organisations, countries and people with a role.
SPEAKING_NOUNS: Final = frozenset(
    """
    administration aide ally army association authority backer board body cabinet campaign charity child club
    coalition committee company council country court critic department embassy employee family father firm
    foundation friend government group hospital individual industry insider institute jury man member ministry
    mother neighbor neighbour newspaper office one opponent organisation organization other parent parliament party
    people person police police-force protester rebel relative rival school source spouse staff supporter survivor
    team tribunal union university victim villager voter watchdog woman
    """.split()
)


def is_cue_verb(token: Token) -> bool:
    """True for a verb that marks an attribution. «Said Lind: “…”» is no verb to every tagger."""
    return (token.lemma in CUE_VERBS and token.pos == "VERB") or token.text in {"Said", "Says"}
