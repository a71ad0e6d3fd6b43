"""`dateline up`: one command starts what scheduled runs need, and a browser is enough to work with it."""

import os
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import httpx
import psutil
import pytest
from articles import SEEDS
from internet import Internet, html, start
from service import ROOT, Service, plan_without, until

from storage.reading import published

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

CHROMIUM = Path("/usr/bin/chromium")
# Nothing that asks a closed network for anything.
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
HOST = "127.0.1.9"
DEPLOYED = {"ingest", "backfill", "reextract", "publish", "maintain", "quality"}


@pytest.fixture(scope="module")
def archive() -> Iterator[Internet]:
    """A paper with one article of each of three days in October, all in its sitemap."""
    world = Internet()
    stop = start(world)
    listed = ""
    for day in (5, 6, 20):
        words = f"The crane of the harbour fell on day {day}, and nobody was hurt. "
        head = f'<meta property="article:published_time" content="2026-10-{day:02}T08:00:00Z">'
        url = world.put(HOST, f"/2026/10/{day:02}/crane", html(f"Crane {day}", words * 12, "More.", head=head))
        listed += f"<url><loc>{escape(url)}</loc><lastmod>2026-10-{day:02}</lastmod></url>"
    world.put(HOST, "/sitemap.xml", f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>')
    yield world
    stop()


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, archive: Internet) -> Iterator[Service]:
    """`dateline up` with that paper as its only source."""
    root = tmp_path_factory.mktemp("service")
    (root / "sources.toml").write_text(
        f'[harbour]\nname = "The Harbour"\nkind = "sitemap"\nurl = "{archive.url(HOST, "/sitemap.xml")}"\n'
    )
    (root / "news").mkdir()
    shutil.copy(SEEDS / "statement.txt", root / "news")
    (root / "prefect.yaml").write_text(plan_without("ingest", "publish"))
    running = Service(root, DATELINE_ALLOW_PRIVATE="127.0.0.0/8", DATELINE_HOST_DELAY_SECONDS="0").up()
    yield running
    if running.process and running.process.poll() is None:
        running.down()


@pytest.fixture
def service(started: Service) -> Service:
    """The same, up again if a test has ended it."""
    assert started.process is not None
    return started if started.process.poll() is None else started.up()


@pytest.fixture(scope="module")
def browser() -> "Iterator[Page]":
    """A page of Chromium."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = chromium.new_page(viewport={"width": 1100, "height": 760})
        page.set_default_timeout(30_000)
        yield page
        chromium.close()


def picture(page: "Page", name: str) -> None:
    """Take a picture for the documentation if the variable SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.wait_for_timeout(1500)
        page.screenshot(path=Path(folder) / f"{name}.png")


def form(page: "Page", service: Service, name: str) -> None:
    """From the deployment's page to the form of a custom run."""
    page.goto(f"{service.url}/v2/deployments/deployment/{service.deployment(name)['id']}")
    page.get_by_role("button", name="Run", exact=True).click()
    if name == "ingest":
        picture(page, "deployment")
    page.get_by_role("menuitem", name="Custom run").click()
    page.get_by_role("heading", name="Parameters").wait_for()


def submit(page: "Page", service: Service, name: str) -> str:
    """Submit the form, again if the server had no time for it; gives the id of the run."""
    before = {run["id"] for run in runs(service, name)}
    for _ in range(3):
        page.get_by_role("button", name="Submit").click()
        for _ in range(100):
            if ordered := {run["id"] for run in runs(service, name)} - before:
                return str(ordered.pop())
            page.wait_for_timeout(200)
    raise AssertionError("no run was ordered")


