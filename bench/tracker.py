"""What is extracted from a tracker's prose, held against the same row's own columns.

    python bench/tracker.py [../shared/benchmarks/tracker-2021/tracker-half.csv] [--all]

Three things are compared in each row with prose: firms found as partners or vendors with "Corporate partnership", other
jurisdictions found as partners with "Cross-border partnerships", and the furthest stage of what is Actual and Affirmed
with the three dated status columns (announced research is research: the tracker has no lower stage). Counted are the
rows where both speak; where prose or column is silent is counted apart. Names agree where one found is in the column
(and, told beside it as "closely", where all found are); a stage agrees where one of the columns has it (and closely
where the last one has), since the prose bears no date of its own.

What claims mean in the tracker's terms stands in ``tracker.toml``. A claim tells of a row only where the row's own
jurisdiction, central bank or currency is at one end, and its sentence is about a digital currency. Aim: 0.8 or more.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz

from kg import curation, extract, vocabulary
from kg.evaluation import names
from kg.extract.data import read_toml
from kg.model import CandidateClaim, Document, Mention, Modality, PartialDate, Polarity
from kg.vocabulary import Vocabulary

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, "..", "..", "shared", "benchmarks", "tracker-2021", "tracker-half.csv")
PUBLISHED = PartialDate("2021-10-19")
"""Day of the table's last change."""
STATUSES = ("Current Status", "June Status", "October Status")
"""The columns in the order of their dates: the first is the oldest."""
SPELT_ALIKE = 90
"""Similarity (0 to 100) from which two spellings are of one name: "Havelsa" and "Havelsan"."""
LIKE_COUNTRY = re.compile(r"\w+(?:n|ans|ese|ish|ic|i)")


@dataclass(frozen=True)
class Terms:
    """What all rows share: the mapping of ``tracker.toml``, the classes, the names of countries and of the seeds."""

    data: dict[str, Any]
    vocabulary: Vocabulary
    gazetteer: extract.Gazetteer
    countries: tuple[str, ...]

    def names_of(self, label: str) -> list[str]:
        """A name with all others that the seeds know for the same thing."""
        known = [name.text for entity in self.gazetteer.named(label) for name in entity.names]
        return [label, *known]

    def is_a(self, mention: Mention, classes: Sequence[str]) -> bool:
        """Whether a mention's class is one of these or below."""
        return bool(self.vocabulary.ancestors(mention.type) & set(classes))

    def country_of(self, word: str) -> str | None:
        """The country that a word like "Moroccan" or "Swiss" is about."""
        irregular = self.data["of_country"].get(word.lower() if word not in self.data["of_country"] else word)
        if irregular or not (word[:1].isupper() and LIKE_COUNTRY.fullmatch(word)):
            return None if irregular is None else str(irregular)
        alike = [each for each in self.countries if " " not in each and each[:4].lower() == word[:4].lower()]
        return max(alike, key=lambda each: fuzz.ratio(each.lower(), word.lower()), default=None)


