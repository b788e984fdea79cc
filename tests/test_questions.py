"""Named questions: each gives its stated answer, on every engine, and takes values but never text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import vocabulary
from kg.dataset import quads
from kg.errors import KgError, NotFound, QueryError
from kg.model import Modality, PartialDate, Validity
from kg.prefixes import PREFIXES
from kg.query import ask, clocks, questions
from kg.query.question import SHAPES, TYPES, block, parse
from kg.query.rows import Rows, plain
from kg.store import Answer
from kg.store.embedded import Embedded
from tests.stores import seeds, seeds_nquads, seeds_store, serving, store_of

NAMES = [each.name for each in questions.load_all()]


@cache
def keys() -> dict[str, str]:
    """Claim id → the curator's key."""
    return {claim.id: claim.key or claim.id for claim in seeds().claims.values()}


def short(term: Any) -> str | None:
    """A term as a local name; a claim as its key."""
    if term is None:
        return None
    local = term.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1] if isinstance(term, ox.NamedNode) else term.value
    return keys().get(local, local)


def asked(name: str, **values: str) -> list[dict[str, str | None]]:
    found = ask.ask(seeds_store(), name, {key.rstrip("_"): value for key, value in values.items()})
    return [dict(zip(found.variables, map(short, row), strict=True)) for row in found.rows]


def claims(rows: list[dict[str, str | None]], variable: str = "claim") -> set[str | None]:
    return {row[variable] for row in rows}


def rows_of(answer: Answer) -> Rows:
    found = plain(answer)
    assert isinstance(found, Rows)
    return found


# --- The stated answers of the competency questions that the first article answers ----------------------------------


def test_1_who_owns_sft() -> None:
    rows = asked("owner")
    assert claims(rows) == {"s067", "s068", "s069"}
    parent = next(row for row in rows if row["claim"] == "s067")
    assert (parent["predicate"], parent["object"], parent["strength"], parent["voice"]) == (
        "subsidiaryOf",
        "pbc",
        "fact",
        "OwnVoice",
    )
    assert Decimal(parent["share"] or 0) == 1
    assert next(row["object"] for row in rows if row["predicate"] == "foundedOn") == "2018-06"
    assert not any(row["conflict"] for row in rows)


def test_6_payment_products() -> None:
    (row,) = asked("products")
    assert (row["company"], row["product"], row["claim"]) == ("tencent", "tenpay", "s041")
    assert (row["strength"], row["voice"], row["speaker"]) == ("reported", "Unnamed", "gt190828-source")
    assert asked("products", company="Tencent") == [row]
    assert asked("products", company="Alibaba") == []


def test_11_what_tencents_proposals_are_based_on() -> None:
    (row,) = asked("proposal-basis")
    assert (row["product"], row["claim"], row["proposalClaim"]) == ("tenpay", "s040", "s039")
    assert (row["voice"], row["speaker"], row["strength"]) == ("Unnamed", "gt190828-source", "reported")


def test_18_the_shenzhen_pilot_had_not_begun() -> None:
    rows = asked("pilot-begun")
    assert {row["begun"] for row in rows} == {"false"}
    assert claims(rows) >= {"s079", "s080", "s087"}
    assert "Actual" not in claims(rows, "modality")
    assert asked("pilot-begun", by="2019-08-27") == []


def test_18_a_pilot_that_had_begun() -> None:
    """The question can say yes: with a plain claim that the pilot ran from June 2019."""
    hedged = next(claim for claim in seeds().claims.values() if claim.key == "s079")
    running = replace(
        hedged, id="0" * 20, key="x1", modality=Modality.ACTUAL, validity=Validity.of(PartialDate("2019-06"))
    )
    store = store_of(replace(seeds(), claims={**seeds().claims, running.id: running}))
    begun: dict[str, set[str]] = {}
    for day in ("2019-08-28", "2030-01-01"):
        sparql = questions.bind(questions.named("pilot-begun"), {"by": day}, store)
        begun[day] = {str(row["begun"]) for row in rows_of(store.query(sparql))}
    later = replace(running, validity=Validity.of(PartialDate("2020")))
    store = store_of(replace(seeds(), claims={**seeds().claims, later.id: later}))
    begun["not yet"] = {str(row["begun"]) for row in rows_of(store.query(questions.named("pilot-begun").sparql))}
    assert begun == {"2019-08-28": {"True"}, "2030-01-01": {"True"}, "not yet": {"False"}}


