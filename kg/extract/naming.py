"""What the words of a name say: its class, and how it may be shortened."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import lexicon, normal

_UNSURE = frozenset(("PERSON", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT", "FAC"))
NAMED_BY_KIND = ("PublicAuthority", "Government", "Association", "ResearchInstitute", "ThinkTank")
"""Classes that the last word of a name gives, or the first of "Ministry of Finance"."""


def classes(label: str, key: str) -> tuple[str, ...]:
    """Classes of a name in its normal form, from its words or else from the language model's label."""
    if label == "CURRENCY":
        return ("CBDC", "DigitalCurrency")
    said = by_words(key)
    if said:
        return said
    guesses = lexicon.entity_labels().get(label, ())
    if label in _UNSURE and " " not in key:
        return ()  # the model calls firms and coins of one word persons, works, places
    return tuple(each for each in guesses if each != "Country") if label == "GPE" else guesses


def by_words(key: str) -> tuple[str, ...]:
    """What the words of a name say: "Bank of Ghana" is a central bank, "Ghana" a country."""
    countries = lexicon.words("places", "countries")
    if key in countries:
        return ("Country", "Authority")
    words = key.split()
    if not words:
        return ()  # a name of signs alone, or of "the" alone
    if len(words) > 1 and words[0] in lexicon.words("acts", "passages") and words[1][0].isdigit():
        return ("LegalInstrument",)  # "Article 7 of the Commission's proposal"
    kinds = lexicon.classes()
    last = kinds.get(words[-1]) or kinds.get(normal.singular(words[-1]))
    last = kinds.get(" ".join(words[-2:])) or last
    if words[0] == "project" and len(words) > 1:
        return ("Project",)
    if last in ("Event", "Platform", "Project") and len(words) > 1:
        return (last,)
    if last == "Currency" and len(words) > 1 and words[0] not in countries:
        return ("Currency", "DigitalCurrency")  # "Sand Dollar" is no dollar like the others
    if key.endswith(("digital currency", "digital currencies")):
        return ("CBDC",)
    if last in ("Currency", "Stablecoin", "CBDC", "Cryptoasset"):
        return (last,)
    if last == "LegalInstrument" and len(words) > 1:
        return (last,)
    if is_central_bank(key):
        return ("CentralBank",)
    if len(words) > 1:
        named = next((kinds[word] for word in reversed(words) if kinds.get(word) in NAMED_BY_KIND), None)
        first = kinds.get(words[0]) if " of " in key or " for " in key else None
        if first in NAMED_BY_KIND:
            return (first,)
        if last in NAMED_BY_KIND or last == "Platform":
            return (last,)
        if any(word in lexicon.words("names", "organisation_words") for word in words):
            return ("Company",) if last == "Company" and "bank" in words else ("Organization",)
        if words[-1].isdigit() and named is None:
            number = next((kinds[word] for word in words[::-1] if word in kinds), None)
            return (
                (number,) if number in ("LegalInstrument", "Phase", "Document", "Project", "Event", "Platform") else ()
            )
    return ()


SURE = tuple(
    (each,) for each in (*NAMED_BY_KIND, "CentralBank", "Company", "Organization", "Project", "CBDC", "Stablecoin")
)
"""Classes by which the words of a name leave no doubt."""


def is_central_bank(key: str) -> bool:
    """Whether a name in its normal form is one of a central bank: "bank of ghana", "ecb"."""
    if key in lexicon.words("names", "central_banks"):
        return True
    if any(sign in key for sign in ("reserve bank of", "central bank", "monetary authority", "federal reserve")):
        return True
    if key.startswith(("banco central", "banque centrale", "national bank of")) or key.endswith("national bank"):
        return True
    home = key.removeprefix("bank of ").removeprefix("the ")
    states = home in lexicon.words("places", "countries") or home == "england"
    return home != key and states and key not in lexicon.words("names", "no_central_banks")


def shorter(name: str) -> Iterator[str]:
    """Normal forms that a name may be cut to: what stands before "of", all but the legal form."""
    words = normal.name(name).split()
    if "of" in words[2:-1]:
        yield " ".join(words[: words.index("of")])
    if len(words) > 1 and words[-1] in lexicon.words("names", "legal_forms"):
        rest = [word for word in words[1:] if word not in lexicon.words("names", "legal_forms")]
        if all(word in lexicon.words("names", "trades") for word in rest):
            yield words[0]


def initials(name: str) -> Iterator[str]:
    """What a text may call a long name without saying so: "RBF" for Reserve Bank of Fiji, "MiCA" for a regulation."""
    words = normal.name(name).split()
    big = [word for word in words if word not in lexicon.words("names", "joints")]
    if len(words) > 2 and len(big) > 1:
        for first in ("".join(word[0] for word in big), "".join(word[0] for word in words)):
            yield first
            if ends_in(" ".join(words)) == "LegalInstrument" and len(first) > _SHORTEST:
                yield first[:-1]


_SHORTEST = 3
"""Letters of an acronym that leaves out the last word of its name."""


def ends_in(key: str) -> str | None:
    """The class that the last word of a name in its normal form gives."""
    return lexicon.classes().get(key.split()[-1])
