"""Seeds: what is read, and that every fault is told at its file and line with what to do."""

from __future__ import annotations

import hashlib
import os
import re
from datetime import date
from pathlib import Path

import pytest

from kg import curation
from kg.errors import SeedError
from kg.model import (
    Document,
    Evidence,
    Knowledge,
    Modality,
    Origin,
    PartialDate,
    Polarity,
    Rank,
    ReviewStatus,
    Value,
    Voice,
    concept,
    entity,
    span_digest,
)

SHA = hashlib.sha256(b"text").hexdigest()

RELEASE = """\
title = "Test"
version = "1"
data_date = 2026-01-31
licence = "CC0-1.0"
"""

ENTITIES = """\
[pbc]
type = ["CentralBank"]
label = "People's Bank of China"

[sft]
type = ["Company"]
label = "SFT"

[tencent]
type = ["Company"]
label = "Tencent"

[shenzhen]
type = ["City"]
label = "Shenzhen"

[ma]
type = ["Person"]
label = "Ma"
"""

HEAD = f"""\
title = "Paper"
type = "NewsArticle"
address = "https://example.org/paper"
published = 2019-08-28
reliability = 3

[[snapshot]]
label = "wire"
sha256 = "{SHA}"

"""

CLAIM = """\
[[claim]]
key = "c1"
subject = "sft"
predicate = "subsidiaryOf"
object = "pbc"
evidence = [{ start = 0, end = 4 }]
"""


class Seeds:
    """A small folder of seeds that a test may spoil."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("release.toml", RELEASE)
        self.write("entities/all.toml", ENTITIES)
        self.write("sources/paper.toml", HEAD + CLAIM)

    def write(self, name: str, text: str | bytes) -> str:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)

    def load(self) -> Knowledge:
        return curation.load(str(self.folder))

    def faults(self) -> list[str]:
        with pytest.raises(SeedError) as caught:
            self.load()
        return list(caught.value.faults)

    def fault(self, name: str, text: str, *words: str) -> str:
        """The only fault once a file has this text; it stands where the text has the mark ``# <-``."""
        path = self.write(name, text)
        (only,) = self.faults()
        marked = [number for number, line in enumerate(text.splitlines(), 1) if line.endswith("# <-")]
        assert len(marked) == 1
        assert only.startswith(f"{path}:{marked[0]}: "), only
        for each in words:
            assert each in only
        return only

    def claim_fault(self, text: str, *words: str) -> str:
        """The same for the text of claims."""
        return self.fault("sources/paper.toml", HEAD + text, *words)


@pytest.fixture
def seeds(tmp_path: Path) -> Seeds:
    return Seeds(tmp_path / "seeds")


def changed(text: str, old: str, new: str) -> str:
    """A text with one line replaced and marked."""
    assert text.count(old + "\n") == 1
    return text.replace(old + "\n", new + "  # <-\n")


def without(text: str, key: str) -> str:
    """A text without the line of a key."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"{key} "))


# --- What is read -------------------------------------------------------------------------------------------------


def test_the_small_seeds(seeds: Seeds) -> None:
    known = seeds.load()
    (claim,) = known.claims.values()
    assert (claim.subject, claim.predicate, claim.object) == (entity("sft"), "subsidiaryOf", entity("pbc"))
    assert (claim.voice, claim.speaker, claim.anonymous) == (Voice.OWN_VOICE, None, False)
    assert (claim.modality, claim.polarity) == (Modality.ACTUAL, Polarity.AFFIRMED)
    assert (claim.review_status, claim.rank) == (ReviewStatus.ACCEPTED, Rank.NORMAL)
    assert claim.evidence == (Evidence(SHA, 0, 4),)
    assert claim.origin == Origin(str(seeds.folder / "sources" / "paper.toml"), 11)
    assert (known.release.data_date, known.sources["paper"].published) == (date(2026, 1, 31), PartialDate("2019-08-28"))


def test_every_key_of_a_claim(seeds: Seeds) -> None:
    seeds.write(
        "sources/paper.toml",
        HEAD
        + """\
