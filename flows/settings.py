"""The settings: one class, read once, at the top. The only reader of the environment (prefix DATELINE_)."""

import json
import os
import tomllib
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal, get_args
from urllib.request import getproxies

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from storage.errors import SettingError
from storage.home import Home
from storage.pace import Keep, Pace
from tasks.web.addresses import is_host_or_network
from tasks.web.limits import WebLimits

PREFIX: Final = "DATELINE_"
# Names the file with settings; itself no setting.
CONFIG: Final = f"{PREFIX}CONFIG"
DEFAULT_FILE: Final = Path("dateline.toml")
# More is a mistake: a century, and for what runs wait for, a day.
MOST_DAYS: Final = 36_500
DAY_SECONDS: Final = 86_400
# More are worth their memory only to somebody who says so.
MOST_PROCESSES: Final = 8

# Events that only repeat what a run's tasks, states and artifacts say themselves. They are four fifths of what a run writes.
PASSING: Final = (
    *(f"prefect.task-run.{state}" for state in ("Pending", "Running", "Completed", "Failed", "Crashed")),
    *(
        f"prefect.flow-run.{state}"
        for state in ("Scheduled", "Submitting", "Pending", "heartbeat", "pull-step.executed")
    ),
    *(f"prefect.worker.{what}" for what in ("submitted-flow-run", "executed-flow-run")),
    *(f"prefect.artifact{what}" for what in (".created", "-collection.created", "-collection.updated")),
)
# What of Prefect's own settings is another one here.
PREFECT: Final = {
    # Telemetry also writes to the database and then logs «database is locked».
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # On a busy machine SQLite is locked for longer than the 10 s that Prefect waits.
    "PREFECT_SERVER_DATABASE_TIMEOUT": "60",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    # Pages ask the server that they come from, by whatever name it is reached.
    "PREFECT_SERVER_UI_API_URL": "/api",
    # A run that gives no sign for three times as long counts as crashed (flows/deploying.py), and its slot is free.
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    # Who holds a slot is still known after a restart of the server: in memory, a run that died with it would hold it for ever.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    # Runs, with their logs and artifacts, are kept for 30 days, events for 2 (ISO 8601), passing ones for an hour (seconds).
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "P30D",
    "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": "P2D",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_EVENT_RETENTION_OVERRIDES": json.dumps(dict.fromkeys(PASSING, 3_600)),
}


