"""Run somebody's query in a process of its own, which can be stopped and may even break down.

The engine cannot be interrupted from Python, and some queries end its process. So it runs in a fork that prints its
own results; what goes wrong comes back as the same error. The kernel's alarm ends it at the time limit, even when
the parent is gone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NoReturn

from kg import errors
from kg.errors import KgError, QueryError, QueryTimeout

MAX_SECONDS = 10_000_000.0


def run(job: Callable[[], None], timeout: float) -> None:
    """Run a job that prints; ``timeout`` is in seconds, 0 for none.

    Where the system has no fork, the job runs here and nothing limits it.

    Raises:
        KgError: what the job raised.
        QueryTimeout: the job took too long and was stopped.
        QueryError: the engine broke down.
    """
    if not hasattr(os, "fork"):
        job()
        return
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(job, timeout, writing)
    os.close(writing)
    try:
        message = _all(reading)
        _, status = os.waitpid(child, 0)
    except BaseException:
        import signal

        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    finally:
        os.close(reading)
    _judge(status, message, timeout)


def _work(job: Callable[[], None], timeout: float, writing: int) -> NoReturn:
    import signal

    status = 1
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, min(timeout, MAX_SECONDS))
        job()
        sys.stdout.flush()
        status = 0
    except KgError as wrong:
        os.write(writing, f"{type(wrong).__name__}\n{wrong}".encode(errors="replace"))
    except BrokenPipeError:
        status = 0
    except OSError as wrong:
        os.write(writing, f"StoreError\nthe output cannot be written: {wrong.strerror or wrong}".encode())
    except KeyboardInterrupt:
        status = 130
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(status)


def _all(reading: int) -> bytes:
    pieces = []
    while piece := os.read(reading, 65536):
        pieces.append(piece)
    return b"".join(pieces)


def _judge(status: int, message: bytes, timeout: float) -> None:
    if message:
        kind, _, text = message.decode(errors="replace").partition("\n")
        raise getattr(errors, kind, QueryError)(text)
    if os.WIFSIGNALED(status):
        import signal

        if os.WTERMSIG(status) == signal.SIGALRM:
            raise QueryTimeout(
                f"the query took longer than {timeout:g} s and was stopped; "
                "ask for less (LIMIT, fewer variables), or allow more with --timeout"
            )
        raise QueryError("the engine broke down on this query; make it simpler (fewer levels, shorter chains)")
    if os.WEXITSTATUS(status) == 130:
        raise KeyboardInterrupt
    if os.WEXITSTATUS(status):
        raise QueryError("the query could not be run, for the reason above")
