"""HTML to the text of its article: one block a paragraph, headings marked, metadata from its meta elements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.documents.metadata import About, date_of
from kg.errors import DocumentError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_FURNITURE = ["script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button"]
_FURNITURE += ["iframe", "svg", "figure", "figcaption", "select"]
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "p", "li", "blockquote", "pre", "td", "th", "dt", "dd", "div", "section")
_DATES = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "publishdate",
    "pubdate",
    "publication_date",
    "citation_publication_date",
)


def render(data: bytes, path: str) -> tuple[str, tuple[tuple[int, int], ...], About]:
    """The text, the spans of its headings, and the page's metadata.

    Raises:
        DocumentError: the bytes are neither UTF-8 nor what the page itself declares.
    """
    from bs4 import BeautifulSoup

    if b"\0" in data[:4096]:
        raise DocumentError(f"{path}: this is no HTML text, it holds NUL bytes; save the page as UTF-8")
    try:
        soup = BeautifulSoup(data.decode("utf-8-sig"), "html.parser")
    except UnicodeDecodeError as wrong:
        soup = BeautifulSoup(data, "html.parser")
        if soup.declared_html_encoding is None:
            raise DocumentError(
                f"{path}: not UTF-8 (byte 0x{data[wrong.start]:02x} at offset {wrong.start}) and the page "
                "declares no other encoding; save it as UTF-8"
            ) from None
    about = _about(soup)
    for element in soup.find_all(_FURNITURE):
        # the article's own header holds its headline; the page's header holds its menus
        if element.name != "header" or element.find_parent(["article", "main"]) is None:
            element.decompose()
    root = soup.find("article") or soup.find("main") or soup.body or soup
    parts: list[str] = []
    headings: list[tuple[int, int]] = []
    length = 0
    for name, text in _blocks(root):
        if name in _HEADINGS:
            headings.append((length, length + len(text)))
        parts.append(text)
        length += len(text) + 2
    return "\n\n".join(parts), tuple(headings), about


def _blocks(root: Tag) -> Iterator[tuple[str, str]]:
    """Innermost blocks in reading order, their white space collapsed as a browser would."""
    found = False
    for element in root.find_all(_BLOCKS):
        if element.find(_BLOCKS) is None:
            text = " ".join(element.get_text().split())
            if text:
                found = True
                yield str(element.name), text
    if not found:
        text = " ".join(root.get_text().split())
        if text:
            yield "p", text


def _about(soup: BeautifulSoup) -> About:
    meta: dict[str, str] = {}
    for element in soup.find_all("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if key and element.get("content"):
            meta.setdefault(str(key).lower(), str(element["content"]))
    published = next((day for day in (date_of(meta.get(name)) for name in _DATES) if day), None)
    if published is None:
        published = date_of(_linked_data(soup))
    if published is None:
        moment = soup.find("time", attrs={"datetime": True})
        published = date_of(str(moment["datetime"])) if moment else None
    heading = soup.find("h1")
    title = meta.get("og:title") or (heading and heading.get_text()) or (soup.title and soup.title.get_text())
    canonical = soup.find("link", rel="canonical")
    address = meta.get("og:url") or (str(canonical["href"]) if canonical and canonical.get("href") else None)
    language = soup.html.get("lang") if soup.html else None
    return About(" ".join(title.split()) if title else None, published, address, str(language) if language else None)


def _linked_data(soup: BeautifulSoup) -> str | None:
    for element in soup.find_all("script", type="application/ld+json"):
        try:
            found = _search(json.loads(element.get_text()))
        except ValueError:
            continue
        if found:
            return found
    return None


def _search(data: Any) -> str | None:
    if isinstance(data, dict):
        if isinstance(data.get("datePublished"), str):
            return str(data["datePublished"])
        data = list(data.values())
    if isinstance(data, list):
        return next((found for found in map(_search, data) if found), None)
    return None
