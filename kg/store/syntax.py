"""Faults in the text of a query: where exactly, what to do, and what must not reach an engine at all.

Oxigraph's parser tries keywords letter by letter and reports the furthest letter it reached, so its positions are off
by up to a keyword's length. The exact place is found by asking it how long a beginning of the query could still become
a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

from kg.errors import QueryError

MAX_DEPTH = 200
"""Brackets within brackets; Oxigraph ends the whole process somewhere above a thousand."""

UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))
FORMS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))

_GAP = "\n" * 60
"""Longer than two of the longest keywords."""
_OPENING = {"{": "}", "(": ")", "[": "]"}


@cache
def _token() -> re.Pattern[str]:
    """Compiled when first needed: it takes as long as answering most queries."""
    return re.compile(
        r"""(?P<comment>\#[^\n\r]*)
      | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<long>'''(?:[^'\\]|\\.|'(?!''))*'''|\"""(?:[^"\\]|\\.|"(?!""))*\""")
      | (?P<text>'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
      | (?P<variable>[?$]\w+)
      | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:%\\][\w.:%\\-]*)?)
      | (?P<word>[^\W\d_][\w-]*)
      | (?P<number>\d[\w.]*)
      | (?P<space>\s+)
      | (?P<mark>.)""",
        re.VERBOSE | re.DOTALL,
    )


def tokens(sparql: str) -> Iterator[tuple[str, str, int]]:
    """Kind, text and place of every token; white space and comments left out."""
    for match in _token().finditer(sparql):
        kind = match.lastgroup or "mark"
        if kind not in ("space", "comment"):
            yield kind, match.group(), match.start()


def form(sparql: str) -> str:
    """``SELECT``, ``ASK``, ``CONSTRUCT``, ``DESCRIBE``, the keyword of an update, or nothing."""
    for kind, text, _ in tokens(sparql):
        if kind == "word" and text.upper() in FORMS | UPDATES:
            return text.upper()
        if kind == "mark" and text == "{":
            break
    return ""


def check(sparql: str) -> None:
    """Refuse what no engine should be given: an empty text, and brackets deep enough to end the process.

    Raises:
        QueryError: saying which.
    """
    if not sparql.strip():
        raise QueryError("the query is empty; write one, such as: SELECT ?s WHERE { ?s a cbdc:CentralBank }")
    # Cheap first: a text with few brackets cannot be deep.
    if sparql.count("{") + sparql.count("(") + sparql.count("[") <= MAX_DEPTH:
        return
    depth = 0
    for kind, text, place in tokens(sparql):
        if kind == "mark":
            depth += (text in "{([") - (text in "})]")
            if depth > MAX_DEPTH:
                line, column = position(sparql, place)
                raise QueryError(
                    f"line {line}, column {column}: more than {MAX_DEPTH} brackets within one another; "
                    "no query needs that, take some out"
                )


def refuse_update(sparql: str) -> str:
    """The form of a query.

    Raises:
        QueryError: it is an update.
    """
    found = form(sparql)
    if found in UPDATES:
        raise QueryError(f"{found} changes data, but the graph is read only; change the seeds and run cbdc-kg build")
    return found


def refuse_service(sparql: str, prefixes: Mapping[str, str]) -> None:
    """Refuse a query that asks another server.

    The engine's own parser decides: where SERVICE is only part of a name, a text or a comment, the query is still one
    with another word in its place.

    Raises:
        QueryError: there is a SERVICE in it, with line and column.
    """
    import pyoxigraph as ox

    word = re.compile("service", re.IGNORECASE | re.ASCII)
    try:
        without = word.sub(lambda found: ("Z" if found[0][0] == "S" else "z") + found[0][1:], sparql)
        ox.Store().query(without, prefixes=dict(prefixes))
        return
    except SyntaxError:
        if not _could_go_on(sparql, prefixes):
            return  # no query anyway; the engine says why
    except (RuntimeError, ValueError):
        return
    place = next((place for kind, text, place in tokens(sparql) if kind == "word" and word.match(text)), None)
    where = "line {}, column {}: ".format(*position(sparql, place)) if place is not None else ""
    raise QueryError(
        f"{where}SERVICE would ask another server, and a build is read without any network, --strict or not; "
        "ask that endpoint itself with --graph URL"
    )


def explain(sparql: str, message: str, prefixes: Mapping[str, str]) -> QueryError:
    """The engine's message as one with line, column, the line itself with a caret, and a hint."""
    refuse_update(sparql)
    place, what, hint = _fault(sparql, message, prefixes)
    line, column = position(sparql, place)
    shown, caret = _excerpt(sparql.splitlines()[line - 1] if sparql.splitlines() else "", column)
    lines = [f"line {line}, column {column}: {what}", f"  {shown}", f"  {caret}"]
    return QueryError("\n".join([*lines, hint] if hint else lines))


