"""The contract of a watch: one file in this folder with a function `watch(facts) -> Iterable[Alarm]`; its alarms have its name."""

from collections.abc import Iterable
from typing import Protocol

from storage.watch import Alarm, Facts


class Watch(Protocol):
    """Judges facts: an alarm for each subject that an operator should look at; pure, no clock but `facts.now`.

    Where too little is known to judge, it is silent.
    """

    def __call__(self, facts: Facts) -> Iterable[Alarm]: ...
