"""The layout holds: who may import whom, what may be imported when, and how modules are named, sized and packaged."""

from __future__ import annotations

import ast
import configparser
import fnmatch
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

ROWS = (
    {"errors", "version", "resources", "prefixes"},
    {"model"},
    {"vocabulary"},
    {"documents"},
    {"curation"},
    {"extract"},
    {"review"},
    {"dataset"},
    {"check"},
    {"store"},
    {"query"},
    {"network"},
    {"build", "evaluation", "serve"},
    {"api"},
    {"cli"},
    {"__main__"},
)
"""Parts of kg from the top down: each imports from its own row and from those above."""

API = {"", "api"}
"""The package itself and its public functions; the package imports them when they are asked for."""

HEAVY = {"bs4", "jinja2", "networkx", "numpy", "pandas", "pypdf", "pyshacl", "pyvis", "rdflib", "spacy", "viz"}
LIGHT = {"", "cli", "curation", "evaluation", "model", "network", "query", "store", "vocabulary"}
"""Parts that import nothing heavy before it is needed."""

WITH_RDFLIB = {"dataset", "check", "api", ""}

VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "tools", "stuff", "base_utils"}

MOST_LINES = 400


@dataclass(frozen=True)
class Import:
    """An import as written: by which module, of what, on which line, and how."""

    by: str
    path: Path
    target: str
    line: int
    lazy: bool
    types_only: bool
    function: str | None

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.by} imports {self.target}"


def modules(package: str) -> list[Path]:
    return sorted(path for path in (ROOT / package).rglob("*.py") if "__pycache__" not in path.parts)


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(package: str) -> tuple[Import, ...]:
    return tuple(
        each
        for path in modules(package)
        for each in imports_of(ast.parse(path.read_text(encoding="utf-8"), str(path)), name_of(path), path)
    )


def imports_of(tree: ast.AST, by: str, path: Path) -> Iterator[Import]:
    def within(node: ast.AST, function: str | None, types_only: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                yield from within(child, getattr(child, "name", "lambda"), types_only)
            elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                yield from within(child, function, True)
            elif isinstance(child, ast.Import | ast.ImportFrom):
                for target in targets(child, by, path):
                    yield Import(by, path, target, child.lineno, function is not None, types_only, function)
            else:
                yield from within(child, function, types_only)

    return within(tree, None, False)


def targets(node: ast.Import | ast.ImportFrom, by: str, path: Path) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    base = node.module or ""
    if node.level:
        package = by.split(".") if path.name == "__init__.py" else by.split(".")[:-1]
        package = package[: len(package) - (node.level - 1)]
        base = ".".join([*package, *([node.module] if node.module else [])])
    # `from kg import store` names a part of the package, `from kg.store import open` is of the part named already.
    yield from (f"{base}.{alias.name}" if base == "kg" else base for alias in node.names)


def part(module: str) -> str:
    """``kg.model.time`` is of the part ``model``, ``kg`` of the part ``""``."""
    return [*module.split("."), ""][1]


def row(of: str) -> int | None:
    return next((number for number, names in enumerate(ROWS) if of in names), None)


def test_the_linter_sees_what_it_should() -> None:
    text = """
import rdflib
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    import networkx as nx
from kg import store, errors
from . import axes
from .time import x
def late():
    from viz.page import html
    class Inner:
        import spacy
try:
    import pandas
except ImportError:
    pass
"""
    found = list(imports_of(ast.parse(text), "kg.model.term", ROOT / "kg" / "model" / "term.py"))
    assert [(each.target, each.lazy, each.types_only) for each in found] == [
        ("rdflib", False, False),
        ("typing", False, False),
        ("networkx", False, True),
        ("kg.store", False, False),
        ("kg.errors", False, False),
        ("kg.model", False, False),
        ("kg.model.time", False, False),
        ("viz.page", True, False),
        ("spacy", True, False),
        ("pandas", False, False),
    ]
    assert found[-3].function == "late"


def test_every_part_has_its_row() -> None:
    parts = {part(name_of(path)) for path in modules("kg")} - API
    assert not {each for each in parts if row(each) is None}


def test_modules_import_from_their_own_row_and_above() -> None:
    wrong = []
    for each in imports("kg"):
        if each.target.split(".")[0] != "kg":
            continue
        mine, theirs = part(each.by), part(each.target)
        if mine == theirs or (mine in API and theirs in API) or (mine == "" and each.lazy):
            continue
        if theirs == "" or theirs not in set().union(*ROWS):
            # `import kg` and names of the package itself: its public functions.
            theirs = "api"
        above, below = row(theirs), row(mine or "api")
        if above is None or below is None or above > below or (above == below and mine != theirs and above != 0):
            wrong.append(str(each))
    assert not wrong, "\n".join(wrong)


def test_only_one_function_of_kg_imports_the_page() -> None:
    found = [each for each in imports("kg") if each.target.split(".")[0] == "viz" and not each.types_only]
    assert all(each.lazy for each in found), found
    assert len({(each.by, each.function) for each in found}) <= 1, "\n".join(map(str, found))


def test_the_page_does_not_import_what_stands_above_it() -> None:
    wrong = [
        each for each in imports("viz") if each.target.split(".")[0] == "kg" and part(each.target) in {"cli", "build"}
    ]
    assert not wrong, "\n".join(map(str, wrong))


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    wrong = [
        str(each)
        for each in imports("kg")
        if part(each.by) in LIGHT and each.target.split(".")[0] in HEAVY and not each.lazy and not each.types_only
    ]
    assert not wrong, "\n".join(wrong)


def test_rdflib_stays_where_it_is_at_home() -> None:
    wrong = [
        str(each)
        for each in imports("kg")
        if each.target.split(".")[0] == "rdflib" and part(each.by) not in WITH_RDFLIB and not each.types_only
    ]
    assert not wrong, "\n".join(wrong)


def test_modules_have_names_that_say_something() -> None:
    wrong = [path for package in ("kg", "viz") for path in modules(package) if path.stem in VAGUE]
    wrong += [
        path
        for package in ("kg", "viz")
        for path in (ROOT / package).rglob("*")
        if path.is_dir() and path.name in VAGUE
    ]
    assert not wrong


@pytest.mark.parametrize("package", ["kg", "viz"])
def test_modules_are_short(package: str) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(package)}
    assert not {str(path): lines for path, lines in lengths.items() if lines > MOST_LINES}


