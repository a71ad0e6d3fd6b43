"""Makes the feed-forward parts of the encoder narrower before it is trained: a quarter less arithmetic for each word.

A unit is worth its mean absolute activation on some of the training text, times the length of its outgoing weights; the units
that are worth least go. As in Molchanov et al. (2017), «Pruning Convolutional Neural Networks for Resource Efficient Inference»,
with the activation as criterion.
"""

from collections.abc import Callable, Sequence
from typing import Final

import torch
from torch import Tensor, nn

from tasks.language.tagger.windows import Window, batch
from tasks.train.network import WIDTH, Layer, Network

CALIBRATION_WINDOWS: Final = 256
AT_ONCE: Final = 16


def prune(network: Network, windows: Sequence[Window], keep: int) -> None:
    """Keeps the `keep` most used units of each feed-forward part, in place."""
    step = max(1, len(windows) // CALIBRATION_WINDOWS)
    some = sorted(windows[::step], key=lambda window: len(window.pieces))
    use = [torch.zeros(layer.inner.out_features) for layer in network.encoder]
    hooks = [
        layer.inner.register_forward_hook(_watch(total)) for layer, total in zip(network.encoder, use, strict=True)
    ]
    network.eval()
    with torch.no_grad():
        for start in range(0, len(some), AT_ONCE):
            network(*(torch.from_numpy(a) for a in batch(some[start : start + AT_ONCE])))
        for layer, total in zip(network.encoder, use, strict=True):
            _narrow(layer, total * layer.outer.weight.norm(dim=0), keep)
    for hook in hooks:
        hook.remove()


def _watch(total: Tensor) -> Callable[[nn.Module, tuple[Tensor, ...], Tensor], None]:
    def hook(_: nn.Module, __: tuple[Tensor, ...], output: Tensor) -> None:
        total.add_(nn.functional.gelu(output).abs().sum((0, 1)))

    return hook


def _narrow(layer: Layer, worth: Tensor, keep: int) -> None:
    kept = worth.topk(keep).indices.sort().values
    inner, outer = nn.Linear(WIDTH, keep), nn.Linear(keep, WIDTH)
    inner.weight.copy_(layer.inner.weight[kept])
    inner.bias.copy_(layer.inner.bias[kept])
    outer.weight.copy_(layer.outer.weight[:, kept])
    outer.bias.copy_(layer.outer.bias)
    layer.inner, layer.outer = inner, outer
