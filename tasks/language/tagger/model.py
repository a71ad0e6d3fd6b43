"""The trained tagger: one ONNX file with its vocabulary, run on one core or a GPU."""

from collections.abc import Sequence
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from storage.errors import SettingError
from tasks.language.tagger.windows import Vocabulary, Window, batch

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

# This fusion costs the run time 400 µs a layer where the two operators that it joins take 50 (onnxruntime 1.32, AVX-512).
SLOWER_TOGETHER: Final = ["SkipLayerNormFusion"]

# On what the network runs, and what onnxruntime calls it.
Device = Literal["cpu", "cuda"]
PROVIDERS: Final[dict[Device, str]] = {"cpu": "CPUExecutionProvider", "cuda": "CUDAExecutionProvider"}

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


def check_device(device: Device) -> None:
    """Raises SettingError where the network can't run on this device."""
    from onnxruntime import get_available_providers

    if PROVIDERS[device] not in get_available_providers():
        what = f"onnxruntime has no {PROVIDERS[device]} here; its GPU build (onnxruntime-gpu) takes the place of onnxruntime"
        raise SettingError(device, what)


def load_model(device: Device = "cpu") -> Model:
    """The model of this package, on one thread: two processes use two cores. Raises SettingError where there is no such device."""
    from onnxruntime import InferenceSession, SessionOptions

    check_device(device)
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    with as_file(files("tasks.language.tagger") / "tagger.onnx") as path:
        session = InferenceSession(path, options, providers=[PROVIDERS[device]], disabled_optimizers=SLOWER_TOGETHER)
    if session.get_providers()[0] != PROVIDERS[device]:
        # Where its libraries can't be loaded, onnxruntime warns and goes on without it.
        raise SettingError(device, f"onnxruntime can't use its {PROVIDERS[device]} here")
    return Model(session)
