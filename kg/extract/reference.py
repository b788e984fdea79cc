"""Pronouns and short descriptions: "it", "they", "the firm", "the central bank", "the city"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import lexicon, naming, normal, nouns, roles, tree
from kg.extract.cast import Cast
from kg.extract.referents import Referent

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Accepts = Callable[[Referent], bool]

_NEAR = 2
"""Sentences before its own in which a pronoun looks for its name."""
_FAR = 40
"""Blocks before its own in which a description does; it also keeps long documents from costing the square."""
_HE = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
_IT = frozenset(("it", "its", "itself"))
THEY = frozenset(("they", "them", "their", "themselves"))
_BODIES = frozenset(("CentralBank", "Company", "PublicAuthority", "Association", "Organization", "Unit"))
_UNKNOWN = frozenset(("Company", "Platform", "Project", "Organization"))
"""Classes that a name just before may have of which the text says nothing."""
_REGULATORS = frozenset(("regulator", "watchdog", "authority", "supervisor", "institution", "agency", "body"))
"""What a central bank may be called besides."""
_DEFINITE = frozenset(("the", "this", "that"))
_ROLES = {"nsubj": 3.0, "nsubjpass": 3.0, "dobj": 2.0, "attr": 1.0, "ROOT": 2.0, "pobj": 1.0, "appos": 0.5, "poss": 1.0}
"""How readily a pronoun goes back to what stands in a role."""
_SENTENCE = 1.5
"""What a sentence in between costs."""
_SURE = 0.9
"""From here on something is of the class that is asked for, and not only perhaps."""
Fit = Callable[["Referent | Token"], float]


@dataclass(frozen=True, slots=True)
class _Choice:
    """Something that a pronoun may stand for, and how likely."""

    score: float
    place: tuple[int, int]
    token: Token


class References:
    """Finds the names and phrases that pronouns and descriptions of a document stand for."""

    def __init__(self, cast: Cast, docs: list[Doc]) -> None:
        self._cast = cast
        self._docs = docs
        self._sentences = [[(sent.start, sent.end) for sent in doc.sents] for doc in docs]

    def pronoun(self, token: Token, accepts: Accepts) -> Referent | None:
        """The name that a pronoun stands for, or ``None`` where that is not clear or it stands for no name."""
        word = token.lower_
        if word in _HE:
            return self._nearest(token, lambda who: who.person or bool(who.posts))
        if word in _IT or word in THEY:
            meant = self.antecedent(token, lambda each: 1.0 if not isinstance(each, Referent) or accepts(each) else 0.0)
            return self._named(meant) if meant is not None else None
        return None

    def antecedent(self, token: Token, fit: Fit) -> Token | None:
        """The head of the name or phrase that "it", "they", "this" stands for. ``fit`` says how well each would do.

        Subjects come before objects and these before what hangs on prepositions; a sentence away counts more than
        that. What the pronoun's own verb already has for a subject or object is somebody else.
        """
        word = token.lower_
        if word not in _IT and word not in THEY:
            return None
        block = token.doc.user_data["block"]
        choices: list[_Choice] = []
        for distance, (index, start, end) in enumerate(self._before(block, token.i)):
            for head in self._docs[index][start:end]:
                score = self._likelihood(head, token, fit)
                if score is not None:
                    choices.append(_Choice(score - _SENTENCE * distance, (index, head.i), head))
        choices += [_Choice(score, (block, -1), head) for head, score in self._ahead(token, fit)]
        best = max(choices, key=lambda each: (each.score, each.place), default=None)
        return best.token if best and not self._eclipsed(best.token, token) else None

    def _eclipsed(self, chosen: Token, pronoun: Token) -> bool:
        """Whether "it" rather is the subject of the sentence before, which does not fit: then nobody is meant."""
        if pronoun.lower_ != "it" or pronoun.dep_ not in ("nsubj", "nsubjpass") or tree.clause(pronoun).dep_ != "ROOT":
            return False
        if chosen.doc is not pronoun.doc or chosen.sent.end != pronoun.sent.start:
            return False
        for subject in tree.children(chosen.sent.root, "nsubj", "nsubjpass"):
            plain = subject.pos_ == "NOUN" and subject.tag_ == "NN" and nouns.head_class(subject) not in (None, "Role")
            if plain and subject != chosen and self._named(subject) is None:
                return self._prominence(subject, pronoun) - self._prominence(chosen, pronoun) > _SENTENCE
        return False

    def _ahead(self, token: Token, fit: Fit) -> Iterator[tuple[Token, float]]:
        """The subject of the main clause, where the pronoun stands before it: "In its report, the BIS …"."""
        root = token.sent.root
        for subject in tree.children(root, "nsubj", "nsubjpass"):
            if token.i < subject.left_edge.i and root in token.ancestors:
                score = self._likelihood(subject, token, fit)
                if score is not None:
                    yield subject, score

    def one_of_two(self, token: Token) -> Token | None:
        """The head of the name that "the former" or "the latter" stands for."""
        if token.lower_ not in ("former", "latter") or not any(each.lower_ == "the" for each in token.lefts):
            return None
        if token.dep_ in ("amod", "compound"):
            return None
        for index, start, end in self._before(token.doc.user_data["block"], token.i):
            mentions = self._cast.within(index, start, end)
            if mentions:
                if len(mentions) != 2:
                    return None
                return self._cast.head(mentions[0 if token.lower_ == "former" else 1], self._docs[index])
        return None

    def _before(self, block: int, at: int) -> Iterator[tuple[int, int, int]]:
        """Block, start and end of the stretches in which a pronoun looks, the nearest first."""
        sentences = [(start, end) for start, end in self._sentences[block] if start <= at]
        for start, end in sentences[::-1][: _NEAR + 1]:
            yield block, start, min(end, at)
        if len(sentences) <= 1 and block:
            for start, end in self._sentences[block - 1][::-1][:1]:
                yield block - 1, start, end

    def _likelihood(self, head: Token, pronoun: Token, fit: Fit) -> float | None:
        """How likely a token heads what the pronoun stands for; ``None`` where it cannot."""
        if head.dep_ not in _ROLES and head.dep_ != "conj":
            return None
        mention = self._cast.at(head)
        if mention is not None and self._cast.head(mention, head.doc) != head:
            return None
        if mention is None and (head.pos_ != "NOUN" or head.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT")):
            return None
        who = mention.referent if mention else self.description(head, lambda each: True)
        many = pronoun.lower_ in THEY
        if who is None or (mention and who.known and mention.text.islower()):
            plural = head.tag_ == "NNS" or any(child.dep_ == "conj" for child in head.children)
            if plural != many or (nouns.head_class(head) is None and not nouns.is_group(head)):
                return None
            if nouns.head_class(head) == "Role":
                return None
            good = fit(head)
        else:
            if who.person or who.posts:
                return None
            joined = any(child.dep_ == "conj" and self._cast.at(child) for child in head.children)
            body = "Organization" in who.types or bool(_BODIES & set(who.types))
            if many and not joined and not body:
                return None
            if many and head.dep_ == "conj":
                return None
            good = fit(who) - (0.3 if many and not joined else 0.0)
        if good <= 0 or _is_other(head, pronoun):
            return None
        return self._prominence(head, pronoun) + 2 * good - (1.5 if good < _SURE else 0.0)

    @staticmethod
    def _prominence(head: Token, pronoun: Token) -> float:
        """How readily one goes back to a noun from its place in the sentence alone."""
        role = head.head.dep_ if head.dep_ == "conj" else head.dep_
        score = _ROLES.get(role, 0.0)
        verb = tree.clause(head)
        if role in ("nsubj", "nsubjpass") and verb.dep_ in ("relcl", "acl", "advcl") and verb not in pronoun.ancestors:
            score -= 1.5
        if role in ("nsubj", "nsubjpass") and verb.dep_ == "ROOT":
            score += 0.5
        if role in ("nsubj", "nsubjpass") and head.doc is pronoun.doc and verb in pronoun.ancestors:
            score += 0.5
        if head.dep_ == "pobj" and head.head.lower_ == "by":
            score += 0.5
        return score

    def _named(self, head: Token) -> Referent | None:
        mention = self._cast.at(head)
        return mention.referent if mention else self.description(head, lambda each: True)

    def description(self, token: Token, accepts: Accepts) -> Referent | None:
        """The name that "the firm" or "the country's central bank" stands for."""
        if token.i and token.nbor(-1).text == "-":
            return None  # "the city-state"
        state = state_of(token)
        if token.pos_ not in ("NOUN", "PROPN") or token.tag_ in ("NNS", "NNPS") or not (_is_definite(token) or state):
            return None
        modifiers = [child for child in token.children if child.dep_ in ("compound", "amod", "nmod")]
        noun = token.lemma_.lower()
        capital = token.text[:1].isupper() and not token.is_sent_start
        if not modifiers and (capital or token.pos_ == "PROPN"):
            found = self._nearest(token, lambda who: _is_short_for(noun, who), far=True)
            if found or capital:
                return found or self._only(token, lambda who: _is_short_for(noun, who))
        wanted = self._wanted(token, modifiers, noun)
        if wanted is None:
            return None
        if _owned(token) and noun not in ("bank", "currency", "government"):
            return self._nearest(token, lambda who: noun in who.kinds and accepts(who), far=True)
        if state and wanted != "Country":
            home = set(normal.words(state))  # "the Dutch central bank" is no other state's
            return self._nearest(
                token,
                lambda who: home <= set(normal.words(who.label)) and _is_a(who, wanted, noun) and accepts(who),
                far=True,
            )
        found = self._aptest(token, wanted, noun, accepts)
        if found is None and noun in lexicon.words("kinds", "recurring"):
            found = self._nearest(token, lambda who: wanted in lexicon.called(who.types) and accepts(who))
        if found is None and wanted in ("CentralBank", "LegalInstrument"):
            found = self._only(token, lambda who: _is_a(who, wanted, noun))
        return found

    def _wanted(self, token: Token, modifiers: list[Token], noun: str) -> str | None:
        """The class that a description names, where it says no more than a class."""
        classes = lexicon.classes()
        pair = classes.get(f"{modifiers[-1].lower_} {noun}") if modifiers else None
        if pair is not None:
            return pair
        wanted = classes.get(noun)
        if len(modifiers) > 1 or any(self._cast.at(each) for each in modifiers if wanted != "Country"):
            return None
        if any(each.pos_ == "NOUN" and each.lemma_.lower() in classes for each in modifiers):
            return None  # "the pilot project" of a project is another one
        if noun == "currency":
            return "DigitalCurrency"
        return None if wanted == "Currency" else wanted  # "the dollar" is a name of its own

    def _aptest(self, token: Token, wanted: str, noun: str, accepts: Accepts) -> Referent | None:
        """The name that a description fits best: what it was called before, what it surely is, what is near."""
        block = token.doc.user_data["block"]
        best: tuple[float, Referent] | None = None
        bare = wanted in _UNKNOWN and noun != "bank" and not any(tree.children(token, "amod", "compound", "nmod"))
        distance = 0
        for index in range(block, max(block - _FAR, 0) - 1, -1):
            for start, end in self._sentences[index][::-1]:
                stop = min(end, token.i) if index == block else end
                if stop <= start:
                    continue
                for mention in self._cast.within(index, start, stop):
                    who = mention.referent
                    guess = bare and not who.types and distance < _NEAR
                    if not (guess or _is_a(who, wanted, noun)) or not accepts(who):
                        continue
                    if index == block and _is_other(self._cast.head(mention, token.doc), token):
                        continue
                    sure = wanted in who.types or (noun == "bank" and "CentralBank" in who.types)
                    apt = 2.0 if noun in who.kinds else 1.5 if sure and not who.soft else -0.5 if guess else 0.0
                    often = 0.15 * min(self._cast.times(who), 6)
                    score = apt + often + (0.5 if mention.subject else 0.0) - 0.5 * min(distance, 8)
                    if best is None or score > best[0]:
                        best = (score, who)
                distance += 1
        return best[1] if best else None

    def _only(self, token: Token, accepts: Accepts) -> Referent | None:
        """The one name of the whole text that will do, wherever it stands but beside the description itself."""
        found = {id(each.referent): each.referent for each in self._cast.mentions if accepts(each.referent)}
        for beside in self._cast.within(token.doc.user_data["block"], token.sent.start, token.sent.end):
            found.pop(id(beside.referent), None)  # "the bill amends the Coin Act"
        return next(iter(found.values())) if len(found) == 1 else None

    def _nearest(self, token: Token, accepts: Accepts, far: bool = False) -> Referent | None:
        """The last name before the token that will do; within a sentence a subject comes before the others."""
        block = token.doc.user_data["block"]
        sentences = [(start, end) for start, end in self._sentences[block] if start <= token.i]
        for start, end in sentences[::-1][: None if far else _NEAR + 1]:
            found = self._in_sentence(block, start, min(end, token.i), accepts)
            if found:
                return found
        if not far and len(sentences) > 1:
            return None
        for earlier in range(block - 1, max(block - (_FAR if far else 1) - 1, -1), -1):
            for start, end in self._sentences[earlier][::-1][: None if far else 1]:
                found = self._in_sentence(earlier, start, end, accepts)
                if found:
                    return found
        return None

    def _in_sentence(self, block: int, start: int, end: int, accepts: Accepts) -> Referent | None:
        fitting = [each for each in self._cast.within(block, start, end) if accepts(each.referent)]
        subjects = [each for each in fitting if each.subject]
        return (subjects or fitting)[-1].referent if fitting else None


def state_of(noun: Token) -> str | None:
    """The state that qualifies a noun, in lower case: "Ghana's central bank", "the Moroccan central bank"."""
    for child in noun.children:
        word = child.lower_
        if child.dep_ == "poss" and word in lexicon.words("places", "countries"):
            return word
        if child.dep_ in ("amod", "compound", "nmod") and word in lexicon.demonyms():
            return lexicon.demonyms()[word].lower()
    return None


def _is_other(head: Token, pronoun: Token) -> bool:
    """Whether the two are ends of one verb, so that they are not the same: "the state has used it"."""
    if head.doc is not pronoun.doc or pronoun.dep_ == "poss":
        return pronoun.dep_ == "poss" and pronoun.head == head
    if pronoun.head == head:
        return True
    own = pronoun.head if pronoun.dep_ not in ("pobj",) else pronoun.head.head
    if pronoun.dep_ in ("dobj", "pobj", "dative"):
        if not tree.is_verbal(own):
            return False
        first = head
        while first.dep_ == "conj":
            first = first.head
        return first in (*roles.surface_subjects(own), *tree.children(own, "dobj"))
    return False


def _owned(token: Token) -> bool:
    return any(child.dep_ == "poss" and child.tag_ == "PRP$" for child in token.children)


def _is_definite(token: Token) -> bool:
    return any(
        (child.dep_ == "det" and child.lower_ in _DEFINITE)
        or (child.dep_ == "poss" and any(inner.lower_ in ("the", "its", "their") for inner in (child, *child.children)))
        for child in token.children
    )


def _is_short_for(noun: str, who: Referent) -> bool:
    """Whether "the Bank" may be short for a name: for that of a bank, not of a banking act."""
    words = normal.words(who.label)
    return noun in words and not who.person and (words[-1] == noun or naming.ends_in(" ".join(words)) is None)


def _is_a(who: Referent, wanted: str, noun: str) -> bool:
    """Whether a name may be meant by a description of that class."""
    if noun in who.kinds:
        return True
    if noun in who.label.lower().split() and not who.person and noun not in ("bank", "lender"):
        return True  # "the institute" of a name that ends in it
    if noun == "government":
        return "Government" in who.types
    if noun in ("bank", "lender"):
        if "LegalInstrument" in who.types or who.person:
            return False
        return "CentralBank" in who.types or any(
            word.startswith(tuple(lexicon.words("names", "monetary"))) for word in who.label.lower().split()
        )
    if wanted == "CentralBank":
        if "CentralBank" in who.types or "central bank" in who.kinds:
            return True
        words = who.label.lower().split()
        return (
            "Organization" in who.types
            and who.soft
            and bool(words)
            and any(word.startswith(tuple(lexicon.words("names", "monetary"))) for word in words)
            and any(sign in who.label for sign in ("Reserve", "Central", "Monetary", "Riksbank", "Bundesbank", "Fed"))
        )
    if wanted in who.types:
        return True
    if noun in _REGULATORS and {"CentralBank", "PublicAuthority"} & set(who.types):
        return True
    if wanted == "DigitalCurrency" and {"CBDC", "Stablecoin", "Cryptoasset"} & set(who.types):
        return True
    if wanted in ("Company", "Organization", "Unit", "Association", "PublicAuthority", "ResearchInstitute"):
        other = _BODIES & set(who.types) - {"Organization", wanted}
        return "Organization" in who.types and not other and noun not in ("bank", "government", "group")
    if wanted == "City":
        return "City" in who.types
    return False
