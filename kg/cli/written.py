"""Files that a command writes beside its output."""

from __future__ import annotations

import os
from collections.abc import Iterable

from kg.errors import UsageError


def check_place(path: str, option: str) -> None:
    """Raise UsageError where a file could not be written, before the long work begins."""
    folder = os.path.dirname(path) or os.curdir
    if os.path.isdir(path):
        raise UsageError(f"{option} {path}: is a folder; name a file")
    if not os.path.isdir(folder):
        raise UsageError(f"{option} {path}: there is no folder {folder}")
    if not os.access(path if os.path.exists(path) and not os.path.isfile(path) else folder, os.W_OK):
        raise UsageError(f"{option} {path}: cannot be written: no permission")


def write(path: str, lines: Iterable[str]) -> None:
    """Write a file beside its place and rename it there: it appears whole or not at all."""
    if os.path.exists(path) and not os.path.isfile(path):
        # a pipe or a device has no place to rename to
        with open(path, "w", encoding="utf-8", newline="\n") as handle:
            handle.writelines(lines)
        return
    path = os.path.realpath(path)  # a link stays a link
    new = f"{path}.new-{os.getpid()}"
    try:
        with open(new, "w", encoding="utf-8", newline="\n") as handle:
            handle.writelines(lines)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(new, path)
    except BaseException:
        if os.path.exists(new):
            os.unlink(new)
        raise
