"""What the way of an article costs: every stage, the whole on one core and on two, beside a floor and beside peers, on the same pages.

    make bench [ARTICLES=N] [GROWN=N]

Each side is a process of its own. CPU seconds are compared, for they hold on a busy machine too; only the gain of a second core is
measured on the clock. Writes its part of docs/performance.md, with the figures as JSON and a picture beside it.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import threading
import time
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import corpus
from chart import bars

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PAGE, DATA, PICTURE = (ROOT / "docs" / name for name in ("performance.md", "throughput.json", "throughput.svg"))
BEGIN, END = "<!-- throughput: begin -->", "<!-- throughput: end -->"
PEERS_PYTHON = ROOT / ".venv-bench/bin/python"
PEERS = {
    "newspaper": "newspaper4k with nlp(), sentences by a pattern",
    "newsplease": "news-please + spaCy md",
    "spacy": "spaCy md alone, on clean text",
    "trafilatura": "trafilatura alone",
}
WORDS_OF_A_DAY = (600, 600)
LOOK_SECONDS = 0.2
Figures = dict[str, Any]


def run(*command: str | Path) -> Figures:
    """A side's figures, and the most memory that its processes had at one time, in MB."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT}/tests:{HERE}", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    peak = [0.0]
    watcher = threading.Thread(target=watch, args=(process, peak))
    watcher.start()
    out, _ = process.communicate()
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    figures: Figures = json.loads(out.strip().splitlines()[-1])
    figures["peak_mb"] = round(peak[0])
    print(json.dumps({str(command[2]): figures}), file=sys.stderr)
    return figures


def watch(process: "subprocess.Popen[str]", peak: list[float]) -> None:
    """Note the most memory of a process and those that it started; what they share is counted once (PSS)."""
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(proportional_mb, family(process.pid))))
        time.sleep(LOOK_SECONDS)