@dataclass(frozen=True)
class Row:
    """A row of the table with what was extracted from its prose."""

    cells: dict[str, str]
    text: str
    claims: Sequence[CandidateClaim]
    terms: Terms

    @property
    def name(self) -> str:
        """The jurisdiction."""
        return self.cells["Name"]

    @cached_property
    def bank(self) -> list[str]:
        """Names of the central bank."""
        return self.terms.names_of(self.cells["Central Bank Name"]) if self.cells["Central Bank Name"] else []

    @cached_property
    def currencies(self) -> list[str]:
        """Names of its digital currency or project, without what stands in brackets."""
        return [name for cell in items(self.cells["Name of CBDC"]) for name in self.terms.names_of(cell)]

    @cached_property
    def aliases(self) -> names.Aliases:
        """Pairs of names that the prose itself calls one: extracted ones, and acronyms in brackets behind a name."""
        said = [claim for claim in self.claims if claim.predicate == "alternateName" and is_fact(claim)]
        pairs = [(claim.subject.label, claim.object.label) for claim in said]
        columns = ("Central Bank Name", "Corporate partnership", "Cross-border partnerships")
        for name in (each for column in columns for each in items(self.cells[column])):
            short = re.search(rf"{re.escape(name)}(?:['’]s)? \(([A-Z]\w+)\)", self.text)
            pairs += [(name, short.group(1))] if short else []
        return tuple(frozenset(map(names.words, pair)) for pair in pairs)

    def same(self, one: str, other: str) -> bool:
        """Whether two names are of one thing: by their words or initials, the seeds, the prose, or nearly spelt so."""
        return (
            names.fit(self.terms.names_of(one), self.terms.names_of(other), self.aliases)
            or fuzz.ratio(one.lower(), other.lower()) >= SPELT_ALIKE
        )

    def others(self, label: str) -> list[str]:
        """Other jurisdictions that a name holds: "Bank of Thailand", "Swedish krona"."""
        words = names.words(label)
        found = [each for each in self.terms.countries if names.words(each) <= words or [label] == [each]]
        found += [each for word in re.findall(r"\w+", label) if (each := self.terms.country_of(word))]
        own = [*self.terms.names_of(self.name), *self.bank]
        return [each for each in found if not any(names.words(each) <= names.words(name) for name in own)]

    def is_own(self, mention: Mention) -> bool:
        """Whether somebody is the row's jurisdiction, its central bank, or an authority without another's name."""
        words = names.words(mention.label)
        if not words or words <= set(self.terms.data["own"]["generic"]):
            return bool(words)
        if any(names.words(each) == words for each in self.terms.names_of(self.name)):
            return True
        if any(names.fit([mention.label], [each], self.aliases) for each in self.bank):
            return True
        return self.terms.is_a(mention, self.terms.data["own"]["state"]) and not self.others(mention.label)

    def is_currency(self, mention: Mention) -> bool:
        """Whether something is called a currency of the row's own."""
        own = self.terms.data["own"]
        if self.terms.is_a(mention, own["not_own"]) or self.others(mention.label):
            return False
        named = any(self.same(mention.label, each) for each in self.currencies)
        called = names.words(mention.label) & set(own["currency"]) or re.search(own["topic"], mention.label)
        return named or bool(called and self.terms.is_a(mention, ["DigitalCurrency"]))

    def on_topic(self, claim: CandidateClaim) -> bool:
        """Whether the sentence of a claim is about a digital currency, or names the row's own."""
        sentence = self.sentence(claim)
        topic = re.compile(self.terms.data["own"]["topic"], re.IGNORECASE)
        return bool(topic.search(sentence)) or any(each.lower() in sentence.lower() for each in self.currencies)

    def sentence(self, claim: CandidateClaim) -> str:
        """The sentence around a claim's evidence."""
        return sentence(self.text, claim.evidence.start, claim.evidence.end)


@dataclass(frozen=True)
class Comparison:
    """One thing of a row: what the prose gave, what the column gives, and how they fit."""

    row: Row
    what: str
    found: dict[str, CandidateClaim]
    given: list[str]
    agrees: bool
    closely: bool
    reason: str = ""

    @property
    def spoken(self) -> bool:
        """Whether both speak."""
        return bool(self.found and self.given)


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", nargs="?", default=TABLE)
    parser.add_argument("--all", action="store_true", help="show what agrees and what is silent too")
    options = parser.parse_args()
    words = vocabulary.load()
    gazetteer = extract.Gazetteer(curation.load(None, words).entities.values())
    compared = list(comparisons(rows(options.table, words, gazetteer)))
    show(compared, options.all)


def rows(table: str, words: Vocabulary, gazetteer: extract.Gazetteer) -> Iterator[Row]:
    """The rows that have prose, extracted from."""
    with open(os.path.join(HERE, "tracker.toml"), "rb") as handle:
        data = tomllib.load(handle)
    with open(table, encoding="utf-8-sig", newline="") as handle:
        every = list(csv.DictReader(handle))
    listed = {each["Name"] for each in every} | {name.title() for name in read_toml("cues/places.toml")["countries"]}
    terms = Terms(data, words, gazetteer, tuple(sorted(listed)))
    telling = [each for each in every if each["Overview"] or each["Key Developments"]]
    extracted = extract.extract_each((document(each) for each in telling), gazetteer, words)
    for cells, given in zip(telling, extracted, strict=True):
        yield Row(cells, given.document.text, list(given.candidates), terms)


def document(cells: dict[str, str]) -> Document:
    """The prose of a row as one document."""
    text = re.sub(r"(?:<br\s*/?>)+", "\n\n", f"{cells['Overview']}\n\n{cells['Key Developments']}")
    return Document(cells["Name"], cells["Name"], text, hashlib.sha256(text.encode()).hexdigest(), published=PUBLISHED)


def comparisons(every: Iterable[Row]) -> Iterator[Comparison]:
    """Firms, other jurisdictions and stage of each row."""
    for row in every:
        firms, states = partners(row)
        yield of_names(row, "partners", firms, row.cells["Corporate partnership"])
        yield of_names(row, "cross-border", states, row.cells["Cross-border partnerships"])
        yield of_stages(row)


