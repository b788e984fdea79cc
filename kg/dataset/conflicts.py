"""Conflicts: rivals that hang together, told as one, with how it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping

from kg.dataset.derivation import Conflict, ConflictKind, Outcome, Resolution
from kg.dataset.rivals import Rivals, says_the_same
from kg.model import Claim, Knowledge, Rank, Value
from kg.vocabulary import Vocabulary

Weight = Callable[[Claim], int]


def conflicts(
    claims: Iterable[Claim],
    against: Rivals,
    outcomes: Mapping[str, Outcome],
    knowledge: Knowledge,
    vocabulary: Vocabulary,
    weight: Weight,
) -> tuple[Conflict, ...]:
    """One conflict for all claims that contradict each other, directly or by way of others; sorted by id.

    Relays of one origin count once: of several claims in which one witness says the same only the best is named.
    """
    by_id = {claim.id: claim for claim in claims}
    found = []
    for group in _connected(against):
        sides: list[list[Claim]] = []
        # The finest dates first: a coarser one then joins the first side that it fits.
        for claim in sorted((by_id[id] for id in group), key=lambda each: (-len(str(each.object)), each.id)):
            side = next((side for side in sides if says_the_same(side[0], claim, vocabulary)), None)
            if side is None:
                sides.append([claim])
            else:
                side.append(claim)
        found.append(_conflict(sides, outcomes, knowledge, weight))
    return tuple(sorted(found, key=lambda each: each.id))


def origin(source: str, knowledge: Knowledge) -> str:
    """The source whose report a source passes on, or itself."""
    seen = {source}
    while (relayed := knowledge.sources[source].relays) and relayed in knowledge.sources and relayed not in seen:
        source = relayed
        seen.add(source)
    return source


def _connected(against: Rivals) -> Iterable[set[str]]:
    left = set(against)
    while left:
        group: set[str] = set()
        open_ids = [min(left)]
        while open_ids:
            id = open_ids.pop()
            if id not in group:
                group.add(id)
                open_ids += [other.id for other in against[id]]
        left -= group
        yield group


def _conflict(
    sides: list[list[Claim]], outcomes: Mapping[str, Outcome], knowledge: Knowledge, weight: Weight
) -> Conflict:
    def best(side: Iterable[Claim]) -> Claim:
        return min(side, key=lambda claim: (_RANKS[claim.rank], -weight(claim), claim.id))

    witnesses = []
    for side in sides:
        heard: dict[tuple[str, str | None], list[Claim]] = {}
        for claim in side:
            heard.setdefault((origin(claim.source, knowledge), claim.speaker), []).append(claim)
        witnesses.append(tuple(sorted(best(each).id for each in heard.values())))
    standing = [side for side in sides if any(outcomes[claim.id].stands for claim in side)]
    lost = {outcomes[claim.id].resolution for side in sides for claim in side}
    resolution = next(each for each in _RESOLUTIONS if each in lost)
    decided = resolution is not Resolution.OPEN and len(standing) == 1
    winner = best(claim for claim in standing[0] if outcomes[claim.id].stands) if decided else None
    ids = tuple(sorted(witnesses))
    first = sides[0][0]
    if len({claim.polarity for side in sides for claim in side}) > 1:
        kind = ConflictKind.POLARITY
    elif isinstance(first.object, Value) and first.object.datatype in ("date", "gYearMonth", "gYear"):
        kind = ConflictKind.DATE
    else:
        kind = ConflictKind.VALUE
    digest = hashlib.sha256(repr((str(kind), ids)).encode()).hexdigest()[:20]
    return Conflict(digest, kind, ids, resolution, winner.id if winner else None)


_RESOLUTIONS = (Resolution.OPEN, Resolution.RANKED, Resolution.OUTWEIGHED)
_RANKS = {Rank.PREFERRED: 0, Rank.NORMAL: 1, Rank.DEPRECATED: 2}
