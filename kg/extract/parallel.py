"""Many files to candidates, in this process or spread over several, always in the order of the files.

Files are read where they are worked on, a batch at a time. A document that cannot be read or worked on becomes an
outcome with an error; so does one whose process was killed, after a second try on its own. Processes are started
afresh (``spawn``), so they share nothing; each takes what the language model takes, some 300 MB.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from kg.documents import read
from kg.errors import DocumentError, ExtractionError, KgError
from kg.extract.gazetteer import Gazetteer
from kg.extract.stream import Extracted, extract_each
from kg.model import CandidateClaim, Document, Knowledge, PartialDate
from kg.vocabulary import Vocabulary

_ALONE = (32, 200_000)
_SPREAD = (4, 40_000)
"""Files and bytes of a batch: one process is faster with large ones, several share small ones out more evenly."""
_AHEAD = 8
"""Batches a process that may be done before their turn comes: more would wait in memory."""
_TRIES = 4
"""Processes that may die at their start before it is given up."""
_PIECE = 200
"""Candidates that are handed over at a time."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to extract from. ``apart`` asks for an id of its own, where an earlier file would have the same."""

    path: str
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What all documents are read and worked on with."""

    knowledge: Knowledge
    vocabulary: Vocabulary
    published: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """Some candidates of a file, and with the last of them (``whole``) the notices, or why there are none."""

    path: str
    candidates: tuple[CandidateClaim, ...] = ()
    whole: bool = False
    notices: tuple[str, ...] = ()
    error: KgError | None = None


def extract_files(files: Iterable[File], settings: Settings, jobs: int = 1) -> Iterator[Piece]:
    """The pieces of all files in their order; ``files`` are asked for as they are needed.

    Raises:
        ExtractionError: the language model or a data file of the extractor is missing or broken.
    """
    if jobs > 1:
        with_processes = _Processes(settings, jobs)
        try:
            yield from with_processes.run(_batches(files, *_SPREAD))
        finally:
            with_processes.stop()
        return
    gazetteer = Gazetteer(settings.knowledge.entities.values())
    for batch in _batches(files, *_ALONE):
        yield from _worked(batch, settings, gazetteer)


def _batches(files: Iterable[File], most: int, most_bytes: int) -> Iterator[list[File]]:
    batch: list[File] = []
    size = 0
    for file in files:
        with suppress(OSError):
            size += os.path.getsize(file.path)
        batch.append(file)
        if size >= most_bytes or len(batch) == most:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _worked(batch: list[File], settings: Settings, gazetteer: Gazetteer) -> Iterator[Piece]:
    """The pieces of a batch of files, worked on in this process. A fault of ours costs one document, not the run."""
    done, begun = 0, False
    try:
        for piece in _together(batch, settings, gazetteer):
            done, begun = done + piece.whole, not piece.whole
            yield piece
    except KgError:
        raise
    except Exception as wrong:
        left = batch[done:]
        if begun or len(left) == 1:
            text = f"{left[0].path}: extraction failed on it ({type(wrong).__name__}: {wrong}); please report this"
            yield Piece(left.pop(0).path, whole=True, error=DocumentError(text))
        for file in left:
            yield from _worked([file], settings, gazetteer)


def _together(batch: list[File], settings: Settings, gazetteer: Gazetteer) -> Iterator[Piece]:
    errors: dict[int, KgError] = {}

    def documents() -> Iterator[Document]:
        for place, file in enumerate(batch):
            try:
                yield read(file.path, settings.knowledge, published=settings.published, apart=file.apart)
            except DocumentError as wrong:
                errors[place] = wrong

    place = 0
    for given in extract_each(documents(), gazetteer, settings.vocabulary):
        # Documents come in order, and those that could not be read are known by then.
        while place in errors:
            yield Piece(batch[place].path, whole=True, error=errors.pop(place))
            place += 1
        yield from _pieces(batch[place].path, given)
        place += 1
    for place, wrong in sorted(errors.items()):
        yield Piece(batch[place].path, whole=True, error=wrong)


def _pieces(path: str, given: Extracted) -> Iterator[Piece]:
    if given.error:
        yield Piece(path, whole=True, error=given.error)
        return
    waiting: list[CandidateClaim] = []
    for candidate in given.candidates:
        waiting.append(candidate)
        if len(waiting) == _PIECE:
            yield Piece(path, tuple(waiting))
            waiting = []
    yield Piece(path, tuple(waiting), whole=True, notices=tuple(given.notices))


# ---------------------------------------------------------------- processes


@dataclass(slots=True)
class _Batch:
    """A batch and what has come of it. ``done`` counts the files that are whole, ``begun`` tells of a part of one."""

    files: list[File]
    pieces: deque[Piece] = field(default_factory=deque)
    done: int = 0
    begun: bool = False
    tries: int = 0

    @property
    def finished(self) -> bool:
        return self.done == len(self.files)


@dataclass(slots=True)
class _Process:
    process: BaseProcess
    line: Connection
    batch: _Batch | None = None


class _Processes:
    """Processes that work on batches. Each has a line of its own, so it is known what a killed one was doing."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._settings = settings
        self._jobs = jobs
        self._running: list[_Process] = []
        self._silent = 0
        """Processes that died before any had answered."""

    def run(self, batches: Iterator[list[File]]) -> Iterator[Piece]:
        """The pieces of all batches in order."""
        queue: deque[_Batch] = deque()
        again: deque[_Batch] = deque()
        while True:
            self._hand_out(batches, queue, again)
            if not queue:
                return
            busy = [each for each in self._running if each.batch is not None]
            for line in wait([each.line for each in busy]):
                self._listen(next(each for each in busy if each.line is line), again)
            while queue:
                yield from _drained(queue[0].pieces)
                if not queue[0].finished:
                    break
                queue.popleft()

    def stop(self) -> None:
        """End the processes, whatever they are doing."""
        for each in self._running:
            each.line.close()
            each.process.terminate()
        for each in self._running:
            each.process.join()
        self._running = []

    def _hand_out(self, batches: Iterator[list[File]], queue: deque[_Batch], again: deque[_Batch]) -> None:
        """Give every idle process a batch, new ones only as far ahead of the first unfinished one as is allowed."""
        while sum(each.batch is not None for each in self._running) < self._jobs:
            batch = again.popleft() if again else None
            if batch is None and len(queue) < _AHEAD * self._jobs:
                files = next(batches, None)
                if files is not None:
                    batch = _Batch(files)
                    queue.append(batch)
            if batch is None:
                return
            idle = next((each for each in self._running if each.batch is None), None) or self._started()
            idle.batch = batch
            # One that died is tried again file by file, to know which file it was.
            left = batch.files[batch.done :]
            with suppress(OSError):  # a process that has just died is noticed when it is listened to
                idle.line.send(left[:1] if batch.tries else left)

    def _started(self) -> _Process:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._settings), daemon=True)
        with _deaf():
            process.start()
        theirs.close()
        started = _Process(process, ours)
        self._running.append(started)
        return started

    def _listen(self, worker: _Process, again: deque[_Batch]) -> None:
        """Take one message: a piece, the end of what was asked for, or a fault. An ended line is a dead process."""
        batch = worker.batch
        assert batch is not None
        try:
            message: Piece | KgError | None = worker.line.recv()
        except (EOFError, OSError):
            self._buried(worker, batch, again)
            return
        self._silent = -1
        if isinstance(message, Piece):
            batch.pieces.append(message)
            batch.done += message.whole
            batch.begun = not message.whole
        elif message is None:
            worker.batch = None
            if not batch.finished:
                again.append(batch)
        else:
            raise message

    def _buried(self, worker: _Process, batch: _Batch, again: deque[_Batch]) -> None:
        worker.process.join()
        worker.line.close()
        self._running.remove(worker)
        if self._silent >= 0:
            self._silent += 1
            if self._silent > _TRIES:
                raise ExtractionError(
                    f"no process of the extraction stays alive, the last {_end_of(worker.process)}; try --jobs 1. "
                    'A script of yours that extracts in processes needs: if __name__ == "__main__":'
                )
        batch.tries += 1
        if batch.tries > 1 or batch.begun or len(batch.files) - batch.done == 1:
            path = batch.files[batch.done].path
            why = f"{path}: the process that worked on it {_end_of(worker.process)}"
            batch.pieces.append(Piece(path, whole=True, error=DocumentError(why)))
            batch.done, batch.begun = batch.done + 1, False
        if not batch.finished:
            again.append(batch)


def _end_of(process: BaseProcess) -> str:
    code = process.exitcode or 0
    if code == -9:
        return "was killed by SIGKILL; the memory may have run out: use fewer --jobs"
    return f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"


def _drained(pieces: deque[Piece]) -> Iterator[Piece]:
    while pieces:
        yield pieces.popleft()


@contextmanager
def _deaf() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach, even while they are starting: the first one ends them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(line: Connection, settings: Settings) -> None:
    """The life of a process: batches in, pieces out, until the line ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process tells the others to stop
    gazetteer = Gazetteer(settings.knowledge.entities.values())
    with suppress(EOFError, OSError):
        while True:
            batch = line.recv()
            _answer(line.send, batch, settings, gazetteer)


def _answer(send: Callable[[object], None], batch: list[File], settings: Settings, gazetteer: Gazetteer) -> None:
    try:
        for piece in _worked(batch, settings, gazetteer):
            send(piece)
        send(None)
    except KgError as wrong:
        send(wrong)
