"""The ontology folder: terms, schemes, alignments, shapes, checks and the JSON-LD context."""

from __future__ import annotations

import json
import re
import string
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery

ONTOLOGY = Path(__file__).resolve().parents[1] / "ontology"
TURTLE = sorted(ONTOLOGY.glob("*.ttl"))
CHECKS = sorted((ONTOLOGY / "checks").glob("*.rq"))

CBDC = Namespace("https://w3id.org/cbdc-kg/ontology#")
CONCEPT = Namespace("https://w3id.org/cbdc-kg/concept/")
SCHEMA = Namespace("https://schema.org/")
VS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")
OURS = (str(CBDC), str(CONCEPT))


def words(text: str) -> list[str]:
    """A list of names, written as prose."""
    return text.split()


CORE = words("""
    subsidiaryOf owns foundedOn endedOn foundedBy partOf alternateName instanceOf locatedIn adjacentTo
    isCentralBankOf holdsPosition spokeTo recruitsFor memberOf participatesIn partnersWith competesWith designates
    taskedWith researches develops proposes basedOn usesTechnology operates suppliesTo issuedBy distributedBy launches
    launchedOn pilotsIn hasStatus announces publishes encourages opposes bans halts requires permits appliesTo amends
    revokes implements peggedTo includesCurrency motivatedBy respondsTo
""")
TAIL = words("""
    aimsToDesignateAs recognizes isFirstOf signals indicatesTopicsTo accelerates extendsTo correctableIn enables
    suitableFor hosts hasCharacteristic hasAdvantageIn supportsService callsFor aimsAt aimsToExclude interpretedAs wins
    publishedOnPlatform supportsDevelopmentOf includesMember publishedOn motivates
""")
SINGLE_VALUED = {"subsidiaryOf", "foundedOn", "endedOn", "launchedOn", "hasStatus", "publishedOn"}
EVALUATIVE = {
    *("motivatedBy", "respondsTo", "motivates", "signals", "hasAdvantageIn", "hasCharacteristic"),
    *("suitableFor", "aimsAt", "aimsToExclude", "interpretedAs"),
}
SYMMETRIC = {"adjacentTo", "partnersWith", "competesWith"}
GROUPS = {
    *("assessment", "corporate", "mandate", "outlook", "people", "place"),
    *("policy", "product", "publication", "relation", "research"),
}
AXES = {
    "Voice": {"OwnVoice", "Named", "Unnamed", "Relayed"},
    "Modality": {"Actual", "Planned", "Possible", "Conditional", "Suggested"},
    "Polarity": {"Affirmed", "Denied"},
    "ReviewStatus": {"Candidate", "Accepted", "Rejected", "Superseded", "Retracted"},
    "Rank": {"Preferred", "Normal", "Deprecated"},
}
LADDER = words("no-activity research proof-of-concept development pilot-closed pilot-public launched")
TRACKERS = ("atlantic-council", "cbdctracker", "bis", "kiff", "hrf", "bokmartin")
OUTER_RANGES = {
    *(XSD.date, XSD.gYearMonth, XSD.gYear, XSD.string, XSD.decimal, XSD.integer, XSD.boolean, RDF.langString),
    *(RDF.Property, SKOS.Concept, SKOS.ConceptScheme),
    URIRef("http://www.w3.org/ns/oa#SpecificResource"),
    URIRef("http://www.w3.org/ns/dcat#Dataset"),
}


@cache
def parsed(path: Path) -> Graph:
    """One Turtle file."""
    return Graph().parse(path)


@cache
def terms() -> Graph:
    """The ontology as it goes into a dataset: every file but the shapes."""
    whole = Graph()
    for path in TURTLE:
        if path.name != "shapes.ttl":
            whole += parsed(path)
    return whole


@cache
def shapes() -> Graph:
    """The SHACL shapes."""
    return parsed(ONTOLOGY / "shapes.ttl")


def local(term: object) -> str:
    """The local name of one of our terms."""
    return str(term).removeprefix(str(CBDC)).removeprefix(str(CONCEPT))


def ours(type_: URIRef) -> set[str]:
    """Local names of our terms of a type."""
    return {local(term) for term in terms().subjects(RDF.type, type_) if str(term).startswith(OURS)}


def defined() -> list[URIRef]:
    """Every term of ours that the ontology gives a type."""
    return sorted(
        {term for term in terms().subjects(RDF.type) if isinstance(term, URIRef) and str(term).startswith(OURS)}
    )


# --- files -----------------------------------------------------------------


def test_every_planned_file_is_there() -> None:
    assert {path.stem for path in TURTLE} == {
        *("classes", "claim-model", "predicates", "testing-predicates", "qualifiers"),
        *("schemes", "trackers", "alignments", "shapes"),
    }
    assert len(CHECKS) >= 8


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.name)
def test_files_parse_alike_in_rdflib_and_pyoxigraph(path: Path) -> None:
    quads = list(ox.parse(path=path))
    assert len(quads) == len({str(quad) for quad in quads}), "a triple is written twice"
    assert len(quads) == len(parsed(path)) > 0


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.name)
def test_every_prefix_is_used_and_the_header_says_what_the_file_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ")
    _, *body = re.split(r"^@prefix .*$", text, flags=re.MULTILINE)
    for prefix in re.findall(r"^@prefix ([\w-]+):", text, re.MULTILINE):
        assert re.search(rf"(?<![\w-]){prefix}:", body[-1]), f"{prefix}: is declared and not used"


