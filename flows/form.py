"""How a flow's parameter looks in Prefect's form."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field


def form_field(title: str, *, enum: Sequence[str] = (), ge: int | None = None, le: int | None = None) -> Any:
    """A parameter with a title, and with the values that it may have: some words, or numbers from `ge` to `le`.

    Prefect puts the parameter's name over pydantic's own title, but not over what the schema is given in addition.
    """
    extra: dict[str, Any] = {"title": title} | ({"enum": list(enum)} if enum else {})
    return Field(ge=ge, le=le, json_schema_extra=extra)
