"""The network: the MiniLM encoder with word shapes added to its input, and linear heads on the first piece of each word.

Encoder: Wang et al. (2020), «MiniLM: Deep Self-Attention Distillation», weights of all-MiniLM-L6-v2. Relations between words are
scored by products of two projections, as in Dozat and Manning (2017), «Deep Biaffine Attention», without its bias terms.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from tasks.language.tagger.labels import ARC_WIDTH, DEPS, LAYERS, LINK_WIDTH, LINKS
from tasks.language.tagger.windows import SHAPES

WIDTH, DEPTH, HEADS, INNER, VOCABULARY, POSITIONS = 384, 6, 12, 1536, 30_522, 512
EPSILON = 1e-12


@dataclass(frozen=True)
class Output:
    """`layers`: scores of all labels [b, words, labels]; `links`: vectors; `dependent`/`governor`: vectors for arcs;
    `dep_here`/`dep_there`: scores of dependency labels from the word and from its head."""

    layers: Tensor
    links: Tensor
    dependent: Tensor
    governor: Tensor
    dep_here: Tensor
    dep_there: Tensor


class Attention(torch.autograd.Function):
    """Attention without a mask, exported as one operator of the run time."""

    @staticmethod
    def forward(ctx: object, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        return _attend(q, k, v, None)

    @staticmethod
    def symbolic(g: torch.Graph, q: torch.Value, k: torch.Value, v: torch.Value) -> torch.Value:
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=HEADS).setType(q.type())


def _attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    b, n, _ = q.shape
    heads = [t.view(b, n, HEADS, WIDTH // HEADS).transpose(1, 2) for t in (q, k, v)]
    mixed = nn.functional.scaled_dot_product_attention(*heads, mask)
    return mixed.transpose(1, 2).reshape(b, n, WIDTH)


class Layer(nn.Module):
    """A transformer layer as in BERT: attention, then two linear layers, each added and normalised."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        q, k, v = self.qkv(x).split(WIDTH, -1)
        exporting = torch.onnx.is_in_onnx_export()
        mixed = Attention.apply(q, k, v) if exporting else _attend(q, k, v, mask.to(q.dtype))
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.outer(nn.functional.gelu(self.inner(x)))))


class Network(nn.Module):
    """Word pieces in, scores and vectors of words out."""

    def __init__(self) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.shape = nn.Embedding(SHAPES, WIDTH)
        self.quoted = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = nn.Dropout(0.1)
        self.encoder = nn.ModuleList(Layer() for _ in range(DEPTH))
        self.layers = nn.Linear(WIDTH, sum(map(len, LAYERS.values())))
        self.links = nn.Linear(WIDTH, LINK_WIDTH * len(LINKS))
        self.dependent = nn.Linear(WIDTH, ARC_WIDTH)
        self.governor = nn.Linear(WIDTH, ARC_WIDTH)
        self.dep_here = nn.Linear(WIDTH, len(DEPS))
        self.dep_there = nn.Linear(WIDTH, len(DEPS), bias=False)
        for table in (self.shape, self.quoted):
            nn.init.normal_(table.weight, std=0.01)

    def encode(self, pieces: Tensor, shapes: Tensor, quoted: Tensor, firsts: Tensor) -> Tensor:
        """States of the first pieces of words [b, words, width]."""
        order = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.word(pieces) + self.position(order) + self.shape(shapes) + self.quoted(quoted)
        x = self.dropout(self.norm(x))
        mask = (pieces == 0)[:, None, None, :].to(x.dtype) * -1e4
        for layer in self.encoder:
            x = layer(x, mask)
        return self.dropout(x.gather(1, firsts.unsqueeze(-1).expand(-1, -1, WIDTH)))

    def forward(self, pieces: Tensor, shapes: Tensor, quoted: Tensor, firsts: Tensor) -> Output:
        x = self.encode(pieces, shapes, quoted, firsts)
        return Output(
            self.layers(x), self.links(x), self.dependent(x), self.governor(x), self.dep_here(x), self.dep_there(x)
        )


def from_base(weights: Path) -> Network:
    """A network whose encoder has the weights of a BERT file (safetensors); the heads are new."""
    network = Network()
    base = load_file(weights)
    embeddings = "embeddings."
    with torch.no_grad():
        network.word.weight.copy_(base[embeddings + "word_embeddings.weight"])
        network.position.weight.copy_(
            base[embeddings + "position_embeddings.weight"] + base[embeddings + "token_type_embeddings.weight"][0]
        )
        _copy(network.norm, base, embeddings + "LayerNorm")
        for number, layer in enumerate(network.encoder):
            prefix = f"encoder.layer.{number}."
            for kind in ("weight", "bias"):
                parts = [base[f"{prefix}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
            _copy(layer.out, base, prefix + "attention.output.dense")
            _copy(layer.norm1, base, prefix + "attention.output.LayerNorm")
            _copy(layer.inner, base, prefix + "intermediate.dense")
            _copy(layer.outer, base, prefix + "output.dense")
            _copy(layer.norm2, base, prefix + "output.LayerNorm")
    return network


def _copy(module: nn.Module, base: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(base[name + ".weight"])
    module.bias.copy_(base[name + ".bias"])
