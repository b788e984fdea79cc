"""Chains in words and as JSON: every link with its strength, who says it, and where."""

from __future__ import annotations

from typing import Any

from kg.dataset.derivation import Strength
from kg.model import Claim, Voice
from kg.network.chains import Answer, Hop
from kg.network.edges import Edge, Network

HEADERS = ("chain", "from", "link", "to", "strength", "said by", "source")


def rows(net: Network, answer: Answer) -> list[tuple[str, ...]]:
    """A row for every link, under :data:`HEADERS`; a chain's number stands at its first."""
    found: list[tuple[str, ...]] = []
    for number, chain in enumerate(answer.chains, 1):
        for place, hop in enumerate(chain.hops):
            for nth, edge in enumerate(hop.edges):
                first = nth == 0
                found.append(
                    (
                        str(number) if first and place == 0 else "",
                        net.label(hop.start) if first else "",
                        net.words(edge, forward=hop.forward(edge)),
                        net.label(hop.end) if first else "",
                        strength_words(net, edge),
                        "; ".join(dict.fromkeys(said_by(net, claim) for claim in claims(net, edge))),
                        "; ".join(dict.fromkeys(source_words(net, claim) for claim in claims(net, edge))),
                    )
                )
    return found


def as_json(net: Network, answer: Answer) -> dict[str, Any]:
    """The answer for programs."""
    return {
        "from": _node(net, answer.start),
        "to": _node(net, answer.end),
        "max_hops": answer.max_hops,
        "include": list(answer.include),
        "through": list(answer.through),
        "only": answer.only,
        "links": answer.links,
        "chains": [
            {
                "cost": chain.cost,
                "strength": chain.strength.value,
                "hops": [
                    {
                        "from": _node(net, hop.start),
                        "to": _node(net, hop.end),
                        "links": [_link(net, hop, edge) for edge in hop.edges],
                    }
                    for hop in chain.hops
                ],
            }
            for chain in answer.chains
        ],
        "others": answer.others,
        "left_out": {
            "count": answer.left_out.count,
            "more": answer.left_out.more,
            "through": dict(answer.left_out.through),
            "include": dict(answer.left_out.include),
            "options": options(net, answer),
        },
    }


def none_found(net: Network, answer: Answer) -> str:
    """That there is no chain, and how far the data was looked at."""
    which = f"links of {net.rules.selections[answer.only].words}" if answer.only else "links"
    strengths = ", ".join(("fact", *answer.include))
    return (
        f"No chain of at most {answer.max_hops} {which} joins {net.label(answer.start)} and {net.label(answer.end)}"
        f" ({strengths}: {answer.links:,} such links in the graph)."
    )


def others_found(answer: Answer) -> str | None:
    """That there are chains beyond those asked for."""
    if not answer.others:
        return None
    several = answer.others != 1
    return (
        f"{answer.others:,} more chain{'s' if several else ''} of the same sort cost{'' if several else 's'} as much or"
        f" more; -k {len(answer.chains) + min(answer.others, 10)} shows more of them."
    )


def left_out(net: Network, answer: Answer) -> str | None:
    """How many weaker chains the options left out, why, and which options show them."""
    out = answer.left_out
    if not out.count:
        return None
    reasons = [f"{count:,} through {net.rules.passages[name].many}" for name, count in out.through]
    reasons += [f"{count:,} with {name} links" for name, count in out.include]
    several = out.count != 1 or out.more
    twice = "; one may count twice" if sum(count for _, count in (*out.through, *out.include)) > out.count else ""
    return (
        f"{'More than ' if out.more else ''}{out.count:,} weaker chain{'s were' if several else ' was'} left out"
        f" ({', '.join(reasons)}{twice}); {options(net, answer)} shows {'them' if several else 'it'}."
    )


def options(net: Network, answer: Answer) -> str:
    """The options that would show all that was left out, those already given included."""
    include = {*answer.include, *(name for name, _ in answer.left_out.include)}
    wanted = {*answer.through, *(name for name, _ in answer.left_out.through)}
    passages = net.rules.passages
    through = [name for name in passages if name in wanted and passages[name].opened_by not in include]
    parts = []
    if through:
        parts.append(f"--through {','.join(through)}")
    if include:
        parts.append(f"--include {','.join(each.value for each in Strength if each in include)}")
    return " ".join(parts)


def claims(net: Network, edge: Edge) -> list[Claim]:
    """The claims that give a link its strength."""
    return [net.knowledge.claims[id] for id in edge.claims]


def said_by(net: Network, claim: Claim) -> str:
    """Whose voice a claim is in."""
    speaker = net.label(claim.speaker) if claim.speaker else None
    if claim.voice is Voice.OWN_VOICE:
        return "the source itself"
    if claim.voice is Voice.RELAYED:
        return f"{speaker}, relayed" if speaker else "hearsay, relayed"
    return speaker or "an unnamed voice"


def source_words(net: Network, claim: Claim) -> str:
    """A claim's source as people cite it."""
    source = net.knowledge.sources[claim.source]
    return f"{net.label(source.publisher) if source.publisher else source.title}, {source.published}"


def strength_words(net: Network, edge: Edge) -> str:
    """A link's strength, with what else must be known of it."""
    modalities = sorted({claim.modality.value.lower() for claim in claims(net, edge)})
    words = [f"hedged: {' and '.join(modalities)}" if edge.strength is Strength.HEDGED else edge.strength.value]
    if edge.disputed:
        words.append("disputed")
    if edge.holding:
        words.append(edge.holding.value)
    return ", ".join(words)


def _node(net: Network, node: str) -> dict[str, Any]:
    return {"id": node, "label": net.label(node), "classes": list(net.types(node))}


def _link(net: Network, hop: Hop, edge: Edge) -> dict[str, Any]:
    forward = hop.forward(edge)
    return {
        "predicate": edge.predicate,
        "qualifier": edge.qualifier,
        "forward": forward,
        "words": net.words(edge, forward=forward),
        "strength": edge.strength.value,
        "disputed": edge.disputed,
        "holding": edge.holding and edge.holding.value,
        "claims": [
            {
                "id": claim.id,
                "voice": claim.voice.value,
                "speaker": _node(net, claim.speaker) if claim.speaker else None,
                "modality": claim.modality.value,
                "source": {"id": claim.source, "title": net.knowledge.sources[claim.source].title},
            }
            for claim in claims(net, edge)
        ],
    }
