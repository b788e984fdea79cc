"""Whether something may stand at an end of a relation, and as what.

The ontology's domains and ranges are strict for what the graph knows. What only the text names has guessed
classes: a pattern's words are better evidence than the small model's label, so a guess may give way, at a price
in the score.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.vocabulary import Vocabulary

LOOSE = (
    "Topic",
    "Task",
    "Activity",
    "Action",
    "Plan",
    "Proposal",
    "Concern",
    "Use",
    "Role",
    "Characteristic",
    "Status",
    "Kind",
)
"""Classes of what a phrase can name without being a thing with a name."""

_GUESS_OVERRULED = 0.8
_NARROWED = 0.9
_MISTAKEN = 0.65
_KINDRED = 0.85
_NO_NAMES_OF = frozenset({"Currency", "Country", "City", "Place", "CurrencyArea", "SpecialRegion", "Jurisdiction"})

_THINGS = ("Product", "Platform", "Project", "Technology")
_TEXTS = ("LegalInstrument", "Document", "Report", "Plan", "Proposal", "PolicyDocument", "Consultation", "Instrument")
_MADE = frozenset(_THINGS)
_KIN: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_TEXTS, _TEXTS),
}
"""Class → classes that the same thing may well have besides: what is called a law is a document too."""
_NAMED_KIN: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("Platform", "Product"), (*_THINGS, "DigitalCurrency", "Company", "Association", "Organization")),
    **dict.fromkeys(("Project", "Event"), (*_THINGS, "Company", "Association", "Organization")),
    "Phase": ("Project", "Event"),
    "Company": ("Platform", "Product", "Organization"),
    "Association": ("PublicAuthority", "Authority"),
    "Unit": ("PublicAuthority", "Authority", "Platform", "Product", "Project"),
    "Organization": ("PublicAuthority", "CentralBank", "Company", "Association", "Authority"),
    **dict.fromkeys(("DigitalCurrency", "Stablecoin", "Cryptoasset"), ("Project", "Platform", "Product")),
    "PublicAuthority": ("Place", "Country"),
}
"""The same for names alone: a payment platform may be a firm, a phrase such as "the platform" is none."""


def strict(types: tuple[str, ...], allowed: tuple[str, ...], vocabulary: Vocabulary) -> str | None:
    """The class under which a thing of known classes fits, or ``None``."""
    for each in types:
        if vocabulary.fits((each,), allowed):
            return each
    return None


def guessed(types: tuple[str, ...], allowed: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, float] | None:
    """Class and price for a name of guessed classes; no guess at all fits what the slot asks for."""
    found = strict(types, allowed, vocabulary)
    if found:
        return found, 1.0
    related = kindred(types, allowed, vocabulary, named=True)
    if related:
        return related
    if "Thing" in allowed:
        return (types[0] if types else "Thing"), 1.0
    named = [each for each in allowed if each not in LOOSE]
    if not named:
        return None
    narrower = [each for each in named if set(types) & vocabulary.ancestors(each)]
    if narrower:
        return narrower[0], _NARROWED
    if not _may_be_no_agent(types, named, vocabulary):
        return None
    if types and (set(types) & _NO_NAMES_OF) != set() and "City" not in types:
        return None
    if all(each in _NO_NAMES_OF for each in named) and types in (("Organization",), ("Person",)):
        return named[0], _MISTAKEN  # "Suwon-based": small towns come out as firms and persons
    if not types or not _hopeless(types, named, vocabulary):
        return named[0], _GUESS_OVERRULED
    return None


def _may_be_no_agent(types: tuple[str, ...], named: list[str], vocabulary: Vocabulary) -> bool:
    """A central bank or a firm is no rule and no project, and no unspecific organisation is a rule."""
    if any("Agent" in vocabulary.ancestors(each) for each in named):
        return True
    agents = {each for each in types if each != "Authority" and "Agent" in vocabulary.ancestors(each)}
    return not agents - {"Organization", "Person"} and not (agents and "Instrument" in named)


def kindred(
    types: tuple[str, ...], allowed: tuple[str, ...], vocabulary: Vocabulary, *, named: bool
) -> tuple[str, float] | None:
    """Class and price for what the text calls something that is often also what the slot asks for."""
    for each in types:
        for other in (*_KIN.get(each, ()), *(_NAMED_KIN.get(each, ()) if named else ())):
            if vocabulary.fits((other,), allowed):
                return other, _KINDRED
    return None


def _hopeless(types: Iterable[str], named: list[str], vocabulary: Vocabulary) -> bool:
    """A place cannot become a person by a slip of the model, while persons, firms and products do change places."""
    if all(each in _NO_NAMES_OF for each in named):
        return True
    return "City" in types and "Person" not in named


def phrase(
    kind: str | None, allowed: tuple[str, ...], vocabulary: Vocabulary, *, acts: bool
) -> tuple[str, float] | None:
    """Class and price for a phrase with a head noun of that class; ``acts`` marks what can only be an agent."""
    if kind:
        found = strict((kind,), allowed, vocabulary)
        if found:
            return found, 1.0
    if acts:
        return None
    loose = [each for each in allowed if each in LOOSE or each in ("Thing", "Entity")]
    if set(allowed) & _MADE:
        loose = [each for each in loose if each not in ("Plan", "Proposal")]
    if loose and kind not in ("Role", "Person"):
        return loose[0], 0.95
    return kindred((kind,), allowed, vocabulary, named=False) if kind else None