class Settings(BaseSettings):
    """What an operator may set: on the command line, else as an environment variable such as DATELINE_HOME, else in
    dateline.toml as `home`. A secret is a field of type SecretStr; how to read all of it: flows/configuration.py."""

    # A variable that is set to nothing counts as not set: that is how containers hand down what nobody has set.
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, extra="forbid", env_ignore_empty=True, hide_input_in_errors=True, allow_inf_nan=False
    )

    home: Path = Field(Path("data"), description="Folder of the warehouse, the archive and what is published.")
    catalog: SecretStr = Field(
        SecretStr(""),
        description="Keep the warehouse as a lake (DuckLake): sqlite, or postgres: and a connection string. Empty: one file.",
    )
    sources: Path = Field(Path("sources.toml"), description="The list of sources.")
    site_rules: Path | None = Field(None, description="Your own rules for single sites, over those that come along.")
    batch_size: int = Field(100, ge=1, le=1000, description="Articles a batch: one Prefect task, one transaction.")
    runner: Literal["local", "dask"] = Field(
        "local", description="Where articles are extracted: on this machine, or on a Dask cluster."
    )
    processes: int = Field(
        0,
        ge=0,
        le=64,
        description="Processes of this machine that extract, 300 MB each; 0: as many as there are cores, at most 8.",
    )
    dask_scheduler: str = Field(
        "",
        description="Address of the Dask scheduler, such as tls://scheduler.example:8786; nothing: a cluster of processes here.",
    )
    dask_workers: int = Field(2, ge=1, le=256, description="Processes of the cluster that is started here.")
    lock_seconds: float = Field(
        60, ge=0, le=DAY_SECONDS, description="How long to wait for another run's writing, in seconds."
    )
    device: Literal["cpu", "cuda"] = Field(
        "cpu", description="What the network runs on; `cuda` needs the GPU build of onnxruntime."
    )

    publish_share: float = Field(0.1, gt=0, le=1, description="Share of the time that scheduled publications may take.")
    publish_seconds: float = Field(
        0, ge=0, le=DAY_SECONDS, description="Seconds between two scheduled publications at least."
    )
    keep_requests_days: int = Field(
        400, ge=0, le=MOST_DAYS, description="Days to keep requests, polls and site files; 0: for ever."
    )
    keep_ledger_days: int = Field(
        0,
        ge=0,
        le=MOST_DAYS,
        description="Days to keep ledger rows that a later one of the same candidate repeats; 0: for ever.",
    )
    keep_archive_days: int = Field(0, ge=0, le=MOST_DAYS, description="Days to keep raw documents; 0: for ever.")
    keep_versions_days: int = Field(
        0,
        ge=0,
        le=MOST_DAYS,
        description="Days to keep texts that a newer version has followed, with their rows; 0: for ever.",
    )
    compact_days: float = Field(
        7, ge=0, le=MOST_DAYS, description="Days between two compactions of the warehouse by `maintain`."
    )

    metrics: Path | None = Field(
        None, description="File for Prometheus, written after each run, such as /var/lib/node_exporter/dateline.prom."
    )
    doctor_age_hours: float = Field(
        0, ge=0, description="Hours since the last publication that `doctor` finds too many; 0: any age is fine."
    )
    doctor_free_gib: float = Field(1, ge=0, description="GiB free on the disk of the home folder that `doctor` wants.")
    doctor_dead_sources: int = Field(
        0, ge=0, description="Dead sources that are switched on and `doctor` puts up with."
    )

    contact: str = Field("", description="Address or URL for publishers, sent with every request.")
    host_delay_seconds: float = Field(
        1.0, ge=0, le=DAY_SECONDS, description="Pause between two requests to one host, in seconds."
    )
    host_concurrency: int = Field(1, ge=1, le=8, description="Requests to one host at a time.")
    concurrency: int = Field(128, ge=1, le=512, description="Requests to all hosts at a time.")
    respect_tdm: bool = Field(True, description="Leave pages alone that reserve text and data mining (W3C TDMRep).")
    respect_ai_optout: bool = Field(False, description="Leave pages alone that opt out of AI training.")
    allow_private: str = Field(
        "",
        description="Hosts and networks to fetch from although they are not public, such as intranet.example,10.2.0.0/16.",
    )

    @field_validator("contact")
    @classmethod
    def in_a_header(cls, contact: str) -> str:
        """It is sent as a part of the header User-Agent."""
        if not contact.isascii() or not contact.isprintable():
            raise ValueError("it has to be one line of ASCII, as it is sent in a header")
        return contact

    @field_validator("allow_private")
    @classmethod
    def hosts_and_networks(cls, entries: str) -> str:
        """An entry that is neither would be ignored in silence."""
        for entry in filter(None, map(str.strip, entries.split(","))):
            if not is_host_or_network(entry):
                raise ValueError(f"{entry!r} is neither a host nor a network such as 10.2.0.0/16")
        return entries

    @field_validator("metrics")
    @classmethod
    def in_a_folder(cls, metrics: Path | None) -> Path | None:
        """The file for Prometheus can be written later only if its folder is there now."""
        if metrics is not None and (metrics.is_dir() or not metrics.absolute().parent.is_dir()):
            raise ValueError("it has to be a file in a folder that exists")
        return metrics

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line, environment, file: who comes first wins."""
        return init_settings, env_settings, InitSettingsSource(settings_cls, from_file())

    @property
    def place(self) -> Home:
        """The home, and what its warehouse is kept in."""
        return Home(self.home, self.catalog.get_secret_value())

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
            proxies=proxies(),
            unproxied=getproxies().get("no", ""),
        )

    @property
    def extracting(self) -> int:
        """How many processes extract."""
        return self.processes or min(len(os.sched_getaffinity(0)), MOST_PROCESSES)

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


def config_file() -> Path | None:
    """The file with settings: what DATELINE_CONFIG names, else dateline.toml in the working folder if there is one."""
    if named := os.environ.get(CONFIG):
        return Path(named)
    return DEFAULT_FILE if DEFAULT_FILE.exists() else None


def from_file() -> dict[str, Any]:
    """What stands in the file with settings; its relative paths count from its own folder. Raises SettingError."""
    path = config_file()
    if path is None:
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError(str(path), "the file with settings can't be read") from error
    paths = {
        name for name, field in Settings.model_fields.items() if Path in (field.annotation, *get_args(field.annotation))
    }
    return {
        name: str(path.parent / value) if name in paths and isinstance(value, str) else value
        for name, value in values.items()
    }


def from_environment() -> dict[str, str]:
    """The variables of the environment that are for Dateline, by the name of the setting; those set to nothing are left out."""
    names = {name: name.upper().removeprefix(PREFIX).lower() for name in os.environ if name.upper().startswith(PREFIX)}
    return {setting: os.environ[name] for name, setting in names.items() if os.environ[name] and name.upper() != CONFIG}


def proxies() -> dict[str, str]:
    """The proxies that the environment names for http and https, or for all schemes, as for all programs. Raises SettingError."""
    named = getproxies()
    found = {scheme: named.get(scheme) or named.get("all", "") for scheme in ("http", "https")}
    for scheme, url in found.items():
        if url and not url.startswith(("http://", "https://")):
            raise SettingError(
                f"{scheme}_proxy", "only proxies whose URL begins with http:// or https:// are spoken to"
            )
    return {scheme: url for scheme, url in found.items() if url}


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


def use_prefect_server(home: Path, url: str) -> str:
    """Set Prefect up for a server of its own at `url`, on SQLite in the home folder; what the operator has set stays. Gives the URL
    of its API.

    Must be called before prefect is imported; programs started afterwards see the same.
    """
    ours = PREFECT | {"PREFECT_HOME": str(home.absolute() / "prefect"), "PREFECT_API_URL": f"{url}/api"}
    for name, value in ours.items():
        os.environ.setdefault(name, value)
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
    # Runs work in the home that was named on the command line, too.
    os.environ[f"{PREFIX}HOME"] = str(home.absolute())
    # Prefect fills in the working folder of deployments from PWD, which only a shell keeps true.
    os.environ["PWD"] = str(Path.cwd())
    return os.environ["PREFECT_API_URL"]
