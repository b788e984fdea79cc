"""Files to documents. The suffix decides how; the bytes' SHA-256 says which text it is."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import PurePath

from kg.documents import hypertext, language, markdown, plain, portable
from kg.documents.metadata import About, date_line, of_plain
from kg.errors import DocumentError
from kg.model import Document, Knowledge, PartialDate, Snapshot, Source

_MOST_BYTES = 256 << 20
"""A document is held in memory as a whole; this is a library of five hundred books."""
SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf")


def read(
    path: str | os.PathLike[str],
    knowledge: Knowledge | None = None,
    *,
    id: str | None = None,
    title: str | None = None,
    published: PartialDate | None = None,
    publisher: str | None = None,
    apart: bool = False,
) -> Document:
    """Read a document.

    A source of ``knowledge`` with a snapshot of these bytes supplies id, publication date, publisher and
    address. What it does not know comes from the document itself, and then from the caller. ``apart`` adds the
    digest to an id that is only the file's name, for one of several files of that name.

    Raises:
        DocumentError: the file is missing, a folder, empty, binary, encrypted or of an unknown kind.
    """
    name = os.fspath(path)
    suffix = PurePath(name).suffix.lower()
    data = _bytes(name, suffix)
    digest = hashlib.sha256(data).hexdigest()
    text, headings, about = _render(data, suffix, name)
    source, snapshot = _known(digest, knowledge)
    found_title = (snapshot and snapshot.title) or (source and source.title) or about.title or title
    found_day = (snapshot and snapshot.published) or (source and source.published) or about.published or published
    return Document(
        id=source.id if source else id or id_of(name) + (f"-{digest[:8]}" if apart else ""),
        path=name,
        text=text,
        sha256=digest,
        title=found_title,
        published=found_day,
        publisher=(source and source.publisher) or publisher,
        address=(source and source.address) or about.address,
        language=_language(source, about, text),
        headings=headings,
    )


def _bytes(name: str, suffix: str) -> bytes:
    if os.path.isdir(name):
        raise DocumentError(f"{name}: this is a folder; name the documents in it")
    if not os.path.exists(name):
        raise DocumentError(f"{name}: there is no such file")
    if suffix not in SUFFIXES:
        raise DocumentError(
            f"{name}: unknown kind of document {suffix or '(no suffix)'!r}; known are {', '.join(SUFFIXES)}"
        )
    try:
        with open(name, "rb") as handle:
            data = handle.read(_MOST_BYTES + 1)
    except OSError as wrong:
        raise DocumentError(f"{name}: cannot be read: {wrong.strerror}") from None
    if len(data) > _MOST_BYTES:
        raise DocumentError(f"{name}: larger than {_MOST_BYTES >> 20} MB, which no document is; give it in parts")
    if not data.strip():
        raise DocumentError(f"{name}: the document is empty")
    return data


def _render(data: bytes, suffix: str, name: str) -> tuple[str, tuple[tuple[int, int], ...], About]:
    headings: tuple[tuple[int, int], ...] = ()
    if suffix == ".txt":
        text = plain.with_lines(plain.decode(data, name), name)
        about = of_plain(text)
    elif suffix in (".md", ".markdown"):
        text, headings, about = markdown.render(plain.with_lines(plain.decode(data, name), name))
    elif suffix == ".pdf":
        text, about = portable.render(data, name)
    else:
        text, headings, about = hypertext.render(data, name)
    plain.nonempty(text, name)
    if about.published is None and suffix != ".txt":
        line = date_line(text)
        about = About(about.title, line[0] if line else None, about.address, about.language)
    return text, headings, about


def _known(digest: str, knowledge: Knowledge | None) -> tuple[Source | None, Snapshot | None]:
    for source in knowledge.sources.values() if knowledge else ():
        for snapshot in source.snapshots:
            if snapshot.sha256 == digest:
                return source, snapshot
    return None, None


def _language(source: Source | None, about: About, text: str) -> str:
    if source:
        return source.language
    guessed = language.guess(text)
    # a page in a frame of another language is common, so the text itself has the last word
    declared = (about.language or "").split("-")[0].lower()
    return declared if declared and guessed == "und" and declared != "en" else guessed


def id_of(name: str) -> str:
    """The id of a document by the name of its file, where no source of the graph is that very document."""
    stem = unicodedata.normalize("NFKC", PurePath(name).stem).lower()
    return re.sub(r"[^\w]+", "-", stem).strip("-_") or "document"
