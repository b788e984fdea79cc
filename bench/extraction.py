"""What extraction costs beside the language model alone, what a second process brings, and how much memory it takes.

    python bench/extraction.py [--reports 60] [--rounds 5] [--long 4] [--short 400]

All is measured in one run, in turns, and compared within its round, so that a machine that others use too slows both
sides; the median of the rounds is told, with the best one. Rates of one process count processor time, which others
hardly touch; those of two can only count the clock. The peer is spaCy's own ``nlp.pipe`` over all
paragraphs at once, with every component that we use. Aims: tokens per second at least 0.8 of the peer's, two
processes at least 1.7 times one (start-up left out), and memory that does not grow with the length or number of
documents. It is that of a whole command with one process;
the aims of 50 MB and 20,000 documents are measured with ``--long 50 --short 20000``, which takes hours.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import reports
import spacy

from kg import curation, extract, vocabulary
from kg.extract import model, normal
from kg.extract.parallel import File, Settings, extract_files
from kg.extract.segment import blocks
from kg.model import Document, PartialDate

DAY = PartialDate("2021-03-10")


def written(folder: Path, count: int, first: int = 0, characters: int = 4_000) -> list[str]:
    """Paths of so many reports."""
    paths = []
    for seed in range(first, first + count):
        path = folder / f"report-{seed:06}.txt"
        path.write_text(reports.report(seed, characters), encoding="utf-8")
        paths.append(str(path))
    return paths


def plain_model() -> spacy.Language:
    """The model as spaCy loads it, with the same tokens."""
    ours = model.load()
    nlp = spacy.load(ours.path)
    nlp.tokenizer.token_match = ours.tokenizer.token_match
    assert nlp.pipe_names == ours.pipe_names
    return nlp


def rates(count: int, rounds: int, settings: Settings) -> None:
    """Our tokens a second beside those of the model alone."""
    documents = [
        Document(f"r{seed}", f"r{seed}", reports.report(seed, 4_000), f"{seed:064}", published=DAY)
        for seed in range(count)
    ]
    texts = [normal.for_parser(block.text) for each in documents for block in blocks(each)]
    gazetteer = extract.Gazetteer(settings.knowledge.entities.values())
    nlp = plain_model()
    tokens = sum(map(len, nlp.pipe(texts)))
    list(extract.extract(documents[0], gazetteer, settings.vocabulary))
    pairs = []
    for _ in range(rounds):
        start = time.process_time()
        for _doc in nlp.pipe(texts):
            pass
        alone = time.process_time() - start
        start = time.process_time()
        found = sum(
            1
            for given in extract.extract_each(documents, gazetteer, settings.vocabulary)
            for _candidate in given.candidates
        )
        pairs.append((alone, time.process_time() - start))
    ratios = sorted(alone / ours for alone, ours in pairs)
    alone, ours = (min(times) for times in zip(*pairs, strict=True))
    print(f"{count} reports, {tokens:,} tokens, {found:,} candidates, {rounds} rounds")
    median, best = statistics.median(ratios), ratios[-1]
    print(f"{'nlp.pipe alone':34} {tokens / alone:10,.0f} tokens/s")
    print(f"{'extraction':34} {tokens / ours:10,.0f} tokens/s   {median:5.2f} × (best {best:.2f})")


def processes(count: int, rounds: int, settings: Settings) -> None:
    """Two processes beside one: by the clock, and what the processor time leaves possible.

    The first reports only get the processes started; what they take is taken off.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = written(Path(folder), count)
        first = written(Path(folder), 16, first=1_000_000)

        def times(jobs: int) -> tuple[float, float]:
            """Seconds by the clock and of processor time, start-up left out."""
            before = processor()
            list(extract_files(map(File, first), settings, jobs))
            begin = processor()
            done = 0
            start = time.perf_counter()
            for piece in extract_files(map(File, (*first, *paths)), settings, jobs):
                done += piece.whole
                if piece.whole and done == len(first):
                    start = time.perf_counter()
            clock = time.perf_counter() - start
            return clock, processor() - begin - (begin - before)

        pairs = [(times(1), times(2)) for _ in range(rounds)]
    clock = sorted(one[0] / two[0] for one, two in pairs)
    work = sorted(2 * one[1] / two[1] for one, two in pairs)
    print(f"{'two processes beside one':34} {'':19}   {statistics.median(clock):5.2f} × (best {clock[-1]:.2f})")
    print(f"{'  with two idle processors at most':34} {'':19}   {statistics.median(work):5.2f} × (best {work[-1]:.2f})")


def processor() -> float:
    """Seconds of processor time of this process and of those that it has ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def memory(name: str, sizes: tuple[int, int], unit: str, folder: Path) -> None:
    """Peak memory of the command at a tenth and at the whole of a size."""
    peaks = []
    for size in sizes:
        place = folder / f"{unit}-{size}"
        place.mkdir()
        if unit == "MB":
            with open(place / "long.txt", "w", encoding="utf-8") as handle:
                handle.writelines(reports.stream(size, size * 1_000_000))
        else:
            written(place, size, characters=1_500)
        command = [sys.executable, "-m", "kg", "extract", str(place), "--quiet", "--published", "2021-03-10"]
        peaks.append(peak(command))
    print(f"{name:34} {sizes[0]:8,} {unit}: {peaks[0]:5,.0f} MB   {sizes[1]:8,} {unit}: {peaks[1]:5,.0f} MB")


def peak(command: list[str]) -> float:
    """Peak resident memory of a command in MB."""
    watched = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); "
    watched += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    said = subprocess.run([sys.executable, "-c", watched, *command], check=True, capture_output=True, text=True)
    return int(said.stdout) / (1_024 if sys.platform != "darwin" else 1_048_576)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=60, help="reports of 4,000 characters for the rates")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--long", type=int, default=4, metavar="MB", help="length of the long text; 0 leaves it out")
    parser.add_argument("--short", type=int, default=400, help="number of short texts; 0 leaves them out")
    given = parser.parse_args()
    terms = vocabulary.load()
    settings = Settings(curation.load(None, terms), terms, DAY)
    if hasattr(os, "getloadavg"):
        print(f"load before: {os.getloadavg()[0]:.2f} on {os.cpu_count()} processors")
    if given.rounds:
        rates(given.reports, given.rounds, settings)
        processes(given.reports, given.rounds, settings)
    with tempfile.TemporaryDirectory() as folder:
        if given.long:
            memory("one long text", (max(given.long // 4, 1), given.long), "MB", Path(folder))
        if given.short:
            memory("many short texts", (max(given.short // 4, 1), given.short), "texts", Path(folder))


if __name__ == "__main__":
    main()
