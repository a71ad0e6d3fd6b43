"""Roles: person, role and organisation as printed together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from storage.records import Record, Row
from tasks.extract._roles_printed import printed_roles
from tasks.extract.contract import Extractor, Found
from tasks.extract.mentions import Mention
from tasks.language.reading import Reading


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


@dataclass(frozen=True, slots=True)
class Roles:
    """The extractor `roles`: one row a role printed next to a name."""

    name: str = "roles"
    version: str = "1.0"
    records: tuple[type[Record], ...] = (Role,)
    needs: tuple[str, ...] = ("mentions",)
    languages: frozenset[str] | None = frozenset({"en"})

    def extract(self, reading: Reading, found: Found) -> Iterator[Role]:
        """Roles in the order of the persons' names."""
        entity_ids = {(m.start_char, m.end_char): m.entity_id for m in found.of(Mention)}
        for printed in printed_roles(reading):
            person, organisation = printed.person, printed.organisation
            yield Role(
                start_char=printed.role.start_char,
                end_char=printed.role.end_char,
                role=normal_form(reading.words(printed.role)),
                person_entity_id=entity_ids.get((person.start_char, person.end_char)),
                person_text=reading.words(person),
                person_start_char=person.start_char,
                person_end_char=person.end_char,
                organisation_entity_id=(
                    entity_ids.get((organisation.start_char, organisation.end_char)) if organisation else None
                ),
                organisation_text=reading.words(organisation) if organisation else None,
                organisation_start_char=organisation.start_char if organisation else None,
                organisation_end_char=organisation.end_char if organisation else None,
                reason=None if organisation else "no organisation printed with the role",
            )


def normal_form(words: str) -> str:
    """A role in one form: lower case, single spaces."""
    return " ".join(words.lower().split())


def build() -> Extractor:
    """The extractor."""
    return Roles()
