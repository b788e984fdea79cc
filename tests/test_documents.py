"""Reading documents: offsets, metadata, and one clear message for everything that is no document."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import SUFFIXES, read
from kg.documents.language import guess
from kg.documents.metadata import date_line
from kg.errors import DocumentError
from kg.model import Knowledge, PartialDate, Release, Snapshot, Source

PROSE = "The Riksbank said that it would test the e-krona in the north of the country. " * 3


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_a_text_is_only_decoded(tmp_path: Path) -> None:
    text = " date 2020-02-21 Cafe\u0301 数字货币 😀 opens\r\n\r\nSecond\tline \u00a0.\n"
    path = written(tmp_path, "Some News.txt", text)
    document = read(path)
    assert document.text == text
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.text[text.index("😀")] == "😀"
    assert document.id == "some-news"
    assert document.published == PartialDate("2020-02-21")
    assert document.title == "Cafe\u0301 数字货币 😀 opens"


def test_a_byte_order_mark_is_dropped_from_the_text_and_counts_in_the_digest(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfWords.\n"
    document = read(written(tmp_path, "a.txt", data))
    assert document.text == "Words.\n"
    assert document.sha256 == hashlib.sha256(data).hexdigest()


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), st.data())
def test_offsets_count_code_points_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "offsets.txt"
    path.write_bytes(text.encode())
    if not text.removeprefix("\ufeff").strip():
        with pytest.raises(DocumentError):
            read(path)
        return
    stored = read(path).text
    assert stored == text.removeprefix("\ufeff")
    start = data.draw(st.integers(0, len(stored)))
    end = data.draw(st.integers(start, len(stored)))
    before, span, after = stored[:start], stored[start:end], stored[end:]
    assert (before + span + after).encode() == text.removeprefix("\ufeff").encode()
    assert len(span) == end - start


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.md", b"---\ntitle: x\n---\n", "empty"),
        ("a.html", b"<html><script>var x;</script></html>", "empty"),
        ("a.txt", b"ab\0cd", "NUL byte at offset 2"),
        ("a.txt", "caf\u00e9 au lait".encode("latin-1"), "a.txt:1: not UTF-8: byte 0xe9 at offset 3"),
        ("a.txt", "words\nzwölf".encode("cp1252"), "a.txt:2: not UTF-8"),
        ("a.txt", "words".encode("utf-16"), "UTF-16; save it as UTF-8"),
        ("a.txt", "words".encode("utf-32"), "UTF-32"),
        ("a.html", "<p>caf\u00e9</p>".encode("latin-1"), "declares no other encoding"),
        ("a.pdf", b"%PDF-1.4 nonsense", "cannot be read"),
        ("a.docx", b"PK", "unknown kind of document '.docx'; known are .txt, .md"),
        ("README", b"words", "(no suffix)"),
    ],
)
def test_what_is_no_document_is_said_clearly(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = written(tmp_path, name, content)
    with pytest.raises(DocumentError) as caught:
        read(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(DocumentError, match="is a folder"):
        read(tmp_path)
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(DocumentError, match="is a folder"):
        read(tmp_path / "folder.txt")


def pdf(text: str | None) -> bytes:
    """A one-page PDF with that text, or with none."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode() if text else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (A report) /CreationDate (D:20210310120000Z) >>",
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer << /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def test_a_pdf(tmp_path: Path) -> None:
    document = read(written(tmp_path, "a.pdf", pdf("The Riksbank tests an e-krona.")))
    assert "The Riksbank tests an e-krona." in document.text
    assert document.title == "A report"
    assert document.published == PartialDate("2021-03-10")


