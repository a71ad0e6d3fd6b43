"""Ctrl-C while the warehouse is written."""

import os
import signal

import pytest
from articles import NOW, article_of

from storage.records import Version
from storage.transaction import Transaction
from storage.uninterrupted import uninterrupted
from storage.warehouse import Warehouse


def press_ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def test_what_is_being_written_is_written_before_a_ctrl_c_is_heeded(warehouse: Warehouse) -> None:
    def decide(transaction: Transaction) -> None:
        press_ctrl_c()
        transaction.add_versions([Version(article=article_of("one"), version_id="one", version_no=1)])

    with pytest.raises(KeyboardInterrupt):
        warehouse.write("load", NOW, decide)
    with warehouse.window() as con:
        assert con.execute("SELECT text FROM article_versions").fetchall() == [("one",)]


def test_a_second_ctrl_c_stops_it_at_once() -> None:
    done = []

    def work() -> None:
        with uninterrupted():
            press_ctrl_c()
            done.append("first")
            press_ctrl_c()
            done.append("second")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["first"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_error_is_not_lost_for_a_ctrl_c() -> None:
    def work() -> None:
        with uninterrupted():
            press_ctrl_c()
            raise ZeroDivisionError

    with pytest.raises(KeyboardInterrupt) as caught:
        work()
    assert isinstance(caught.value.__context__, ZeroDivisionError)
