"""In what capacity people are named."""

import pytest
from articles import article_of

from tasks.extract._run import extract
from tasks.extract.mentions import build as build_mentions
from tasks.extract.roles import Role
from tasks.extract.roles import build as build_roles
from tasks.language.contract import Reader

CASES = [
    ("Kremlin spokesman Dmitry Peskov laughed.", [("Dmitry Peskov", "spokesman", "Kremlin")]),
    ("Russian President Vladimir Putin spoke.", [("Vladimir Putin", "russian president", None)]),
    ("U.S. Vice President Kamala Harris spoke.", [("Kamala Harris", "vice president", "U.S.")]),
    ("Anna Lind, the mayor of Rotterdam, left.", [("Anna Lind", "mayor", "Rotterdam")]),
    ("The mayor of Rotterdam, Anna Lind, left.", [("Anna Lind", "mayor", "Rotterdam")]),
    ("Anna Lind, 54, a nurse, left.", [("Anna Lind", "nurse", None)]),
    ("Anna Lind is now chief executive of Meridian Bank.", [("Anna Lind", "chief executive", "Meridian Bank")]),
    ("Amara Diallo, professor of logistics at Erasmus University, left.", [("Amara Diallo", "professor of logistics", "Erasmus University")]),
    ("Former deputy finance minister Omar Haddad left.", [("Omar Haddad", "former deputy finance minister", None)]),
    ("A spokesman for the association, Tom Lindqvist, left.", [("Tom Lindqvist", "spokesman", None)]),
    ("Ireland’s finance minister, Anna Lind, left.", [("Anna Lind", "finance minister", "Ireland")]),
    ("According to the mayor, Anna Lind, two ferries sail.", [("Anna Lind", "mayor", None)]),
    ("Anna Lind and Omar Haddad left.", []),
    ("Anna Lind, who was tired, left.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_roles_are_read_as_printed(reader: Reader, text: str, expected: list[tuple[str, str, str | None]]) -> None:
    [reading] = reader.read([article_of(text)])
    extraction, errors = extract(reading, [build_mentions(), build_roles()])
    assert errors == ()
    roles = [finding.record for finding in extraction.findings if isinstance(finding.record, Role)]
    assert [(role.person_text, role.role, role.organisation_text) for role in roles] == expected
