"""The home folder: the writer's warehouse, the published one for everybody, the raw archive."""

from dataclasses import dataclass, field
from pathlib import Path

from storage.errors import HomeError


@dataclass(frozen=True, slots=True)
class Home:
    """Paths of one Dateline home, and the setting that says where the catalog of its lake is (empty: the warehouse is one file)."""

    root: Path
    # May hold a password.
    catalog: str = field(default="", repr=False)

    @property
    def warehouse(self) -> Path:
        """The writer's own database; nobody else opens it."""
        return self.root / "warehouse.duckdb"

    @property
    def lock(self) -> Path:
        """Lock file around the warehouse."""
        return self.root / "warehouse.lock"

    @property
    def lake(self) -> Path:
        """Parquet files of the warehouse, where it is a lake."""
        return self.root / "lake"

    @property
    def sqlite_catalog(self) -> Path:
        """The catalog of the lake, where that is SQLite."""
        return self.lake / "catalog.sqlite"

    @property
    def lake_published(self) -> Path:
        """Which published file shows which version of the lake."""
        return self.lake / "published"

    @property
    def published(self) -> Path:
        """What analysts open: a link to the newest file in `published_files`."""
        return self.root / "news.duckdb"

    @property
    def published_files(self) -> Path:
        """Published database files, one for each publication that may still be in use."""
        return self.root / "published"

    @property
    def publish_lock(self) -> Path:
        """Lock file of whoever publishes."""
        return self.root / "publish.lock"

    @property
    def archive(self) -> Path:
        """Raw bytes of every document."""
        return self.root / "archive"

    @property
    def staged(self) -> Path:
        """Rows of texts that were extracted again, until they are switched to."""
        return self.root / "reextract"

    @property
    def running(self) -> Path:
        """One locked file for each run that is alive."""
        return self.root / "running"

    @property
    def kept_in(self) -> Path:
        """The file or the folder that the warehouse is kept in."""
        return self.lake if self.catalog else self.warehouse

    @property
    def warehouse_bytes(self) -> int:
        """Bytes of the warehouse on disk, without a catalog that is on a server."""
        if not self.catalog:
            return self.warehouse.stat().st_size if self.warehouse.exists() else 0
        return sum(path.stat().st_size for path in self.lake.rglob("*") if path.is_file())

    def prepare(self) -> None:
        """Create the folders and make sure that they can be written. Raises HomeError."""
        try:
            for folder in (self.root, self.published_files, self.archive, self.running):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.root / ".writable"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise HomeError(str(self.root), "the home folder can't be written") from error