[[claim]]
key = "c1"
subject = "sft"
predicate = "subsidiaryOf"
object = "pbc"
qualifiers = { share = 1, level = "concept:level-direct" }
voice = "Named"
speaker = "ma"
anonymous = false
modality = "Conditional"
hedge = "may"
condition = "if it rains"
polarity = "Denied"
from = 2018-06-01
until = "2019"
observed = "2018-07"
said = 2019-08-28
evidence = [{ start = 0, end = 4, digest = "982d9e3eb996f559", snapshot = "wire", locator = "line 1" }]
locator = "paragraph 1"
status = "Superseded"
rank = "Deprecated"
rank_reason = "wrong"
note = "a note"
""",
    )
    (claim,) = seeds.load().claims.values()
    assert claim.qualifiers == (("level", concept("level-direct")), ("share", Value("1", "decimal")))
    assert (claim.voice, claim.speaker, claim.hedge, claim.condition) == (Voice.NAMED, "ma", "may", "if it rains")
    assert (claim.modality, claim.polarity) == (Modality.CONDITIONAL, Polarity.DENIED)
    assert claim.validity.valid_from == PartialDate("2018-06-01")
    assert claim.validity.latest_end == date(2019, 12, 31)
    assert claim.validity.observed_on == PartialDate("2018-07")
    assert claim.said_on == PartialDate("2019-08-28")
    assert claim.evidence == (Evidence(SHA, 0, 4, "982d9e3eb996f559", "line 1"),)
    assert (claim.review_status, claim.rank, claim.rank_reason) == (ReviewStatus.SUPERSEDED, Rank.DEPRECATED, "wrong")
    assert (claim.note, claim.key) == ("a note", "c1")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2018-06-15", Value("2018-06-15", "date")),
        ("2018-06-15T10:00:00", Value("2018-06-15", "date")),
        ('"2018-06-15"', Value("2018-06-15", "date")),
        ('"2018-06"', Value("2018-06", "gYearMonth")),
        ('"2018"', Value("2018", "gYear")),
    ],
)
def test_dates_keep_their_precision(seeds: Seeds, written: str, read: Value) -> None:
    text = CLAIM.replace("subsidiaryOf", "foundedOn").replace('object = "pbc"', f"object = {written}")
    seeds.write("sources/paper.toml", HEAD + text)
    assert [each.object for each in seeds.load().claims.values()] == [read]


def test_names_have_a_language(seeds: Seeds) -> None:
    text = CLAIM.replace("subsidiaryOf", "alternateName").replace('object = "pbc"', 'object = "深圳"\nlanguage = "zh"')
    seeds.write("sources/paper.toml", HEAD + text)
    assert [each.object for each in seeds.load().claims.values()] == [Value("深圳", "langString", "zh")]


def test_line_ends_and_a_byte_order_mark_change_nothing(seeds: Seeds) -> None:
    known = seeds.load()
    seeds.write("sources/paper.toml", b"\xef\xbb\xbf" + (HEAD + CLAIM).replace("\n", "\r\n").encode())
    again = seeds.load()
    assert again == known
    assert [each.origin for each in again.claims.values()] == [each.origin for each in known.claims.values()]


def test_merged_entities_are_replaced_and_ids_stay(seeds: Seeds) -> None:
    (before,) = seeds.load().claims
    seeds.write("entities/all.toml", ENTITIES.replace("[sft]", "[shenzhen-fintech]"))
    seeds.write("redirects.toml", 'sft = "shenzhen-fintech"\n')
    (claim,) = seeds.load().claims.values()
    assert (claim.id, claim.subject) == (before, entity("shenzhen-fintech"))


def test_the_project_own_seeds_are_read_alike_from_a_path_and_by_default() -> None:
    from kg.resources import folder

    assert curation.load() == curation.load(folder("seeds"))


# --- Files that cannot be read ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["release.toml", "entities/all.toml", "sources/paper.toml"])
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\nb = \nc = 2\n", 2),
        ("a = 1\n[b\n", 2),
        ('a = """\nnever closed\n', 3),
        ("[a]\nx = 1\n\n[a]\nx = 2\n", 4),
        ("a = 1\na = 2\n", 2),
        ("a = 2019-02-30\n", 1),
    ],
)
def test_broken_toml(seeds: Seeds, name: str, text: str, line: int) -> None:
    path = seeds.write(name, text)
    about = [fault for fault in seeds.faults() if fault.startswith(path)]
    assert len(about) == 1
    assert about[0].startswith(f"{path}:{line}: not valid TOML: ")
    assert "(at line" not in about[0]


@pytest.mark.parametrize("text", ["a = " + "[" * 20_000, "a = " + "9" * 20_000], ids=["nested", "long"])
def test_toml_that_ends_its_reader(seeds: Seeds, text: str) -> None:
    path = seeds.write("sources/other.toml", text + "\n")
    assert [fault for fault in seeds.faults() if fault.startswith(path)]


def test_a_file_that_is_not_utf_8(seeds: Seeds) -> None:
    path = seeds.write("entities/latin.toml", 'x = "ok"\n# für\n'.encode("latin-1"))
    (fault,) = seeds.faults()
    assert fault.startswith(f"{path}:")
    assert "byte 12 is not UTF-8; save the file as UTF-8" in fault


def test_the_line_that_is_not_utf_8(seeds: Seeds) -> None:
    path = seeds.write("entities/latin.toml", 'x = "ok"\n# für\n'.encode("latin-1"))
    assert seeds.faults()[0].startswith(f"{path}:2: ")


