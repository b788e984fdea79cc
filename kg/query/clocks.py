"""A store as it would be with clocks: what had been published by a day, and what holds or may hold on one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kg.dataset.facts import derive
from kg.model import Holding
from kg.query.records import read
from kg.store.base import Store
from kg.store.embedded import Embedded
from kg.vocabulary import Vocabulary


def at(store: Store, vocabulary: Vocabulary, *, as_of: date | None = None, known_at: date | None = None) -> Store:
    """A store in memory whose claims, facts and conflicts are those of the clocks; the store itself without clocks.

    Claims published after ``known_at`` are gone. With ``as_of`` so are claims that are known not to hold then: what is
    left holds, may hold, or says nothing about its time.
    """
    if as_of is None and known_at is None:
        return store
    from kg.dataset import quads

    knowledge = read(store)
    knowledge = replace(
        knowledge,
        claims={
            id: claim
            for id, claim in knowledge.claims.items()
            if (known_at is None or knowledge.sources[claim.source].published.last <= known_at)
            and (as_of is None or claim.validity.on(as_of) is not Holding.NOT)
        },
    )
    derivation = derive(knowledge, vocabulary, as_of=as_of, known_at=known_at)
    clocks = ", ".join(f"{name} {day}" for name, day in (("as of", as_of), ("known at", known_at)) if day)
    return Embedded.from_nquads(quads.nquads(quads.dataset(knowledge, derivation)), f"{store.location} ({clocks})")
