"""Which prediction meets which gold claim.

strict       the predicate is equal, and both ends overlap a mention of the gold's end; a literal or a date may be equal
             in value instead
strict+axes  strict, and modality and polarity are right as well
lenient      the predicate is of the same group or a recorded second reading, and an end may fit by its name where it
             has no span or where the evidence overlaps

In the older gold, which has no spans of ends, the evidence must overlap and the names must fit in every reading.
Symmetric predicates match in both directions. Each prediction meets one gold claim, each gold claim one prediction, and
as many pairs as possible are made, the best first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TypeAlias

from kg.evaluation import names, times
from kg.evaluation.gold import GoldClaim, GoldEnd, Place
from kg.evaluation.groups import groups
from kg.evaluation.predictions import Prediction, place
from kg.model import Mention

LONGEST = 100
"""Code points; a longer span of an end meets nothing, else a whole paragraph would meet all that is in it."""

_LITERAL = frozenset({"Literal", "literal", "date", "Date"})

Preference: TypeAlias = tuple[bool, bool, int, int, int]


class Reading(StrEnum):
    """How closely a prediction must agree with the gold."""

    STRICT = "strict"
    STRICT_AXES = "strict+axes"
    LENIENT = "lenient"

    @property
    def lenient(self) -> bool:
        """Whether related predicates and fitting names will do."""
        return self is Reading.LENIENT


class Axis(StrEnum):
    """What else can be right or wrong about a matched claim."""

    MODALITY = "modality"
    POLARITY = "polarity"
    VOICE = "voice"
    SPEAKER = "speaker"
    TIME_EXACT = "time exact"
    TIME_COMPATIBLE = "time compatible"


class Meeting(Enum):
    """How a prediction meets a gold claim."""

    NOT = "not at all"
    SECOND = "only in a recorded second reading, which the strict readings leave unjudged"
    FULLY = "fully"


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares predictions with gold claims; knows the other names that the gold itself records."""

    aliases: names.Aliases

    @classmethod
    def of(cls, gold: Sequence[GoldClaim]) -> Judge:
        """A judge who has read the ``alternateName`` claims of the gold."""
        pairs = [(each.subject.names[0], each.object.names[0]) for each in gold if each.predicate == "alternateName"]
        return cls(tuple(frozenset(map(names.words, pair)) for pair in pairs))

    def meets(self, ours: Prediction, gold: GoldClaim, reading: Reading) -> Meeting:
        """Whether a prediction of the same document is the gold claim."""
        second = ours.predicate != gold.predicate
        if second and ours.predicate not in gold.predicates and not (reading.lenient and _related(ours, gold)):
            return Meeting.NOT
        near = shared(ours.evidence, gold.evidence) > 0
        if gold.old and not near:
            return Meeting.NOT
        if not self._ends_meet(ours.subject, ours.object, ours, gold, reading, near) and not (
            _symmetric(ours, gold, reading) and self._ends_meet(ours.object, ours.subject, ours, gold, reading, near)
        ):
            return Meeting.NOT
        if reading is Reading.STRICT_AXES and not (ours.modality in gold.modalities and ours.polarity is gold.polarity):
            return Meeting.NOT
        return Meeting.SECOND if second and not reading.lenient else Meeting.FULLY

    def axes(self, ours: Prediction, gold: GoldClaim) -> dict[Axis, bool]:
        """What is right on the axes of a matched claim; times only where the gold has one."""
        found = {
            Axis.MODALITY: ours.modality in gold.modalities,
            Axis.POLARITY: ours.polarity is gold.polarity,
            Axis.VOICE: ours.voice is gold.voice,
            Axis.SPEAKER: self._same_speaker(ours, gold),
        }
        if gold.time:
            found[Axis.TIME_EXACT], found[Axis.TIME_COMPATIBLE] = times.agreement(gold.time, ours.time)
        return found

    def preference(self, ours: Prediction, gold: GoldClaim) -> Preference:
        """How well the two fit; the greater the better."""
        near = shared(ours.evidence, gold.evidence)
        right = sum(self.axes(ours, gold).values())
        return ours.predicate == gold.predicate, near > 0, right, near, -ours.number

    def _ends_meet(
        self, first: Mention, other: Mention, ours: Prediction, gold: GoldClaim, reading: Reading, near: bool
    ) -> bool:
        return self._end_meets(first, gold.subject, gold.old, reading, near) and self._end_meets(
            other, gold.object, gold.old, reading, near
        )

    def _end_meets(self, ours: Mention, gold: GoldEnd, old: bool, reading: Reading, near: bool) -> bool:
        if gold.value and ours.value and (ours.value == gold.value or ours.value.startswith(f"{gold.value}-")):
            return True
        if gold.type in _LITERAL and any(names.words(each) == names.words(gold.names[0]) for each in names.of(ours)):
            return True
        if old:
            return self._named_alike(ours, gold)
        where = place(ours.span)
        if where is not None:
            if where[1] - where[0] > LONGEST:
                return False
            if any(shared(where, mention) for mention in gold.mentions):
                return True
        return reading.lenient and (near or where is None) and self._named_alike(ours, gold)

    def _named_alike(self, ours: Mention, gold: GoldEnd) -> bool:
        return names.fit(names.of(ours), gold.names, self.aliases)

    def _same_speaker(self, ours: Prediction, gold: GoldClaim) -> bool:
        if gold.speaker is None or ours.speaker is None:
            return gold.speaker is None and ours.speaker is None
        where = place(ours.speaker.span)
        return any(shared(where, mention) for mention in gold.speaker_mentions) or names.fit(
            names.of(ours.speaker), [gold.speaker], self.aliases
        )