@pytest.mark.parametrize("path", [path for path in TURTLE if path.name != "shapes.ttl"], ids=lambda path: path.name)
def test_no_blank_nodes(path: Path) -> None:
    assert not [node for triple in parsed(path) for node in triple if isinstance(node, BNode)]


def test_no_triple_is_said_in_two_files() -> None:
    said = Counter(triple for path in TURTLE if path.name != "shapes.ttl" for triple in parsed(path))
    assert not [triple for triple, count in said.items() if count > 1]


# --- terms -----------------------------------------------------------------


@pytest.mark.parametrize("term", defined(), ids=local)
def test_every_term_has_one_label_and_one_definition(term: URIRef) -> None:
    labels = list(terms().objects(term, RDFS.label))
    definitions = list(terms().objects(term, SKOS.definition))
    assert [label.language for label in labels if isinstance(label, Literal)] == ["en"]
    assert [text.language for text in definitions if isinstance(text, Literal)] == ["en"]
    assert str(definitions[0]).endswith("."), "a definition is a sentence"
    assert (term, RDF.type, SKOS.Concept) not in terms() or list(terms().objects(term, SKOS.prefLabel)) == labels


def test_no_undefined_term_of_ours_is_used_anywhere() -> None:
    known = set(defined())
    used = {
        node
        for graph in (terms(), shapes())
        for triple in graph
        for node in triple
        if isinstance(node, URIRef) and str(node).startswith(OURS)
    }
    others = [*CHECKS, ONTOLOGY / "context.jsonld"]
    for path in others:
        text = path.read_text(encoding="utf-8")
        used |= {CBDC[name] for name in re.findall(r"\bcbdc:(\w+)", text)}
        used |= {CONCEPT[name] for name in re.findall(r"\bconcept:([\w-]+)", text)}
    assert sorted(map(local, used - known)) == []


def test_the_49_stable_predicates_and_the_long_tail() -> None:
    assert len(CORE) == len(set(CORE)) == 49
    status = {local(term): str(value) for term, value in terms().subject_objects(VS.term_status)}
    assert {name for name, value in status.items() if value == "stable"} == set(CORE)
    assert {name for name, value in status.items() if value == "testing"} == set(TAIL)
    assert ours(CBDC.Predicate) == {*CORE, *TAIL}


@pytest.mark.parametrize("name", [*CORE, *TAIL])
def test_every_predicate_is_complete(name: str) -> None:
    predicate = CBDC[name]
    graph = terms()
    domains = set(graph.objects(predicate, SCHEMA.domainIncludes))
    ranges = set(graph.objects(predicate, SCHEMA.rangeIncludes))
    entity_classes = {CBDC[each] for each in ours(OWL.Class) if below(CBDC[each], CBDC.Entity)}
    assert (predicate, RDF.type, RDF.Property) in graph
    assert domains and domains <= entity_classes
    assert ranges and ranges <= entity_classes | OUTER_RANGES | {CBDC.Kind, CBDC.Status}
    assert len(list(graph.objects(predicate, CBDC.group))) == 1
    assert graph.value(predicate, CBDC.group) in {CONCEPT[f"group-{group}"] for group in GROUPS}
    inverse = list(graph.objects(predicate, CBDC.inverseLabel))
    assert [label.language for label in inverse if isinstance(label, Literal)] == ["en"]
    for qualifier in graph.objects(predicate, CBDC.hasQualifier):
        assert (qualifier, RDF.type, CBDC.Qualifier) in graph
    for alternatives in (domains, ranges):  # an alternative below another one adds nothing
        assert not [(a, b) for a in alternatives for b in alternatives if a != b and below(a, b)]


def test_marks() -> None:
    assert ours(CBDC.SingleValued) == SINGLE_VALUED
    assert ours(CBDC.Evaluative) == EVALUATIVE
    assert ours(OWL.SymmetricProperty) == SYMMETRIC
    for name in SYMMETRIC:
        graph = terms()
        assert set(graph.objects(CBDC[name], SCHEMA.domainIncludes)) == set(
            graph.objects(CBDC[name], SCHEMA.rangeIncludes)
        )
        assert graph.value(CBDC[name], RDFS.label) == graph.value(CBDC[name], CBDC.inverseLabel)


def test_qualifiers_say_type_and_identity_and_are_used() -> None:
    graph = terms()
    for qualifier in graph.subjects(RDF.type, CBDC.Qualifier):
        name = local(qualifier)
        ranges = set(graph.objects(qualifier, SCHEMA.rangeIncludes))
        assert ranges and all(each in OUTER_RANGES or below(each, CBDC.Entity) for each in ranges), name
        identifying = graph.value(qualifier, CBDC.identifying)
        assert isinstance(identifying, Literal) and identifying.datatype == XSD.boolean, name
        assert list(graph.subjects(CBDC.hasQualifier, qualifier)), f"no predicate takes {name}"
        scheme = graph.value(qualifier, CBDC.valueScheme)
        assert scheme is None or (scheme, RDF.type, SKOS.ConceptScheme) in graph, name


def test_claim_model_properties_have_domain_and_range() -> None:
    graph = terms()
    known = {CBDC[name] for name in ours(OWL.Class)} | OUTER_RANGES
    for term in graph.subjects(RDF.type, RDF.Property):
        assert set(graph.objects(term, SCHEMA.domainIncludes)) <= known, local(term)
        assert set(graph.objects(term, SCHEMA.rangeIncludes)) <= known, local(term)
        assert graph.value(term, SCHEMA.domainIncludes) and graph.value(term, SCHEMA.rangeIncludes), local(term)