def test_35_bans() -> None:
    rows = asked("bans")
    assert {(row["predicate"], row["object"], row["from"]) for row in rows} == {
        ("bans", "initial-coin-offerings", "2017"),
        ("halts", "bitcoin-yuan-trading", None),
    }
    assert claims(rows) | claims(rows, "reasonClaim") == {"s053", "s054", "s055", "s056"}
    assert claims(rows, "reason") == {"financial-risk-concerns"}


def test_39_sfts_applications_serve_no_digital_currency() -> None:
    (row,) = asked("serves-digital-currency")
    assert (row["answer"], row["claim"], row["voice"]) == ("no", "s078", "Unnamed")


def test_44_claims_from_anonymous_voices() -> None:
    rows = asked("unnamed-sources")
    assert len(rows) == 31
    assert claims(rows) >= {"s031", "s032", "s039", "s040", "s111"}


def test_44_they_are_those_of_the_annotation(shared: Any) -> None:
    lines = shared("documents/globaltimes-2019-08-28.gold.jsonl").read_text(encoding="utf-8").splitlines()
    assert claims(asked("unnamed-sources")) == {each["id"] for each in map(json.loads, lines) if each["anonymous"]}


def test_45_what_shentu_says_and_gains() -> None:
    rows = asked("speaker-claims")
    says = {row["claim"] for row in rows if row["part"] == "1 says"}
    # The answer's range s093 to s098 includes s095, which the annotation itself gives to the paper.
    assert says == {
        *(f"s{number:03}" for number in (*range(22, 27), 71, *range(82, 88), *range(93, 99))),
    } - {"s095"}
    assert {row["claim"] for row in rows if row["part"] != "1 says"} == {"s027", "s029"}
    assert {row["organization"] for row in rows if row["claim"] == "s027"} == {"bankledger"}


def test_46_plans_conditions_and_suggestions() -> None:
    rows = asked("not-facts")
    counts = {name: sum(row["modality"] == name for row in rows) for name in claims(rows, "modality")}
    assert counts == {"Planned": 11, "Conditional": 3, "Suggested": 6, "Possible": 5}
    assert len(asked("not-facts", only="conditional")) == 3


def test_56_how_tencent_is_linked_to_the_central_bank() -> None:
    rows = asked("link")
    assert [(row["hop"], row["predicate"], row["claim"], row["strength"], row["voice"]) for row in rows] == [
        ("1", "locatedIn", "s006", "reported", "Unnamed"),
        ("2", "locatedIn", "s045a", "reported", "Named"),
        ("3", "indicatesTopicsTo", "s045", "reported", "Named"),
    ]
    assert {row["source"] for row in rows} == {"globaltimes-2019-08-28"}
    # From the other end it is the same chain.
    assert claims(asked("link", from_="PBC", to="Tencent")) == claims(rows)


def test_56_no_ownership_links_them() -> None:
    (row,) = asked("ownership-link")
    assert (row["linked"], row["reportedly"]) == ("false", "false")
    (owned,) = asked("ownership-link", from_="SFT", to="PBC")
    assert (owned["linked"], owned["reportedly"]) == ("true", "false")
    (said,) = asked("ownership-link", from_="Tencent", to="Tenpay")
    assert (said["linked"], said["reportedly"]) == ("false", "true")


def test_further_questions() -> None:
    assert claims(asked("denials")) == {"s078", "s108", "s110"}
    assert claims(asked("denials", about="Chinese yuan")) == {"s108"}
    assert sum(int(row["claims"] or 0) for row in asked("voices-of-sources")) == len(seeds().claims)
    assert asked("disagreements") == []


# --- The same on every engine -------------------------------------------------------------------------------------


def comparable(value: object, datatype: str | None, language: str | None) -> tuple[object, str | None, str | None]:
    """Numbers by value: one engine keeps how they were written, the other does not."""
    return (
        Decimal(str(value)).normalize() if datatype and datatype.endswith("#decimal") else str(value),
        datatype,
        language,
    )


