"""From knowledge to the view model: every entity, every link, every claim behind it, placed and sorted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import quote

from kg.dataset.derivation import Derivation, Link, Triple
from kg.errors import NotFound, UsageError
from kg.model import Knowledge, Ref, Term, Value
from kg.vocabulary import Vocabulary
from viz import words
from viz.claims import Cards, is_entity
from viz.groups import GROUPS, group_of
from viz.layout import layout
from viz.records import Attribute, ClaimCard, Counts, Edge, Node, NodeClass, Predicate, View

BEND = 0.16
"""Roundness between neighbours among parallel edges."""


def view_of(
    knowledge: Knowledge,
    derivation: Derivation,
    vocabulary: Vocabulary,
    focus: str | None = None,
    hops: int = 1,
) -> View:
    """The whole graph, or what lies within ``hops`` links of the entity ``focus``.

    Raises:
        NotFound: the graph has no entity of the id ``focus``.
        UsageError: ``hops`` is negative.
    """
    cards = Cards(knowledge, derivation, vocabulary)
    links = sorted(derivation.links.items(), key=lambda each: link_id(each[0]))
    shown = _shown(knowledge, [triple for triple, _ in links], focus and cards.standing(focus), hops)
    drawn = [(t, link) for t, link in links if _ends(t) and _ends(t) <= shown]
    inside = [(t, link) for t, link in links if not _ends(t) and t[0].id in shown]
    edges = _edges(drawn, cards)
    attributes = tuple(_attribute(triple, link, cards) for triple, link in inside)
    every: tuple[Edge | Attribute, ...] = (*edges, *attributes)
    claims = _claims(every, cards, frozenset(shown))
    nodes = _nodes(sorted(shown), every, cards)
    sources = tuple(cards.source(id) for id in sorted({claim.source for claim in claims}))
    release = knowledge.release
    return View(
        title=release.title,
        version=release.version,
        data_date=release.data_date,
        licence=release.licence,
        description=release.description,
        focus=focus and cards.standing(focus),
        groups=tuple(group for group in GROUPS if any(node.group == group.id for node in nodes)),
        classes=_classes(nodes, vocabulary),
        predicates=_predicates({each.predicate for each in every}, vocabulary),
        nodes=nodes,
        edges=edges,
        attributes=attributes,
        claims=claims,
        sources=sources,
        counts=Counts(len(nodes), len(edges), len(attributes), len(claims), len(sources)),
    )


def link_id(triple: Triple) -> str:
    """Id of a link that stays the same over builds: ``tencent/owns/tenpay``."""
    subject, predicate, object = triple
    return "/".join(quote(part, safe=":@") for part in (_key(subject), predicate, _key(object)))


def _key(term: Term) -> str:
    if isinstance(term, Value):
        return f'"{term.text}"' + (f"@{term.language}" if term.language else "")
    return term.id if term.space == "entity" else str(term)


def _ends(triple: Triple) -> set[str]:
    """Both entities of a link between entities; empty for every other link."""
    subject, _, object = triple
    return {subject.id, object.id} if isinstance(object, Ref) and is_entity(object) else set()


def _shown(knowledge: Knowledge, triples: Iterable[Triple], focus: str | None, hops: int) -> set[str]:
    if focus is None:
        everything = {id for id in knowledge.entities if id not in knowledge.redirects}
        return everything.union(*map(_ends, triples), {triple[0].id for triple in triples})
    if hops < 0:
        raise UsageError(f"hops is {hops}; give 0 or more")
    if focus not in knowledge.entities:
        raise NotFound(f"no entity has the id {focus!r}")
    neighbours: dict[str, set[str]] = defaultdict(set)
    for ends in map(_ends, triples):
        for end in ends:
            neighbours[end] |= ends
    reached, rim = {focus}, {focus}
    for _ in range(hops):
        rim = {far for near in rim for far in neighbours[near]} - reached
        reached |= rim
    return reached


def _edges(drawn: list[tuple[Triple, Link]], cards: Cards) -> tuple[Edge, ...]:
    pairs: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for triple, _ in drawn:
        pairs[tuple(sorted(_ends(triple)))].append(link_id(triple))
    made = []
    for triple, link in drawn:
        subject, predicate, object = triple
        assert isinstance(object, Ref)
        known = cards.vocabulary.predicates.get(predicate)
        id = link_id(triple)
        siblings = pairs[tuple(sorted(_ends(triple)))]
        bend = (siblings.index(id) - (len(siblings) - 1) / 2) * BEND
        made.append(
            Edge(
                id=id,
                subject=subject.id,
                predicate=predicate,
                object=object.id,
                label=known.label if known else predicate,
                inverse_label=known.inverse_label if known else predicate,
                strength=link.strength,
                style=words.STYLES[link.strength],
                claims=link.supporting,
                opposing=link.opposing,
                disputed=link.disputed,
                holding=link.holding,
                why=cards.why(link),
                # The bend is seen from the pair, the edge may run against it.
                curve=round(bend if subject.id <= object.id else -bend, 3),
            )
        )
    return tuple(made)


def _attribute(triple: Triple, link: Link, cards: Cards) -> Attribute:
    subject, predicate, object = triple
    return Attribute(
        id=link_id(triple),
        subject=subject.id,
        predicate=predicate,
        value=cards.term(object),
        label=cards.predicate(predicate),
        strength=link.strength,
        style=words.STYLES[link.strength],
        claims=link.supporting,
        opposing=link.opposing,
        disputed=link.disputed,
        holding=link.holding,
        language=object.language if isinstance(object, Value) else None,
        why=cards.why(link),
    )


def _claims(links: Iterable[Edge | Attribute], cards: Cards, shown: frozenset[str]) -> tuple[ClaimCard, ...]:
    made = [cards.claim(id, link.id, shown) for link in links for id in link.every_claim]
    return tuple(sorted(made, key=lambda each: (each.link, each.id)))


def _nodes(ids: list[str], links: Iterable[Edge | Attribute], cards: Cards) -> tuple[Node, ...]:
    # What has links to values only is shown too: to itself, as far as the layout goes.
    pairs = [(link.subject, link.object if isinstance(link, Edge) else link.subject) for link in links]
    places = layout({id: cards.name(id) for id in ids}, pairs)
    return tuple(_node(id, places[id], cards) for id in ids)


def _node(id: str, place: tuple[int, int], cards: Cards) -> Node:
    vocabulary = cards.vocabulary
    entity = cards.knowledge.entities.get(id)
    types = entity.types if entity and entity.types else ("Entity",)
    home = cards.knowledge.sources.get(entity.document) if entity and entity.document else None
    return Node(
        id=id,
        label=cards.name(id),
        node_class=types[0],
        group=group_of(types, vocabulary),
        x=place[0],
        y=place[1],
        classes=tuple(_class_label(each, vocabulary) for each in types),
        names=tuple((name.text, name.language) for name in entity.names[1:]) if entity else (),
        description=entity.description if entity else None,
        same_as=entity.same_as if entity else (),
        codes=entity.codes if entity else (),
        document=home.title if home else None,
    )


def _class_label(name: str, vocabulary: Vocabulary) -> str:
    known = vocabulary.classes.get(name)
    return known.label if known else name


def _classes(nodes: tuple[Node, ...], vocabulary: Vocabulary) -> tuple[NodeClass, ...]:
    groups = {node.node_class: node.group for node in nodes}
    order = [group.id for group in GROUPS]
    found = []
    for name, group in groups.items():
        known = vocabulary.classes.get(name)
        definition = known.definition if known else ""
        found.append(NodeClass(name, _class_label(name, vocabulary), definition, group))
    return tuple(sorted(found, key=lambda each: (order.index(each.group), each.label, each.id)))


def _predicates(names: set[str], vocabulary: Vocabulary) -> tuple[Predicate, ...]:
    found = []
    for name in names:
        known = vocabulary.predicates.get(name)
        if known is None:
            found.append(Predicate(name, name, name, "", "other"))
            continue
        group = vocabulary.concepts.get(known.group)
        found.append(
            Predicate(
                id=name,
                label=known.label,
                inverse_label=known.inverse_label,
                definition=known.definition,
                group=group.label if group else known.group or "other",
                symmetric=known.symmetric,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.group, each.label, each.id)))
