"""Documents: txt, md, html and pdf files to a :class:`~kg.model.Document` with its text, metadata and digest."""

from kg.documents.folder import paths, read_all
from kg.documents.reader import SUFFIXES, id_of, read

__all__ = ["SUFFIXES", "id_of", "paths", "read", "read_all"]
