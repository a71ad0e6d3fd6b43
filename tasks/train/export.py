"""The trained network as one int8 ONNX file, its vocabulary and description inside."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from tasks.train.network import Network

INPUTS = ("pieces", "shapes", "quoted", "firsts")
OUTPUTS = ("layers", "links", "heads", "deps")


class Flat(nn.Module):
    """The network for one window at a time (so nothing is padded or masked), with its arcs decided: the head of each word
    and the scores of its dependency labels."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, quoted: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        output = self.network(pieces, shapes, quoted, firsts)
        heads = (output.dependent @ output.governor.transpose(1, 2)).argmax(-1)
        there = output.dep_there.gather(1, heads.unsqueeze(-1).expand(-1, -1, output.dep_there.shape[-1]))
        return output.layers, output.links, heads, output.dep_here + there


def export(network: Network, vocabulary: list[str], card: dict[str, str], path: Path) -> None:
    """Writes the file: weights as int8 (per channel, dynamic), vocabulary and card as metadata."""
    network.eval()
    example = (*(torch.ones((1, 8), dtype=torch.int64) for _ in range(3)), torch.arange(4)[None])
    axes = {name: {1: "pieces"} for name in INPUTS[:3]} | {name: {1: "words"} for name in (INPUTS[3], *OUTPUTS)}
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            Flat(network), example, str(plain), input_names=list(INPUTS), output_names=list(OUTPUTS), dynamic_axes=axes,
            opset_version=17, dynamo=False,
        )  # fmt: skip
        quantize_dynamic(
            plain, path, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
    model = onnx.load(path)
    for key, value in {"vocabulary": "\n".join(vocabulary), "card": json.dumps(card, ensure_ascii=False)}.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.save(model, path)