def below(lower: object, upper: object) -> bool:
    """Whether a class is the other one or stands below it."""
    return upper in set(terms().transitive_objects(lower, RDFS.subClassOf))  # type: ignore[arg-type]


def test_class_hierarchy_has_no_cycle() -> None:
    for name in ours(OWL.Class):
        for parent in terms().objects(CBDC[name], RDFS.subClassOf):
            assert not below(parent, CBDC[name]), name


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        *(("Organization", "Agent"), ("Person", "Agent"), ("UnnamedGroup", "Agent"), ("CentralBank", "Organization")),
        *(("CentralBank", "Authority"), ("Government", "PublicAuthority"), ("PublicAuthority", "Authority")),
        *(("LegalInstrument", "Document"), ("LegalInstrument", "Instrument"), ("Country", "Place")),
        *(("City", "Place"), ("SpecialRegion", "Place"), ("CurrencyArea", "Place"), ("CBDC", "DigitalCurrency")),
        *(("CrossBorderProject", "Project"), ("Task", "Activity"), ("NewsArticle", "Document")),
    ],
)
def test_class_hierarchy(lower: str, upper: str) -> None:
    assert below(CBDC[lower], CBDC[upper])


def test_a_country_is_an_agent_only_where_its_entity_says_so() -> None:
    assert not below(CBDC.Country, CBDC.Agent)
    assert below(CBDC.Kind, SKOS.Concept)
    for n_ary in ("Participation", "Tenure", "Contract", "StatusAssignment", "Position"):
        assert n_ary not in ours(OWL.Class)


# --- schemes ---------------------------------------------------------------


@pytest.mark.parametrize("axis", AXES)
def test_axes_are_closed(axis: str) -> None:
    assert ours(CBDC[axis]) == AXES[axis]
    members = {local(each) for each in terms().subjects(SKOS.inScheme, CBDC[f"{axis}Scheme"])}
    assert members == AXES[axis]


def test_every_concept_is_in_the_scheme_that_its_name_begins_with() -> None:
    graph = terms()
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        schemes = list(graph.objects(concept, SKOS.inScheme))
        assert len(schemes) == 1 and (schemes[0], RDF.type, SKOS.ConceptScheme) in graph, concept
        if str(concept).startswith(str(CONCEPT)):
            assert str(concept).startswith(f"{schemes[0]}-"), concept


def test_status_ladder_groups_kinds_and_reliability() -> None:
    graph = terms()
    steps = {local(concept): int(str(step)) for concept, step in graph.subject_objects(CBDC.step)}
    assert [steps[f"status-{name}"] for name in LADDER] == list(range(7))
    assert [steps[f"reliability-{number}"] for number in range(1, 9)] == list(range(1, 9))
    assert len(steps) == 15
    assert {local(each) for each in graph.subjects(SKOS.inScheme, CONCEPT.group)} == {f"group-{g}" for g in GROUPS}
    kinds = set(graph.subjects(SKOS.inScheme, CONCEPT.kind))
    assert kinds == set(graph.subjects(RDF.type, CBDC.Kind))


