"""Review: candidates and decisions (an append-only log) → accepted claims."""

from kg.model import Review
from kg.review.accept import accepted
from kg.review.decide import batch, decide, digest, latest, stands

__all__ = ["Review", "accepted", "batch", "decide", "digest", "latest", "stands"]
