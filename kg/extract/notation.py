"""The notation of patterns, small enough to read aloud.

    S <-subj- research|explore -obj|into-> O
    O <-poss- subsidiary|unit/NOUN -is-> S
    S <-is- governor|head -of-> Q.organization? ; ^ -to-> O

A chain of nodes and edges. A node is ``S``, ``O``, a qualifier ``Q.name``, or lemmas joined by ``|`` (with ``set+up``
for a verb with its particle, ``@kinds.posts`` for a word list of the cues, ``/VERB``, ``/NOUN``, ``/ADJ`` or
``/PROPN`` for the part of speech, ``S=word`` where an end is itself a word, ``S!=word`` where it is any other, ``?``
where it may be missing); an end that is named again is the same node. An edge names one or more roles
(:mod:`kg.extract.roles`) or prepositions; its arrow points to the filler. ``a|b`` takes the fillers of both, ``a/b``
those of ``b`` only where ``a`` has none. ``a*`` also looks for the preposition behind the object. The node ``_`` is
any word. The first word of a pattern that is no end (else the first word) is its anchor; ``^`` after a semicolon is
the anchor again. ``-time->`` leads to a date.

Roles of clauses: ``comp`` any clause that a word governs, ``todo`` the infinitive that somebody is told or allowed
to do, ``told`` who is told, ``purpose`` an infinitive of purpose, ``aim`` an infinitive that tells what for,
``reason`` what stands behind "because (of)", "due to", "citing", ``alone`` the subject of a verb that has no object,
``actor`` who does what the clause around a word tells ("in collaboration with"), ``part`` a participle that describes
a noun, ``above`` what a preposition hangs on and ``below`` what hangs on it, ``other`` what is joined to a word by
"and", ``verb`` the verb of an auxiliary, ``aux`` the auxiliaries of a verb, ``passive`` that of the passive.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract import lexicon

ROLES = frozenset({"subj", "surface", "obj", "is", "poss", "mod", "comp", "hyphen", "name", "time", "nn", "adj"}) | {
    "todo",
    "told",
    "purpose",
    "reason",
    "verb",
    "aux",
    "passive",
    "alone",
    "actor",
    "other",
    "part",
    "aim",
    "above",
    "below",
}
_NODE = re.compile(
    r"(?:(?P<end>S|O|Q\.[a-z]\w*)(?:(?P<no>!)?=(?P<bound>[^/?\s]+))?|(?P<again>\^)|(?P<any>_)|(?P<words>[^/?\s^]+))"
    r"(?:/(?P<pos>VERB|NOUN|ADJ|PROPN))?(?P<optional>\?)?"
)
_EDGE = re.compile(r"<-(?P<back>[a-z_|*/]+)-|-(?P<forth>[a-z_|*/]+)->")


@dataclass(frozen=True, slots=True)
class Node:
    """A place in a pattern: an end, a qualifier, or a word."""

    end: str | None
    words: frozenset[str]
    pos: str | None = None
    optional: bool = False
    but: frozenset[str] = frozenset()
    """Words that it is not."""


@dataclass(frozen=True, slots=True)
class Edge:
    """From one node, through any of the roles, to another; nodes by their index."""

    start: int
    roles: tuple[str, ...]
    stop: int
    later: tuple[tuple[str, ...], ...] = ()
    """Roles that count only where those before them have no filler."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A parsed pattern. Node 0 is the anchor; edges stand in an order in which their starts are known."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def parse(text: str) -> Shape:
    """Parse the notation.

    Raises:
        ValueError: says what is wrong and where in the text.
    """
    nodes: list[Node] = []
    raw: list[Edge] = []
    anchor: int | None = None
    for number, chain in enumerate(text.split(";")):
        pieces = chain.split()
        if len(pieces) % 2 == 0:
            raise ValueError(f"{chain.strip()!r} must be nodes with an edge between every two")
        last: int | None = None
        for place, piece in enumerate(pieces):
            if place % 2:
                continue
            index = _node(piece, nodes, anchor, number)
            if nodes[index].words and (anchor is None or (nodes[anchor].end and not nodes[index].end and number == 0)):
                anchor = index
            if last is not None:
                raw.append(_edge(pieces[place - 1], last, index))
            last = index
    if anchor is None:
        raise ValueError("a pattern needs at least one word")
    ends = [node.end for node in nodes]
    for end in ("S", "O"):
        if ends.count(end) != 1:
            raise ValueError(f"a pattern has exactly one {end}")
    return _rooted(nodes, raw, anchor)


def _node(piece: str, nodes: list[Node], anchor: int | None, chain: int) -> int:
    found = _NODE.fullmatch(piece)
    if found is None:
        raise ValueError(f"{piece!r} is no node")
    if found["again"]:
        if anchor is None or chain == 0:
            raise ValueError("^ stands for the anchor of an earlier chain, and there is none")
        return anchor
    if found["end"] and not found["bound"]:
        known = next((place for place, node in enumerate(nodes) if node.end == found["end"]), None)
        if known is not None:
            return known
    listed = found["bound"] or found["words"]
    words = _listed(listed) if listed else frozenset()
    one_of, but = (frozenset(), words) if found["no"] else (words, frozenset())
    nodes.append(Node(found["end"], one_of, found["pos"], bool(found["optional"]), but))
    return len(nodes) - 1


def _listed(text: str) -> frozenset[str]:
    words: set[str] = set()
    for word in text.split("|"):
        if word.startswith("@"):
            table, _, key = word[1:].partition(".")
            words |= lexicon.words(table, key)
        elif re.fullmatch(r"[^\W_]+(?:[-'+][^\W_]+)*", word):
            words.add(word)
        else:
            raise ValueError(f"{word!r} is no word; write lemmas as in 'set+up' or a list as in '@kinds.posts'")
    return frozenset(words)


def _edge(piece: str, left: int, right: int) -> Edge:
    found = _EDGE.fullmatch(piece)
    if found is None:
        raise ValueError(f"{piece!r} is no edge; write -obj-> or <-subj-")
    roles, *later = (tuple(choice.split("|")) for choice in (found["back"] or found["forth"]).split("/"))
    for role in (*roles, *(role for choice in later for role in choice)):
        if role not in ROLES and role.rstrip("*") not in lexicon.words("prepositions", "all"):
            raise ValueError(f"{role!r} is neither a role ({', '.join(sorted(ROLES))}) nor a preposition")
    start, stop = (right, left) if found["back"] else (left, right)
    return Edge(start, roles, stop, tuple(later))


def _rooted(nodes: list[Node], raw: list[Edge], anchor: int) -> Shape:
    """Order the edges so that each starts where another has led, and put the anchor first."""
    order = [anchor]
    edges: list[Edge] = []
    left = list(raw)
    while left:
        ready = next((edge for edge in left if edge.start in order), None)
        if ready is None:
            raise ValueError("every arrow must lead away from the first word")
        left.remove(ready)
        order.append(ready.stop)
        edges.append(ready)
    if len(order) != len(nodes):
        raise ValueError("a node is joined to no other")
    place = {old: new for new, old in enumerate(order)}
    return Shape(
        tuple(nodes[old] for old in order),
        tuple(Edge(place[edge.start], edge.roles, place[edge.stop], edge.later) for edge in edges),
    )
