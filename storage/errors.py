"""The exceptions of Dateline, drawn as a tree.

    DatelineError
    ├── SettingError        a setting or source entry that can't be used
    ├── HomeError           the home folder can't be read or written
    │   ├── LockError       another process holds the writer lock for too long
    │   └── ConflictError   another program changed the same tables of a lake at the same time
    ├── MigrationError      the warehouse has a schema this code can't use
    ├── EvidenceError       a row's offsets do not give its words: nothing is written
    ├── ExtractionError     an extractor failed on one article
    ├── ClusterError        the machines that extract can't be reached, are gone, or have other code
    ├── GoldError           data with answers that can't be scored
    └── ServiceError        Prefect's server or its tools did not do what they were asked

What can be expected of the outside world (a missing page, a binary file) is no exception: it is an `Ending`,
a value that goes to the ledger.
"""


class DatelineError(Exception):
    """Base of all. Says where (URL, path or setting), what was being done, and the cause if there is one."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(where, what)
        self.where = where
        self.what = what

    def __str__(self) -> str:
        cause = f": {type(self.__cause__).__name__}: {self.__cause__}" if self.__cause__ else ""
        return f"{self.what}: {self.where}{cause}"


class SettingError(DatelineError):
    """A setting or an entry of sources.toml that can't be used."""


class HomeError(DatelineError):
    """The home folder or a file in it can't be read or written."""


class LockError(HomeError):
    """Another process held the writer lock for longer than we wait."""


class ConflictError(HomeError):
    """Another program's commit to a lake came first: what was decided may not hold any more."""


class MigrationError(DatelineError):
    """The warehouse has a schema that this code can't use or bring up to date."""


class EvidenceError(DatelineError):
    """The words at a row's offsets are not the row's words."""


class ExtractionError(DatelineError):
    """An extractor failed on one article; the other extractors' rows are kept."""


class ClusterError(DatelineError):
    """The machines that extract for a run can't be reached, are gone, or would give other rows."""


class GoldError(DatelineError):
    """Data with answers that can't be read, or has none for the task asked for."""


class ServiceError(DatelineError):
    """Prefect's server can't be reached or started, or a command of Prefect failed."""
