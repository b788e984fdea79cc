"""Hand-curated seeds: TOML files ↔ typed records, every error with its file and line."""

from kg.curation.load import load
from kg.curation.quotations import quoted

__all__ = ["load", "quoted"]
