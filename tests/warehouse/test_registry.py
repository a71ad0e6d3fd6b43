"""The registry of names: it tells of a name what is needed to link it, and nothing that could be linked is left out."""

from collections.abc import Iterator
from itertools import product

import pytest
from articles import NOW, article_of

from storage.records import AskedName, KnownAlias, Version
from storage.warehouse import Warehouse
from tasks.link.names import block, same_organisation, same_person

pytestmark = pytest.mark.backends

ORGANISATIONS = [
    "World Meteorological Association", "The World Meteorological Association", "World Meteorological Association Ltd", "WMA", "W.M.A.",
    "«World Meteorological Association»", "Western Metal Alliance", "Aßmann Werke", "Assmann Werke", "ASSMANN WERKE", "Ab Cd", "Ab Cd Inc",
    "The Ab Cd", "3M Works", "Élan Motor", "élan motor", "UN", "Union Network", "the Union Network",
]  # fmt: skip
PEOPLE = ["Anna Lind", "A. Lind", "Anna Maria Lind", "Axel Lind", "Omar Reed"]


def names(kind: str, entity: str) -> Iterator[KnownAlias]:
    for name in ORGANISATIONS if kind == "ORG" else PEOPLE:
        yield KnownAlias(
            entity_id=f"{entity} {name}", entity_type=kind, alias=name, block=block(kind, name) or "", context=("x",)
        )


@pytest.fixture
def registry(warehouse: Warehouse) -> Warehouse:
    """A warehouse that knows the names above."""
    with warehouse.transaction("load", NOW) as transaction:
        transaction.add_versions([Version(article=article_of("text"), version_id="v", version_no=1)])
        known = [*names("ORG", "known"), *names("PERSON", "known")]
        transaction.add_aliases([("v", alias) for alias in known], ("linker", "1"))
    return warehouse


def told(warehouse: Warehouse, *asked: KnownAlias) -> list[KnownAlias]:
    with warehouse.transaction("other", NOW) as transaction:
        return transaction.known_aliases([AskedName(one.entity_id, one.alias, one.block) for one in asked])


def test_every_name_that_may_mean_the_same_is_told(registry: Warehouse) -> None:
    for kind, same in (("ORG", same_organisation), ("PERSON", same_person)):
        for new, known in product(names(kind, "new"), names(kind, "known")):
            if new.block == known.block and same(new.alias, known.alias):
                assert known in told(registry, new), (new.alias, known.alias)


def test_organisations_with_the_same_initials_alone_are_not(registry: Warehouse) -> None:
    new = KnownAlias(entity_id="new", entity_type="ORG", alias="Western Media Agency", block="ORG:wma")
    assert {alias.alias for alias in told(registry, new)} == {
        "WMA", "W.M.A.", "«World Meteorological Association»", "Western Metal Alliance",
    }  # fmt: skip


def test_of_a_name_that_is_known_for_the_entity_it_is_told_and_no_other(registry: Warehouse) -> None:
    (known,) = [alias for alias in names("ORG", "known") if alias.alias == "WMA"]
    assert [alias.alias for alias in told(registry, known)] == ["WMA"]


def test_a_name_that_is_known_is_not_kept_twice_whether_it_was_asked_for_or_not(registry: Warehouse) -> None:
    known = [*names("ORG", "known")]
    with registry.transaction("again", NOW) as transaction:
        transaction.known_aliases([AskedName(one.entity_id, one.alias, one.block) for one in known[::2]])
        for _ in range(2):
            transaction.add_aliases([("v", alias) for alias in known], ("linker", "1"))
    with registry.window() as con:
        assert con.execute("SELECT count(*) FROM entity_aliases").fetchone() == (len(ORGANISATIONS) + len(PEOPLE),)