def test_a_pdf_without_text_or_with_a_password(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    with pytest.raises(DocumentError, match="no text"):
        read(written(tmp_path, "pictures.pdf", pdf(None)))
    writer = PdfWriter(clone_from=PdfReader(written(tmp_path, "open.pdf", pdf("Words."))))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(DocumentError, match="encrypted"):
        read(tmp_path / "locked.pdf")


def test_html_gives_the_article_without_its_furniture(tmp_path: Path) -> None:
    page = f"""<html lang="en"><head><title>Site</title><meta property="og:title" content="A krona in bits">
      <meta property="article:published_time" content="2020-02-21T08:00:00+01:00"></head>
      <body><nav>Home</nav><article><header><h1>A krona in bits</h1></header><p>{PROSE}
      <b>It</b> went   on.</p><script>x()</script><aside>Read more</aside></article>
      <footer>Imprint</footer></body></html>"""
    document = read(written(tmp_path, "a.html", page))
    assert document.title == "A krona in bits"
    assert document.published == PartialDate("2020-02-21")
    assert [document.text[slice(*each)] for each in document.headings] == ["A krona in bits"]
    assert document.text.endswith("It went on.")
    assert "Home" not in document.text
    assert "Imprint" not in document.text


def test_html_may_declare_another_encoding(tmp_path: Path) -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>caf\u00e9</p></body></html>'
    assert read(written(tmp_path, "a.html", page.encode("latin-1"))).text == "café"


def test_html_finds_its_date_in_linked_data(tmp_path: Path) -> None:
    page = '<script type="application/ld+json">{"@graph":[{"datePublished":"2021-05-04"}]}</script><p>Words.</p>'
    assert read(written(tmp_path, "a.htm", page)).published == PartialDate("2021-05-04")


def test_markdown_gives_what_a_reader_sees(tmp_path: Path) -> None:
    source = (
        "---\ntitle: 'A krona'\ndate: 2020-02-21\n---\n# A *krona*\n\nThe [Riksbank](http://x.example) "
        "said **no**.\n\n- one_two\n\n```\ncode\n```\n"
    )
    document = read(written(tmp_path, "a.md", source))
    assert document.text.split() == ["A", "krona", "The", "Riksbank", "said", "no.", "one_two"]
    assert document.title == "A krona"
    assert document.published == PartialDate("2020-02-21")
    assert document.text[slice(*document.headings[0])] == "A krona"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date 2019-08-28 Headline goes on\n\nText", "2019-08-28"),
        ("Headline\nPublished: 5 March 2021\n", "2021-03-05"),
        ("Headline\n\nMarch 5, 2021\n\nText", "2021-03-05"),
        ("On 5 March 2021 the bank met.\n", None),
        ("Headline\n\n5 March 2021 was a Friday.\n", None),
        ("date 2019-02-30 Headline", None),
        ("a\nb\nc\nd\ne\nf\ndate 2019-08-28\n", None),
    ],
)
def test_the_date_line(text: str, expected: str | None) -> None:
    found = date_line(text)
    assert (found[0].text if found else None) == expected
    if found:
        assert text[found[1] : found[2]].strip() == text[found[1] : found[2]]


def test_a_source_of_the_graph_supplies_what_is_known(tmp_path: Path) -> None:
    path = written(tmp_path, "download(1).txt", PROSE)
    digest = hashlib.sha256(PROSE.encode()).hexdigest()
    source = Source(
        "riksbank-2020", "A krona", "NewsArticle", "http://x.example", "some-paper", PartialDate("2020-02-21"), 3,
        snapshots=(Snapshot("page", sha256=digest),),
    )  # fmt: skip
    release = Release("t", "1", date(2021, 1, 1), "CC-BY-4.0")
    document = read(path, Knowledge(release, {}, {source.id: source}, {}))
    assert (document.id, document.publisher, document.address) == ("riksbank-2020", "some-paper", "http://x.example")
    assert document.published == PartialDate("2020-02-21")
    other = read(written(tmp_path, "other.txt", PROSE + "!"), Knowledge(release, {}, {source.id: source}, {}))
    assert (other.id, other.published) == ("other", None)


def test_the_caller_fills_gaps_and_no_more(tmp_path: Path) -> None:
    given_day = PartialDate("2001-01-01")
    assert read(written(tmp_path, "a.txt", PROSE), published=given_day, id="x").published == given_day
    assert read(written(tmp_path, "b.txt", "date 2020-02-21 Words"), published=given_day).published != given_day


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PROSE, "en"),
        ("中国人民银行数字货币研究所近日宣布,数字人民币试点范围将进一步扩大。", "zh"),
        ("יבחן את השקל הדיגיטלי בשנה הבאה בנק ישראל", "he"),
        (
            "Die Bundesbank prüft, ob ein digitaler Euro für den Alltag der Menschen taugt und was er kostet. " * 4,
            "und",
        ),
        ("PBC", "en"),
    ],
)
def test_the_language_is_guessed_roughly(text: str, language: str) -> None:
    assert guess(text) == language


def test_the_real_article(shared: Callable[[str], Path]) -> None:
    document = read(shared("documents/globaltimes-2019-08-28.txt"))
    assert len(document.text) == 5006
    assert document.sha256 == "9457a8e1ef54e101f17a93f4dca3f1c92421e14beb83193a7a80393b05f76b39"
    assert document.published == PartialDate("2019-08-28")
    assert document.title is not None
    assert not document.title.startswith("date")


def test_every_suffix_is_read() -> None:
    assert SUFFIXES == (".txt", ".md", ".markdown", ".html", ".htm", ".pdf")