def partners(row: Row) -> tuple[dict[str, CandidateClaim], dict[str, CandidateClaim]]:
    """Firms and other jurisdictions that do something with the row's own, each with the claim that says so."""
    terms = row.terms
    found: dict[str, tuple[Mention, CandidateClaim]] = {}
    doers: dict[tuple[str, str], list[CandidateClaim]] = defaultdict(list)
    for claim in row.claims:
        if claim.polarity is Polarity.DENIED or claim.modality not in (Modality.ACTUAL, Modality.PLANNED):
            continue
        if claim.predicate in terms.data["together"]["predicates"]:
            doers[claim.predicate, claim.object.id or claim.object.label].append(claim)
        for end in terms.data["partners"].get(claim.predicate, ()):
            mention, other = (claim.subject, claim.object)[:: 1 if end == "subject" else -1]
            if row.is_own(other) or row.is_currency(other) or terms.is_a(other, ["Project"]):
                found.setdefault(mention.label, (mention, claim))
    for together in doers.values():
        if any(row.is_own(claim.subject) for claim in together):
            found |= {claim.subject.label: (claim.subject, claim) for claim in together}
    firms: dict[str, CandidateClaim] = {}
    states: dict[str, CandidateClaim] = {}
    across = items(row.cells["Cross-border partnerships"])
    for label, (mention, claim) in found.items():
        if row.is_own(mention) or not label[:1].isalnum() or label.islower() or mention.type == "UnnamedGroup":
            continue
        of_state = terms.is_a(mention, terms.data["own"]["state"]) or row.others(label)
        (states if of_state or any(row.same(label, each) for each in across) else firms)[label] = claim
    return firms, states


def of_names(row: Row, what: str, found: dict[str, CandidateClaim], cell: str) -> Comparison:
    """Names of partners beside a column of names."""
    given = [each for each in items(cell) if not any(names.words(each) == names.words(name) for name in row.bank)]
    fits = {label: any(row.same(label, part) for each in given for part in parts(each)) for label in found}
    agrees = any(fits.values())
    reason = ""
    if found and given and not agrees:
        told = any(part.lower() in row.text.lower() for each in given for part in parts(each))
        reason = "the prose names the column's, not found" if told else "the column's is not in the prose"
    return Comparison(row, what, found, given, agrees, bool(fits) and all(fits.values()), reason)


def of_stages(row: Row) -> Comparison:
    """The furthest stage that the prose tells beside the three columns."""
    told = [(stage, claim) for claim in row.claims if (stage := stage_of(row, claim))]
    order = [row.terms.data["inactive"], *row.terms.data["stages"]]
    furthest = max(told, key=lambda each: order.index(each[0]), default=None)
    ended = [each for each in told if each[0] == order[0]]
    if ended and furthest and not begun(furthest[1]) > begun(ended[-1][1]):
        furthest = ended[-1]
    spellings = row.terms.data["column_stages"]
    dated = [spellings.get(row.cells[column].strip().lower()) for column in STATUSES]
    given = [each for each in dated if each]
    found = {furthest[0]: furthest[1]} if furthest else {}
    agrees = bool(furthest and furthest[0] in given)
    closely = bool(furthest and given and furthest[0] == given[-1])
    return Comparison(row, "status", found, given, agrees, closely, why_not(row, found, given) if not agrees else "")


def why_not(row: Row, found: dict[str, CandidateClaim], given: list[str]) -> str:
    """What can be told without reading of why stages differ."""
    if not found or not given:
        return ""
    (stage, claim), order = next(iter(found.items())), row.terms.data["stages"]
    spoken = {word for each in given for word in row.terms.data["word_stages"][each]}
    in_prose = bool(spoken & set(re.findall(r"\w+", row.text.lower())))
    if set(given) == {row.terms.data["inactive"]}:
        since = f"; what is told is of {begun(claim)}" if begun(claim) else ""
        return f"the column calls it ended, the prose {'says so, not found' if in_prose else 'does not'}{since}"
    if not in_prose:
        return "the prose has no word of the column's stage"
    if stage in order and order.index(stage) > max(order.index(each) for each in given if each in order):
        return "the prose tells a further stage than any column, or its claim is wrong: to be read"
    return "the prose has words of the column's stage, not found or not said of it: to be read"


