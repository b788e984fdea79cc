"""The command line. Commands parse, call one function and print; nothing heavy is imported before it is needed.

Importing this package imports nothing else: whoever stops the program while it is still starting meets :func:`main`.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.cli.commands import COMMANDS, root

__all__ = ["COMMANDS", "main", "root", "run"]

STOPPED = 130
"""Exit status of what Ctrl-C has stopped, as shells have it."""


def main() -> None:
    """Run the command line and end the process with its exit status."""
    try:
        _prepare()
        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = STOPPED
    # Taking the interpreter apart takes longer than answering a query, and every file is closed by now.
    os._exit(status)


def run(arguments: list[str]) -> int:
    """Run the command line; everything that a user can cause becomes a message and a status here."""
    try:
        status = _run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        return status
    except KeyboardInterrupt:
        return _say("Stopped.", STOPPED)
    except OSError as wrong:
        return _unwritten(wrong)


def _run(arguments: list[str]) -> int:
    import click

    from kg.cli.commands import root
    from kg.errors import KgError

    try:
        if "_CBDC_KG_COMPLETE" in os.environ:
            root.main(arguments, prog_name="cbdc-kg")  # a shell that completes a line; ends the process
        # Not root.main, which makes 1 of a reader that leaves.
        with root.make_context("cbdc-kg", arguments) as context:
            status = root.invoke(context)
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except KgError as wrong:
        return _say(f"Error: {wrong}", wrong.exit_status)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, EOFError):
        return _say("Stopped.", STOPPED)


def _unwritten(wrong: OSError) -> int:
    """The status of an output that cannot be written: none is at fault where the reader (head, less) has left."""
    import errno
    from contextlib import suppress

    if wrong.strerror is None:
        raise wrong
    with suppress(OSError, ValueError):  # standard output may be no file, in a test for instance
        # What is still waiting to be written would fail again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if wrong.errno == errno.EPIPE:
        return 0
    what = f"{wrong.filename}: " if wrong.filename else "the output cannot be written: "
    return _say(f"Error: {what}{wrong.strerror}", 2)


def _say(words: str, status: int) -> int:
    from contextlib import suppress

    with suppress(OSError):  # nobody may listen
        print(words, file=sys.stderr, flush=True)
    return status


def _prepare() -> None:
    """Standard streams that take every character, and that are there at all."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (open until the end)
        elif stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="replace")


def __getattr__(name: str) -> Any:
    """``COMMANDS`` and ``root`` need click; they are fetched when first asked for."""
    if name in ("COMMANDS", "root"):
        from kg.cli import commands

        return getattr(commands, name)
    raise AttributeError(f"module 'kg.cli' has no attribute {name!r}")