def family(pid: int) -> list[int]:
    """A process and its children, theirs too."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        children += [
            c
            for task in Path(f"/proc/{pid}/task").iterdir()
            if task.name != str(pid)
            for c in (task / "children").read_text().split()
        ]
    except OSError:
        return []
    return [pid, *(one for child in children for one in family(int(child)))]


def proportional_mb(pid: int) -> float:
    """The memory of a process; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def measure(articles: int, grown: int) -> Figures:
    """All sides."""
    found: Figures = {"machine": machine(), "versions": versions(), "articles": articles}
    with TemporaryDirectory() as name:
        pages, short = Path(name) / "pages", Path(name) / "short"
        corpus.save(pages, articles)
        corpus.save(short, articles, WORDS_OF_A_DAY)
        side = HERE / "sides.py"
        for one in ("stages", "floor", "one", "two"):
            found[one] = run(sys.executable, side, one, pages)
        found["day"] = run(sys.executable, side, "two", short)
        found["growth"] = run(sys.executable, side, "growth", pages, str(grown))
        if PEERS_PYTHON.exists():
            found["peers"] = peers(Path(name), pages, articles // 4)
        found["small"] = run(sys.executable, HERE / "small_runs.py", "all")
    return found


def peers(folder: Path, pages: Path, articles: int) -> Figures:
    """The peers, on the first of the pages: they take long."""
    fewer, texts = folder / "fewer", folder / "texts.json"
    fewer.mkdir()
    for page in sorted(pages.iterdir())[:articles]:
        (fewer / page.name).symlink_to(page)
    run(sys.executable, HERE / "sides.py", "texts", fewer, texts)
    return {peer: run(PEERS_PYTHON, HERE / "peers.py", peer, fewer, texts) for peer in PEERS}


def machine() -> str:
    """What it ran on."""
    model = next(
        (
            line.partition(": ")[2]
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        "",
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{len(os.sched_getaffinity(0))} cores of {model or platform.machine()}, {memory:.0f} GiB"


def versions() -> str:
    """What else the figures depend on."""
    names = ("dateline", "duckdb", "onnxruntime", "trafilatura")
    return ", ".join([f"CPython {platform.python_version()}", *(f"{name} {version(name)}" for name in names)])


def rate(figures: Figures) -> float:
    """Articles a second of one core."""
    return float(figures["articles"] / figures["cpu"])


def report(found: Figures, command: str) -> str:
    """The figures as Markdown."""
    stages, floor, one, two = (found[name] for name in ("stages", "floor", "one", "two"))
    lines = [
        f"{command}: {found['articles']:,} pages of 300 to 1,200 words, one in twenty a page that was there before. {found['machine']}; {found['versions']}.",
        "", "![Articles a second of one core](throughput.svg)", "",
        "| | articles/s a core | words/s a core | CPU seconds | peak MB |", "|---|---|---|---|---|",
        row("floor: trafilatura, the network and an insert, nothing else", floor),
        row("**the whole, one process**", one), row("the whole, two processes", two),
        *(row(PEERS[peer], figures) for peer, figures in found.get("peers", {}).items()),
        "", "| stage | ms of CPU an article | share |", "|---|---|---|",
        *(f"| {name} | {1000 * seconds / stages['articles']:.1f} | {seconds / stages['cpu']:.0%} |" for name, seconds in stages["stages"].items()),
        "", "The floor is " + ", ".join(f"{name} {1000 * seconds / floor['articles']:.1f} ms" for name, seconds in floor["stages"].items()) + ".",
        "", "| target | wanted | measured |", "|---|---|---|", *targets(found),
    ]  # fmt: skip
    return "\n".join(lines)


def row(name: str, figures: Figures) -> str:
    """A line of the table of sides."""
    return f"| {name} | {rate(figures):.1f} | {figures['words'] / figures['cpu']:,.0f} | {figures['cpu']:.1f} | {figures['peak_mb']} |"


def targets(found: Figures) -> list[str]:
    """What was wanted, and what was measured."""
    one, two, day, growth, small = (found[name] for name in ("one", "two", "day", "growth", "small"))
    lines = [
        ("the whole against the floor", "≥ 0.75", f"{rate(one) / rate(found['floor']):.2f}"),
        ("two processes against one, on the clock", "≥ 1.8", f"{one['wall'] / two['wall']:.2f}"),
        ("articles of 600 words a second on two cores, on the clock", "≥ 12", f"{day['articles'] / day['wall']:.1f}"),
        ("the same, if both cores were ours alone (2 / CPU seconds)", "≥ 12", f"{2 * rate(day):.1f}"),
        (f"appending at {growth['articles']:,} articles against 1,000", "≤ 1.1", f"{growth['last'] / growth['first']:.2f}"),
        ("peak memory", "< 1,500 MB", f"{max(one['peak_mb'], two['peak_mb'])} MB"),
        ("`dateline load ONE_FILE`, new home", "< 5 s", f"{small['load_wall']:.1f} s ({small['load_cpu']:.1f} s of CPU)"),
        ("`dateline sql`", "< 0.7 s", f"{small['sql_wall']:.2f} s ({small['sql_cpu']:.2f} s of CPU)"),
        ("`dateline ingest`, 200 feeds that answer 304", "< 2 s of CPU", f"{small['ingest_cpu']:.1f} s"),
    ]  # fmt: skip
    for peer, wanted in (("newspaper", 3), ("newsplease", 5)):
        if peer in found.get("peers", {}):
            lines.append((f"against {PEERS[peer]}", f"≥ {wanted}", f"{rate(one) / rate(found['peers'][peer]):.1f}"))
    return [f"| {what} | {wanted} | {measured} |" for what, wanted, measured in lines]


def write(found: Figures, told: str) -> None:
    """The part of docs/performance.md, the figures and the picture."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{told}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    DATA.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    sides = {"floor": found["floor"], "Dateline": found["one"]} | {
        PEERS[peer]: one for peer, one in found.get("peers", {}).items()
    }
    PICTURE.write_text(
        bars("Articles a second of one core", {name: rate(one) for name, one in sides.items()}), encoding="utf-8"
    )


def main() -> None:
    """Measure, and say what came of it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=600)
    options.add_argument("--grown", type=int, default=10_000)
    options.add_argument("--write", action="store_true")
    asked = options.parse_args()
    found = measure(asked.articles, asked.grown)
    told = report(found, f"`make bench ARTICLES={asked.articles} GROWN={asked.grown}`")
    print(told)
    if asked.write:
        write(found, told)


if __name__ == "__main__":
    main()
