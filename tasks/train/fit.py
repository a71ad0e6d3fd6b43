"""Training: samples to windows, windows to batches, and the loss of each layer."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor, nn

from tasks.language.tagger.labels import DEPS, LAYERS, LINK_WIDTH, LINKS
from tasks.language.tagger.windows import Cutter, Vocabulary, Window, batch
from tasks.train.network import Network, Output
from tasks.train.samples import SINGLE_LAYERS, UNKNOWN, Sample

BATCH_PIECES: Final = 2048
ENTITIES: Final = len(LAYERS["entity"])
WEIGHTS: Final = {
    "entity": 1.0, "description": 0.5, "source": 1.0, "cue": 0.7, "content": 1.0, "sentence": 0.2, "tag": 0.2, "pos": 0.2,
    "arc": 0.4, "dep": 0.2, "link": 0.8,
}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """How to train. `rate` is the peak learning rate of the encoder, `head_rate` that of the heads."""

    epochs: int = 3
    rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.1
    seed: int = 11
    weights: dict[str, float] | None = None


def windows_of(samples: Sequence[Sample], vocabulary: Vocabulary) -> list[tuple[Sample, Window]]:
    """All windows of the samples."""
    return [(s, w) for s in samples for w in Cutter(s.text, s.words, vocabulary).windows(s.blocks)]


@dataclass
class Targets:
    """Labels of one batch: [b, words] with word 0 the [CLS]."""

    entity: Tensor
    layers: dict[str, Tensor]
    heads: Tensor
    deps: Tensor
    links: list[tuple[int, int, int, int, int]]
    cue_links: list[tuple[int, int, int]]


def targets(items: Sequence[tuple[Sample, Window]], count: int) -> Targets:
    """The labels of some windows; words of their context count like their own."""
    shape = (len(items), count)
    entity = torch.zeros((*shape, ENTITIES), dtype=torch.bool)
    layers = {name: torch.full(shape, UNKNOWN) for name in SINGLE_LAYERS}
    heads, deps = torch.full(shape, UNKNOWN), torch.full(shape, UNKNOWN)
    links, cue_links = [], []
    bits = torch.arange(ENTITIES)
    for row, (sample, window) in enumerate(items):
        n = len(window.words)
        place = {index: column + 1 for column, index in enumerate(window.words)}
        masks = torch.tensor([sample.entity[i] for i in window.words])
        entity[row, 1 : n + 1] = (masks[:, None] >> bits[None, :]) & 1 == 1
        for name, target in layers.items():
            target[row, 1 : n + 1] = torch.tensor([sample.layers[name][i] for i in window.words])
        for index, column in place.items():
            head = sample.heads[index]
            if head in place:
                heads[row, column] = place[head]
                deps[row, column] = sample.deps[index]
        for link in sample.links:
            if link.first in place and link.last in place:
                source, cue = (_place(place, at) for at in (link.source, link.cue))
                links.append((row, place[link.first], place[link.last], source, cue))
        for cue, source in sample.cue_links:
            if cue in place:
                cue_links.append((row, place[cue], _place(place, source)))
    return Targets(entity, layers, heads, deps, links, cue_links)


def _place(place: dict[int, int], index: int) -> int:
    """Column of a word in the window: 0 for none, UNKNOWN for one outside the window."""
    return 0 if index < 0 else place.get(index, UNKNOWN)


def loss_of(output: Output, target: Targets, weights: dict[str, float]) -> Tensor:
    """The weighted sum of all losses for which the batch has labels."""
    total = output.layers.new_zeros((), dtype=torch.float32)
    position = 0
    for name, labels in LAYERS.items():
        scores = output.layers[..., position : position + len(labels)].float()
        position += len(labels)
        if name == "entity":
            known = target.entity.any(-1)
            if known.any():
                s, allowed = scores[known], target.entity[known]
                inside = torch.logsumexp(s.masked_fill(~allowed, -1e4), -1)
                total = total + weights[name] * (torch.logsumexp(s, -1) - inside).mean()
        elif (target.layers[name] != UNKNOWN).any():
            total = total + weights[name] * _cross_entropy(scores, target.layers[name])
    total = total + _parse_loss(output, target, weights)
    return total + weights["link"] * _link_loss(output, target)


def _cross_entropy(scores: Tensor, labels: Tensor) -> Tensor:
    return nn.functional.cross_entropy(scores.reshape(-1, scores.shape[-1]), labels.reshape(-1), ignore_index=UNKNOWN)


def _parse_loss(output: Output, target: Targets, weights: dict[str, float]) -> Tensor:
    if not (target.heads != UNKNOWN).any():
        return output.layers.new_zeros((), dtype=torch.float32)
    arcs = (output.dependent @ output.governor.transpose(1, 2)).float()
    heads = target.heads.clamp(min=0)
    there = output.dep_there.gather(1, heads.unsqueeze(-1).expand(-1, -1, len(DEPS)))
    return weights["arc"] * _cross_entropy(arcs, target.heads) + weights["dep"] * _cross_entropy(
        (output.dep_here + there).float(), target.deps
    )


def _link_loss(output: Output, target: Targets) -> Tensor:
    parts = {name: output.links[..., n * LINK_WIDTH : (n + 1) * LINK_WIDTH].float() for n, name in enumerate(LINKS)}
    total = output.layers.new_zeros((), dtype=torch.float32)
    if target.links:
        row, first, last, source, cue = torch.tensor(target.links).T
        for kind, to in (("s", source), ("c", cue)):
            query = parts[f"q_{kind}_start"][row, first] + parts[f"q_{kind}_end"][row, last]
            scores = (query.unsqueeze(1) @ parts[kind][row].transpose(1, 2)).squeeze(1)
            if (to != UNKNOWN).any():
                total = total + nn.functional.cross_entropy(scores, to, ignore_index=UNKNOWN)
    if target.cue_links:
        row, cue, source = torch.tensor(target.cue_links).T
        scores = (parts["c_s"][row, cue].unsqueeze(1) @ parts["s"][row].transpose(1, 2)).squeeze(1)
        if (source != UNKNOWN).any():
            total = total + nn.functional.cross_entropy(scores, source, ignore_index=UNKNOWN)
    return total


def batches(items: Sequence[tuple[Sample, Window]], random_: random.Random) -> Iterator[list[tuple[Sample, Window]]]:
    """Windows of like length together, about BATCH_PIECES pieces a batch, in random order."""
    ordered = sorted(items, key=lambda item: len(item[1].pieces) + random_.random() * 24)
    groups: list[list[tuple[Sample, Window]]] = [[]]
    for item in ordered:
        if groups[-1] and (len(groups[-1]) + 1) * len(item[1].pieces) > BATCH_PIECES:
            groups.append([])
        groups[-1].append(item)
    random_.shuffle(groups)
    return iter(groups)


def train(
    network: Network, items: Sequence[tuple[Sample, Window]], settings: Settings, say: Callable[[str], None] = print
) -> None:
    """Trains in place: AdamW, linear warm-up and decay, bfloat16 arithmetic where the machine has it."""
    torch.manual_seed(settings.seed)
    random_ = random.Random(settings.seed)  # noqa: S311 - the order of batches, no secret
    weights = settings.weights or WEIGHTS
    encoder = {id(p) for m in (network.word, network.position, network.norm, network.encoder) for p in m.parameters()}
    groups = [
        {"params": [p for p in network.parameters() if id(p) in encoder], "lr": settings.rate},
        {"params": [p for p in network.parameters() if id(p) not in encoder], "lr": settings.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    total = settings.epochs * sum(1 for _ in batches(items, random.Random(settings.seed)))  # noqa: S311
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step / total, settings.warmup))
    network.train()
    started, step, mean = time.monotonic(), 0, 0.0
    for epoch in range(settings.epochs):
        for group in batches(items, random_):
            arrays = batch([window for _, window in group])
            with torch.autocast("cpu", torch.bfloat16):
                output = network(*(torch.from_numpy(a) for a in arrays))
            loss = loss_of(output, targets(group, arrays.firsts.shape[1]), weights)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            mean = 0.98 * mean + 0.02 * loss.item() if step > 1 else loss.item()
            if step % 50 == 0:
                say(f"epoch {epoch + 1} step {step}/{total} loss {mean:.3f} {time.monotonic() - started:.0f} s")
    network.eval()


def _rate(done: float, warmup: float) -> float:
    return min(done / warmup, max(0.0, (1 - done) / (1 - warmup)))
