"""Dates in a text, resolved against the day of publication, with how precisely they are known.

Without a day of publication relative dates stay unresolved and are left out. A month or day without a year is the
nearest past one, or the nearest future one where the claim is a plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.documents.metadata import MONTHS
from kg.extract.dates import NUMBERS, WEEKDAYS, resolve
from kg.model import CandidateTime, PartialDate

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(WEEKDAYS)
_NUMBER = "|".join(NUMBERS) + r"|\d{1,2}"
_YEAR = r"(?:19|20)\d{2}"
_PART = r"early|mid|middle of|late|beginning of|start of|end of|the beginning of|the start of|the end of"
_QUARTER = r"first|second|third|fourth|last"

_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?<![\w.-])(?:{shape})(?![\w-])", re.IGNORECASE))
    for kind, shape in (
        ("iso", rf"(?P<y>{_YEAR})-(?P<m>\d{{2}})-(?P<d>\d{{2}})"),
        ("span", rf"(?:between|from)\s+(?P<y>{_YEAR})\s+(?:and|to|until)\s+(?P<y2>{_YEAR})"),
        (
            "months",
            rf"(?:between|from)\s+(?P<mn>{_MONTH})\b\.?(?:\s+(?P<y>{_YEAR}))?\s+(?:and|to|until)\s+"
            rf"(?P<mn2>{_MONTH})\b\.?\s+(?P<y2>{_YEAR})",
        ),
        (
            "day",
            rf"(?:the\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<mn>{_MONTH})\b\.?(?:,?\s+(?P<y>{_YEAR}))?"
            rf"|(?P<mn2>{_MONTH})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y2>{_YEAR}))?",
        ),
        ("part", rf"(?P<part>{_PART})[\s-]+(?P<mn>{_MONTH})\b\.?(?:,?\s+(?P<y>{_YEAR}))?"),
        (
            "part-year",
            rf"(?P<part>{_PART}|end|later)[\s-]+(?:in\s+)?(?P<y>{_YEAR}|(?P<rel>this|last|next|the)\s+year)",
        ),
        ("ahead", rf"(?:(?:the\s+)?(?:next|coming)|within)\s+(?P<n>{_NUMBER})\s+(?P<unit>day|week|month|year)s?"),
        ("month", rf"(?:(?P<rel>this|last|next)\s+)?(?P<mn>{_MONTH})\b\.?(?:(?:,|\s+of)?\s+(?P<y>{_YEAR}))?"),
        (
            "quarter",
            rf"(?:the\s+)?(?P<q>{_QUARTER})\s+(?P<unit>quarter|half)(?:\s+of)?\s+(?P<y>{_YEAR}|(?P<rel>this|last|next)\s+year)",
        ),
        ("quarter", rf"Q(?P<q>[1-4])\s+(?P<y>{_YEAR})"),
        ("quarter", rf"(?P<y>{_YEAR})\s+Q(?P<q>[1-4])"),
        ("ago", rf"(?P<n>{_NUMBER})\s+(?P<unit>day|week|month|year)s?\s+(?P<rel>ago|earlier)"),
        ("relative", r"(?P<rel>this|last|next|past|coming|previous)\s+(?P<unit>week|month|quarter|year)"),
        ("weekday", rf"(?:(?P<rel>this|last|next)\s+)?(?P<wd>{_WEEKDAY})"),
        ("near", r"(?P<rel>today|yesterday|tomorrow|tonight)"),
        ("year", rf"(?:fiscal\s+|financial\s+)?(?P<y>{_YEAR})"),
    )
)
_END = re.compile(r"(?:the\s+)?end\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?P<cue>since|by|before|until|till|up to|after|from|prior to|as of|not before|no later than)\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A date in a text. ``first`` and ``last`` are texts such as ``2018-06``; one may be open."""

    start: int
    end: int
    first: str | None
    last: str | None
    precision: str
    dated: bool = True
    """The year stands in the text."""

    def candidate(self) -> CandidateTime:
        """As a candidate's time."""
        return CandidateTime(self.first, self.last, self.precision)


def find(text: str, published: PartialDate | None, *, future: bool = False) -> list[Expression]:
    """The dates of a text in order. With ``future`` a date without a year is the next one, not the last."""
    day = published.last if published is not None and len(published.text) == 10 else None
    anchor = day or (published.last if published else None)
    taken: list[tuple[int, int]] = []
    found: list[Expression] = []
    for kind, shape in _SHAPES:
        for match in shape.finditer(text):
            if any(match.start() < stop and start < match.end() for start, stop in taken):
                continue
            if kind == "month" and _no_month(match):
                continue
            taken.append(match.span())
            resolved = resolve(kind, match, anchor, future)
            if resolved:
                found.append(_bounded(text, match, *resolved))
    return sorted(found, key=lambda each: each.start)


def _no_month(match: re.Match[str]) -> bool:
    """ "may" and "march" are verbs, "sun" and "mar" no months; a month is capitalised."""
    word = match["mn"]
    return not word[0].isupper() or (
        word == "May" and match["y"] is None and match["rel"] is None and _sentence_start(match)
    )


def _sentence_start(match: re.Match[str]) -> bool:
    return match.string[: match.start()].rstrip()[-1:] in ("", ".", '"')


def _bounded(text: str, match: re.Match[str], first: str, last: str, precision: str, dated: bool) -> Expression:
    """Let "since", "by" and their like open one side."""
    cue = _BEFORE.search(text, 0, match.start())
    word = cue["cue"].lower() if cue else ""
    low: str | None = first
    high: str | None = last
    if word in ("since", "from", "not before"):
        high, precision = None, "since"
    elif word == "after":
        low, high, precision = last, None, "after"
    elif word in ("by", "no later than"):
        low, precision = None, "by"
    elif word in ("until", "till", "up to"):
        low, precision = None, "until"
    elif word in ("before", "prior to") and _END.match(match[0]):
        low, precision = None, "by"
    elif word in ("before", "prior to"):
        low, high, precision = None, first, "before"
    return Expression(match.start(), match.end(), low, high, precision, dated)