@pytest.mark.parametrize("name", ["entities/a.toml", "sources/a.toml", "redirects.toml"])
def test_a_folder_where_a_file_is_meant(seeds: Seeds, name: str) -> None:
    (seeds.folder / name).mkdir()
    (fault,) = seeds.faults()
    assert fault == f"{seeds.folder / name}: is a folder where a TOML file is expected"


def test_a_file_where_the_folder_of_seeds_is_meant(tmp_path: Path) -> None:
    (tmp_path / "seeds").write_text("")
    with pytest.raises(SeedError, match="is not a folder of seeds"):
        curation.load(str(tmp_path / "seeds"))


def test_no_folder_at_all(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match="nowhere: is not a folder of seeds"):
        curation.load(str(tmp_path / "nowhere"))


def test_no_release_file(seeds: Seeds) -> None:
    os.remove(seeds.folder / "release.toml")
    (fault,) = seeds.faults()
    assert fault.startswith(f"{seeds.folder / 'release.toml'}: cannot be read: No such file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(seeds: Seeds) -> None:
    os.chmod(seeds.folder / "sources" / "paper.toml", 0)
    assert "cannot be read: Permission denied" in seeds.faults()[0]


def test_other_files_are_left_alone(seeds: Seeds) -> None:
    seeds.write("sources/README.md", "not TOML [")
    seeds.write("entities/notes.txt", "not TOML [")
    assert len(seeds.load().claims) == 1


# --- The release --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["title", "version", "licence", "data_date"])
def test_a_release_that_lacks_something(seeds: Seeds, key: str) -> None:
    path = seeds.write("release.toml", without(RELEASE, key))
    (fault,) = seeds.faults()
    assert fault.startswith(f"{path}:1: ")
    assert f"has no {key}; add {key} = " in fault


def test_a_release_date_in_quotes(seeds: Seeds) -> None:
    text = changed(RELEASE, "data_date = 2026-01-31", 'data_date = "2026-01-31"')
    seeds.fault("release.toml", text, "data_date must be a date such as 2019-08-28 (without quotes)")


# --- Entities -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('type = ["City"]', 'type = ["Citi"]', ["'Citi' is not a class of entities", "did you mean City?"]),
        ('type = ["City"]', 'type = ["Xyzzy"]', ["'Xyzzy' is not a class of entities"]),
        ('type = ["City"]', "type = []", ["the entity 'shenzhen' has no type; add type ="]),
        ('label = "Shenzhen"', 'label = " "', ["label is blank"]),
        ('label = "Shenzhen"', "label = 3", ["label must be a text in quotes"]),
        ('label = "Shenzhen"', 'label = "S"\nlable = "x"', ["lable is not a key of [shenzhen]", "did you mean label?"]),
        ('label = "Shenzhen"', 'label = "S"\naliases = ["a", 3]', ["aliases must be a list of texts"]),
        ('label = "Shenzhen"', 'label = "S"\nlabels = { zh = 3 }', ["labels.zh must be a text in quotes"]),
        ('label = "Shenzhen"', 'label = "S"\nlabels = "x"', ["labels must be a table such as { key = value }"]),
        ('label = "Shenzhen"', 'label = "S"\nsameAs = ["Q42"]', ["sameAs must be a web address, not 'Q42'"]),
        ('label = "Shenzhen"', 'label = "S"\ncodes = { iso3166 = "China" }', ["'China' is not a code of iso3166"]),
        ('label = "Shenzhen"', 'label = "S"\ncodes = { iso = "CN" }', ["'iso' is not a code list; use iso3166"]),
    ],
)
def test_a_faulty_entity(seeds: Seeds, old: str, new: str, words: list[str]) -> None:
    seeds.fault("entities/all.toml", changed(ENTITIES, old, new), *words)


def test_an_address_that_is_no_iri(seeds: Seeds) -> None:
    text = changed(ENTITIES, 'label = "Shenzhen"', 'label = "S"\nsameAs = ["https://example.org/a b>"]')
    seeds.fault("entities/all.toml", text, "sameAs must be a web address")


def test_an_entity_without_a_label(seeds: Seeds) -> None:
    text = changed(ENTITIES.replace('label = "Shenzhen"\n', ""), "[shenzhen]", "[shenzhen]")
    seeds.fault("entities/all.toml", text, "[shenzhen] has no label; add label = ")


def test_an_id_in_capitals(seeds: Seeds) -> None:
    text = '[Paris]  # <-\ntype = ["City"]\nlabel = "Paris"\n'
    seeds.fault("entities/more.toml", text, "'Paris' is not an id; use small letters, digits and hyphens")


def test_two_entities_of_one_id(seeds: Seeds) -> None:
    text = '\n[tencent]  # <-\ntype = ["Company"]\nlabel = "Again"\n'
    first = f"{seeds.folder / 'entities' / 'all.toml'}:9"
    seeds.fault("entities/more.toml", text, f"the entity 'tencent' is already defined at {first}; keep one of them")


