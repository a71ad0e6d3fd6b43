"""The gold answers beside the seeds (format: seeds/README.md)."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Gold:
    """What a careful reader finds in one document: fields of each line, by kind."""

    path: Path
    lines: dict[str, list[list[str]]]

    @property
    def name(self) -> str:
        """Folder and name, for people."""
        return f"{self.path.parent.name}/{self.path.stem}"

    def one(self, kind: str) -> str | None:
        """The value of a line that stands once, None if it is not there."""
        found = self.lines.get(kind)
        return found[0][0] if found else None

    def all(self, kind: str) -> list[list[str]]:
        """Fields of all lines of a kind."""
        return self.lines.get(kind, [])

    @property
    def document(self) -> Path:
        """The document it belongs to."""
        return next(p for p in (self.path.with_suffix(".html"), self.path.with_suffix(".txt")) if p.exists())


def read_gold(path: Path) -> Gold:
    """One gold file."""
    lines: defaultdict[str, list[list[str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, *fields = (field.strip() for field in line.split(" | "))
            lines[kind].append(fields)
    return Gold(path, dict(lines))


def all_gold(folder: Path) -> list[Gold]:
    """All gold files under a folder, sorted."""
    return [read_gold(path) for path in sorted(folder.rglob("*.gold"))]


def named(fields: list[str], key: str) -> str | None:
    """The value of a field such as «speaker Anna Lind»; None for «-» and where there is none."""
    for field in fields:
        if field.startswith(f"{key} "):
            value = field.removeprefix(f"{key} ").strip()
            return None if value == "-" else value
    return None
