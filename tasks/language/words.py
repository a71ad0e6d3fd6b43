"""Words of an English text, much as the Penn Treebank cuts them: contractions, possessives, hyphens and punctuation stand alone."""

import re
from collections.abc import Iterator
from typing import Final

ABBREVIATIONS: Final = (
    "Adm|Assn|Ave|Bros|Capt|Cmdr|Co|Col|Corp|Cpl|Dept|Dr|Drs|Ft|Gen|Gov|Hon|Inc|Jr|Lt|Ltd|Maj|Messrs|Mme|Mr|Mrs|Ms|Msgr|Mt"
    "|Mx|Nos|Prof|Pvt|Rep|Reps|Rev|Rs|Sen|Sens|Sgt|Sr|Ste|St|Supt|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
WORD: Final = re.compile(
    rf"""
      [^\W\d_]++(?=[\s,])                                       # most words: what follows rules out all below
    | https?://[^\s“”"<>]+ | [\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+  # addresses
    | @\w+ | \#\w+                                            # handles, hashtags
    | (?:[^\W\d_]\.){{2,}}                                    # U.S., p.m.
    | (?:{ABBREVIATIONS})\.                                   # titles, months
    | (?<![^\W_])[A-Z]\.(?=\s[A-Z])                           # initials
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![^\W\d_])          # numbers
    | \d+(?:[.,]\d+)*
    | [^\W\d_]+?(?=[nN]['’][tT]\b) | [nN]['’][tT]\b           # do n’t
    | ['’](?:[sS]|[rR][eE]|[vV][eE]|[lL][lL]|[dD]|[mM])\b     # ’s, ’re
    | [^\W_]+(?:['’](?!(?:[sS]|[rR][eE]|[vV][eE]|[lL][lL]|[dD]|[mM])\b)[^\W\d_]+)*  # words, O’Brien
    | \.\.+ | --+
    | \S
    """,
    re.VERBOSE,
)


def words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each word of text[start:end], offsets into the text."""
    return (match.span() for match in WORD.finditer(text, start, end))
