"""A worker process: does what comes through its pipe until the pipe is closed. Started by tasks/workers.py, deaf to Ctrl-C: that is
for the run, which closes the pipe when it is done."""

import resource
import sys
from multiprocessing.connection import Connection
from typing import Final

from tasks.garbage import collect_less_often

# Pages that blow up in a parser meet this instead of the machine's memory.
MEMORY_BYTES: Final = 4 * 1024**3


def main(descriptor: int) -> None:
    """Answer each (function, arguments) with (True, result) or (False, what went wrong)."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    collect_less_often()
    pipe = Connection(descriptor)
    while True:
        try:
            function, arguments = pipe.recv()
        except EOFError:
            return
        try:
            answer = (True, function(*arguments))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
            answer = (False, f"{type(error).__name__}: {error}"[:1000])
        try:
            pipe.send(answer)
        except BrokenPipeError:
            # Whoever asked was killed.
            return


if __name__ == "__main__":
    main(int(sys.argv[1]))
