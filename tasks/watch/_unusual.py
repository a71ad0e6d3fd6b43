"""When a measure of a source has left what is usual for this source."""

from math import expm1, log, sqrt
from typing import Final

from storage.watch import SHARES, Change, Measure

# Robust standard deviations: the median absolute deviation (or half the interquartile range) of a normal distribution, times 1.4826,
# is its standard deviation. With 5.5 of them and 20 to 29 blocks, 4 of 2,492 made-up moody sources raised an alarm although nothing
# had happened, and 578 of 705 of those that lost their quotes (tests/watch: `moody`). What has become
# usual in a quarter of the blocks is no alarm any more.
SIGMAS: Final = 5.5
SIGMA_OF_SPREAD: Final = 1.4826
# Smaller changes are nobody's concern, however regular the source: by three in ten articles; by half more, or a third less.
LEAST_SHARE: Final = 0.3
LEAST_NUMBER: Final = log(1.5)
# What can only get worse in one direction: more refusals, fewer articles with a title or a date.
WORSE: Final[dict[Measure, int]] = {"refused": 1, "titles": -1, "dates": -1}


def distance(change: Change) -> float:
    """How far the newest block is from what is usual, as a multiple of what is tolerated: over 1 is unusual, below zero is less."""
    sigma = SIGMA_OF_SPREAD * change.spread
    if change.measure in SHARES:
        tolerated = max(SIGMAS * sigma, SIGMAS * _sampling_error(change), LEAST_SHARE)
    else:
        tolerated = max(SIGMAS * sigma, LEAST_NUMBER)
    return (change.now - change.usual) / tolerated


def _sampling_error(change: Change) -> float:
    """Standard deviation of a share in a block of this size, by chance alone; with one more of each kind, so that it is never zero."""
    share = (change.usual * change.size + 1) / (change.size + 2)
    return sqrt(share * (1 - share) / change.size)


def is_unusual(change: Change) -> bool:
    """True if a measure has changed for the worse, or for no known reason."""
    far = distance(change) * WORSE.get(change.measure, 1)
    return far > 1 or (far < -1 and change.measure not in WORSE)


def figure(measure: Measure, value: float) -> float:
    """What a value stands for: a share, or the number in a typical article."""
    return value if measure in SHARES else expm1(value)


def in_words(change: Change) -> tuple[str, str]:
    """Now and usually, for people: a share in per cent, or the number in a typical article."""
    layout = ".0%" if change.measure in SHARES else ".1f"
    now, usual = (figure(change.measure, value) for value in (change.now, change.usual))
    return f"{now:{layout}}", f"{usual:{layout}}"
