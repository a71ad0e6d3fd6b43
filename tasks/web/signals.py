"""What a robots.txt says about the use of what is fetched, beside whether it may be fetched."""

import re
from typing import Final

FIELD: Final = re.compile(r"\s*(user-agent|content-signal|content-usage)\s*:\s*([^#]*)", re.IGNORECASE)
RULE: Final = re.compile(r"\s*[\w-]+\s*:")
# https://contentsignals.org, and the vocabulary of the IETF's AI Preferences group; also with a path before it.
NO_TRAINING: Final = re.compile(r"\b(?:ai-train\s*=\s*no?|train-ai\s*=\s*no?)\b", re.IGNORECASE)


def training_reserved(text: str, agent: str) -> str | None:
    """The line that reserves the training of AI, in a group for an agent or for all, or before any group; None without one.

    >>> training_reserved("User-agent: *\\nContent-Signal: search=yes, ai-train=no\\nAllow: /", "Dateline")
    'Content-Signal: search=yes, ai-train=no'
    """
    ours = {"*", agent.lower()}
    named, in_header = {"*"}, False
    for line in text.splitlines():
        field = FIELD.match(line)
        if field and field[1].lower() == "user-agent":
            named = ({*named} if in_header else set()) | {field[2].strip().lower()}
            in_header = True
            continue
        in_header = in_header and not RULE.match(line)
        if field and named & ours and NO_TRAINING.search(field[2]):
            return f"{field[1]}: {field[2].strip()}"
    return None
