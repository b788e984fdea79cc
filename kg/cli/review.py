"""``cbdc-kg review``: decide on candidates."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from kg.cli.options import quiet_option

if TYPE_CHECKING:
    from kg.model import CandidateClaim, Review


@click.command()
@click.argument("candidates", metavar="[CANDIDATES]", default="build/candidates.jsonl")
@click.option("--accept-from", metavar="FILE", help='Decide by a file: one {"id": …, "decision": …} a line.')
@click.option("--log", metavar="FILE", help="The review log to append to; by default reviews.jsonl of the seeds.")
@click.option("--seeds", metavar="DIR", help="Folder of seeds; by default ./seeds, or those that come with cbdc-kg.")
@click.option("--by", metavar="NAME", envvar="CBDC_KG_REVIEWER", required=True, help="Who decides.", show_envvar=True)
@click.option("--on", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="When; by default today.")
@quiet_option
def command(
    candidates: str,
    accept_from: str | None,
    log: str | None,
    seeds: str | None,
    by: str,
    on: datetime | None,
    quiet: bool,
) -> None:
    """Accept, reject or edit candidate claims.

    CANDIDATES is a file as extract and build write it (default: build/candidates.jsonl). Decisions are appended to
    the review log, which the next build reads; nothing in it is ever changed.
    """
    import os

    from kg import curation, review, vocabulary
    from kg.errors import UsageError
    from kg.resources import installed, seeds_folder
    from kg.review import log as review_log

    if not by.strip():
        raise UsageError("--by: an empty name is nobody; say who decides")
    path = log or os.path.join(seeds or seeds_folder(), "reviews.jsonl")
    if installed(path):
        raise UsageError(
            f"{path}: lies inside the installed package, where the next upgrade would take it away;"
            " name your own seeds with --seeds, or a review log with --log"
        )
    queue = review_log.candidates(candidates)
    day = on.date() if on else date.today()
    decided = review.latest(review_log.read(path))
    terms = vocabulary.load()
    knowledge = curation.load(seeds, terms)

    def check(made: Review) -> None:
        review.check(made, knowledge, terms)

    if accept_from is not None:
        lines = review_log.json_lines(accept_from)
        reviews = review.batch(lines, queue, path=accept_from, by=by, on=day, check=check)
        review_log.append(path, reviews)
    else:
        judged = {each.judged for each in decided.values()}
        waiting = [each for each in queue.values() if each.id not in decided and review.digest(each) not in judged]
        reviews = _ask(waiting, by, day, path, check)
    if not quiet:
        click.echo(f"{len(reviews)} decisions appended to {path}", err=True)


def _ask(waiting: list[CandidateClaim], by: str, day: date, path: str, check: Callable[[Review], None]) -> list[Review]:
    """Ask for each candidate; every answer is on the disk before the next question.

    What cannot be accepted as it is comes again, to be edited or rejected.
    """
    from kg import review
    from kg.errors import ReviewError
    from kg.model import Decision
    from kg.review import log as review_log

    reviews: list[Review] = []
    number = 0
    while number < len(waiting):
        candidate = waiting[number]
        number += 1
        click.echo(f"\n[{number} of {len(waiting)}] {describe(candidate)}")
        answer = click.prompt(
            "accept, reject, edit, skip or quit", type=click.Choice(["a", "r", "e", "s", "q"]), show_choices=True
        )
        if answer == "q":
            break
        if answer == "s":
            continue
        edited = _edit(candidate) if answer == "e" else None
        if answer == "e" and edited is None:
            continue
        decision = {"a": Decision.ACCEPT, "r": Decision.REJECT, "e": Decision.EDIT}[answer]
        reason = click.prompt("why", default="", show_default=False) or None
        try:
            made = review.decide(candidate, decision, by=by, on=day, reason=reason, edited=edited)
            check(made)
        except ReviewError as wrong:
            click.echo(f"not appended: {wrong}", err=True)
            number -= 1
            continue
        review_log.append(path, [made])
        reviews.append(made)
    return reviews


def describe(candidate: CandidateClaim) -> str:
    """A candidate in words: what, who says it, how firmly, and where."""
    speaker = candidate.speaker.label if candidate.speaker else "the document"
    object = candidate.object.label if candidate.object.value is None else candidate.object.value
    lines = [
        f"{candidate.subject.label} — {candidate.predicate} → {object}",
        f"  {candidate.modality.value}, {candidate.polarity.value}; says: {speaker} ({candidate.voice.value})",
        f"  {candidate.document}, characters {candidate.evidence.start}–{candidate.evidence.end};"
        f" found by {candidate.method}, score {candidate.score}",
    ]
    if candidate.condition:
        lines.insert(2, f"  condition: {candidate.condition}")
    return "\n".join(lines)


def _edit(candidate: CandidateClaim) -> CandidateClaim | None:
    """The candidate as changed in the reviewer's editor; ``None`` when left as it was or given up."""
    from kg.model import CandidateClaim
    from kg.review.log import reason_of

    text = json.dumps(candidate.to_json(), ensure_ascii=False, indent=1)
    while True:
        changed = click.edit(text, extension=".json")
        if changed is None:
            return None
        try:
            return CandidateClaim.from_json(json.loads(changed))
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            click.echo(f"not a candidate claim: {reason_of(wrong)}", err=True)
            if not click.confirm("edit again", default=True):
                return None
            text = changed
