"""The settings: one class, read once, at the top. The only reader of the environment (prefix DATELINE_)."""

import os
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from urllib.request import getproxies

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.pace import Keep, Pace
from tasks.web.limits import WebLimits


class Settings(BaseSettings):
    """What an operator may set; each field also as an environment variable, such as DATELINE_HOME."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", extra="ignore")

    home: Path = Field(Path("data"), description="Folder of the warehouse, the archive and what is published.")
    sources: Path = Field(Path("sources.toml"), description="The list of sources.")
    site_rules: Path | None = Field(None, description="Your own rules for single sites, over those that come along.")
    batch_size: int = Field(100, ge=1, le=1000, description="Articles a batch: one Prefect task, one transaction.")
    lock_seconds: float = Field(60, ge=0, description="How long to wait for another run's writing, in seconds.")

    publish_share: float = Field(0.1, gt=0, le=1, description="Share of the time that scheduled publications may take.")
    publish_seconds: float = Field(0, ge=0, description="Seconds between two scheduled publications at least.")
    keep_requests_days: int = Field(400, ge=0, description="Days to keep requests, polls and site files; 0: for ever.")
    keep_ledger_days: int = Field(
        0, ge=0, description="Days to keep ledger rows that a later one of the same candidate repeats; 0: for ever."
    )
    keep_archive_days: int = Field(0, ge=0, description="Days to keep raw documents; 0: for ever.")
    keep_versions_days: int = Field(
        0, ge=0, description="Days to keep texts that a newer version has followed, with their rows; 0: for ever."
    )
    compact_days: float = Field(7, ge=0, description="Days between two compactions of the warehouse by `maintain`.")

    contact: str = Field("", description="Address or URL for publishers, sent with every request.")
    host_delay_seconds: float = Field(1.0, ge=0, description="Pause between two requests to one host, in seconds.")
    host_concurrency: int = Field(1, ge=1, le=8, description="Requests to one host at a time.")
    concurrency: int = Field(128, ge=1, le=512, description="Requests to all hosts at a time.")
    respect_tdm: bool = Field(True, description="Leave pages alone that reserve text and data mining (W3C TDMRep).")
    respect_ai_optout: bool = Field(False, description="Leave pages alone that opt out of AI training.")
    allow_private: str = Field(
        "",
        description="Hosts and networks to fetch from although they are not public, such as intranet.example,10.2.0.0/16.",
    )

    @property
    def web(self) -> WebLimits:
        """How to behave on the web."""
        return WebLimits(
            contact=self.contact,
            host_delay=self.host_delay_seconds,
            host_concurrency=self.host_concurrency,
            concurrency=self.concurrency,
            respect_tdm=self.respect_tdm,
            respect_ai=self.respect_ai_optout,
            allowed=tuple(entry.strip() for entry in self.allow_private.split(",") if entry.strip()),
            proxies={name: url for name, url in getproxies().items() if name in {"http", "https"}},
        )

    @property
    def pace(self) -> Pace:
        """How often scheduled runs publish."""
        return Pace(self.publish_share, self.publish_seconds)

    @property
    def keep(self) -> Keep:
        """How long things are kept."""
        return Keep(self.keep_requests_days, self.keep_ledger_days, self.keep_archive_days, self.keep_versions_days)

    @property
    def digest(self) -> str:
        """SHA-256 over the settings that can change rows, in hex."""
        return sha256(self.model_dump_json(include={"batch_size", "site_rules"}).encode()).hexdigest()


def code_version() -> str:
    """Version of Dateline as installed."""
    return version("dateline")


def use_embedded_prefect(home: Path) -> None:
    """Let Prefect run its own server on SQLite inside the home folder, silently; what the operator has set stays.

    Must be called before prefect is imported: it reads its settings then.
    """
    prefect_home = home.absolute() / "prefect"
    prefect_home.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PREFECT_HOME", str(prefect_home))
    # Telemetry also writes to the database and then logs «database is locked».
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    os.environ.setdefault("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "true")