def test_trackers_are_mapped_but_never_exactly() -> None:
    graph = terms()
    assert not list(graph.subject_objects(SKOS.exactMatch))
    mappings = (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    for tracker in TRACKERS:
        scheme = CONCEPT[f"status-{tracker}"]
        assert (scheme, RDF.type, CBDC.StatusScheme) in graph
        for concept in graph.subjects(SKOS.inScheme, scheme):
            targets = {target for mapping in mappings for target in graph.objects(concept, mapping)}
            assert targets or local(concept) == "status-atlantic-council-other", concept
            assert all((target, SKOS.inScheme, CONCEPT.status) in graph for target in targets), concept
    assert (CONCEPT["status-hrf-launched"], SKOS.narrowMatch, CONCEPT["status-pilot-public"]) in graph


def test_alignments_only_align_what_is_defined_here() -> None:
    graph = parsed(ONTOLOGY / "alignments.ttl")
    assert set(graph.predicates()) == {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso}
    assert set(graph.subjects()) <= set(defined())
    for _, link, target in graph:
        assert not str(target).startswith(OURS)
        if "wikidata.org" in str(target):
            assert link == RDFS.seeAlso and re.fullmatch(r"http://www\.wikidata\.org/prop/direct/P\d+", str(target))


# --- a small dataset -------------------------------------------------------

PREFIXES = """
PREFIX cbdc: <https://w3id.org/cbdc-kg/ontology#>
PREFIX claim: <https://w3id.org/cbdc-kg/claim/>
PREFIX concept: <https://w3id.org/cbdc-kg/concept/>
PREFIX conflict: <https://w3id.org/cbdc-kg/conflict/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX entity: <https://w3id.org/cbdc-kg/entity/>
PREFIX evidence: <https://w3id.org/cbdc-kg/evidence/>
PREFIX graph: <https://w3id.org/cbdc-kg/graph/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX source: <https://w3id.org/cbdc-kg/source/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
GOOD = (
    PREFIXES
    + """
<https://w3id.org/cbdc-kg/> dcterms:issued "2026-11-22"^^xsd:date .

entity:bank a cbdc:CentralBank ; rdfs:label "Bank of Somewhere"@en .
entity:firm a cbdc:Company ; rdfs:label "Firm"@en, "Firma"@de ; cbdc:lei "549300ABCDEFGHIJKL12" .
entity:coin a cbdc:CBDC ; rdfs:label "Coin"@en .
entity:officer a cbdc:Person ; rdfs:label "Officer"@en .
entity:somewhere a cbdc:Country, cbdc:Agent ; rdfs:label "Somewhere"@en ; cbdc:iso3166 "ZZ" .
entity:elsewhere a cbdc:Country ; rdfs:label "Elsewhere"@en .
entity:paper a cbdc:MediaOutlet ; rdfs:label "Paper"@en .
entity:insiders a cbdc:UnnamedGroup ; rdfs:label "insiders"@en ; cbdc:ofDocument source:article .

source:article a cbdc:NewsArticle ; dcterms:title "Bank to launch coin"@en ;
    schema:url "https://example.org/1"^^xsd:anyURI ; dcterms:publisher entity:paper ; dcterms:creator "A. Writer" ;
    dcterms:issued "2026-05-04"^^xsd:date ; cbdc:reliability concept:reliability-3 ; dcterms:language "en" ;
    cbdc:archived true ; cbdc:quotable false ; cbdc:snapshot <https://w3id.org/cbdc-kg/source/article/snapshot/wire> .
<https://w3id.org/cbdc-kg/source/article/snapshot/wire> a cbdc:Snapshot ; rdfs:label "wire" ;
    dcterms:isVersionOf source:article ;
    cbdc:sha256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" .

evidence:span a oa:SpecificResource ; oa:hasSource <https://w3id.org/cbdc-kg/source/article/snapshot/wire> ;
    oa:hasSelector evidence:selector ; cbdc:spanDigest "0123456789abcdef" .
evidence:selector a oa:TextPositionSelector ;
    oa:start "3"^^xsd:nonNegativeInteger ; oa:end "17"^^xsd:nonNegativeInteger .
evidence:words a oa:SpecificResource ; oa:hasSource source:article ; cbdc:locator "paragraph 2"@en .

claim:owned a cbdc:Claim ; dcterms:identifier "c1" ;
    rdf:subject entity:firm ; rdf:predicate cbdc:subsidiaryOf ; rdf:object entity:bank ;
    cbdc:share 1.0 ; cbdc:level concept:level-direct ; cbdc:voice cbdc:OwnVoice ; cbdc:anonymous false ;
    cbdc:modality cbdc:Actual ; cbdc:polarity cbdc:Affirmed ; cbdc:validFrom "2018-06"^^xsd:gYearMonth ;
    cbdc:earliestStart "2018-06-01"^^xsd:date ; cbdc:latestStart "2018-06-30"^^xsd:date ;
    dcterms:source source:article ; cbdc:evidence evidence:span ; prov:wasGeneratedBy cbdc:HandCuration ;
    cbdc:reviewStatus cbdc:Accepted ; cbdc:rank cbdc:Normal .
claim:planned a cbdc:Claim ;
    rdf:subject entity:bank ; rdf:predicate cbdc:launches ; rdf:object entity:coin ;
    cbdc:voice cbdc:Named ; cbdc:speaker entity:officer ; cbdc:anonymous false ;
    cbdc:modality cbdc:Conditional ; cbdc:condition "if parliament agrees"@en ; cbdc:polarity cbdc:Affirmed ;
    cbdc:validFrom "2027"^^xsd:gYear ; dcterms:source source:article ; cbdc:evidence evidence:words ;
    prov:wasGeneratedBy cbdc:HandCuration ; cbdc:reviewStatus cbdc:Accepted ; cbdc:rank cbdc:Normal .
claim:status a cbdc:Claim ;
    rdf:subject entity:coin ; rdf:predicate cbdc:hasStatus ; rdf:object concept:status-pilot-closed ;
    cbdc:voice cbdc:Unnamed ; cbdc:speaker entity:insiders ; cbdc:anonymous true ; cbdc:modality cbdc:Actual ;
    cbdc:polarity cbdc:Affirmed ; cbdc:observedOn "2026-05-04"^^xsd:date ; dcterms:source source:article ;
    cbdc:evidence evidence:words ; prov:wasGeneratedBy cbdc:HandCuration ; cbdc:reviewStatus cbdc:Accepted ;
    cbdc:rank cbdc:Preferred ; cbdc:rankReason "Seen by the writer."@en .
claim:border a cbdc:Claim ;
    rdf:subject entity:somewhere ; rdf:predicate cbdc:adjacentTo ; rdf:object entity:elsewhere ;
    cbdc:voice cbdc:OwnVoice ; cbdc:modality cbdc:Actual ; cbdc:polarity cbdc:Affirmed ;
    dcterms:source source:article ; cbdc:evidence evidence:words ; prov:wasGeneratedBy cbdc:HandCuration ;
    cbdc:reviewStatus cbdc:Accepted ; cbdc:rank cbdc:Normal .
claim:founded a cbdc:Claim ;
    rdf:subject entity:firm ; rdf:predicate cbdc:foundedOn ; rdf:object "2018-06"^^xsd:gYearMonth ;
    cbdc:voice cbdc:OwnVoice ; cbdc:modality cbdc:Actual ; cbdc:polarity cbdc:Affirmed ;
    dcterms:source source:article ; cbdc:evidence evidence:words ; prov:wasGeneratedBy cbdc:HandCuration ;
    cbdc:reviewStatus cbdc:Accepted ; cbdc:rank cbdc:Normal .

entity:firm cbdc:subsidiaryOf entity:bank ; cbdc:foundedOn "2018-06"^^xsd:gYearMonth .
entity:somewhere cbdc:adjacentTo entity:elsewhere .
entity:elsewhere cbdc:adjacentTo entity:somewhere .
"""
)
CONFLICT = """conflict:one a cbdc:Conflict ; cbdc:conflictKind concept:conflict-kind-value ;
    cbdc:rival claim:owned, claim:founded ; cbdc:resolution "outweighed" ; cbdc:winner claim:owned ."""
REPORTED = "entity:coin cbdc:hasStatus concept:status-pilot-closed ."
TRIG = f"{GOOD} GRAPH graph:conflicts {{ {CONFLICT} }} GRAPH graph:reported {{ {REPORTED} }}"


# --- shapes ----------------------------------------------------------------


def validated(change: str = "") -> list[tuple[str, str]]:
    """Focus and message of every SHACL result on the small dataset after a SPARQL update."""
    data = Graph().parse(data=GOOD + CONFLICT, format="turtle")
    if change:
        data.update(PREFIXES + change)
    data += terms()
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), inference="none")
    assert isinstance(report, Graph)
    return [
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.resultMessage)))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    ]


def test_shapes_accept_a_good_dataset() -> None:
    assert validated() == []


def changed(node: str, path: str, value: str) -> str:
    """A SPARQL update that gives a node another value of a property."""
    return f"{without(node, path)} ; {with_(node, path, value)}"


def without(node: str, path: str) -> str:
    """A SPARQL update that takes a property from a node."""
    return f"DELETE WHERE {{ {node} {path} ?value }}"


def with_(node: str, path: str, value: str) -> str:
    """A SPARQL update that adds a value of a property."""
    return f"INSERT DATA {{ {node} {path} {value} }}"


WIRE = "<https://w3id.org/cbdc-kg/source/article/snapshot/wire>"
DATE = "^^xsd:date"
BROKEN = [
    *(
        (without("claim:owned", path), "exactly one " + word)
        for path, word in [
            *(("rdf:subject", "subject"), ("rdf:predicate", "predicate"), ("rdf:object", "object")),
            *(("dcterms:source", "source"), ("cbdc:voice", "voice"), ("cbdc:modality", "modality")),
            *(("cbdc:polarity", "polarity"), ("cbdc:reviewStatus", "review status"), ("cbdc:rank", "rank")),
            ("prov:wasGeneratedBy", "method"),
        ]
    ),
    *(
        (with_("claim:owned", path, value), message)
        for path, value, message in [
            ("rdf:subject", "entity:bank", "exactly one subject"),
            ("rdf:predicate", "cbdc:owns", "exactly one predicate"),
            ("rdf:object", "entity:paper", "exactly one object"),
            ("dcterms:source", "source:other", "exactly one source"),
            ("dcterms:identifier", '"c2"', "at most one key"),
            ("cbdc:voice", "cbdc:Relayed", "exactly one voice"),
            ("cbdc:modality", "cbdc:Planned", "exactly one modality"),
            ("cbdc:polarity", "cbdc:Denied", "exactly one polarity"),
            ("cbdc:reviewStatus", "cbdc:Retracted", "exactly one review status"),
            ("cbdc:rank", "cbdc:Deprecated", "exactly one rank"),
            ("cbdc:anonymous", "true", "true or false"),
            ("cbdc:speaker", "entity:officer", "own voice has a speaker"),
            ("cbdc:condition", '"if"@en', "a condition is not Actual"),
            ("cbdc:latestEnd", f'"2017-01-01"{DATE}', "no later than the latest start and the latest end"),
            ("cbdc:share", "0.5", "number from 0 to 1"),
            ("cbdc:weight", "1.5", "weight is one number from 0 to 1"),
            ("cbdc:validUntil", '"2019"', "ceases to hold at one date"),
            ("cbdc:observedOn", '"soon"', "known to hold at one date"),
            ("cbdc:saidOn", '"2019-13"^^xsd:gYearMonth', "was said at one date"),
            ("prov:wasAttributedTo", '"somebody"', "curator of a claim is an entity"),
        ]
    ),
    (without("claim:owned", "cbdc:evidence"), "needs evidence"),
    (changed("claim:owned", "rdf:predicate", "cbdc:loves"), "predicate of the ontology"),
    (changed("claim:owned", "rdf:subject", '"Firm"'), "exactly one subject"),
    (changed("claim:owned", "cbdc:voice", "cbdc:Loud"), "OwnVoice, Named, Unnamed or Relayed"),
    (changed("claim:owned", "cbdc:modality", "cbdc:Denied"), "Actual, Planned, Possible"),
    (changed("claim:owned", "cbdc:polarity", "cbdc:Actual"), "Affirmed or Denied"),
    (changed("claim:owned", "cbdc:level", "concept:level"), "concept:level-direct or"),
    (changed("claim:owned", "cbdc:share", "51.0"), "write 51 per cent as 0.51"),
    (changed("claim:owned", "cbdc:validFrom", '"June 2018"'), "begins to hold at one date"),
    (changed("claim:owned", "cbdc:earliestStart", f'"2018-07-01"{DATE}'), "no later than the latest start"),
    (changed("claim:owned", "cbdc:earliestStart", f'"2018-02-30"{DATE}'), "earliest start is one date that exists"),
    (changed("claim:owned", "cbdc:latestStart", '"2018-06"^^xsd:gYearMonth'), "latest start is one date"),
    (
        f"INSERT DATA {{ claim:owned cbdc:earliestEnd '2020-02-02'{DATE} ; cbdc:latestEnd '2020-01-01'{DATE} }}",
        "earliest end is one date that exists, no later",
    ),
    (without("claim:planned", "cbdc:speaker"), "named voice has no speaker"),
    (with_("claim:planned", "cbdc:speaker", "entity:paper"), "at most one speaker"),
    (without("claim:planned", "cbdc:condition"), "conditional claim has no condition"),
    (without("claim:status", "cbdc:rankReason"), "has no reason"),
    (changed("claim:owned", "cbdc:rank", "cbdc:Deprecated"), "has no reason"),
    (without("source:article", "dcterms:title"), "source needs exactly one title"),
    (without("source:article", "rdf:type"), "source needs a class"),
    (changed("source:article", "rdf:type", "cbdc:Blog"), "source needs a class"),
    (without("source:article", "cbdc:reliability"), "reliability ladder"),
    (changed("source:article", "cbdc:reliability", "concept:reliability-9"), "reliability ladder"),
    (without("source:article", "dcterms:issued"), "no publication date"),
    (changed("source:article", "dcterms:issued", '"4 May"'), "published at one date"),
    (changed("source:article", "schema:url", '"https://example.org"'), "one address, a URL"),
    (changed("source:article", "dcterms:publisher", '"Paper"'), "publisher of a source is an entity"),
    (changed("source:article", "cbdc:archived", '"yes"'), "archived is said once"),
    (changed("source:article", "cbdc:snapshot", "source:nowhere"), "snapshot of the source is not described"),
    (without(WIRE, "rdfs:label"), "snapshot needs exactly one label"),
    (without(WIRE, "dcterms:isVersionOf"), "version of exactly one source"),
    (changed(WIRE, "cbdc:sha256", '"ABC"'), "64 digits"),
    (without("evidence:span", "rdf:type"), "Evidence is not described"),
    (without("evidence:span", "oa:hasSource"), "exactly one snapshot or source"),
    (without("evidence:span", "oa:hasSelector"), "digest of a span but no offsets"),
    (changed("evidence:span", "cbdc:spanDigest", '"xyz"'), "digest of a span is one SHA-256"),
    (without("evidence:words", "cbdc:locator"), "neither by offsets nor in words"),
    (changed("evidence:selector", "oa:start", "17"), "before its end"),
    (changed("evidence:selector", "oa:start", "-1"), "counted from 0"),
    (without("evidence:selector", "oa:end"), "ends at exactly one offset"),
    (without("entity:firm", "rdf:type"), "entity needs a class"),
    (with_("entity:firm", "rdf:type", "cbdc:Unicorn"), "entity needs a class"),
    (without("entity:firm", "rdfs:label"), "entity needs a label"),
    (with_("entity:firm", "rdfs:label", '"The Firm"@en'), "only one a language"),
    (with_("entity:firm", "schema:sameAs", '"Q1"'), "sameAs links to an IRI"),
    (changed("entity:firm", "cbdc:lei", '"123"'), "legal entity identifier has 20 signs"),
    (changed("entity:somewhere", "cbdc:iso3166", '"zz"'), "ISO 3166 code"),
    (with_("entity:coin", "cbdc:iso4217", '"COINS"'), "ISO 4217 code"),
    (without("entity:insiders", "cbdc:ofDocument"), "belongs to the document that mentions it"),
    (with_("entity:insiders", "cbdc:ofDocument", "source:other"), "belongs to at most one document"),
    ("DELETE DATA { conflict:one cbdc:rival claim:founded }", "at least two rival claims"),
    (without("conflict:one", "cbdc:conflictKind"), "exactly one kind"),
    (changed("conflict:one", "cbdc:resolution", '"solved"'), "open, ranked or outweighed"),
    (changed("conflict:one", "cbdc:resolution", '"open"'), "open conflict has a winner"),
    (without("conflict:one", "cbdc:winner"), "outweighed conflict has no winner"),
]


def test_offsets_are_a_place_without_a_digest() -> None:
    assert validated(without("evidence:span", "cbdc:spanDigest")) == validated("")


@pytest.mark.filterwarnings("ignore:NotImplemented")  # rdflib compares a date that does not exist
@pytest.mark.parametrize(("change", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_shapes_reject(change: str, message: str) -> None:
    found = [text for _, text in validated(change)]
    assert any(message in text for text in found), found


def test_every_message_of_the_shapes_says_what_to_do() -> None:
    messages = [str(text) for text in shapes().objects(None, SH.message)]
    assert len(messages) > 50
    for text in messages:
        assert text.endswith(".") and len(text) > 30


# --- checks ----------------------------------------------------------------


def front_matter(path: Path) -> dict[str, str]:
    """Title, severity and message of a check."""
    lines = path.read_text(encoding="utf-8").splitlines()
    front: dict[str, str] = tomllib.loads("\n".join(line[3:] for line in lines if line.startswith("#+ ")))
    return front


@cache
def loaded() -> tuple[ox.Quad, ...]:
    """The small dataset with the ontology."""
    store = ox.Store()
    for path in TURTLE:
        if path.name != "shapes.ttl":
            store.load(path=path, format=ox.RdfFormat.TURTLE)
    store.load(input=TRIG, format=ox.RdfFormat.TRIG)
    return tuple(store)


def findings(check: str, change: str = "") -> list[dict[str, str]]:
    """What a check selects from the small dataset after a SPARQL update."""
    store = ox.Store()
    store.extend(loaded())
    if change:
        store.update(PREFIXES + change)
    solutions = store.query((ONTOLOGY / "checks" / f"{check}.rq").read_text(encoding="utf-8"))
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [{name: str(getattr(row[name], "value", "")) for name in names} for row in solutions]


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_checks_have_front_matter_and_parse_in_both_engines(path: Path) -> None:
    front = front_matter(path)
    assert set(front) == {"title", "severity", "message"}
    assert front["severity"] in ("violation", "warning")
    text = path.read_text(encoding="utf-8")
    assert prepareQuery(text).algebra.name == "SelectQuery"
    solutions = ox.Store().query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    variables = {variable.value for variable in solutions.variables}
    named = {field for _, field, _, _ in string.Formatter().parse(front["message"]) if field}
    assert "focus" in named and named <= variables


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_checks_find_nothing_in_a_good_dataset(path: Path) -> None:
    assert findings(path.stem) == []


TO_REPORTED = "INSERT DATA {{ GRAPH graph:reported {{ {} }} }}"
FAULTS = [
    ("triple-in-two-graphs", TO_REPORTED.format("entity:firm cbdc:subsidiaryOf entity:bank"), "entity/firm"),
    (
        "triple-in-two-graphs",
        "INSERT DATA { GRAPH graph:conflicts { entity:coin cbdc:hasStatus concept:status-pilot-closed } }",
        "entity/coin",
    ),
    ("entity-without-label", without("entity:officer", "rdfs:label"), "entity/officer"),
    ("entity-without-label", changed("claim:owned", "rdf:object", "entity:typo"), "entity/typo"),
    ("orphan-entity", "INSERT DATA { entity:nobody a cbdc:Person ; rdfs:label 'Nobody'@en }", "entity/nobody"),
    ("unsupported-fact", "INSERT DATA { entity:bank cbdc:owns entity:paper }", "entity/bank"),
    ("unsupported-fact", TO_REPORTED.format("entity:bank cbdc:owns entity:paper"), "entity/bank"),
    ("unsupported-fact", changed("claim:owned", "cbdc:reviewStatus", "cbdc:Retracted"), "entity/firm"),
    *(
        (
            "fact-never-stated",
            f"INSERT DATA {{ entity:bank cbdc:launches entity:coin }} ; "
            f"{changed('claim:planned', 'cbdc:modality', f'cbdc:{modality}')}",
            "entity/bank",
        )
        for modality in ("Planned", "Possible", "Conditional", "Suggested")
    ),
    ("hearsay-as-fact", changed("claim:owned", "cbdc:voice", "cbdc:Unnamed"), "entity/firm"),
    ("hearsay-as-fact", changed("claim:owned", "cbdc:voice", "cbdc:Relayed"), "entity/firm"),
    ("fact-never-stated", TO_REPORTED.format("entity:bank cbdc:launches entity:coin"), "entity/bank"),
    ("fact-never-stated", changed("claim:owned", "cbdc:polarity", "cbdc:Denied"), "entity/firm"),
    ("fact-never-stated", changed("claim:owned", "cbdc:rank", "cbdc:Deprecated"), "entity/firm"),
    ("judgement-as-fact", "INSERT DATA { entity:bank cbdc:aimsToExclude entity:firm }", "entity/bank"),
    ("judgement-as-fact", TO_REPORTED.format("entity:bank cbdc:aimsToExclude entity:firm"), "entity/bank"),
    ("status-outside-scheme", changed("claim:status", "rdf:object", "concept:kind-bank"), "claim/status"),
    ("status-outside-scheme", changed("claim:status", "rdf:object", "concept:status-alive"), "claim/status"),
    ("missing-source", without("claim:status", "dcterms:source"), "claim/status"),
    ("missing-source", changed("claim:status", "dcterms:source", "source:lost"), "claim/status"),
    ("future-not-planned", changed("claim:status", "cbdc:observedOn", "'2026-11-23'^^xsd:date"), "claim/status"),
    ("future-not-planned", changed("claim:owned", "cbdc:validFrom", "'2026-12'^^xsd:gYearMonth"), "claim/owned"),
    ("future-not-planned", changed("claim:founded", "rdf:object", "'2027'^^xsd:gYear"), "claim/founded"),
    (
        "open-conflict",
        "DELETE DATA { GRAPH graph:conflicts { conflict:one cbdc:resolution 'outweighed' } } ; "
        "INSERT DATA { GRAPH graph:conflicts { conflict:one cbdc:resolution 'open' } }",
        "conflict/one",
    ),
]


@pytest.mark.parametrize(("check", "change", "focus"), FAULTS)
def test_checks_find_a_planted_fault(check: str, change: str, focus: str) -> None:
    found = findings(check, change)
    assert {row["focus"] for row in found} >= {f"https://w3id.org/cbdc-kg/{focus}"}
    assert front_matter(ONTOLOGY / "checks" / f"{check}.rq")["message"].format(**found[0])


def test_every_check_has_a_planted_fault() -> None:
    assert {check for check, _, _ in FAULTS} == {path.stem for path in CHECKS}


def test_this_month_and_this_year_are_not_the_future() -> None:
    assert findings("future-not-planned", changed("claim:owned", "cbdc:validFrom", "'2026-11'^^xsd:gYearMonth")) == []
    assert findings("future-not-planned", changed("claim:owned", "cbdc:validFrom", "'2026'^^xsd:gYear")) == []


# --- JSON-LD ---------------------------------------------------------------

SAMPLE = [
    {
        "id": "entity:firm",
        "type": "Company",
        "label": {"en": "Firm", "de": "Firma"},
        "altLabel": {"en": ["F Co", "The Firm"]},
        "sameAs": ["http://www.wikidata.org/entity/Q1"],
        "subsidiaryOf": "entity:bank",
        "foundedOn": {"@value": "2018-06", "@type": "xsd:gYearMonth"},
        "instanceOf": "concept:kind-fintech",
    },
    {
        "id": "claim:owned",
        "type": "Claim",
        "identifier": "c1",
        "subject": "entity:firm",
        "predicate": "subsidiaryOf",
        "object": "entity:bank",
        "share": "1.0",
        "level": "concept:level-direct",
        "voice": "Named",
        "speaker": "entity:officer",
        "anonymous": False,
        "modality": "Conditional",
        "condition": {"en": "if parliament agrees"},
        "polarity": "Affirmed",
        "validFrom": {"@value": "2018", "@type": "xsd:gYear"},
        "earliestStart": "2018-01-01",
        "statedIn": "source:article",
        "standsAt": {
            "id": "evidence:span",
            "type": "oa:SpecificResource",
            "hasSource": "https://w3id.org/cbdc-kg/source/article/snapshot/wire",
            "hasSelector": {"id": "evidence:s", "type": "oa:TextPositionSelector", "start": 3, "end": 17},
        },
        "wasGeneratedBy": "HandCuration",
        "reviewStatus": "Accepted",
        "rank": "Normal",
    },
    {
        "id": "source:article",
        "type": "NewsArticle",
        "title": {"en": "Bank to launch coin"},
        "url": "https://example.org/1",
        "publisher": "entity:paper",
        "creator": ["A. Writer"],
        "retrieved": "2026-11-22",
        "archived": True,
        "reliability": "concept:reliability-3",
    },
]
EXPECTED = (
    PREFIXES
    + """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
entity:firm a cbdc:Company ; rdfs:label "Firm"@en, "Firma"@de ; skos:altLabel "F Co"@en, "The Firm"@en ;
    schema:sameAs <http://www.wikidata.org/entity/Q1> ; cbdc:subsidiaryOf entity:bank ;
    cbdc:foundedOn "2018-06"^^xsd:gYearMonth ; cbdc:instanceOf concept:kind-fintech .
claim:owned a cbdc:Claim ; dcterms:identifier "c1" ; rdf:subject entity:firm ;
    rdf:predicate cbdc:subsidiaryOf ; rdf:object entity:bank ; cbdc:share "1.0"^^xsd:decimal ;
    cbdc:level concept:level-direct ; cbdc:voice cbdc:Named ; cbdc:speaker entity:officer ; cbdc:anonymous false ;
    cbdc:modality cbdc:Conditional ; cbdc:condition "if parliament agrees"@en ; cbdc:polarity cbdc:Affirmed ;
    cbdc:validFrom "2018"^^xsd:gYear ; cbdc:earliestStart "2018-01-01"^^xsd:date ; dcterms:source source:article ;
    cbdc:evidence evidence:span ; prov:wasGeneratedBy cbdc:HandCuration ; cbdc:reviewStatus cbdc:Accepted ;
    cbdc:rank cbdc:Normal .
evidence:span a oa:SpecificResource ; oa:hasSource <https://w3id.org/cbdc-kg/source/article/snapshot/wire> ;
    oa:hasSelector evidence:s .
evidence:s a oa:TextPositionSelector ; oa:start "3"^^xsd:nonNegativeInteger ; oa:end "17"^^xsd:nonNegativeInteger .
source:article a cbdc:NewsArticle ; dcterms:title "Bank to launch coin"@en ;
    schema:url "https://example.org/1"^^xsd:anyURI ; dcterms:publisher entity:paper ; dcterms:creator "A. Writer" ;
    cbdc:retrieved "2026-11-22"^^xsd:date ; cbdc:archived true ; cbdc:reliability concept:reliability-3 .
"""
)


@cache
def context() -> dict[str, object]:
    """The JSON-LD context."""
    loaded_: dict[str, object] = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return loaded_


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own JSON-LD reader uses an old name
def test_context_expands_a_sample_to_the_same_triples() -> None:
    text = json.dumps({"@context": context(), "@graph": SAMPLE})
    expected = Graph().parse(data=EXPECTED, format="turtle")
    by_rdflib = Graph().parse(data=text, format="json-ld")
    assert set(by_rdflib) == set(expected)
    by_pyoxigraph = {str(quad.triple) for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)}
    assert by_pyoxigraph == {str(quad.triple) for quad in ox.parse(EXPECTED, format=ox.RdfFormat.TURTLE)}


def test_context_knows_every_property_of_claims_and_facts() -> None:
    graph = terms()
    about_the_ontology = {"inverseLabel", "group", "hasQualifier", "identifying", "valueScheme", "step"}
    entries = {entry["@id"] if isinstance(entry, dict) else entry for entry in context().values()}
    for term in graph.subjects(RDF.type, RDF.Property):
        name = local(term)
        assert (f"cbdc:{name}" in entries) != (name in about_the_ontology), name
        if (term, RDF.type, CBDC.Predicate) in graph:
            assert name in context()
