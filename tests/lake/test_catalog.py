"""The setting of a lake: what it may be, and that nothing ever shows its password."""

import pytest
from lakes import PASSWORD, Server
from whole_runs import dateline

from flows.configuration import effective, read_settings
from storage.errors import HomeError, SettingError
from storage.home import Home
from storage.lake.catalog import read_catalog
from storage.warehouse import Warehouse


@pytest.mark.parametrize(
    ("setting", "secret", "options"),
    [
        ("postgres:host=db dbname=news", {"HOST": "db", "DATABASE": "news"}, ""),
        (r"postgres:password='it\'s' sslmode=require", {"PASSWORD": "it's"}, "sslmode='require'"),
        (
            "postgresql://me:a%20b@db:5433/news?sslmode=require",
            {"HOST": "db", "PORT": "5433", "USER": "me", "PASSWORD": "a b", "DATABASE": "news"},
            "sslmode='require'",
        ),
    ],
)
def test_a_connection_is_read_as_libpq_reads_it(setting: str, secret: dict[str, str], options: str) -> None:
    catalog = read_catalog(setting)
    assert (catalog.secret, catalog.options) == (secret, options)
    assert repr(catalog) == "Catalog(postgres)"


@pytest.mark.parametrize("setting", ["mysql:hush", "postgres:", "postgres:hush", "postgres://u:hush@[", "SQLite"])
def test_a_setting_that_names_no_catalog_is_refused_without_repeating_it(setting: str, home: Home) -> None:
    with pytest.raises(SettingError, match="expected sqlite") as refused:
        Warehouse(Home(home.root, setting))
    assert "hush" not in str(refused.value)


def test_a_home_and_the_settings_do_not_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CATALOG", "postgres:password=hush")
    shown = {one.name: one.value for one in effective()}
    assert shown["catalog"] == "********"
    settings = read_settings()
    assert "hush" not in repr((settings, settings.place)) + settings.model_dump_json()
    assert settings.place.catalog == "postgres:password=hush"


@pytest.mark.postgres
@pytest.mark.slow
def test_a_wrong_password_and_a_missing_server_are_one_line_without_it(
    postgres_server: Server, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = postgres_server.catalog("postgres")
    wrong = right.replace("dbname=postgres", "dbname=nowhere")
    for catalog, told in (
        (wrong, "nowhere"),
        ("postgres:host=127.0.0.1 port=1 user=u password=hush dbname=d", "can't be opened"),
        (
            f"postgres:host=127.0.0.1 port={postgres_server.port} user=dateline password=hush dbname=postgres",
            "password",
        ),
    ):
        with pytest.raises(HomeError, match=told) as refused, Warehouse(Home(home.root, catalog)).window():
            pass
        assert not [word for word in ("hush", PASSWORD, PASSWORD[:8]) if word in str(refused.value)]
        monkeypatch.setenv("DATELINE_CATALOG", catalog)
        done = dateline("publish", "--home", home.root)
        assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
        assert "hush" not in done.stdout + done.stderr


@pytest.mark.postgres
def test_sql_over_the_lake_shows_no_password(postgres_server: Server, home: Home) -> None:
    lake = Home(home.root, postgres_server.catalog(postgres_server.new_database()))
    with Warehouse(lake).window() as con:
        said = repr(
            con.execute("FROM duckdb_databases()").fetchall()
            + con.execute("FROM duckdb_secrets()").fetchall()
            + con.execute("FROM ducklake_settings('warehouse')").fetchall()
        )
    assert PASSWORD[:8] not in said