def test_an_entity_of_no_document(seeds: Seeds) -> None:
    text = '[x]\ntype = ["UnnamedGroup"]\nlabel = "x"\ndocument = "papr"\n'
    path = seeds.write("entities/more.toml", text)
    (fault,) = seeds.faults()
    assert fault.startswith(f"{path}:")
    assert "document = 'papr' is not a source; did you mean paper?" in fault


def test_the_line_of_a_missing_document(seeds: Seeds) -> None:
    text = '[x]\ntype = ["UnnamedGroup"]\nlabel = "x"\ndocument = "papr"  # <-\n'
    seeds.fault("entities/more.toml", text)


def test_an_entity_with_a_dot_in_its_id(seeds: Seeds) -> None:
    seeds.write("entities/more.toml", '["libra-2.0"]\ntype = ["Stablecoin"]\nlabel = "Libra 2.0"\n')
    assert seeds.load().entities["libra-2.0"].label == "Libra 2.0"


def test_the_line_of_an_entity_with_a_dot_in_its_id(seeds: Seeds) -> None:
    text = '# first\n\n["libra-2.0"]\ntype = ["Stablecoin"]\nlabel = 3  # <-\n'
    seeds.fault("entities/more.toml", text, "label must be a text")


def test_an_entity_that_is_no_table(seeds: Seeds) -> None:
    seeds.fault("entities/more.toml", "x = 1  # <-\n", "x must be a table such as [x]")


# --- Redirects ----------------------------------------------------------------------------------------------------


def test_a_redirect_to_nowhere(seeds: Seeds) -> None:
    seeds.write("redirects.toml", '# merged\nold = "tencnt"\n')
    (fault,) = seeds.faults()
    assert "old is redirected to 'tencnt', which is no entity; did you mean tencent?" in fault


def test_a_redirect_of_what_is_still_there(seeds: Seeds) -> None:
    seeds.write("redirects.toml", 'sft = "tencent"\n')
    (fault,) = seeds.faults()
    assert fault.startswith(f"{seeds.folder / 'entities' / 'all.toml'}:5: 'sft' is redirected to 'tencent'")


def test_the_line_of_a_redirect_to_nowhere(seeds: Seeds) -> None:
    seeds.fault("redirects.toml", '# merged\nold = "tencnt"  # <-\n')


# --- Sources ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('type = "NewsArticle"', 'type = "NewsArtikel"', ["is not a class of documents", "did you mean NewsArticle?"]),
        ('type = "NewsArticle"', 'type = "City"', ["type = 'City' is not a class of documents"]),
        ('address = "https://example.org/paper"', 'address = "example.org"', ["address must be a web address"]),
        ("reliability = 3", "reliability = 9", ["reliability must be a class from 1 (law text) to 8"]),
        ("published = 2019-08-28", 'published = "August"', ["published: 'August' is not a date; write 2018,"]),
        ("reliability = 3", 'reliability = 3\npublisher = "tencnt"', ["is not an entity; did you mean tencent?"]),
        ("reliability = 3", "reliability = 3\narchived = 1", ["archived must be true or false"]),
        ("reliability = 3", "reliability = 3\npublishd = 2019", ["publishd is not a key", "did you mean published?"]),
        (f'sha256 = "{SHA}"', 'sha256 = "abc"', ["sha256 must be 64 hex digits in small letters"]),
        ('label = "wire"', 'label = "The Wire"', ["label 'The Wire' must be small letters"]),
    ],
)
def test_a_faulty_source(seeds: Seeds, old: str, new: str, words: list[str]) -> None:
    text = CLAIM.replace("evidence = [{ start = 0, end = 4 }]", 'locator = "line 1"')
    seeds.fault("sources/paper.toml", changed(HEAD, old, new) + text, *words)


@pytest.mark.parametrize("key", ["title", "type", "address", "published"])
def test_a_source_that_lacks_something(seeds: Seeds, key: str) -> None:
    path = seeds.write("sources/paper.toml", without(HEAD, key) + CLAIM)
    (fault,) = seeds.faults()
    assert fault.startswith(f"{path}:1: ")
    assert f"add {key} = " in fault


def test_a_source_whose_name_is_no_id(seeds: Seeds) -> None:
    path = seeds.write("sources/My Paper.toml", HEAD)
    assert seeds.faults() == [f"{path}: 'My Paper' is not an id; use small letters, digits and hyphens"]


def test_two_snapshots_of_one_label(seeds: Seeds) -> None:
    text = HEAD + '[[snapshot]]\nlabel = "wire"\n' + CLAIM
    path = seeds.write("sources/paper.toml", text)
    (fault,) = seeds.faults()
    assert fault.startswith(f"{path}:")
    assert "two snapshots are called 'wire'" in fault


