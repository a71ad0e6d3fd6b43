"""Settings: where they come from, who wins, what is refused, what is shown."""

import inspect
import json
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from prefect import Flow
from pydantic import Field, SecretStr
from whole_runs import dateline

from flows import configuration
from flows.cli.main import cli
from flows.configuration import effective, read_settings, shown
from flows.settings import Settings
from storage.errors import SettingError
from storage.registry import part_names


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


class WithSecret(Settings):
    """Settings with a password, as they may be one day."""

    password: SecretStr = Field(SecretStr(""), description="A password.")


def config(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["config", *arguments])


def told(*arguments: str) -> dict[str, tuple[object, str]]:
    settings = json.loads(config("--json", *arguments).stdout)["settings"]
    return {name: (one["value"], one["origin"]) for name, one in settings.items()}


def test_the_command_line_wins_over_the_environment_over_the_file_over_the_default(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "dateline.toml").write_text('home = "of-file"\nbatch_size = 7\nconcurrency = 9\n')
    monkeypatch.setenv("DATELINE_HOME", "of-environment")
    monkeypatch.setenv("DATELINE_BATCH_SIZE", "8")
    settings = told("--home", "of-command-line")
    assert settings["home"] == ("of-command-line", "command line")
    assert settings["batch_size"] == (8, "environment")
    assert settings["concurrency"] == (9, "file")
    assert settings["lock_seconds"] == (60, "default")
    assert settings.keys() == Settings.model_fields.keys()


def test_the_table_and_the_object_name_the_file(folder: Path) -> None:
    assert "Settings file: none" in config().stdout
    assert json.loads(config("--json").stdout)["file"] is None
    (folder / "dateline.toml").write_text("batch_size = 7")
    assert f"Settings file: {folder}/dateline.toml" in config().stdout
    assert json.loads(config("--json").stdout)["file"] == str(folder / "dateline.toml")


def test_another_file_is_named_in_the_environment_and_its_paths_count_from_its_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "etc").mkdir()
    (folder / "etc/news.toml").write_text('home = "news"\nsources = "/srv/sources.toml"\n')
    (folder / "dateline.toml").write_text("batch_size = 7")
    monkeypatch.setenv("DATELINE_CONFIG", "etc/news.toml")
    settings = read_settings()
    assert (settings.home, settings.sources) == (Path("etc/news"), Path("/srv/sources.toml"))
    assert settings.batch_size == 100


def test_a_variable_that_is_set_to_nothing_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HOME", "")
    monkeypatch.setenv("DATELINE_CONFIG", "")
    assert told()["home"] == ("data", "default")


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("DATELINE_HOEM", "/srv", "no such setting, did you mean DATELINE_HOME?: DATELINE_HOEM"),
        ("DATELINE_CONFG", "/srv", "no such setting, did you mean DATELINE_CONFIG?: DATELINE_CONFG"),
        ("DATELINE_XYZZY", "1", "no such setting (`dateline config` lists them): DATELINE_XYZZY"),
        (
            "DATELINE_BATCH_SIZE",
            "0",
            "greater than or equal to 1 (Articles a batch: one Prefect task, one transaction)",
        ),
        ("DATELINE_BATCH_SIZE", "many", ": DATELINE_BATCH_SIZE"),
        ("DATELINE_PUBLISH_SECONDS", "inf", ": DATELINE_PUBLISH_SECONDS"),
        ("DATELINE_HOST_DELAY_SECONDS", "nan", ": DATELINE_HOST_DELAY_SECONDS"),
        ("DATELINE_KEEP_ARCHIVE_DAYS", "9999999999", "less than or equal to 36500 (Days to keep raw documents"),
        ("DATELINE_CONTACT", "a\nX-Evil: b", "it has to be one line of ASCII"),
        ("DATELINE_ALLOW_PRIVATE", "intranet.example,10.0.0.0/99", "'10.0.0.0/99' is neither a host nor a network"),
        ("DATELINE_ALLOW_PRIVATE", "10.2.0.1/16", "'10.2.0.1/16' is neither a host nor a network"),
        ("DATELINE_ALLOW_PRIVATE", "10.2.0", "'10.2.0' is neither a host nor a network"),
        ("DATELINE_CONFIG", "nowhere.toml", "the file with settings can't be read: nowhere.toml"),
    ],
)
def test_what_is_wrong_in_the_environment_is_named_with_a_hint(
    name: str, value: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=r"^[^\n]+$") as error:
        read_settings()
    assert line in str(error.value)


