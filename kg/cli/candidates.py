"""How a candidate is printed: as a line of JSON, or as a claim to paste into a source's seed file."""

from __future__ import annotations

import json

from kg.model import CandidateClaim, Mention


def printed(candidate: CandidateClaim, format: str) -> str:
    """One candidate as ``jsonl`` (the contract) or ``toml`` (a ``[[claim]]`` table of seeds)."""
    if format == "toml":
        return _toml(candidate)
    return json.dumps(candidate.to_json(), ensure_ascii=False)


def _toml(candidate: CandidateClaim) -> str:
    lines = ["[[claim]]", f"# {candidate.method}, score {candidate.score}"]
    rows: list[tuple[str, str | None]] = [
        ("subject", _end(candidate.subject)),
        ("predicate", candidate.predicate),
        ("object", _end(candidate.object)),
        ("voice", candidate.voice.value),
        ("speaker", candidate.speaker.id if candidate.speaker else None),
        ("modality", candidate.modality.value),
        ("hedge", candidate.hedge),
        ("condition", candidate.condition),
        ("polarity", candidate.polarity.value),
        ("said", candidate.said),
    ]
    # A JSON string is a valid TOML string: both escape with a backslash, and TOML knows \u as well.
    lines += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in rows if value is not None]
    if candidate.qualifiers:
        pairs = (
            f"{name} = {json.dumps(value if isinstance(value, str) else _end(value), ensure_ascii=False)}"
            for name, value in candidate.qualifiers
        )
        lines.append(f"qualifiers = {{ {', '.join(pairs)} }}")
    if candidate.time is not None:
        time = candidate.time
        if time.precision == "as-of":
            lines.append(f'observed = "{time.end or time.start}"')
        else:
            lines += [f'{name} = "{day}"' for name, day in (("from", time.start), ("until", time.end)) if day]
    spans = ", ".join(f"{{ start = {s.start}, end = {s.end} }}" for s in (candidate.evidence, *candidate.also))
    lines.append(f"evidence = [{spans}]")
    return "\n".join(lines) + "\n"


def _end(mention: Mention) -> str:
    return (mention.id or mention.value or mention.label).removeprefix("entity:")