@pytest.mark.parametrize("package", ["kg", "viz"])
def test_every_module_says_what_it_is_for(package: str) -> None:
    silent = [
        str(path)
        for path in modules(package)
        if len(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "") < 5
    ]
    assert not silent


# --- Packaging ----------------------------------------------------------------------------------------------------


@cache
def setup() -> configparser.ConfigParser:
    found = configparser.ConfigParser()
    found.read(ROOT / "setup.cfg", encoding="utf-8")
    return found


def listed() -> set[str]:
    return set(setup()["options"]["packages"].split())


def folders() -> dict[str, str]:
    """Package → folder, where they are not the same."""
    pairs = (line.split("=") for line in setup()["options"]["package_dir"].strip().splitlines())
    return {name.strip(): folder.strip() for name, folder in pairs}


def home(package: str) -> Path:
    known = folders()
    if package in known:
        return ROOT / known[package]
    above, _, name = package.rpartition(".")
    return home(above) / name if above else ROOT / name


def test_every_package_is_listed_and_there() -> None:
    on_disk = {name_of(path) for package in ("kg", "viz") for path in modules(package) if path.name == "__init__.py"}
    assert on_disk - listed() == set()
    assert {package for package in listed() if not home(package).is_dir()} == set()


def test_every_module_is_in_a_package() -> None:
    for package in ("kg", "viz"):
        for path in modules(package):
            assert (path.parent / "__init__.py").exists(), path


def test_no_module_shares_the_name_of_a_data_folder() -> None:
    data = {package for package, folder in folders().items() if package != folder}
    assert not data & {name_of(path) for path in modules("kg")}


def test_every_data_file_is_shipped() -> None:
    globs = {package: patterns.split() for package, patterns in setup()["options.package_data"].items()}
    missing = []
    for path in data_files():
        owner = owner_of(path)
        inside = path.relative_to(home(owner)).as_posix()
        if not any(matches(inside, pattern) for pattern in globs.get(owner, [])):
            missing.append(f"{path.relative_to(ROOT)} (package {owner})")
    assert not missing, "setup.cfg, options.package_data lacks:\n" + "\n".join(missing)


def data_files() -> list[Path]:
    bases = {"kg", "viz", *(folder for folder in folders().values())}
    return sorted(
        path
        for base in bases
        for path in (ROOT / base).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc") and "__pycache__" not in path.parts
    )


def owner_of(path: Path) -> str:
    """The innermost package that a file lies in."""
    around = [package for package in listed() if home(package) in path.parents]
    return max(around, key=lambda package: len(home(package).parts))


def matches(inside: str, pattern: str) -> bool:
    """Whether a glob of package_data fits: a star does not cross folders."""
    parts, wanted = inside.split("/"), pattern.split("/")
    return len(parts) == len(wanted) and all(map(fnmatch.fnmatch, parts, wanted))
