"""The trained tagger: one ONNX file with its vocabulary, run on one core."""

from collections.abc import Sequence
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.language.tagger.windows import Vocabulary, Window, batch

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# This fusion costs the run time 400 µs a layer where the two operators that it joins take 50 (onnxruntime 1.32, AVX-512).
SLOWER_TOGETHER: Final = ["SkipLayerNormFusion"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Scores(NamedTuple):
    """What the network says of the words of one window, word 0 being none: scores of all labels [words, labels], vectors of
    links [words, width], the head of each word [words] and scores of its dependency labels [words, labels]."""

    layers: Floats
    links: Floats
    heads: Ints
    deps: Floats


class Model:
    """The network in memory."""

    def __init__(self, session: "InferenceSession") -> None:
        self._session = session
        metadata = session.get_modelmeta().custom_metadata_map
        self.vocabulary = Vocabulary(metadata["vocabulary"].split("\n"))

    def run(self, window: Window) -> Scores:
        """The scores of a window. One at a time: on one core a batch is no faster, and nothing is padded."""
        outputs: Sequence[Any] = self._session.run(None, batch([window])._asdict())
        return Scores(*(output[0] for output in outputs))


def load_model() -> Model:
    """The model of this package, on one thread: two processes use two cores."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    with as_file(files("tasks.language.tagger") / "tagger.onnx") as path:
        session = InferenceSession(
            path, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER_TOGETHER
        )
    return Model(session)
