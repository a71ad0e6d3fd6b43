"""What the tagger tells of each word: the closed lists of its outputs, in the order of the network's columns."""

from typing import Final, get_args

from tasks.language.reading import EntityType

ENTITY_TYPES: Final[tuple[EntityType, ...]] = get_args(EntityType)
DESCRIPTIONS: Final = ("NOM", "ROLE")


def _bio(types: tuple[str, ...]) -> tuple[str, ...]:
    return ("O", *(f"{prefix}-{name}" for name in types for prefix in "BI"))


# Penn Treebank tags, Universal POS and ClearNLP dependencies, as spaCy's English models name them.
TAGS: Final = tuple(
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP"
    " SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX ``".split()
)
POS: Final = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
DEPS: Final = tuple(
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative dep det"
    " dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj predet prep prt"
    " punct quantmod relcl xcomp".split()
)
LAYERS: Final[dict[str, tuple[str, ...]]] = {
    "entity": _bio(ENTITY_TYPES),
    "description": _bio(DESCRIPTIONS),
    "source": _bio(("S",)),
    "cue": _bio(("C",)),
    "content": _bio(("Q",)),
    "sentence": ("inside", "first"),
    "tag": TAGS,
    "pos": POS,
}
# Widths of the vectors whose products score relations between words.
ARC_WIDTH: Final = 96
LINK_WIDTH: Final = 64
# content start, content end and source start of «content -> source»; the same of «content -> cue»; «cue -> source».
LINKS: Final = ("q_s_start", "q_s_end", "s", "q_c_start", "q_c_end", "c", "c_s")
