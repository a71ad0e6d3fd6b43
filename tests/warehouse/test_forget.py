"""Takedown: nothing of an article is left but a hash, and it never comes back; all else is as it was."""

from pathlib import Path

import pytest
from articles import NOW, SEEDS
from whole_runs import dateline, extracted_rows, load_into

from storage.archive import Archive
from storage.compact import compact, counts
from storage.errors import HomeError
from storage.evidence import check_evidence
from storage.forget import Target, forget
from storage.home import Home
from storage.reading import published
from storage.warehouse import Warehouse
from tasks.web.urls import url_key

NAME = "Zebulon Quartermaine"
SENTENCE = f'"The bridge stays shut until spring," said {NAME}, the harbour master of Ostmark.'
PAGE = (
    "<html><head><title>{title}</title><link rel='canonical' href='https://post.example/{slug}'></head><body><article>"
    "<h1>{title}</h1><p>{text}</p><p>The council of Ostmark met on Monday and heard the reports of its engineers, who had looked at "
    "every pier of the old bridge and found cracks in four of them.</p></article></body></html>"
)

pytestmark = pytest.mark.backends


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for slug, title, text in (
        ("bridge", "The old bridge is shut", SENTENCE),
        ("ferry", "A ferry takes over", 'From Tuesday a ferry will run. "It will be free," said Mina Ek, the mayor.'),
    ):
        folder.joinpath(f"{slug}.html").write_text(PAGE.format(slug=slug, title=title, text=text))
    return folder


def files_with(home: Home, words: str) -> list[Path]:
    """Files under the home that have these words, also inside gzip members."""
    import gzip
    import zlib

    found = []
    for path in home.root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if path.suffix == ".gz":
                try:
                    content = gzip.decompress(content)
                except (OSError, zlib.error) as error:
                    raise AssertionError(f"{path} is damaged") from error
            if words.encode() in content:
                found.append(path)
    return found


@pytest.mark.backends(daily=True)
def test_nothing_of_a_forgotten_article_is_left_in_any_file_of_the_home(home: Home, pages: Path) -> None:
    load_into(home, pages)
    assert files_with(home, NAME), "the name should be there before, for this test to mean anything"
    assert files_with(home, "post.example/bridge")
    done = forget(
        Warehouse(home), Target(url_keys=(url_key("http://www.post.example/bridge?utm_source=x"),)), url_key, NOW
    )
    assert (done.articles, done.versions, done.archived) == (1, 1, 1)
    assert done.rows > 3
    assert files_with(home, NAME) == []
    assert files_with(home, "post.example/bridge") == []


def test_rows_that_were_replaced_and_rows_that_wait_go_too(home: Home, pages: Path) -> None:
    load_into(home, pages)
    with Warehouse(home).window() as con:
        con.execute(
            "INSERT INTO replaced_rows BY NAME SELECT version_id, 'quotes' AS table_name, extractor, extractor_version, load_id AS written_by, "
            'load_id AS replaced_by, to_json(q) AS "row" FROM quotes AS q'
        )
    home.staged.mkdir()
    (home.staged / "warehouse.duckdb").write_text(f"{NAME} waits")
    forget(Warehouse(home), Target(url_keys=("post.example/bridge",)), url_key, NOW)
    assert files_with(home, NAME) == []
    with Warehouse(home).window() as con:
        kept = con.execute("SELECT count(*) FROM replaced_rows").fetchone()
        assert kept == con.execute("SELECT count(*) FROM quotes").fetchone()


def test_the_other_articles_keep_their_rows_their_evidence_and_their_raw_pages(
    home: Home, pages: Path, tmp_path: Path
) -> None:
    load_into(home, pages)
    forget(Warehouse(home), Target(url_keys=("post.example/bridge",)), url_key, NOW)
    alone = Home(tmp_path / "alone")
    load_into(alone, pages / "ferry.html")
    assert extracted_rows(home) == extracted_rows(alone)
    with Warehouse(home).window() as con:
        check_evidence(con)
        (key,) = con.execute("SELECT archive_key FROM article_versions").fetchone() or ("",)
    assert b"A ferry takes over" in Archive(home.archive).get(key)
    with published(home) as con:
        assert con.execute("SELECT title FROM article_versions").fetchall() == [("A ferry takes over",)]


