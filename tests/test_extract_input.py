"""Whatever is given to ``extract``: one clear message for a bad document, the others go on, and nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import documents
from kg.cli import run
from kg.documents import language
from kg.documents.plain import LONGEST_LINE
from kg.errors import DocumentError
from kg.extract import Gazetteer, extract, extract_each
from kg.model import Document, Entity, PartialDate
from kg.vocabulary import load as load_vocabulary

NAMES = Gazetteer(
    Entity(name.lower(), (kind,), name)
    for name, kind in (
        ("Tencent", "Company"),
        ("Tenpay", "Platform"),
        ("Alibaba", "Company"),
        ("Alipay", "Platform"),
    )
)
GOOD = "Published: 3 March 2021\n\nTencent owns Tenpay, a wallet that was launched in 2013.\n"
ENGLISH = (
    "The Bank of Ghana launched the e-cedi in Accra, and the governor of the bank said that it would be used by all "
    "of the shops in the city before the end of the year."
)
CHINESE = "中国人民银行在深圳推出数字人民币试点,腾讯拥有财付通。"
ARABIC = "أعلن البنك المركزي أن العملة الرقمية سوف تطلق في العام المقبل وأن الشركة تملك المحفظة"
HEBREW = "הבנק המרכזי הודיע כי המטבע הדיגיטלי יושק בשנה הבאה וכי החברה מחזיקה בארנק"
FRENCH = (
    "La banque centrale de la ville a dit que les banques de la région et la société qui est dans une autre ville "
    "pour le moment ne sont pas d'accord sur le prix des billets, et que le Trésor est en retard."
)


def pdf(*extra: bytes) -> bytes:
    return b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + b"".join(extra)


BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.txt", b"", "empty"),
    "blank": ("a.txt", b" \r\n\t\n", "empty"),
    "only a mark": ("a.txt", b"\xef\xbb\xbf", "empty"),
    "binary": ("a.txt", b"\x7fELF\0\0\1\2abc", "NUL byte"),
    "utf-16 with mark": ("a.txt", GOOD.encode("utf-16"), "UTF-16"),
    "utf-16 without mark": ("a.txt", GOOD.encode("utf-16-le"), "UTF-16 without a byte order mark"),
    "utf-16 big end first": ("a.txt", GOOD.encode("utf-16-be"), "UTF-16 without a byte order mark"),
    "utf-32": ("a.txt", GOOD.encode("utf-32"), "UTF-32"),
    "latin-1": ("a.txt", "Le marché a été fermé. ".encode("latin-1") * 3, "not UTF-8"),
    "cut off": ("a.txt", (GOOD + "é").encode()[:-1], "cut off"),
    "long line": ("a.txt", b"x" * (LONGEST_LINE + 1), "line 1 "),
    "long line of markdown": ("a.md", b"# A\n\n" + b"[" * (LONGEST_LINE + 1), "characters"),
    "Arabic": ("a.txt", ARABIC.encode() * 5, "another language than English (ar)"),
    "Hebrew": ("a.txt", HEBREW.encode() * 5, "another language than English (he)"),
    "Chinese": ("a.txt", CHINESE.encode() * 5, "another language than English (zh)"),
    "French": ("a.txt", FRENCH.encode() * 5, "another language than English (und)"),
    "binary html": ("a.html", b"<html>\0\0</html>", "NUL bytes"),
    "html without words": ("a.html", b"<html><script>var owner = 'Tencent owns Tenpay';</script></html>", "empty"),
    "damaged pdf": ("a.pdf", pdf(b"trailer << /Root 9 0 R >>\n"), "cannot be read"),
    "cut pdf": ("a.pdf", b"%PDF-1.7\n", "cannot be read"),
    "no pdf": ("a.pdf", GOOD.encode(), "cannot be read"),
    "unknown kind": ("a.docx", GOOD.encode(), "unknown kind"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_document_gets_one_message_and_the_others_go_on(
    case: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    name, data, says = BAD[case]
    first, bad, last = tmp_path / "first.txt", tmp_path / name, tmp_path / "last.txt"
    bad.write_bytes(data)
    first.write_text(GOOD)
    last.write_text(GOOD)
    assert run(["extract", str(first), str(bad), str(last)]) == 1
    out, err = capfd.readouterr()
    places = [json.loads(line)["evidence"]["document"] for line in out.splitlines()]
    assert set(places) == {"first", "last"}
    assert places.count("first") == places.count("last") > 0
    told = err.splitlines()
    assert told[0] == f"{first}: {places.count('first')} candidates"
    assert told[1].startswith(f"Error: {bad}") and says in told[1]
    assert told[2:] == [f"{last}: {places.count('last')} candidates"]


def test_one_bad_document_alone_is_wrong_usage(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    assert run(["extract", str(tmp_path / "a.txt")]) == 2
    assert capfd.readouterr().err == f"Error: {tmp_path / 'a.txt'}: the document is empty\n"


def test_an_encrypted_pdf_says_so(tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(DocumentError, match="encrypted"):
        documents.read(tmp_path / "a.pdf")


def test_a_file_larger_than_any_document_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.documents.reader._MOST_BYTES", 1 << 20)
    (tmp_path / "a.txt").write_bytes(b"word\n" * 300_000)
    with pytest.raises(DocumentError, match="larger than 1 MB"):
        documents.read(tmp_path / "a.txt")


def test_who_has_no_date_is_told_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    undated = tmp_path / "a.txt"
    undated.write_text("Tencent launched Tenpay yesterday.\n\nAlibaba launched Alipay last year.\n")
    assert run(["extract", str(undated)]) == 0
    out, err = capfd.readouterr()
    assert [json.loads(line)["time"] for line in out.splitlines()] == [None] * len(out.splitlines())
    assert err.count("no publication date is known") == 1
    assert run(["extract", str(undated), "--published", "2021-03-03"]) == 0
    out, err = capfd.readouterr()
    assert "2021-03-02" in out and "publication date" not in err
    assert run(["extract", str(undated), "--quiet"]) == 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(("other", "which"), [(CHINESE, "zh"), (ARABIC, "ar"), (HEBREW, "he"), (FRENCH, "und")])
def test_of_a_mixed_document_the_english_part_is_read(other: str, which: str) -> None:
    text = f"{ENGLISH}\n\n{other}\n\nTencent owns Tenpay."
    mixed = Document("a", "a.txt", text, "0" * 64, published=PartialDate("2021-03-03"))
    (given,) = extract_each([mixed], NAMES, load_vocabulary())
    found = list(given.candidates)
    assert ("owns", "Tenpay") in [(each.predicate, each.object.label) for each in found]
    start = text.index(other)
    assert not [each for each in found if start <= each.evidence.start < start + len(other)]
    assert given.notices == [f"passed over 1 paragraph that is not in English ({which})"]


@pytest.mark.parametrize(
    "paragraph",
    [
        ENGLISH,
        "Tencent, Alibaba, UnionPay, Huawei, Ping An, JD.com, Meituan, Didi, Bilibili, Baidu, Xiaomi, Lenovo, " * 3,
        "Santiago de Chile, San José de la Costa, Rio de Janeiro",
        "The People's Bank of China (中国人民银行) runs the pilot.",
        "😀 😀 😀",
        "1,200 2,300 4,500",
        "",
    ],
)
def test_what_may_be_english_is_not_passed_over(paragraph: str) -> None:
    assert language.foreign(paragraph) is None


def test_a_foreign_opening_does_not_make_a_long_document_foreign() -> None:
    assert language.guess(CHINESE * 900 + "\n\n" + (ENGLISH + "\n\n") * 2_000) == "en"


def test_signs_of_all_kinds_leave_offsets_right(tmp_path: Path) -> None:
    body = (
        "😀 Zoë\u0301 said:\r\n\r\n\x07\x1bTencent\u00a0owns Tenpay.\r\n\r\n"
        + "x" * 5_000
        + "\r\n\r\nAlibaba owns Alipay. 👩‍👩‍👧"
    )
    (tmp_path / "a.txt").write_text(body, encoding="utf-8", newline="")
    document = documents.read(tmp_path / "a.txt")
    spans = [each.evidence for each in extract(document, NAMES, load_vocabulary()) if each.predicate == "owns"]
    shown = [document.text[span.start : span.end].replace("\u00a0", " ") for span in spans]
    assert shown == ["Tencent owns Tenpay", "Alibaba owns Alipay"]


def test_what_a_script_says_is_no_claim(tmp_path: Path) -> None:
    page = "<html><script>Tencent owns Tenpay.</script><style>p{}</style><p>Alibaba owns Alipay.</p></html>"
    (tmp_path / "a.html").write_text(page)
    document = documents.read(tmp_path / "a.html")
    found = [each.object.label for each in extract(document, NAMES, load_vocabulary())]
    assert found == ["Alipay"]


def test_halves_of_characters_are_refused() -> None:
    broken = Document("a", "a.txt", "Tencent owns \ud83d Tenpay.", "0" * 64)
    with pytest.raises(DocumentError, match="halves of characters"):
        list(extract(broken, NAMES, load_vocabulary()))


@pytest.mark.parametrize("piece", ["Bank of ", "Bank and ", "who said that ", '" ', "( ", "such as banks "])
def test_text_without_end_is_no_sentence(piece: str) -> None:
    """Trees over such text are as deep as it is long; walking up each of their paths would take hours."""
    text = "Tencent owns Tenpay.\n\n" + piece * 900
    found = list(extract(Document("a", "a.txt", text, "0" * 64), NAMES, load_vocabulary()))
    assert [each.object.label for each in found if each.predicate == "owns"] == ["Tenpay"]


# ---------------------------------------------------------------- any text whatsoever

_PLAIN = "Tencent owns Tenpay . , ( ) ' the Bank of Ghana said that it will not launch PBC (PBC) $5 3 March 2021 she if"
_PLAIN += " yesterday whose ? ! - & 's n't U.S. e-CNY 5%"
_SIGNS = (
    "\n\n",
    "\r\n",
    "\t",
    "\x00",
    "\x1b",
    "é",
    "中国",
    "بنك",
    "😀",
    "a\u0301",
    "\ufeff",
    "\u202e",
    '"',
    "“",
    "”",
    "—",
)
WORDS = st.sampled_from((*_PLAIN.split(), *_SIGNS))
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(text=TEXTS, named=st.booleans())
def test_any_text_gives_candidates_within_it_or_a_document_error(text: str, named: bool) -> None:
    document = Document("a", "a.txt", text, "0" * 64, published=PartialDate("2021-03") if named else None)
    try:
        found = list(extract(document, NAMES, load_vocabulary()))
    except DocumentError:
        return
    for each in found:
        ends = [each.subject.span, each.object.span, each.evidence, each.speaker and each.speaker.span, *each.also]
        assert all(0 <= span.start < span.end <= len(text) for span in ends if span)


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.one_of(st.binary(max_size=400), TEXTS.map(str.encode)), suffix=st.sampled_from(documents.SUFFIXES))
def test_any_bytes_give_a_document_or_a_document_error(
    data: bytes, suffix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data)
    try:
        document = documents.read(path)
    except DocumentError as wrong:
        assert str(path) in str(wrong) and "\n" not in str(wrong).strip()
        return
    assert document.text.strip()
    assert all(0 <= start <= end <= len(document.text) for start, end in document.headings)
