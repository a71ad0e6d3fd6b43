"""docs/configuration.md: made from the settings class. `make docs` writes it anew."""

import sys
from pathlib import Path
from textwrap import dedent
from types import NoneType
from typing import Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from flows.settings import PREFIX, Settings

PAGE = Path(__file__).parents[1] / "docs/configuration.md"
INTRO = """\
    # Configuration

    Every setting can be given in three places. Who comes first wins:

    1. on the command line (`--home`, and what a command's `--help` lists), or as a parameter of a flow;
    2. in the environment, as the names below; a variable that is set to nothing counts as not set;
    3. in a TOML file, `dateline.toml` in the working folder or the file that `DATELINE_CONFIG` names, with the names below in lower
       case and without their prefix; relative paths in it count from its folder.

    ```toml
    home = "/srv/news"
    contact = "https://news.example.org/about-our-robot"
    publish_seconds = 300
    ```

    `dateline config` shows every setting in force with its origin, `--json` for programs. Secrets and the credentials in addresses are
    never shown, and no flow takes one as a parameter, because Prefect stores parameters as plain text.

    A name that does not exist, in the environment or the file, or a value that can't be, ends every command and every run at its
    start with one line that names it:

    ```
    $ DATELINE_HOEM=/srv/news dateline ingest
    dateline: no such setting, did you mean DATELINE_HOME?: DATELINE_HOEM
    ```

    Proxies are taken from `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, as by all programs.

    | setting | values | default | |
    |---|---|---|---|
"""
OUTRO = "\nThis page is made from the settings class, [flows/settings.py](../flows/settings.py), by `make docs`.\n"
SYMBOLS = {Ge: "≥", Gt: ">", Le: "≤", Lt: "<"}
KINDS = {Path: "path", str: "text", int: "whole number", float: "number", bool: "true, false", SecretStr: "secret"}


def page() -> str:
    """The whole page."""
    rows = [_row(name, field) for name, field in Settings.model_fields.items()]
    return dedent(INTRO) + "\n".join(rows) + "\n" + OUTRO


def _row(name: str, field: FieldInfo) -> str:
    default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
    told = "" if default in (None, "") else f"`{str(default).lower() if isinstance(default, bool) else default}`"
    return f"| `{PREFIX}{name.upper()}` | {_values(field)} | {told} | {field.description} |"


def _values(field: FieldInfo) -> str:
    kinds = [kind for kind in get_args(field.annotation) or (field.annotation,) if kind is not NoneType]
    if get_origin(field.annotation) is Literal:
        return ", ".join(f"`{kind}`" for kind in kinds)
    limits = [
        f"{SYMBOLS[type(limit)]} {getattr(limit, type(limit).__name__.lower())}"
        for limit in field.metadata
        if type(limit) in SYMBOLS
    ]
    return ", ".join([*(KINDS[kind] for kind in kinds), *limits])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.exit(0)