def runs(service: Service, name: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = service.ask("/flow_runs/filter", deployments={"name": {"any_": [name]}})
    return [run for run in found if not run["auto_scheduled"]]


def texts(service: Service) -> set[str]:
    """Titles in the published warehouse."""
    with published(service.home) as con:
        return {str(title) for (title,) in con.execute("SELECT title FROM article_versions").fetchall()}


def test_all_deployments_are_there_with_what_operators_look_for(service: Service) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    strategies = {}
    for name in DEPLOYED:
        deployment = service.deployment(name)
        assert deployment["work_pool_name"] == "dateline"
        assert deployment["version"] == version
        assert deployment["enforce_parameter_schema"]
        assert deployment["description"]
        assert deployment["tags"]
        assert deployment["global_concurrency_limit"]["limit"] == 1
        strategies[name] = deployment["concurrency_options"]["collision_strategy"]
        for schedule in deployment["schedules"]:
            assert schedule["schedule"]["timezone"]
            assert deployment["parameters"]["jitter_seconds"] > 0
    assert strategies == dict.fromkeys(DEPLOYED, "ENQUEUE") | {"ingest": "CANCEL_NEW"}


def test_schedules_plan_runs(service: Service) -> None:
    """With a database library that Prefect does not get on with, nothing was planned, and only its log said so."""
    wanted = {"deployments": {"name": {"any_": ["quality"]}}, "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}
    until(lambda: service.ask("/flow_runs/filter", **wanted), 90, "planned runs of quality")


def test_a_second_one_says_that_it_is_up_already(service: Service) -> None:
    done = service.run()
    assert (done.returncode, done.stdout) == (0, f"Dateline is up already: {service.url}\n")


def test_what_an_operator_has_paused_stays_paused_when_it_is_deployed_again(service: Service) -> None:
    (schedule,) = service.deployment("maintain")["schedules"]
    path = f"/deployments/{service.deployment('maintain')['id']}/schedules/{schedule['id']}"
    service.send("PATCH", path, {"active": False})
    done = service.run("deploy")
    assert done.returncode == 0, done.stderr
    active = {name: [one["active"] for one in service.deployment(name)["schedules"]] for name in DEPLOYED}
    assert active == {
        "ingest": [False],
        "publish": [False],
        "quality": [True],
        "maintain": [False],
        "backfill": [],
        "reextract": [],
    }


@pytest.mark.browser
def test_files_are_loaded_from_the_form(service: Service, browser: "Page") -> None:
    form(browser, service, "ingest")
    browser.get_by_text("Only this source, by its key in sources.toml.").wait_for()
    browser.get_by_role("button", name="Add item").click()
    browser.get_by_label("Files and folders").or_(browser.locator("textarea")).first.fill("news/statement.txt")
    picture(browser, "load-paths")
    run = submit(browser, service, "ingest")
    ended = service.ended(run)
    assert ended["state_name"] == "Completed", ended["state"]
    with published(service.home) as con:
        loaded = con.execute("SELECT count(*) FROM article_versions WHERE document_url LIKE '%/news/statement.txt'")
        assert loaded.fetchone() == (1,)
    artifacts = service.artifacts(run)
    assert {"summary", "published"} <= artifacts.keys()
    browser.goto(f"{service.url}/v2/artifacts/artifact/{artifacts['summary']}")
    browser.get_by_role("cell", name="stored: new articles").wait_for()
    picture(browser, "summary")


@pytest.mark.browser
def test_past_days_of_a_source_are_taken_from_the_form(service: Service, browser: "Page") -> None:
    form(browser, service, "backfill")
    browser.get_by_label("Source").fill("harbour")
    for day in ("2026-10-05", "2026-10-10"):
        browser.get_by_role("tab", name="date").nth(0 if day.endswith("05") else 1).click()
        browser.get_by_role("button", name="Pick a date").click()
        browser.get_by_label("Date (yyyy-MM-dd)").fill(day)
        browser.keyboard.press("Enter")
        browser.keyboard.press("Escape")
    picture(browser, "backfill")
    run = submit(browser, service, "backfill")
    ended = service.ended(run)
    assert ended["parameters"]["since"] == "2026-10-05"
    assert ended["state_name"] == "Completed", ended["state"]
    assert {"Crane 5", "Crane 6"} <= texts(service)
    assert "Crane 20" not in texts(service)
    assert "summary" in service.artifacts(run)


@pytest.mark.browser
def test_a_wrong_value_is_refused_with_a_message(service: Service, browser: "Page") -> None:
    form(browser, service, "ingest")
    browser.get_by_label("Articles a batch").wait_for()
    before = len(runs(service, "ingest"))
    browser.get_by_label("Articles a batch").fill("5000")
    browser.get_by_role("button", name="Submit").click()
    message = browser.get_by_label("Articles a batch").evaluate("field => field.validationMessage")
    assert message == "Value must be less than or equal to 1000."
    picture(browser, "refused")
    assert len(runs(service, "ingest")) == before


@pytest.mark.parametrize("wrong", [{"what": "horoscopes"}, {"limit": 0}])
def test_a_wrong_value_is_refused_by_the_server_whoever_sends_it(service: Service, wrong: dict[str, object]) -> None:
    with pytest.raises(httpx.HTTPStatusError) as refused:
        service.order("backfill", **wrong)
    assert refused.value.response.status_code == 409
    assert str(next(iter(wrong.values()))) in refused.value.response.text


def test_all_of_it_ends_when_it_is_asked_to(service: Service) -> None:
    parts = service.down()
    assert len(parts) >= 3
    assert service.process is not None
    assert service.process.returncode == 0
    _, alive = psutil.wait_procs(parts, timeout=5)
    assert alive == []
