"""``cbdc-kg eval``: how well extraction does on a gold file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import quiet_option
from kg.cli.output import format_option, print_json, print_text, say

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


@click.command()
@click.argument("gold")
@click.option("--documents", metavar="DIR", help="Where the annotated texts are; by default beside the gold file.")
@click.option("--blind", is_flag=True, help="Score also without the names known from the evaluated document alone.")
@click.option("--seeds", metavar="DIR", help="Seeds whose names are known; by default ./seeds, or those of cbdc-kg.")
@click.option("--predictions", metavar="FILE", help="Write what was predicted, for other scorers of this gold.")
@click.option("--errors", metavar="N", type=click.IntRange(0), default=0, help="Show so many mistakes of each kind.")
@click.option("--json", "json_file", metavar="FILE", help="Write all figures to this file.")
@click.option(
    "--weights",
    metavar="FILE|own",
    help='For passages: score with these weights, or with "own", those of cbdc-kg, instead of leaving folds out.',
)
@format_option("table", "json")
@quiet_option
def command(
    gold: str,
    documents: str | None,
    blind: bool,
    seeds: str | None,
    predictions: str | None,
    errors: int,
    json_file: str | None,
    weights: str | None,
    format: str | None,
    quiet: bool,
) -> int:
    """Score extraction against a gold file.

    GOLD holds annotated claims, one a line, or passages with relations (KnowledgeNet); its keys tell which. Claims are
    scored in three readings: strict, strict with modality and polarity, and lenient. The texts are files named like the
    gold's documents. Predictions that the gold can call neither right nor wrong are counted apart.
    """
    from kg.cli.written import check_place, write
    from kg.errors import UsageError
    from kg.evaluation import passages

    for option, path in (("--predictions", predictions), ("--json", json_file)):
        if path is not None:
            check_place(path, option)
    if passages.is_passages(gold):
        if documents or blind or seeds:
            raise UsageError(
                f"{gold}: holds passages and their texts; --documents, --blind and --seeds are for gold files of claims"
            )
        report, text, lines, faults = _passages(gold, weights, errors, quiet)
    else:
        if weights:
            raise UsageError(f"{gold}: holds claims; --weights is for gold files of passages")
        report, text, lines, faults = _claims(gold, documents, seeds, blind, errors, quiet)
    if predictions is not None:
        write(predictions, lines)
    if json_file is not None:
        write(json_file, [json.dumps(report, ensure_ascii=False, indent=1) + "\n"])
    if format == "json":
        print_json(report)
    else:
        print_text(text)
    for fault in faults:
        say(f"Error: {fault}")
    return 1 if faults else 0


def _claims(
    gold: str, documents: str | None, seeds: str | None, blind: bool, errors: int, quiet: bool
) -> tuple[dict[str, Any], str, Iterator[str], tuple[str, ...]]:
    from kg.evaluation import cases, predictions, report, run

    with _progress(quiet) as bar:
        evaluation = run.evaluate(
            gold, documents=documents, seeds=seeds, blinded=blind, started=bar.start, step=bar.step
        )
    scores = evaluation.hardest
    found = list(cases.of(scores, evaluation.documents)) if errors else []
    text = "\n".join([report.of(evaluation), *report.of_cases(found, errors)]).rstrip("\n")
    data = evaluation.to_json()
    if errors:
        data["mistakes"] = [each.to_json() for each in found]
    return data, text, predictions.json_lines(scores.predictions), evaluation.faults


def _passages(
    gold: str, weights: str | None, errors: int, quiet: bool
) -> tuple[dict[str, Any], str, Iterator[str], tuple[str, ...]]:
    from kg.evaluation import relating, relation_report

    own = weights == "own"
    with _progress(quiet) as bar:
        found = relating.evaluate(
            gold, weights=None if own else weights, committed=own, started=bar.start, step=bar.step
        )
    text = "\n".join([relation_report.of(found), *relation_report.of_cases(found.scores, errors)]).rstrip("\n")
    lines = (json.dumps(each, ensure_ascii=False) + "\n" for each in found.records)
    return found.to_json(), text, lines, ()


class _Bar:
    """A progress bar on standard error, shown on a terminal only."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._bar: ProgressBar[int] | None = None

    def start(self, steps: int) -> None:
        """Show it with so many steps to come."""
        self._bar = click.progressbar(
            length=steps, label="extracting", file=sys.stderr, hidden=self._quiet or not sys.stderr.isatty()
        )
        self._bar.render_progress()

    def step(self) -> None:
        """One step is done."""
        if self._bar:
            self._bar.update(1)

    def end(self) -> None:
        """Leave the line."""
        if self._bar:
            self._bar.render_finish()


@contextmanager
def _progress(quiet: bool) -> Iterator[_Bar]:
    bar = _Bar(quiet)
    try:
        yield bar
    finally:
        bar.end()