def of_oxigraph(term: Any) -> object:
    if isinstance(term, ox.Literal):
        plain = term.datatype.value if not term.language else None
        return comparable(term.value, None if plain == PREFIXES["xsd"] + "string" else plain, term.language)
    return None if term is None else term.value


def of_rdflib(term: Any) -> object:
    from rdflib import Literal

    if isinstance(term, Literal):
        datatype = str(term.datatype) if term.datatype else None
        return comparable(term, None if datatype == PREFIXES["xsd"] + "string" else datatype, term.language)
    return None if term is None else str(term)


@cache
def rdflib_dataset() -> Any:
    return quads.parse(seeds_nquads())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_rdflib_and_the_embedded_store_agree(name: str) -> None:
    question = questions.named(name)
    embedded = seeds_store().query(question.sparql, strict=True)
    assert isinstance(embedded, ox.QuerySolutions)
    ours = [tuple(map(of_oxigraph, row)) for row in embedded]
    theirs = [tuple(map(of_rdflib, row)) for row in rdflib_dataset().query(question.sparql)]
    assert sorted(map(repr, ours)) == sorted(map(repr, theirs))


@pytest.mark.parametrize("name", NAMES)
def test_an_endpoint_gives_the_same(name: str) -> None:
    from kg.store import open as open_store

    with serving() as address:
        assert ask.ask(open_store(address), name, {}) == ask.ask(seeds_store(), name, {})


# --- Files --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_file_says_what_it_asks(name: str) -> None:
    question = questions.named(name)
    assert question.title.endswith("?")
    assert question.help
    assert question.answer in SHAPES
    assert "ORDER BY" in question.sparql
    assert all(each.type in TYPES and each.help and each.default for each in question.parameters)


def test_all_ten_are_there() -> None:
    numbers = [number for each in questions.load_all() for number in each.numbers]
    assert {1, 6, 11, 18, 35, 39, 44, 45, 46, 56} <= set(numbers)


GOOD = """#+ title = "Who?"
#+ theme = "T"
#+ help = "H"
#+ answer = "list"
#+ [[parameter]]
#+ name = "x"
#+ type = "entity"
#+ help = "An x."

SELECT ?x WHERE {
  VALUES ?x { <a:b> }
}
"""


def test_a_good_file() -> None:
    question = parse(GOOD, "who", "who.rq")
    assert (question.title, question.parameters[0].default) == ("Who?", "<a:b>")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("#+ title", "title"), r"who\.rq:1: has no front matter"),
        (('"T"', "T"), r"who\.rq:2: front matter is not valid TOML"),
        (('#+ help = "H"\n', ""), r"who\.rq:1: has no help"),
        (('"list"', '"lists"'), "none of"),
        (('"entity"', '"thing"'), "none of"),
        (("#+ theme", "#+ them"), "front matter knows no 'them'"),
        (("VALUES ?x", "VALUES ?y"), r"there is no block VALUES \?x"),
        (("VALUES ?x { <a:b> }", "VALUES ?x { <a:b> } VALUES ?x { <a:c> }"), "more than one block"),
        (("SELECT ?x", "ASK"), r"who\.rq:10: a question is a SELECT"),
        (("<a:b> }", "cbdc:b }"), r"who\.rq:11: line 2, column 15: the prefix cbdc: is not declared"),
        (('"x"', '"x y"'), "not the name of a variable"),
    ],
)
def test_a_faulty_file_says_where(change: tuple[str, str], message: str) -> None:
    assert change[0] in GOOD
    with pytest.raises(QueryError, match=message):
        parse(GOOD.replace(*change, 1), "who", "who.rq")


def test_a_block_in_a_comment_or_text_is_none() -> None:
    sparql = '# VALUES ?x { }\nSELECT * { FILTER("VALUES ?x { }" = "") VALUES ?x { 1 } }'
    start, end = block(sparql, "x")
    assert sparql[start:end] == " 1 "
    assert sparql.index("{ 1 }") + 1 == start


def test_an_unknown_question_names_near_ones() -> None:
    with pytest.raises(QueryError, match="did you mean owner"):
        questions.named("ownr")


# --- Values -------------------------------------------------------------------------------------------------------

