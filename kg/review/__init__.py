"""Review: candidates and decisions (an append-only log) → accepted claims."""

from kg.model import Review
from kg.review.accept import accepted, check
from kg.review.conversion import Conversion, brought_by, joined
from kg.review.decide import decide, digest, latest, standing, stands
from kg.review.decisions import batch

__all__ = [
    "Conversion",
    "Review",
    "accepted",
    "batch",
    "brought_by",
    "check",
    "decide",
    "digest",
    "joined",
    "latest",
    "standing",
    "stands",
]