def test_a_relay_of_no_source(seeds: Seeds) -> None:
    path = seeds.write("sources/paper.toml", HEAD.replace("reliability", 'relays = "wyre"\nreliability') + CLAIM)
    (fault,) = seeds.faults()
    assert fault.startswith(f"{path}:")
    assert "relays 'wyre', which is no source" in fault


def test_the_line_of_a_relay_of_no_source(seeds: Seeds) -> None:
    text = HEAD.replace("reliability", 'relays = "wyre"  # <-\nreliability') + CLAIM
    seeds.fault("sources/paper.toml", text)


# --- Claims -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'predicate = "subsidiaryOf"',
            'predicate = "subsidaryOf"',
            ["'subsidaryOf' is not a predicate of the ontology", "did you mean subsidiaryOf?"],
        ),
        ('predicate = "subsidiaryOf"', 'predicate = "xyzzy"', ["'xyzzy' is not a predicate of the ontology"]),
        ('subject = "sft"', 'subject = "stf"', ["subject 'stf' is not an entity; did you mean sft?"]),
        ('subject = "sft"', 'subject = "shenzhen"', ["shenzhen is a City, but the subject of subsidiaryOf must be"]),
        ('object = "pbc"', 'object = "pcb"', ["object 'pcb' is not an entity; did you mean pbc?"]),
        ('object = "pbc"', 'object = "shenzhen"', ["shenzhen is a City, but the object of subsidiaryOf must be"]),
        ('object = "pbc"', "object = 3", ["the object of subsidiaryOf must be Organization"]),
        ('object = "pbc"', 'object = ["pbc"]', ["the object of subsidiaryOf must be Organization"]),
        (
            'object = "pbc"',
            'object = "concept:kind-stablecoin"',
            ["is a concept", "Organization is asked for here"],
        ),
        ('object = "pbc"', 'object = "concept:kind-stabelcoin"', ["is not a concept; did you mean kind-stablecoin?"]),
        ('key = "c1"', 'kee = "c1"', ["kee is not a key of [claim]", "did you mean key?"]),
        ('key = "c1"', "key = 1", ["key must be a text in quotes"]),
        ('key = "c1"', 'voice = "Nameless"', ["voice = 'Nameless' is not one of OwnVoice, Named, Unnamed, Relayed"]),
        ('key = "c1"', 'voice = "Named"', ["a claim in a named voice needs its speaker; add speaker ="]),
        ('key = "c1"', 'speaker = "ma"', ["a claim with a speaker is not in the document's own voice"]),
        ('key = "c1"', 'voice = "Named"\nspeaker = "maa"', ["speaker 'maa' is not an entity; did you mean ma?"]),
        ('key = "c1"', 'anonymous = "yes"', ["anonymous must be true or false"]),
        ('key = "c1"', 'modality = "planned"', ["modality = 'planned' is not one of Actual, Planned", "mean Planned?"]),
        ('key = "c1"', 'modality = "Conditional"', ["a conditional claim needs its condition"]),
        ('key = "c1"', 'polarity = "No"', ["polarity = 'No' is not one of Affirmed, Denied"]),
        ('key = "c1"', 'rank = "Preferred"', ['rank = "Preferred" needs its reason; add rank_reason =']),
        ('key = "c1"', 'from = "June"', ["from: 'June' is not a date; write 2018, 2018-06 or 2018-06-15"]),
        ('key = "c1"', "between = { start = 2018-01-01 }", ["start is not a bound; use earliest_start"]),
        ('key = "c1"', 'between = { latest_start = "2018" }', ["latest_start must be a date such as"]),
        ('key = "c1"', "qualifiers = { shar = 1.0 }", ["'shar' is not a qualifier; did you mean share?"]),
        (
            'key = "c1"',
            'qualifiers = { role = "concept:role-leader" }',
            ["subsidiaryOf takes no qualifier 'role'"],
        ),
        ('key = "c1"', 'qualifiers = { share = "half" }', ["share = 'half' must be decimal"]),
        ('key = "c1"', 'qualifiers = { level = "concept:level-dirct" }', ["is not a concept", "mean level-direct?"]),
        ('key = "c1"', 'qualifiers = "x"', ["qualifiers must be a table such as { key = value }"]),
        ("evidence = [{ start = 0, end = 4 }]", "evidence = [{ start = 4, end = 4 }]", ["evidence 4–4 is not a span"]),
        ("evidence = [{ start = 0, end = 4 }]", "evidence = [{ start = -1, end = 4 }]", ["is not a span"]),
        ("evidence = [{ start = 0, end = 4 }]", "evidence = [{ start = 0 }]", ["evidence 0–None is not a span"]),
        (
            "evidence = [{ start = 0, end = 4 }]",
            'evidence = [{ start = 0, end = 4, snapshot = "page" }]',
            ["'page' is not a snapshot of this source with a sha256"],
        ),
        (
            "evidence = [{ start = 0, end = 4 }]",
            "evidence = [{ start = 0, end = 4, lenght = 4 }]",
            ["lenght is not a key"],
        ),
    ],
)
def test_a_faulty_claim(seeds: Seeds, old: str, new: str, words: list[str]) -> None:
    seeds.claim_fault(changed(CLAIM, old, new), *words)


