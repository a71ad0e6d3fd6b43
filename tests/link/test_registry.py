"""Who is who across articles: linked where something else speaks for it, kept apart with a reason where not."""

import pytest

from storage.records import Finding, KnownAlias, Record
from tasks.extract.mentions import Entity, Mention
from tasks.extract.roles import Role
from tasks.language.reading import EntityType
from tasks.link.names import block, same_organisation, same_person
from tasks.link.registry import Linked, Registry, link


def entity(name: str, entity_type: EntityType = "PERSON", entity_id: str | None = None) -> Finding:
    record = Entity(entity_id=entity_id or f"id of {name}", name=name, entity_type=entity_type)
    return found(record)


def found(record: Record) -> Finding:
    return Finding(record=record, extractor="mentions", extractor_version="2.0")


def mention(entity_id: str, entity_type: EntityType) -> Finding:
    row = Mention(
        start_char=0,
        end_char=4,
        prefix="",
        suffix="",
        entity_type=entity_type,
        mention_kind="name",
        entity_id=entity_id,
    )
    return found(row)


def alias(name: str, *context: str, entity_type: str = "PERSON", entity_id: str = "known") -> KnownAlias:
    key = block(entity_type, name) or ""
    return KnownAlias(entity_id=entity_id, entity_type=entity_type, alias=name, block=key, context=context)


def ids(linked: Linked) -> list[str | None]:
    return [f.record.entity_id for f in linked.findings if isinstance(f.record, Mention)]


def reasons(linked: Linked) -> list[str | None]:
    return [a.reason for a in linked.aliases]


PEOPLE = [
    ("Anna Lind", "Anna Maria Lind", True),
    ("A. Lind", "Anna Lind", True),
    ("Anna M. Lind", "Anna Maria Lind", True),
    ("Anna Maria Lind", "Anna Sofia Lind", False),
    ("Lind", "Anna Lind", False),
    ("Anna Lind", "Berta Lind", False),
    ("Omar Reed Jr.", "Omar Reed", False),
]


@pytest.mark.parametrize(("one", "other", "same"), PEOPLE)
def test_names_that_can_be_one_persons(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


ORGANISATIONS = [
    ("Harbour Bank", "Harbour Bank plc", True),
    ("The Harbour Bank", "Harbour Bank", True),
    ("Water Management Authority", "WMA", True),
    ("Water Management Authority", "West Malabar Airlines", False),
    ("Harbour Bank", "Harbour Trust", False),
]


@pytest.mark.parametrize(("one", "other", "same"), ORGANISATIONS)
def test_names_that_can_be_one_organisations(one: str, other: str, same: bool) -> None:
    assert same_organisation(one, other) is same


def test_another_form_of_a_name_in_like_company_is_linked() -> None:
    linked = link(
        [entity("Anna Maria Lind"), mention("id of Anna Maria Lind", "PERSON"), mention("port", "ORG")],
        Registry([alias("Anna Lind", "port")]),
    )
    assert ids(linked) == ["known", "port"]
    assert not any(isinstance(f.record, Entity) for f in linked.findings)
    assert reasons(linked) == ["registry: 'Anna Lind' in like company"]


def test_a_role_noun_in_common_speaks_for_it_too() -> None:
    role = Role(
        start_char=0, end_char=5, role="mayor", person_entity_id="id of A. Lind", person_text="A. Lind",
        person_start_char=6, person_end_char=13,
    )  # fmt: skip
    linked = link([entity("A. Lind"), found(role)], Registry([alias("Anna Lind", "mayor")]))
    assert [f.record.person_entity_id for f in linked.findings if isinstance(f.record, Role)] == ["known"]


def test_with_nothing_else_in_common_they_are_kept_apart_and_it_says_why() -> None:
    linked = link(
        [entity("Anna Maria Lind"), mention("id of Anna Maria Lind", "PERSON")], Registry([alias("Anna Lind", "port")])
    )
    assert ids(linked) == ["id of Anna Maria Lind"]
    assert reasons(linked) == ["kept apart from 'Anna Lind': nothing but the name in common"]


def test_two_that_fit_are_no_answer() -> None:
    known = [alias("Anna Maria Lind", "port", entity_id="one"), alias("Anna Sofia Lind", "port", entity_id="two")]
    linked = link([entity("Anna Lind"), mention("id of Anna Lind", "PERSON"), mention("port", "ORG")], Registry(known))
    assert ids(linked) == ["id of Anna Lind", "port"]
    assert reasons(linked) == ["kept apart: 2 in the registry fit the name"]


def test_a_surname_alone_is_never_looked_up() -> None:
    assert block("PERSON", "Lind") is None
    assert link([entity("Lind")], Registry([alias("Anna Lind", "port")])).aliases == ()


def test_an_acronym_meets_its_full_name() -> None:
    known = [alias("Water Management Authority", "lilongwe", entity_type="ORG")]
    linked = link([entity("WMA", "ORG"), mention("id of WMA", "ORG"), mention("lilongwe", "GPE")], Registry(known))
    assert ids(linked) == ["known", "lilongwe"]


def test_organisations_found_by_their_words_and_initials_are_those_that_comparing_all_finds() -> None:
    names = [
        "World Meteo Agency",
        "The World Meteo Agency",
        "WMA",
        "W.M.A.",
        "World Meteo Agency Ltd",
        "Wide Mountain Alps",
        "WMA",
    ]
    known = [alias(name, entity_type="ORG", entity_id=f"{n}") for n, name in enumerate(names)]
    registry = Registry(known)
    for name in names:
        one = Entity(entity_id="new", name=name, entity_type="ORG")
        near = [k for k in registry.near(one, block("ORG", name) or "") if same_organisation(name, k.alias)]
        assert near == [k for k in known if same_organisation(name, k.alias)]
    assert len({block("ORG", name) for name in names}) == 1
