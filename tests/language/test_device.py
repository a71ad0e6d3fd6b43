"""What the network runs on: one setting, and one clear line where it is not there."""

from pathlib import Path

import pytest
from articles import SEEDS, article_of
from onnxruntime import get_available_providers
from whole_runs import dateline

from flows.wiring import open_runner
from storage.errors import SettingError
from tasks.language.contract import Reader
from tasks.language.read import load_reader

TEXT = "“The levy stays,” said Amina Diallo of the Rift Board in Nairobi on Tuesday."
NO_CUDA = "CUDAExecutionProvider" not in get_available_providers()


def test_a_reader_for_the_processor_reads_as_the_one_that_is_loaded_by_default(reader: Reader) -> None:
    assert load_reader("cpu").read([article_of(TEXT)]) == list(reader.read([article_of(TEXT)]))


@pytest.mark.skipif(not NO_CUDA, reason="has a GPU")
def test_a_device_that_is_not_there_is_said_before_anything_is_done() -> None:
    with pytest.raises(SettingError, match="onnxruntime-gpu"):
        open_runner(2, "cuda")
    with pytest.raises(SettingError, match="onnxruntime-gpu"):
        load_reader("cuda")


@pytest.mark.slow
@pytest.mark.skipif(not NO_CUDA, reason="has a GPU")
def test_a_load_for_a_device_that_is_not_there_ends_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_DEVICE", "cuda")
    done = dateline("load", SEEDS / "statement.txt", "--home", tmp_path)
    assert done.returncode == 1
    assert done.stderr.strip().startswith("dateline: ")
    assert "CUDAExecutionProvider" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.skipif(NO_CUDA, reason="has no GPU")
def test_a_gpu_finds_the_same_names_and_statements(reader: Reader) -> None:
    # Rounding differs in the last digits of confidences: they may differ by a hundredth.
    (here,), (there,) = reader.read([article_of(TEXT)]), load_reader("cuda").read([article_of(TEXT)])
    assert [(n.start_char, n.end_char, n.entity_type) for n in there.names] == [
        (n.start_char, n.end_char, n.entity_type) for n in here.names
    ]
    assert [n.confidence for n in there.names] == pytest.approx([n.confidence for n in here.names], abs=0.01)
