"""Roles: person, role and organisation as printed together."""

from dataclasses import dataclass
from typing import ClassVar

from storage.records import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Row):
    """A person's role as printed: start_char..end_char are the role's words, `role` the same in one normalised form."""

    table: ClassVar[str] = "roles"
    person_entity_id: str | None = None
    person_text: str
    person_start_char: int
    person_end_char: int
    role: str
    organisation_entity_id: str | None = None
    organisation_text: str | None = None
    organisation_start_char: int | None = None
    organisation_end_char: int | None = None