def test_it_ends_before_it_starts(seeds: Seeds) -> None:
    text = CLAIM.replace('key = "c1"', 'from = 2019-02-28  # <-\nuntil = "2018"')
    seeds.claim_fault(text, "it ends (2018-12-31) before it starts (2019-02-28)")


def test_bounds_out_of_order(seeds: Seeds) -> None:
    text = CLAIM.replace('key = "c1"', "between = { earliest_start = 2019-01-01, latest_start = 2018-01-01 }  # <-")
    seeds.claim_fault(text, "the earliest start 2019-01-01 is after the latest start 2018-01-01")


@pytest.mark.parametrize("key", ["subject", "predicate", "object"])
def test_a_claim_that_lacks_something(seeds: Seeds, key: str) -> None:
    seeds.claim_fault(without(CLAIM, key).replace("[[claim]]", "[[claim]]  # <-"), f"has no {key}; add {key} = ")


def test_a_claim_without_evidence(seeds: Seeds) -> None:
    text = without(CLAIM, "evidence").replace("[[claim]]", "[[claim]]  # <-")
    seeds.claim_fault(text, "the claim has no evidence; add evidence = [{ start = …, end = … }] or a locator")


def test_a_locator_is_evidence(seeds: Seeds) -> None:
    seeds.write("sources/paper.toml", HEAD + without(CLAIM, "evidence") + 'locator = "table 3"\n')
    assert [each.evidence for each in seeds.load().claims.values()] == [(Evidence(locator="table 3"),)]


def test_offsets_without_a_text_to_count_in(seeds: Seeds) -> None:
    text = HEAD.replace(f'sha256 = "{SHA}"\n', "") + CLAIM
    path = seeds.write("sources/paper.toml", text)
    (fault,) = seeds.faults()
    line = text.splitlines().index("evidence = [{ start = 0, end = 4 }]") + 1
    assert fault.startswith(f"{path}:{line}: say in which snapshot the offsets count")


def test_the_same_claim_twice(seeds: Seeds) -> None:
    second = CLAIM.replace("c1", "c2").replace("[[claim]]", "[[claim]]  # <-").replace("0, end", "1, end")
    first = f"{seeds.folder / 'sources' / 'paper.toml'}:11"
    seeds.claim_fault(CLAIM + second, f"says the same as the claim at {first}; keep one")


def test_one_claim_of_two_sources_is_two_claims(seeds: Seeds) -> None:
    seeds.write("sources/other.toml", HEAD + CLAIM)
    assert len(seeds.load().claims) == 2


def test_the_same_key_twice(seeds: Seeds) -> None:
    second = CLAIM.replace('key = "c1"', 'key = "c1"  # <-').replace('"pbc"', '"tencent"')
    first = f"{seeds.folder / 'sources' / 'paper.toml'}:11"
    seeds.claim_fault(CLAIM + second, f"the key 'c1' is taken by the claim at {first}")


def test_claims_written_as_one_table(seeds: Seeds) -> None:
    text = CLAIM.replace("[[claim]]", "[claim]  # <-")
    seeds.claim_fault(text, "claim must be a list of tables; write [[claim]] with two brackets")


def test_evidence_that_is_no_table(seeds: Seeds) -> None:
    text = changed(CLAIM, "evidence = [{ start = 0, end = 4 }]", "evidence = [0, 4]")
    seeds.claim_fault(text, "evidence must be")


def test_evidence_that_is_no_list(seeds: Seeds) -> None:
    text = changed(CLAIM, "evidence = [{ start = 0, end = 4 }]", "evidence = { start = 0, end = 4 }")
    seeds.claim_fault(text, "evidence must be a list of tables")


def test_a_curator_who_is_nobody(seeds: Seeds) -> None:
    seeds.claim_fault(changed(CLAIM, 'key = "c1"', 'curator = "maa"'), "'maa' is not an entity; did you mean ma?")


def test_a_digest_that_is_none(seeds: Seeds) -> None:
    text = changed(CLAIM, "evidence = [{ start = 0, end = 4 }]", 'evidence = [{ start = 0, end = 4, digest = "zz" }]')
    seeds.claim_fault(text, "digest")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('predicate = "subsidiaryOf"', 'predicate = "hasStatus"', "kind-stablecoin"),
        ('key = "c1"', 'qualifiers = { level = "concept:kind-stablecoin" }', "kind-stablecoin"),
    ],
    ids=["object", "qualifier"],
)
def test_a_concept_of_another_scheme(seeds: Seeds, old: str, new: str, words: str) -> None:
    text = changed(CLAIM, old, new)
    if "hasStatus" in text:
        text = changed(text.replace("  # <-", ""), 'object = "pbc"', 'object = "concept:kind-stablecoin"')
    seeds.claim_fault(text, words)