HOSTILE = [
    '"',
    "'",
    "}",
    "{",
    "\n",
    "\\",
    '"} UNION { ?s ?p ?o } #',
    "entity:pbc } VALUES ?y { entity:sft",
    "<http://x> . ?s ?p ?o",
    "UNDEF",
    "DROP ALL",
    "a" * 10_000,
    "\x00\x1b[31m",
    "%s {} \\1 \\g<0>",
    "",
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    ("name", "parameter"), [("owner", "organization"), ("pilot-begun", "by"), ("unnamed-sources", "source")]
)
def test_hostile_values_are_messages(name: str, parameter: str, value: str) -> None:
    with pytest.raises(KgError) as raised:
        questions.bind(questions.named(name), {parameter: value}, seeds_store())
    message = str(raised.value)
    assert len(message) < 500
    assert "\x1b" not in message


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_a_text_is_bound_as_a_term_whatever_it_holds(value: str) -> None:
    question = parse(GOOD.replace('"entity"', '"text"'), "who", "who.rq")
    sparql = questions.bind(question, {"x": value}, seeds_store())
    answer = seeds_store().query(sparql, strict=True)
    assert isinstance(answer, ox.QuerySolutions)
    assert [row["x"] for row in answer] == [ox.Literal(value)]


def test_several_values() -> None:
    sparql = questions.bind(questions.named("owner"), {"organization": ["SFT", "entity:sft", "PBC"]}, seeds_store())
    start, end = block(sparql, "organization")
    assert sparql[start:end].split() == [f"<{PREFIXES['entity']}{id}>" for id in ("sft", "pbc")]
    with pytest.raises(QueryError, match="at most"):
        questions.bind(questions.named("owner"), {"organization": ["SFT"] * 101}, seeds_store())