def stage_of(row: Row, claim: CandidateClaim) -> str | None:
    """The stage that a claim tells of the row's own digital currency, if it does."""
    data = row.terms.data
    if claim.polarity is Polarity.DENIED or not row.on_topic(claim):
        return None
    acting = data["verb_stages"].get(claim.predicate)
    announced = claim.modality is Modality.PLANNED and acting in data["announced"]
    if not announced and (claim.modality is not Modality.ACTUAL or begun(claim) > PUBLISHED.text):
        return None
    if acting:
        ours = row.is_own(claim.subject) or row.is_currency(claim.subject) or row.terms.is_a(claim.subject, ["Project"])
        if acting == data["inactive"]:
            ours = ours and (row.is_currency(claim.object) or row.terms.is_a(claim.object, ["Project"]))
        return str(acting) if ours and not row.others(claim.subject.label) else None
    if claim.predicate not in data["thing_of"]:
        return None
    thing = getattr(claim, data["thing_of"][claim.predicate])
    who = claim.object if thing is claim.subject else claim.subject
    about = row.is_own(who) or row.is_currency(who) or row.terms.is_a(who, ["Project"])
    if row.others(thing.label) or not (about or who.value is not None):
        return None
    stage = stage_of_words(thing.label, data["word_stages"], whole=claim.predicate == "hasStatus")
    if stage or claim.predicate in ("hasStatus", "participatesIn"):
        return stage
    if row.is_currency(thing) and not row.terms.is_a(thing, ["Project"]):
        return "Launched"
    return "Development" if row.terms.is_a(thing, ["Project", "Platform"]) else None


def stage_of_words(label: str, stages: dict[str, list[str]], whole: bool) -> str | None:
    """The stage of the last telling word before a preposition, or of the whole."""
    head = label if whole else re.split(r"\b(?:of|for|on|in|with|to|using|from|called|named)\b", label)[0]
    for word in reversed(re.findall(r"\w+", head.lower())):
        for stage, cues in stages.items():
            if word in cues:
                return stage
    return None


def items(cell: str) -> list[str]:
    """The names in a cell, without what explains them in brackets."""
    return [each.strip() for each in re.split(r"[;,\n]", re.sub(r"\([^)]*\)", "", cell)) if each.strip()]


def parts(item: str) -> list[str]:
    """A name as it stands and, since some cells join two by "and", both halves."""
    return [item, *(half.strip() for half in item.split(" and ") if " and " in item)]


def sentence(text: str, start: int, end: int) -> str:
    """What stands between the full stops or paragraph ends around a place."""
    first = max((each.end() for each in re.finditer(r"[.!?]['\"”]?\s+(?=[A-Z])|\n", text[:start])), default=0)
    after = re.search(r"[.!?]['\"”]?(?:\s|$)|\n", text[end:])
    return text[first : end + after.end() if after else len(text)].strip()


def is_fact(claim: CandidateClaim) -> bool:
    """Whether it is said to be so."""
    return claim.modality is Modality.ACTUAL and claim.polarity is Polarity.AFFIRMED


def begun(claim: CandidateClaim) -> str:
    """The date from which a claim holds, as text that sorts; empty where there is none."""
    return (claim.time.start or "") if claim.time else ""


def show(compared: Sequence[Comparison], everything: bool) -> None:
    """Print the list and the counts."""
    for each in compared:
        if everything or (each.spoken and not each.agrees):
            verdict = ("agrees" if each.agrees else "DIFFERS") if each.spoken else "silent"
            print(f"{each.row.name} · {each.what} · {verdict}" + (f" · {each.reason}" if each.reason else ""))
            print(f"    prose: {', '.join(each.found) or '-'} | column: {', '.join(each.given) or '-'}")
            for label, claim in each.found.items() if each.spoken else ():
                rule = claim.method.partition("@")[0]
                said = f"{claim.subject.label} | {claim.predicate} | {claim.object.label}"
                print(f"    {label}: {said} ({begun(claim) or 'undated'}; {rule})")
                print(f"        {each.row.sentence(claim)[:240]}")
    print(f"{len(compared) // 3} rows with prose")
    groups = [("partners", ["partners"]), ("cross-border", ["cross-border"]), ("status", ["status"])]
    for title, kinds in [*groups, ("together", [kind for _, some in groups for kind in some])]:
        of = [each for each in compared if each.what in kinds]
        both = [each for each in of if each.spoken]
        right, closely = sum(each.agrees for each in both), sum(each.closely for each in both)
        silent = Counter(
            "both silent" if not each.found and not each.given else "only prose" if each.found else "only column"
            for each in of
            if not each.spoken
        )
        apart = ", ".join(f"{name} {count}" for name, count in sorted(silent.items()))
        share, close = right / max(len(both), 1), closely / max(len(both), 1)
        print(f"{title:13} {right} of {len(both)} agree ({share:.2f}), closely {closely} ({close:.2f}); {apart}")
    reasons = Counter(each.reason for each in compared if each.spoken and not each.agrees)
    for reason, count in reasons.most_common():
        print(f"{count:3} × {reason}")


if __name__ == "__main__":
    main()