@pytest.mark.parametrize("share", ["nan", "inf", "1e30", "0.00001"])
def test_numbers_are_decimals(seeds: Seeds, share: str) -> None:
    seeds.write("sources/paper.toml", HEAD + CLAIM.replace('key = "c1"', f"qualifiers = {{ share = {share} }}"))
    try:
        (claim,) = seeds.load().claims.values()
    except SeedError:
        return
    assert re.fullmatch(r"[+-]?\d+(\.\d+)?", str(claim.qualifier("share")))


def test_a_qualifier_of_the_wrong_class(seeds: Seeds) -> None:
    seeds.write("entities/more.toml", '[ceo]\ntype = ["Role"]\nlabel = "CEO"\n')
    text = CLAIM.replace("subsidiaryOf", "holdsPosition").replace('"sft"', '"ma"').replace('"pbc"', '"ceo"')
    seeds.claim_fault(changed(text, 'key = "c1"', 'qualifiers = { organization = "shenzhen" }'), "shenzhen is a City")


@pytest.mark.parametrize("status", ["Candidate", "Rejected"])
def test_a_review_status_that_seeds_do_not_have(seeds: Seeds, status: str) -> None:
    seeds.claim_fault(changed(CLAIM, 'key = "c1"', f'status = "{status}"'), "Accepted, Superseded, Retracted")


def test_a_concept_where_an_organization_is_asked_for(seeds: Seeds) -> None:
    seeds.write("entities/more.toml", '[ceo]\ntype = ["Role"]\nlabel = "CEO"\n')
    text = CLAIM.replace("subsidiaryOf", "holdsPosition").replace('"sft"', '"ma"').replace('"pbc"', '"ceo"')
    text = changed(text, 'key = "c1"', 'qualifiers = { organization = "concept:kind-stablecoin" }')
    seeds.claim_fault(text, "Organization or UnnamedGroup is asked for here")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("qualifiers = { share = 51 }", "write 51 per cent as 0.51"),
        ('condition = "if so"', "a claim with a condition is not Actual"),
    ],
)
def test_what_the_shapes_would_refuse_is_told_with_its_line(seeds: Seeds, line: str, words: str) -> None:
    seeds.claim_fault(changed(CLAIM, 'key = "c1"', line), words)


def test_merged_publishers_and_curators_are_replaced(seeds: Seeds) -> None:
    seeds.write("redirects.toml", 'old = "tencent"\n')
    head = HEAD.replace("reliability = 3", 'reliability = 3\npublisher = "old"')
    seeds.write("sources/paper.toml", head + CLAIM.replace('key = "c1"', 'curator = "old"'))
    known = seeds.load()
    (claim,) = known.claims.values()
    assert (known.sources["paper"].publisher, claim.curator) == ("tencent", "tencent")


def test_every_fault_is_told_at_once(seeds: Seeds) -> None:
    seeds.write("entities/all.toml", ENTITIES.replace('["City"]', '["Citi"]'))
    seeds.write("sources/paper.toml", HEAD + CLAIM.replace('"sft"', '"stf"') + CLAIM.replace('"pbc"', '"pcb"'))
    faults = seeds.faults()
    assert len(faults) >= 3
    assert all(fault.startswith(str(seeds.folder)) for fault in faults)


def test_lines_are_right_after_texts_and_arrays_of_many_lines(seeds: Seeds) -> None:
    text = f'''\
{CLAIM}note = """
[[claim]]
subject = "no claim"
[x]
"""
{
        CLAIM.replace("c1", "c2")
        .replace('"pbc"', '"tencent"')
        .replace(
            "[{ start = 0, end = 4 }]",
            """[
    { start = 0, end = 4 },   # [
    { start = 1, end = 4, digest = "]" },
]""",
        )
        .replace('digest = "]"', f'digest = "{span_digest("ext")}"')
    }note = \'\'\'
it's [[ fine
\'\'\'
{CLAIM.replace("c1", "c3").replace('object = "pbc"', 'object = "shenzhen"  # <-')}'''
    seeds.claim_fault(text, "shenzhen is a City")


def test_lines_are_right_with_other_line_ends(seeds: Seeds) -> None:
    text = changed(CLAIM, 'object = "pbc"', 'object = "pcb"')
    seeds.fault("sources/paper.toml", (HEAD + text).replace("\n", "\r\n"), "did you mean pbc?")


# --- Documents ----------------------------------------------------------------------------------------------------


