"""Bad input: each a clear line or a ledger row, an exit code, nothing lost, nothing half-written."""

import os
from pathlib import Path

import duckdb
import pytest
from articles import USER_SEED
from whole_runs import dateline

from storage.home import Home
from storage.warehouse import Warehouse

pytestmark = pytest.mark.slow


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def ledger(home: Path) -> dict[str, tuple[str, str]]:
    with duckdb.connect(str(home / "news.duckdb"), read_only=True) as con:
        rows = con.execute("SELECT url, status, detail FROM ledger").fetchall()
    return {url.rsplit("/", 1)[-1]: (status, detail) for url, status, detail in rows}


def test_a_folder_of_bad_files_ends_in_the_ledger_and_the_good_one_is_stored(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder / "good.txt", USER_SEED.read_bytes())
    write(folder / "empty.txt", b"")
    write(folder / "blank.html", b" \r\n\t")
    write(folder / "binary.txt", os.urandom(4096))
    write(folder / "big.txt", b"The quick brown fox. " * 2_500_000)
    write(folder / "long.txt", b"The quick brown fox jumps. " * 20_000)
    write(folder / "latin.txt", "Le café est fermé aujourd’hui, a dit la mairie.".encode("windows-1252"))
    write(folder / "menu.html", b"<html><body><nav><a href=a>Home</a></nav></body></html>")
    write(folder / "truncated.html", b"<html><head><title>x</title><body><p>The council")
    write(folder / "broken.xml", b"<rss><channel><item><title>a</title>")
    write(folder / "prose.xml", b"This is no feed at all.")
    write(folder / "bomb.xml", b'<!DOCTYPE l [<!ENTITY a "aaaa">' + b'<!ENTITY b "&a;&a;">' * 3 + b"]><rss>&b;</rss>")
    done = dateline("load", folder, "--home", tmp_path / "home")
    found = ledger(tmp_path / "home")
    assert done.returncode == 0
    assert {name: status for name, (status, _) in found.items()} == {
        "good.txt": "stored",
        "empty.txt": "too_short",
        "blank.html": "too_short",
        "binary.txt": "wrong_type",
        "big.txt": "too_large",
        "long.txt": "too_large",
        "latin.txt": "stored",
        "menu.html": "not_article",
        "truncated.html": "not_article",
        "broken.xml#entry-1": "parse_error",
        "prose.xml": "parse_error",
        "bomb.xml": "parse_error",
    }
    assert all(detail for _, detail in found.values())


def test_a_feed_may_not_read_files_outside_its_folder(tmp_path: Path) -> None:
    write(tmp_path / "secret.txt", b"The secret is that nobody knows the secret, they said on Monday.")
    items = "".join(
        f"<item><title>t</title><link>{link}</link></item>"
        for link in ("../secret.txt", (tmp_path / "secret.txt").as_uri(), "ftp://x.example/a", "javascript:alert(1)")
    )
    feed = f"<rss version='2.0'><channel><title>f</title>{items}<item><title>no link</title></item></channel></rss>"
    write(tmp_path / "in" / "feed.xml", feed.encode())
    done = dateline("load", tmp_path / "in", "--home", tmp_path / "home")
    statuses = [status for status, _ in ledger(tmp_path / "home").values()]
    assert done.returncode == 1
    assert sorted(set(statuses)) == ["blocked_address", "parse_error"]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "secret.txt", b"The secret is that nobody knows the secret, they said on Monday.")
    write(tmp_path / "in" / "good.txt", USER_SEED.read_bytes())
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "loop.txt").symlink_to("loop.txt")
    dateline("load", tmp_path / "in", "--home", tmp_path / "home")
    assert set(ledger(tmp_path / "home")) == {"good.txt"}


def test_a_missing_path_is_one_clear_line_and_the_others_are_loaded(tmp_path: Path) -> None:
    done = dateline("load", USER_SEED, tmp_path / "missing.txt", "--home", tmp_path / "home")
    assert done.returncode == 1
    assert f"dateline: no such file or folder: {tmp_path / 'missing.txt'}" in done.stderr
    assert ledger(tmp_path / "home")["missing.txt"] == ("http_error", "no such file")
    assert ledger(tmp_path / "home")[USER_SEED.name][0] == "stored"


def test_a_file_that_can_not_be_read_ends_in_the_ledger(tmp_path: Path) -> None:
    # A device that refuses to be read refuses the superuser too; so does a link that leads to itself.
    loop = tmp_path / "loop.txt"
    loop.symlink_to("loop.txt")
    done = dateline("load", loop, "/proc/self/mem", "--home", tmp_path / "home")
    assert done.returncode == 1
    assert {status for status, _ in ledger(tmp_path / "home").values()} <= {"http_error", "wrong_type"}


def test_file_names_can_be_anything(tmp_path: Path) -> None:
    names = ["with space.txt", "100%.txt", "[bold]x[red].txt", "ünï😀.txt", "-rf.txt", "a#b?c.txt"]
    for number, name in enumerate(names):
        write(tmp_path / "in" / name, f"The mayor of town number {number} said on Monday that all is well.".encode())
    # A name that is not valid UTF-8.
    write(Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"/caf\xe9.txt")), b"The mayor said on Monday that it rains.")
    done = dateline("load", tmp_path / "in", "--home", tmp_path / "home")
    assert done.returncode == 0, done.stderr
    assert [status for status, _ in ledger(tmp_path / "home").values()] == ["stored"] * 7


@pytest.mark.parametrize("home", ["/proc/dateline", "/dev/null/home"])
def test_a_home_that_can_not_be_written_is_one_clear_line(home: str) -> None:
    done = dateline("load", USER_SEED, "--home", home)
    assert done.returncode == 1
    assert done.stderr.startswith(f"dateline: the home folder can't be written: {home}")
    assert "Traceback" not in done.stderr


def test_a_warehouse_file_that_is_no_database_is_one_clear_line_and_stays_as_it_is(tmp_path: Path) -> None:
    file = write(tmp_path / "home" / "warehouse.duckdb", b"precious notes, no database")
    done = dateline("load", USER_SEED, "--home", tmp_path / "home")
    assert done.returncode == 1
    assert "the warehouse can't be opened" in done.stderr
    assert file.read_bytes() == b"precious notes, no database"


def test_an_extractor_that_fails_costs_only_its_own_rows_of_that_article(tmp_path: Path) -> None:
    from articles import article_of

    from tasks.extract import mentions
    from tasks.extract._run import extract
    from tasks.language.reading import Reading

    class Failing:
        name, version, needs, languages, records = "failing", "1", (), None, ()

        def extract(self, reading: Reading, found: object) -> list[object]:
            raise ZeroDivisionError("on purpose")

    extraction, errors = extract(Reading(article=article_of("Anna Lind said so.")), [Failing(), mentions.build()])  # type: ignore[list-item]
    assert [str(error) for error in errors] == [
        "extractor failing failed: file:///news/a.txt: ZeroDivisionError: on purpose"
    ]
    assert dict(extraction.article.reasons)["extraction"].startswith("extractor failing failed")
    home = Home(tmp_path / "home")
    Warehouse(home)
