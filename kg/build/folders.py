"""Publish a folder atomically: fill it under another name, sync it, then move one link.

Renaming one full folder over another is not possible, so ``build`` is a link into ``builds/``, or where links are
missing a small file that names the folder. A reader resolves it once and is never caught between two builds.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator

from kg.errors import StoreError

KEPT = 2
"""How many builds stay: the newest and the one before it, for readers that still hold it."""

COMPLETE = "build.json"
"""Written last into a build; a folder without it is not one."""


def builds_folder(output: str) -> str:
    """Where the builds behind an output link are: ``build`` → ``builds``."""
    return output.rstrip("/\\") + "s"


def current(output: str) -> str | None:
    """The folder that an output points at, or ``None``.

    Raises:
        StoreError: there is something else at that path.
    """
    if os.path.islink(output):
        target = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(output)), os.readlink(output)))
        if os.path.dirname(target) != builds_folder(os.path.abspath(output)):
            raise StoreError(f"{output}: is a link to something else; name another --output, or move it away")
        return target if os.path.exists(os.path.join(target, COMPLETE)) else None
    if os.path.isfile(output):
        with open(output, encoding="utf-8") as handle:
            target = os.path.join(os.path.dirname(os.path.abspath(output)), handle.read(4096).strip())
        if os.path.exists(os.path.join(target, COMPLETE)):
            return target
        raise StoreError(f"{output}: is a file that is no build; name another --output, or move it away")
    if os.path.exists(output):
        raise StoreError(f"{output}: is a folder that is no build link; name another --output, or move it away")
    return None


@contextlib.contextmanager
def exclusive(output: str) -> Iterator[str]:
    """Hold the builds folder of an output alone; gives its path. Leftovers of killed builds are cleared.

    Raises:
        StoreError: the folder cannot be written, or another build is running there.
    """
    builds = builds_folder(os.path.abspath(output))
    try:
        os.makedirs(builds, exist_ok=True)
        lock = os.open(os.path.join(builds, ".lock"), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as wrong:
        raise StoreError(f"{builds}: cannot be written: {wrong.strerror}; name another place with --output") from None
    try:
        _lock(lock, builds)
        for name in os.listdir(builds):
            path = os.path.join(builds, name)
            unfinished = name.startswith(".new-") or not (
                name.startswith(".") or os.path.exists(os.path.join(path, COMPLETE))
            )
            if unfinished:
                shutil.rmtree(path, ignore_errors=True)
        yield builds
    finally:
        os.close(lock)


def _lock(lock: int, builds: str) -> None:
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows opens the store exclusively itself
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise StoreError(f"{builds}: another build is running there; wait for it or name another --output") from None


@contextlib.contextmanager
def filled(builds: str, digest: str) -> Iterator[str]:
    """A new folder to fill; it gets its final name when all went well, and is removed when not."""
    new = os.path.join(builds, f".new-{digest}-{os.getpid()}")
    os.mkdir(new)
    try:
        yield new
        _sync(new)
        os.rename(new, os.path.join(builds, digest))
        _sync_folder(builds)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def point(output: str, builds: str, digest: str) -> None:
    """Make the output lead to a finished build, in one step."""
    target = os.path.join(os.path.basename(builds), digest)
    new = f"{output}.new-{os.getpid()}"
    try:
        try:
            os.symlink(target, new, target_is_directory=True)
        except (OSError, NotImplementedError):
            with open(new, "w", encoding="utf-8") as handle:
                handle.write(target + "\n")
        os.replace(new, output)
    except OSError as wrong:
        with contextlib.suppress(OSError):
            os.unlink(new)
        raise StoreError(f"{output}: cannot be written: {wrong.strerror}; name another --output") from None
    _sync_folder(os.path.dirname(os.path.abspath(output)))


def discard(builds: str, digest: str) -> None:
    """Take a damaged build away, so that it can be made again."""
    shutil.rmtree(os.path.join(builds, digest), ignore_errors=True)


def prune(builds: str, needed: set[str]) -> None:
    """Remove builds, but keep the needed ones and the newest :data:`KEPT`."""
    complete = {}
    for name in os.listdir(builds):
        mark = os.path.join(builds, name, COMPLETE)
        if not name.startswith(".") and os.path.exists(mark):
            complete[name] = os.stat(mark).st_mtime_ns
    newest = sorted(complete, key=lambda name: (name not in needed, -complete[name]))
    for name in newest[max(KEPT, len(needed)) :]:
        # Without its last file it is no build any more, should we be stopped half-way.
        os.unlink(os.path.join(builds, name, COMPLETE))
        shutil.rmtree(os.path.join(builds, name), ignore_errors=True)


def _sync(folder: str) -> None:
    for parent, _, names in os.walk(folder):
        for name in names:
            handle = os.open(os.path.join(parent, name), os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        _sync_folder(parent)


def _sync_folder(path: str) -> None:
    if os.name == "nt":  # pragma: no cover - folders cannot be opened there
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