def document(text: str) -> Document:
    return Document("paper", "documents/paper.txt", text, SHA)


def with_evidence(seeds: Seeds, evidence: str) -> Knowledge:
    seeds.write("sources/paper.toml", HEAD + CLAIM.replace("{ start = 0, end = 4 }", evidence))
    return seeds.load()


def test_quotations_come_from_the_documents(seeds: Seeds) -> None:
    known = with_evidence(seeds, f'{{ start = 0, end = 4, digest = "{span_digest("Text")}" }}')
    (claim,) = curation.quoted(known, [document("Text and more")]).claims.values()
    assert claim.evidence == (Evidence(SHA, 0, 4, span_digest("Text"), quote="Text"),)


def test_offsets_count_characters(seeds: Seeds) -> None:
    known = with_evidence(seeds, "{ start = 1, end = 3 }")
    (claim,) = curation.quoted(known, [document("a深圳b")]).claims.values()
    assert claim.evidence[0].quote == "深圳"


def test_documents_of_other_digests_change_nothing(seeds: Seeds) -> None:
    known = with_evidence(seeds, '{ start = 0, end = 4, digest = "0123456789abcdef" }')
    other = Document("paper", "documents/paper.txt", "Other", "0" * 64)
    assert curation.quoted(known, [other]) == known


def test_evidence_outside_its_document(seeds: Seeds) -> None:
    known = with_evidence(seeds, "{ start = 2, end = 9 }")
    with pytest.raises(SeedError) as caught:
        curation.quoted(known, [document("Text")])
    (fault,) = caught.value.faults
    assert fault.startswith(f"{seeds.folder / 'sources' / 'paper.toml'}:")
    assert "evidence 2–9 lies outside documents/paper.txt, which has 4 characters" in fault


def test_a_wrong_digest(seeds: Seeds) -> None:
    known = with_evidence(seeds, '{ start = 0, end = 4, digest = "0123456789abcdef" }')
    with pytest.raises(SeedError) as caught:
        curation.quoted(known, [document("Text")])
    (fault,) = caught.value.faults
    assert "has the digest 0123456789abcdef, but the text there in documents/paper.txt has" in fault
    assert span_digest("Text") in fault


def test_every_wrong_place_is_told(seeds: Seeds) -> None:
    known = with_evidence(seeds, "{ start = 2, end = 9 }, { start = 0, end = 99 }")
    with pytest.raises(SeedError) as caught:
        curation.quoted(known, [document("Text")])
    assert len(caught.value.faults) == 2


# --- Decisions on identity ----------------------------------------------------------------------------------------

COLUMNS = "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification"
GOOD_ROW = "entity:sft\towl:sameAs\tNot\tentity:pbc\tsemapv:Manual"


def test_entities_that_are_never_merged(seeds: Seeds) -> None:
    seeds.write("mappings.sssom.tsv", f"#curie_map:\n{COLUMNS}\n{GOOD_ROW}\n")
    assert seeds.load().distinct == (("sft", "pbc"),)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("entity:stf\towl:sameAs\tNot\tentity:pbc\tx", "'stf' is not an entity; did you mean sft?"),
        ("entity:sft\towl:sameAs\t\tentity:pbc\tx", "only owl:sameAs with the modifier Not is read here"),
        ("entity:sft\towl:sameAs\tNot\tentity:pbc\t", "the mapping has no justification"),
    ],
)
def test_a_faulty_mapping(seeds: Seeds, row: str, words: str) -> None:
    path = seeds.write("mappings.sssom.tsv", f"#curie_map:\n{COLUMNS}\n{row}\n")
    (fault,) = seeds.faults()
    assert fault.startswith(f"{path}:3: ")
    assert words in fault


def test_mappings_without_their_columns(seeds: Seeds) -> None:
    path = seeds.write("mappings.sssom.tsv", "subject_id\tobject_id\nsft\tpbc\n")
    assert seeds.faults() == [f"{path}:1: the columns predicate_id, mapping_justification are missing"]


def test_a_mapping_that_is_cut_off(seeds: Seeds) -> None:
    path = seeds.write("mappings.sssom.tsv", f"{COLUMNS}\nentity:sft\towl:sameAs\n{GOOD_ROW}\n")
    assert all(fault.startswith(f"{path}:2: ") for fault in seeds.faults())


def test_a_blank_line_among_mappings(seeds: Seeds) -> None:
    seeds.write("mappings.sssom.tsv", f"{COLUMNS}\n\n{GOOD_ROW}\n")
    assert seeds.load().distinct == (("sft", "pbc"),)


def test_mappings_that_are_not_utf_8(seeds: Seeds) -> None:
    path = seeds.write("mappings.sssom.tsv", f"{COLUMNS}\n{GOOD_ROW}ü\n".encode("latin-1"))
    assert seeds.faults()[0].startswith(f"{path}:")