@pytest.mark.parametrize(
    ("type", "value", "wanted"),
    [
        ("date", " 2020-01-02 ", '"2020-01-02"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("number", "-3", '"-3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("number", "0.5", '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("concept", "concept:kind-stablecoin", f"<{PREFIXES['concept']}kind-stablecoin>"),
        ("concept", "kind-stablecoin", f"<{PREFIXES['concept']}kind-stablecoin>"),
        ("predicate", "owns", f"<{PREFIXES['cbdc']}owns>"),
        ("source", "globaltimes-2019-08-28", f"<{PREFIXES['source']}globaltimes-2019-08-28>"),
        ("entity", "人民银行", f"<{PREFIXES['entity']}pbc>"),
    ],
)
def test_values_by_type(type: str, value: str, wanted: str) -> None:
    question = parse(GOOD.replace('"entity"', f'"{type}"'), "who", "who.rq")
    sparql = questions.bind(question, {"x": value}, seeds_store())
    start, end = block(sparql, "x")
    assert sparql[start:end].strip() == wanted


@pytest.mark.parametrize(
    ("type", "value"), [("number", "1e5"), ("number", "٣"), ("number", ""), ("date", "2019-02-30")]
)
def test_values_that_do_not_fit(type: str, value: str) -> None:
    question = parse(GOOD.replace('"entity"', f'"{type}"'), "who", "who.rq")
    with pytest.raises(QueryError, match="write it as"):
        questions.bind(question, {"x": value}, seeds_store())


def test_unknown_parameters_and_shapes() -> None:
    with pytest.raises(QueryError, match="it takes: organization"):
        questions.bind(questions.named("owner"), {"x": "y"}, seeds_store())
    with pytest.raises(QueryError, match="name=value"):
        questions.pairs(["organization"])
    assert questions.pairs(["a=b=c", "a=d"]) == {"a": ["b=c", "d"]}
    with pytest.raises(NotFound, match="no concept"):
        question = parse(GOOD.replace('"entity"', '"concept"'), "who", "who.rq")
        questions.bind(question, {"x": "http://elsewhere/x"}, seeds_store())


# --- Clocks -------------------------------------------------------------------------------------------------------


def test_clocks() -> None:
    from datetime import date

    terms = vocabulary.load()
    assert clocks.at(seeds_store(), terms) is seeds_store()
    before = clocks.at(seeds_store(), terms, known_at=date(2019, 8, 27))
    assert ask.ask(before, "bans", {}).rows == []
    early = clocks.at(seeds_store(), terms, as_of=date(2016, 1, 1))
    assert {short(row[1]) for row in ask.ask(early, "bans", {}).rows} == {"bitcoin-yuan-trading"}


# --- The command --------------------------------------------------------------------------------------------------


def run(built: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", "ask", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "CBDC_KG_GRAPH": str(built)},
        check=False,
    )


def test_the_list(built: Path) -> None:
    listed = json.loads(run(built, "--format", "json").stdout)
    assert [each["name"] for each in listed] == NAMES
    assert all(each.keys() == {"name", "title", "theme", "parameters"} for each in listed)
    text = run(built).stdout
    assert all(name in text for name in NAMES)


def test_labels_sources_and_the_query_itself(built: Path) -> None:
    result = run(built, "owner", "organization=Shenzhen Fintech", "--format", "table", "--sources")
    assert result.returncode == 0, result.stderr
    for words in ("People's Bank of China", "is a subsidiary of", "s067", "Global Times, in its own voice", "actual"):
        assert words in result.stdout
    assert "https://w3id.org" not in result.stdout
    found = json.loads(run(built, "proposal-basis", "--sources", "--format", "json").stdout)
    assert [(each["key"], each["voice"]) for each in found["claims"]] == [("s040", "Unnamed"), ("s039", "Unnamed")]
    assert len(found["results"]["bindings"]) == 1
    sparql = run(built, "owner", "--sparql", "organization=SFT").stdout
    answer = Embedded.from_nquads(seeds_nquads()).query(sparql, strict=True)
    assert len(list(answer)) == 3  # type: ignore[arg-type]
    assert run(built, "bans", "--format", "csv").stdout.startswith("predicate,object,")


@pytest.mark.parametrize(
    ("status", "arguments", "message"),
    [
        (2, ["ownr"], "did you mean owner"),
        (1, ["owner", "organization=Bank of Atlantis"], "Atlantis"),
        (2, ["owner", "organisation=SFT"], "it takes: organization"),
        (2, ["owner", "SFT"], "name=value"),
        (2, ["owner", "--as-of", "yesterday"], "is not a date"),
        (2, ["owner", "--sources", "--format", "csv"], "table or json"),
        (2, ["--format", "csv"], "table or json"),
    ],
)
def test_bad_arguments(status: int, arguments: list[str], message: str, built: Path) -> None:
    result = run(built, *arguments)
    assert result.returncode == status, result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_an_enumerated_parameter_takes_only_its_words() -> None:
    question = questions.named("not-facts")
    with pytest.raises(QueryError, match="only: 'foo' is none of: planned, possible, conditional, suggested"):
        questions.bind(question, {"only": "foo"}, seeds_store())
    assert questions.bind(question, {"only": " Planned"}, seeds_store()) == questions.bind(
        question, {"only": "planned"}, seeds_store()
    )
    only = next(each for each in question.to_json()["parameters"] if each["name"] == "only")
    assert only["choices"] == ["planned", "possible", "conditional", "suggested"]


def test_names_of_questions_in_any_case() -> None:
    assert questions.named("OWNER") is questions.named("owner")


def test_every_default_is_what_one_may_type() -> None:
    for question in questions.load_all():
        for parameter in question.parameters:
            space = questions.SPACES.get(parameter.type, "")
            given = [term.value.removeprefix(space) for term in questions.defaults(parameter)]
            if any(given):
                bound = questions.bind(question, {parameter.name: given}, seeds_store())
                assert questions.used(parameter, bound) == questions.defaults(parameter), (question.name, parameter)


def test_the_values_that_a_question_has_anyway_are_shown(built: Path) -> None:
    def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kg", "ask", *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "CBDC_KG_GRAPH": str(built)},
            check=True,
        )

    listed = ask().stdout
    assert "[organization=sft]" in listed
    assert "[place=shenzhen by=2019-08-28]" in listed
    assert "[company=…]" in listed
    asked = ask("owner", "--format", "table").stderr
    assert asked == (
        "Who owns an organization, since when, and who says so? (organization=Shenzhen Financial Technology Co)\n"
    )
    assert "only=planned" in ask("not-facts", "only=planned", "--format", "table").stderr
    assert ask("owner", "--format", "table", "--quiet").stderr == ""
    assert ask("owner").stderr == ""
