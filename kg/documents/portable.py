"""PDF to text, page by page."""

from __future__ import annotations

import io
import logging
import re

from kg.documents.metadata import About, date_of
from kg.errors import DocumentError
from kg.model import PartialDate

_HALF = re.compile("[\ud800-\udfff]")
"""Halves of characters, which damaged fonts give; no text may hold them."""


def render(data: bytes, path: str) -> tuple[str, About]:
    """The text of all pages with an empty line between two, and the file's metadata.

    Raises:
        DocumentError: the file is damaged, asks for a password, or holds only pictures.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters is told below, once
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(f"{path}: the PDF is encrypted; save a copy without a password")
        text = "\n\n".join(page.extract_text() or "" for page in reader.pages)
        info = reader.metadata
        title = info.title if info else None
        created = info.get("/CreationDate") if info else None
    except DocumentError:
        raise
    except Exception as wrong:  # pypdf fails in every way there is on a damaged file
        why = str(wrong) or type(wrong).__name__
        raise DocumentError(f"{path}: the PDF cannot be read, it may be damaged: {why}") from None
    text = _HALF.sub("\ufffd", text)
    if not text.strip():
        raise DocumentError(f"{path}: the PDF holds no text, only pictures; run text recognition (OCR) over it first")
    return text, About(title.strip() if title and title.strip() else None, _day(created))


def _day(stamp: object) -> PartialDate | None:
    digits = str(stamp).removeprefix("D:")[:8] if stamp else ""
    return date_of(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}") if digits.isdigit() and len(digits) == 8 else None
