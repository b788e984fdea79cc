"""Reports to measure with: made from sentences of our own, the same for the same seed, as varied as news.

Names, figures and dates are drawn anew for every sentence, so that caches of words do not flatter anybody.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

_STEMS = "Alder Birch Cedar Dorn Elm Farrow Garnet Hollis Ivory Juno Kestrel Lumen Merrow Nordic Opal Quill Rowan Sable"
_STEMS += " Tarn Umber Vesper Wren Yarrow Zephyr Amber Basalt Cobalt Drift Ember Flint Glade Harbour Inlet Jasper"
_KINDS = "Bank Pay Ledger Labs Capital Networks Technologies Settlement Exchange Group Wallet Trust Markets Systems"
_GIVEN = "Ana Boris Chen Dalia Emeka Farah Goran Hana Ivan Jomo Kofi Lena Mira Nadia Omar Petra Quentin Rosa Samir Tove"
_FAMILY = "Okafor Lindqvist Marchetti Haddad Novak Sørensen Tanaka Mbeki Castillo Petrov Yilmaz Duarte Kaplan Ionescu"
_STATES = "Ghana Norway Peru Kenya Jamaica Thailand Uruguay Georgia Zambia Iceland Fiji Oman Chile Estonia Rwanda Nepal"
_MONEY = "e-peso e-crown e-cedi e-rial e-kroon e-sol"
_MONTHS = "January February March April May June July August September October November December"
_DAYS = "Monday Tuesday Wednesday Thursday Friday"

_FRAMES = (
    "{firm} launched a pilot of the {money} in {state} on {day}.",
    "The Central Bank of {state} is working with {firm} on a digital currency, {person} said on {day}.",
    '"We have not decided whether to issue the {money}," {person}, governor of the Bank of {state}, told {firm}.',
    "{firm}, a subsidiary of {firm2}, was founded in {year} and has its headquarters in {state}.",
    "According to {firm}, the regulator in {state} plans to ban private stablecoins by {month} {year}.",
    "The ministry denied reports that {firm} would buy a stake of {number} percent in {firm2}.",
    "{person}, who joined {firm} in {year}, will head its office in {state} from {month}.",
    "If parliament agrees, the Bank of {state} could issue the {money} as early as {year}.",
    "Analysts at {firm} expect prices to rise by {number} percent, although few of them are sure about it.",
    "It rained in {state} for most of the week, and the ferries to the islands stayed in port until {day}.",
    "The project, which costs {number} million dollars, uses a ledger that {firm} and {firm2} built together.",
    "In a report of {number} pages the committee warned that banks may lose deposits when savers move to the {money}.",
    "{person} bought the old mill by the river, had it repaired, and opened a school for weavers there in {year}.",
    "Shops in {state} have accepted the {money} since {month} {year}, but only every fifth customer knows about it.",
    "{firm} signed an agreement with the Bank of {state} to test payments across the border.",
    "Asked about the delay, a spokesman for {firm} said the software had passed all of its {number} tests.",
    "The currency is backed by deposits at {firm}, it is issued by {firm2}, and it can be used without a network.",
    "Neither {firm} nor {person} answered questions about the contract that was signed in {month}.",
    "Farmers around the capital of {state} still prefer notes and coins, because the next branch is hours away.",
    "{firm} said it had hired {number} engineers in {state} and would hire as many again next year.",
    "Officials familiar with the matter said that {person} would step down as chairman of {firm} in {month}.",
    "The {money}, the digital currency of {state}, reached {number} thousand users within a year.",
    "Critics call the plan too costly; {person} of {firm2} disagrees and points to the savings of {year}.",
    "After months of talks {state} and its neighbours agreed on common rules for wallets, fees and privacy.",
    "The orchestra played for two hours, then the mayor thanked {person} and everybody went home.",
    "{firm} owns {firm2}, whose wallet is used by {number} thousand merchants from {state} to the coast.",
    "Under the law of {year}, companies such as {firm} must keep their reserves at the Bank of {state}.",
    "Its rival {firm2} has been losing customers for {number} months, a survey published on {day} shows.",
)


def paragraph(dice: random.Random) -> str:
    """Three to seven sentences."""
    return " ".join(_sentence(dice) for _ in range(dice.randint(3, 7)))


def report(seed: int, characters: int = 2_000) -> str:
    """A headline, a date line and paragraphs, of about so many characters."""
    dice = random.Random(seed)
    parts = [f"{_firm(dice)} and the digital money of {_one(dice, _STATES)}", f"Published: {_date(dice)}"]
    length = sum(map(len, parts))
    while length < characters:
        parts.append(paragraph(dice))
        length += len(parts[-1]) + 2
    return "\n\n".join(parts) + "\n"


def stream(seed: int, characters: int) -> Iterator[str]:
    """The paragraphs of one long report, piece by piece, of about so many characters together."""
    dice = random.Random(seed)
    length = 0
    while length < characters:
        piece = paragraph(dice) + "\n\n"
        length += len(piece)
        yield piece


def _sentence(dice: random.Random) -> str:
    return dice.choice(_FRAMES).format(
        firm=_firm(dice),
        firm2=_firm(dice),
        person=f"{_one(dice, _GIVEN)} {_one(dice, _FAMILY)}",
        state=_one(dice, _STATES),
        money=_one(dice, _MONEY),
        month=_one(dice, _MONTHS),
        day=_one(dice, _DAYS),
        year=dice.randint(2009, 2027),
        number=dice.randint(2, 990),
    )


def _firm(dice: random.Random) -> str:
    return f"{_one(dice, _STEMS)}{dice.choice(('', ' ', 'by '))}{_one(dice, _KINDS)}"


def _date(dice: random.Random) -> str:
    return f"{dice.randint(1, 28)} {_one(dice, _MONTHS)} {dice.randint(2017, 2024)}"


def _one(dice: random.Random, words: str) -> str:
    return dice.choice(words.split())
