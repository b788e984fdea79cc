"""Extraction: a document's sentences to candidate claims with their place, speaker, modality, polarity and time.

    segment ─► model ─► names · cast ─► matching (patterns over roles) ─► arguments ─► pipeline
                                             attribution · modality · polarity · time ─┘

Patterns and cue words are data (``patterns/``, ``cues/``). Importing this package does not import spaCy.
"""

from kg.extract.gazetteer import Gazetteer
from kg.extract.stream import extract, extract_each
from kg.extract.version import version

__all__ = ["Gazetteer", "extract", "extract_each", "version"]