def position(sparql: str, place: int) -> tuple[int, int]:
    """Line and column, both from 1, of a place in the text."""
    before = sparql[:place]
    return before.count("\n") + 1, place - (before.rfind("\n") + 1) + 1


def _fault(sparql: str, message: str, prefixes: Mapping[str, str]) -> tuple[int, str, str]:
    found = list(tokens(sparql))
    count = _viable(sparql, found, prefixes)
    reason = re.search(r"(?:expected |of |, )([A-Z][a-z]+ [a-zA-Z ]{6,})", message)
    if count == len(found):
        missing = " ".join(_unclosed(found))
        if reason or missing:
            what = _sentence(reason.group(1)) if reason else "the query ends too early"
            return len(sparql.rstrip()), what, f"add {missing} at the end" if missing else ""
        return len(sparql.rstrip()), "the query is not complete, or selects what it cannot (* with GROUP BY?)", ""
    kind, text, place = found[count]
    if "IRI parsing failed" in message:
        place = next((start for _, mark, start in reversed(found[:count]) if mark == "<"), place)
        return place, "an IRI is opened here that is not valid", "an IRI has no spaces, quotes or braces"
    name = text.partition(":")[0]
    if kind == "name" and name not in _declared(found, prefixes):
        return place, f"the prefix {name}: is not declared", _near_prefixes(name, prefixes)
    if reason and "Prefix not found" not in message:
        return place, _sentence(reason.group(1)), ""
    return place, f"did not expect {text[:40]!r} here", _hint(kind, text, found[:count])


def _sentence(reason: str) -> str:
    return reason[0].lower() + reason[1:] if reason[1:2].islower() else reason


def _declared(found: list[tuple[str, str, int]], prefixes: Mapping[str, str]) -> set[str]:
    own = {
        name.partition(":")[0]
        for (_, word, _), (kind, name, _) in pairwise(found)
        if kind == "name" and word.upper() == "PREFIX"
    }
    return own | set(prefixes)


def _near_prefixes(name: str, prefixes: Mapping[str, str]) -> str:
    import difflib

    if not prefixes:
        return f"add a line: PREFIX {name}: <…>  (--strict has no prefixes of its own)"
    near = difflib.get_close_matches(name, prefixes, 2, 0.5)
    hint = f"did you mean {' or '.join(f'{each}:' for each in near)}? " if near else ""
    return f"{hint}Known without a declaration: {' '.join(prefixes)}"


def _viable(sparql: str, found: list[tuple[str, str, int]], prefixes: Mapping[str, str]) -> int:
    """How many tokens from the start can still become a query, by bisection."""
    low, high = 0, len(found)
    while low < high:
        middle = (low + high + 1) // 2
        _, text, place = found[middle - 1]
        if _could_go_on(sparql[: place + len(text)], prefixes):
            low = middle
        else:
            high = middle - 1
    return low


def _could_go_on(start: str, prefixes: Mapping[str, str]) -> bool:
    """Whether the parser reads the text to its end: a letter that fits nowhere follows after a long gap."""
    import pyoxigraph as ox

    try:
        ox.Store().query(f"{start}{_GAP}\x01", prefixes=dict(prefixes))
    except SyntaxError as wrong:
        match = re.match(r"error at (\d+):", str(wrong))
        return match is None or int(match.group(1)) > start.count("\n") + len(_GAP) // 2
    return True


def _unclosed(found: list[tuple[str, str, int]]) -> list[str]:
    """The closing brackets that are missing, innermost first."""
    open_marks: list[str] = []
    for kind, text, _ in found:
        if kind == "mark" and text in _OPENING:
            open_marks.append(_OPENING[text])
        elif kind == "mark" and open_marks and text == open_marks[-1]:
            open_marks.pop()
    return open_marks[::-1]


def _hint(kind: str, text: str, before: list[tuple[str, str, int]]) -> str:
    if kind == "mark" and text in "\"'":
        return "a text is opened here and not closed on its line"
    if kind == "mark" and text in "})]":
        missing = _unclosed(before)[:1]
        return f"{missing[0]} is missing before it" if missing and missing[0] != text else ""
    if kind == "mark" and text == "<":
        return "an IRI is opened here and not closed, or holds a space or a quote"
    if kind == "word" and not before:
        return "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
    if kind == "word" and before[-1][0] in ("variable", "name", "iri", "mark"):
        return f"for a variable write ?{text}, for a term put a prefix before it (cbdc:{text}), for a text quotes"
    return ""


def _excerpt(line: str, column: int, width: int = 100) -> tuple[str, str]:
    """At most ``width`` characters of the line around the column, and a caret under the column."""
    start = max(0, column - 1 - width * 2 // 3) if len(line) > width else 0
    piece = "".join(each if each.isprintable() else " " for each in line[start : start + width])
    prefix, suffix = "…" if start else "", "…" if start + width < len(line) else ""
    return f"{prefix}{piece}{suffix}", " " * (len(prefix) + column - 1 - start) + "^"