def shared(one: Place | None, other: Place) -> int:
    """How many code points two ranges share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0])) if one else 0


def pair_off(
    predictions: Sequence[Prediction], gold: Sequence[GoldClaim], judge: Judge, reading: Reading
) -> tuple[dict[int, int], set[int]]:
    """The largest one-to-one matching within a document, the best pairs made first.

    Gives the index of the gold claim for each matched prediction's index, and the indices of repeats: predictions that
    meet nothing but gold claims which others have met.
    """
    candidates: list[tuple[Preference, int, int]] = []
    for i, ours in enumerate(predictions):
        for j, claim in enumerate(gold):
            if judge.meets(ours, claim, reading) is Meeting.FULLY:
                candidates.append((judge.preference(ours, claim), i, j))
    candidates.sort(key=lambda each: ([-part for part in each[0]], each[1], each[2]))
    chances: dict[int, list[int]] = defaultdict(list)
    taken: dict[int, int] = {}
    holder: dict[int, int] = {}
    for _, i, j in candidates:
        chances[i].append(j)
        if i not in taken and j not in holder:
            taken[i], holder[j] = j, i
    for i in list(chances):
        if i not in taken:
            _make_room(i, chances, taken, holder)
    return taken, {i for i in chances if i not in taken}


def _make_room(i: int, chances: dict[int, list[int]], taken: dict[int, int], holder: dict[int, int]) -> None:
    """Find a gold claim for a prediction by moving others to their further chances, if that can be done.

    Depth first along alternating paths (Kuhn), without recursion: a path may be as long as a document has claims.
    """
    seen: set[int] = set()
    path = [(i, iter(chances[i]))]
    steps: list[int] = []
    while path:
        j = next((each for each in path[-1][1] if each not in seen), None)
        if j is None:
            path.pop()
            if steps:
                steps.pop()
            continue
        seen.add(j)
        steps.append(j)
        if j not in holder:
            for (mover, _), goal in zip(path, steps, strict=True):
                taken[mover], holder[goal] = goal, mover
            return
        path.append((holder[j], iter(chances[holder[j]])))


def _related(ours: Prediction, gold: GoldClaim) -> bool:
    group = groups().group_of.get(gold.predicate) or gold.group
    return bool(group) and groups().group_of.get(ours.predicate) == group


def _symmetric(ours: Prediction, gold: GoldClaim, reading: Reading) -> bool:
    symmetric = groups().symmetric
    return gold.predicate in symmetric or (reading.lenient and ours.predicate in symmetric)
