"""Documents: txt, md, html and pdf files to a :class:`~kg.model.Document` with its text, metadata and digest."""

from kg.documents.folder import read_all
from kg.documents.reader import SUFFIXES, read

__all__ = ["SUFFIXES", "read", "read_all"]
