"""The command line: what users type and what they get back."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from articles import SEEDS, USER_SEED
from whole_runs import dateline, start_dateline

from flows.cli.main import modules

COMMANDS = sorted(modules())


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("cli")
    done = dateline("load", USER_SEED, SEEDS / "statement.txt", "--home", home)
    assert done.returncode == 0, done.stdout + done.stderr
    return home


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = dateline(command, "--help")
    assert done.returncode == 0
    assert "Example" in done.stdout
    assert f"dateline {command}" in done.stdout


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from flows.cli.main import cli\n"
        "assert CliRunner().invoke(cli, ['--help']).exit_code == 0\n"
        "print([m for m in ('spacy', 'prefect', 'pyarrow', 'duckdb', 'trafilatura', 'pydantic') if m in sys.modules])\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_load_ends_with_a_summary(tmp_path: Path) -> None:
    done = dateline("load", USER_SEED, "--home", tmp_path / "home")
    assert done.returncode == 0
    assert "1 new articles, 0 new versions" in done.stdout
    for table in ("entities", "mentions", "quotes", "roles", "places", "times", "credits"):
        assert table in done.stdout


def test_load_again_says_that_nothing_is_new(loaded: Path) -> None:
    done = dateline("load", USER_SEED, "--home", loaded)
    assert done.returncode == 0
    assert "Nothing new: 1 of 1 known already." in done.stdout


@pytest.mark.slow
def test_ctrl_c_during_a_query_ends_without_a_traceback(loaded: Path) -> None:
    endless = "SELECT count(*) FROM range(1000000000000) AS a (x) WHERE x % 7 = 1"
    process = start_dateline("sql", endless, "--home", loaded)
    run = psutil.Process(process.pid)
    deadline = time.monotonic() + 30
    # More than it takes to start: the query is under way.
    while run.cpu_times().user < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err


def test_sql_prints_tables_csv_and_json(loaded: Path) -> None:
    query = "SELECT speaker, words FROM who_said_what WHERE speaker = 'Dmitry Peskov'"
    assert "“Putin does not eat people.”" in dateline("sql", query, "--home", loaded).stdout
    assert dateline("sql", query, "--format", "csv", "--home", loaded).stdout.splitlines() == [
        "speaker,words",
        "Dmitry Peskov,“Putin does not eat people.”",
    ]
    assert dateline("sql", query, "--format", "json", "--home", loaded).stdout.strip() == (
        '[{"speaker": "Dmitry Peskov", "words": "“Putin does not eat people.”"}]'
    )


@pytest.mark.parametrize("query", ["SELEC 1", "SELECT * FROM nowhere", "DELETE FROM quotes"])
def test_a_query_that_fails_is_one_clear_line(loaded: Path, query: str) -> None:
    done = dateline("sql", query, "--home", loaded)
    assert done.returncode == 1
    assert done.stderr.startswith("dateline: the query failed")
    assert "Traceback" not in done.stderr


def test_show_prints_the_text_and_who_said_what(loaded: Path) -> None:
    done = dateline("show", "000_f3864c178bfaef39", "--home", loaded)
    assert done.returncode == 0
    assert "(no title: not stated)" in done.stdout
    assert "Humor Amid Tensions" in done.stdout
    assert "Dmitry Peskov" in done.stdout


def test_show_highlights_exactly_the_spans() -> None:
    from flows.cli.show import STYLES, highlighted

    text = "Anna said: “Héllo 😀.”\nBye."
    version = {"text": text, "blocks": None, "headings": [{"start_char": 22, "end_char": 26}]}
    shown = highlighted(version, [(0, 4, "person"), (11, 21, "quote")])
    spans = {(shown.plain[span.start : span.end], str(span.style)) for span in shown.spans}
    assert spans >= {("Anna", STYLES["person"]), ("“Héllo 😀.”", STYLES["quote"]), ("Bye.", STYLES["heading"])}


def test_show_without_a_match_is_one_clear_line(loaded: Path) -> None:
    done = dateline("show", "no such thing", "--home", loaded)
    assert (done.returncode, done.stderr) == (1, "dateline: no article has this id, URL or title: no such thing\n")


def test_doctor_is_content_with_a_healthy_home(loaded: Path) -> None:
    done = dateline("doctor", "--home", loaded)
    assert done.returncode == 0, done.stdout
    assert "every row of 2 texts says what stands at its offsets" in done.stdout
    assert "FAIL" not in done.stdout


def test_doctor_finds_damage(tmp_path: Path) -> None:
    import duckdb

    home = tmp_path / "home"
    dateline("load", SEEDS / "statement.txt", "--home", home)
    with duckdb.connect(str(home / "warehouse.duckdb")) as con:
        con.execute("UPDATE quotes SET start_char = start_char + 1")
    next((home / "archive").rglob("*.gz")).unlink()
    done = dateline("doctor", "--home", home)
    assert done.returncode == 1
    assert "FAIL evidence" in done.stdout
    assert "FAIL archive" in done.stdout


def test_ingest_reads_the_listed_sources_and_reports_bad_entries(tmp_path: Path) -> None:
    listed = tmp_path / "sources.toml"
    listed.write_text(
        f'[good]\nkind = "files"\nurl = "{(SEEDS / "statement.txt").as_uri()}"\n[bad]\nkind = "telepathy"\nurl = "x"\n'
    )
    done = dateline("ingest", "--sources", listed, "--home", tmp_path / "home")
    assert done.returncode == 1
    assert "[bad]: kind 'telepathy' is not one of" in done.stderr
    assert "1 new articles" in done.stdout


def test_ingest_of_an_unknown_source_is_one_clear_line(tmp_path: Path) -> None:
    listed = tmp_path / "sources.toml"
    listed.write_text("")
    done = dateline("ingest", "--sources", listed, "--source", "nobody", "--home", tmp_path / "home")
    assert (done.returncode, done.stderr) == (1, "dateline: no such source: nobody\n")


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli.main", "load", str(USER_SEED), "--home", str(tmp_path / "home")],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "DATELINE_BATCH_SIZE": "many"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "DATELINE_BATCH_SIZE" in done.stderr
    assert "Traceback" not in done.stderr
