"""Settings as they are in force: read with a clear error for what is wrong, and shown with their origin, without secrets."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from pydantic import SecretStr, ValidationError

from flows.settings import PREFIX, Settings, config_file, from_environment, from_file, proxies
from storage.errors import SettingError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Origin = Literal["command line", "environment", "file", "default"]
HIDDEN: Final = "********"
# The part of an address before its host (RFC 3986, 3.2.1): a name, a password.
CREDENTIALS: Final = re.compile(r"(?<=://)[^/?#\s]*(?=@)")


class Effective(NamedTuple):
    """A setting in force: its name, its value (None: not set; a secret only as asterisks), and who said so."""

    name: str
    value: str | int | float | bool | None
    origin: Origin


def read_settings(**given: object) -> Settings:
    """The settings, with what the command line or a flow's parameters give on top. Raises SettingError, which names the
    wrong setting where it was set, and says what would be right."""
    in_file, in_environment = from_file(), from_environment()
    for name in in_environment.keys() - Settings.model_fields.keys():
        raise SettingError(_variable(name), f"no such setting{_meant(name, in_environment=True)}")
    for name in in_file.keys() - Settings.model_fields.keys():
        raise SettingError(f"{name} in {config_file()}", f"no such setting{_meant(name)}")
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = str(first["loc"][0])
        raise SettingError(_place(name, _origins(given)), f"a setting is wrong: {_told(name, first)}") from None


def effective(**given: object) -> Iterator[Effective]:
    """Every setting as it is in force, and the proxies of the environment. Raises SettingError."""
    settings, origins = read_settings(**given), _origins(given)
    for name in Settings.model_fields:
        yield Effective(name, shown(getattr(settings, name)), origins.get(name, "default"))
    for name, url in proxies().items():
        yield Effective(f"{name}_proxy", shown(url), "environment")


def shown(value: Any) -> str | int | float | bool | None:
    """A value for people: without secrets, and without the credentials in its addresses."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, SecretStr):
        return HIDDEN if value.get_secret_value() else ""
    return CREDENTIALS.sub(HIDDEN, str(value))


def _origins(given: dict[str, object]) -> dict[str, Origin]:
    sources: tuple[tuple[Origin, dict[str, Any]], ...] = (
        ("file", from_file()),
        ("environment", from_environment()),
        ("command line", given),
    )
    return {name: origin for origin, values in sources for name in values}


def _place(name: str, origins: dict[str, Origin]) -> str:
    """How a setting is called where it was set."""
    match origins.get(name, "environment"):
        case "command line":
            return name
        case "file":
            return f"{name} in {config_file()}"
        case _:
            return _variable(name)


def _told(name: str, error: "ErrorDetails") -> str:
    message = error["msg"][0].lower() + error["msg"][1:]
    about = Settings.model_fields[name].description if name in Settings.model_fields else None
    return f"{message} ({about.rstrip('.')})" if about else message


def _meant(name: str, *, in_environment: bool = False) -> str:
    near = get_close_matches(name, [*Settings.model_fields, *(["config"] if in_environment else [])], 1)
    if not near:
        return " (`dateline config` lists them)"
    return f", did you mean {_variable(near[0]) if in_environment else near[0]}?"


def _variable(name: str) -> str:
    return f"{PREFIX}{name}".upper()