@pytest.mark.parametrize(
    "hosts", ["intranet.example, 10.2.0.0/16", "10.2.0.7", "fd00::/8,::1", "localhost", "4chan.example"]
)
def test_hosts_and_networks_may_be_allowed(hosts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ALLOW_PRIVATE", hosts)
    assert read_settings().allow_private == hosts


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("hoem = 1", "no such setting, did you mean home?: hoem in dateline.toml"),
        ("DATELINE_HOME = 1", "no such setting"),
        ("[dateline]\nhome = 'a'", "no such setting"),
        ("batch_size = 'x'", "unable to parse string as an integer (Articles a batch"),
        ("batch_size = 1001", "batch_size in dateline.toml"),
        ("batch_size = ", "the file with settings can't be read: dateline.toml: TOMLDecodeError"),
    ],
)
def test_what_is_wrong_in_the_file_is_named_with_a_hint(text: str, line: str, folder: Path) -> None:
    (folder / "dateline.toml").write_text(text)
    with pytest.raises(SettingError, match=r"^[^\n]+$") as error:
        read_settings()
    assert line in str(error.value)


def test_a_wrong_value_on_top_is_named_as_it_was_given() -> None:
    with pytest.raises(SettingError, match=r"less than or equal to 1000 .*: batch_size$"):
        read_settings(batch_size=1001)


@pytest.mark.slow
def test_a_command_with_a_wrong_setting_ends_at_its_start_with_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_HOEM", "/srv/news")
    done = dateline("load", folder, "--home", folder / "home")
    assert done.returncode == 1
    assert done.stderr == "dateline: no such setting, did you mean DATELINE_HOME?: DATELINE_HOEM\n"
    assert not (folder / "home").exists()


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (SecretStr("hush"), "********"),
        (SecretStr(""), ""),
        ("http://reader:hush@proxy.example:3128", "http://********@proxy.example:3128"),
        ("postgres://dateline:hu%40sh@db/news", "postgres://********@db/news"),
        ("https://hush@hooks.example/a", "https://********@hooks.example/a"),
        ("https://news.example/about@us", "https://news.example/about@us"),
        ("robots@news.example", "robots@news.example"),
        (None, None),
        (0.5, 0.5),
    ],
)
def test_secrets_are_not_shown(value: object, seen: object) -> None:
    assert shown(value) == seen


def test_no_secret_is_shown_wherever_it_was_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configuration, "Settings", WithSecret)
    monkeypatch.setenv("https_proxy", "http://reader:hush@proxy.example:3128")
    (folder / "dateline.toml").write_text('password = "hush"\ncontact = "https://me:hush@news.example/"\n')
    for arguments in ((), ("--json",)):
        output = config(*arguments).output
        assert "hush" not in output
        assert "password" in output
        assert "https_proxy" in output


def test_a_wrong_secret_is_not_told_in_the_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configuration, "Settings", WithSecret)
    (folder / "dateline.toml").write_text("password = [12345]")
    with pytest.raises(SettingError, match=r"^a setting is wrong") as error:
        list(effective())
    assert "12345" not in str(error.value)


def all_flows() -> dict[str, Flow[..., object]]:
    modules = [import_module(f"flows.{name}") for name in part_names("flows")]
    return {value.name: value for module in modules for value in vars(module).values() if isinstance(value, Flow)}


def test_no_flow_takes_a_secret_as_a_parameter() -> None:
    flows = all_flows()
    assert {"ingest", "backfill", "reextract"} <= flows.keys()
    secrets = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    words = ("secret", "password", "token", "credential", "webhook", "api_key")
    for flow in flows.values():
        for name, parameter in inspect.signature(flow.fn).parameters.items():
            assert name not in secrets, f"{flow.name}: {name}"
            assert not any(word in name.lower() for word in words), f"{flow.name}: {name}"
            assert "Secret" not in str(parameter.annotation), f"{flow.name}: {name}"


def test_proxies_are_those_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().web.proxies == {}
    monkeypatch.setenv("http_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("all_proxy", "http://other.example:3128")
    monkeypatch.setenv("no_proxy", "intranet.example,.near.example")
    limits = read_settings().web
    asked = {host: limits.proxy_for("http", host) for host in ("post.example", "intranet.example", "a.near.example")}
    assert asked == {"post.example": "http://proxy.example:3128", "intranet.example": None, "a.near.example": None}
    assert limits.proxy_for("https", "post.example") == "http://other.example:3128"


def test_a_proxy_that_is_not_spoken_to_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "socks5://proxy.example:1080")
    with pytest.raises(SettingError, match="https_proxy"):
        _ = read_settings().web