def test_a_forgotten_article_is_not_stored_again_and_leaves_nothing_when_it_is_tried(home: Home, pages: Path) -> None:
    load_into(home, pages)
    forget(Warehouse(home), Target(url_keys=("post.example/bridge",)), url_key, NOW)
    summary = load_into(home, pages)
    assert summary.statuses == {"quarantined": 1, "unchanged": 1}
    assert files_with(home, NAME) == []


def test_an_address_can_be_refused_before_anything_of_it_is_stored(home: Home, pages: Path) -> None:
    forget(Warehouse(home), Target(url_keys=("post.example/bridge",)), url_key, NOW)
    assert load_into(home, pages).statuses == {"quarantined": 1, "stored": 1}


def test_an_entity_that_others_name_too_stays(home: Home, pages: Path) -> None:
    pages.joinpath("later.html").write_text(
        PAGE.format(slug="later", title="Still shut", text=f'"Not before May," said {NAME}, the harbour master.')
    )
    load_into(home, pages)
    forget(Warehouse(home), Target(url_keys=("post.example/bridge",)), url_key, NOW)
    with Warehouse(home).window() as con:
        assert con.execute("SELECT count(*) FROM entities WHERE name = $name", {"name": NAME}).fetchone() == (1,)


def test_forgetting_twice_changes_nothing_more(home: Home, pages: Path) -> None:
    load_into(home, pages)
    for expected in (1, 0):
        done = forget(Warehouse(home), Target(url_keys=("post.example/bridge",)), url_key, NOW)
        assert done.articles == expected
    with Warehouse(home).window() as con:
        assert con.execute("SELECT count(*) FROM tombstones").fetchone() == (2,)


@pytest.mark.slow
def test_the_command_says_what_would_go_asks_and_takes_it_down(home: Home, pages: Path) -> None:
    load_into(home, pages)
    url = ("--url", "https://post.example/bridge", "--home", home.root)
    dry = dateline("forget", *url, "--dry-run")
    assert (dry.returncode, dry.stdout) == (0, "1 articles in 1 versions\nNothing was changed.\n")
    assert files_with(home, NAME)
    done = dateline("forget", *url, "--yes")
    assert done.returncode == 0, done.stderr
    assert "Removed 1 versions of 1 articles" in done.stdout
    unknown = dateline("forget", "--article", "0000", "--yes", "--home", home.root)
    assert (unknown.returncode, unknown.stderr) == (1, "dateline: no article has this id: 0000\n")


def test_compaction_keeps_every_row_view_and_comment(home: Home) -> None:
    load_into(home, SEEDS / "statement.txt")
    warehouse = Warehouse(home)

    def everything() -> list[object]:
        with warehouse.window() as con:
            comments = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
            views = "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL"
            # The compaction itself is noted there.
            rows = {table: number for table, number in counts(con, "warehouse").items() if table != "upkeep"}
            return [rows, con.execute(comments).fetchall(), con.execute(views).fetchall()]

    before = everything()
    compact(warehouse, NOW)
    assert everything() == before
    assert load_into(home, SEEDS / "statement.txt").statuses == {"unchanged": 1}


@pytest.mark.file_only
def test_a_compaction_that_fails_leaves_the_old_file(home: Home) -> None:
    load_into(home, SEEDS / "statement.txt")
    before = extracted_rows(home)

    def fail() -> None:
        raise OSError("the disk is full")

    with pytest.raises(HomeError, match="can't be compacted"):
        compact(Warehouse(home), NOW, fail)
    assert extracted_rows(home) == before
    assert [path.name for path in home.root.glob("*.compact*")] == []
