"""The command line as its user meets it: exit statuses, messages without tracebacks, start-up."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg.cli import COMMANDS, root
from kg.resources import folder


def cli(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    copy = tmp_path / "seeds"
    shutil.copytree(folder("seeds"), copy)
    return copy


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_has_help(name: str) -> None:
    with click.Context(root) as context:
        command = root.get_command(context, name)  # type: ignore[attr-defined]
    assert command is not None
    assert command.help
    for parameter in command.params:
        assert isinstance(parameter, click.Argument) or parameter.help or parameter.name == "format_", parameter.name


def test_help_names_every_command() -> None:
    result = cli("--help")
    assert result.returncode == 0
    assert all(name in result.stdout for name in COMMANDS)


@pytest.mark.parametrize("arguments", [["--help"], ["query", "SELECT ?s { ?s cbdc:subsidiaryOf entity:pbc }"]])
def test_nothing_heavy_is_imported(arguments: list[str], built: Path) -> None:
    code = (
        "import sys, kg.cli\n"
        "status = kg.cli.run(sys.argv[1:])\n"
        "heavy = {'spacy', 'networkx', 'rdflib', 'pyvis', 'pyshacl', 'jinja2', 'numpy', 'pandas'} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy), file=sys.stderr)\n"
        "sys.exit(status)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "CBDC_KG_GRAPH": str(built)},
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "heavy: []" in result.stderr


SPOILT = [
    ("broken TOML", "sources/globaltimes-2019-08-28.toml", ("[[claim]]", "[[claim"), r":\d+: not valid TOML"),
    ("predicate", "sources/globaltimes-2019-08-28.toml", ('"bans"', '"banns"'), "did you mean bans"),
    ("entity", "sources/globaltimes-2019-08-28.toml", ('"sft"', '"sftt"'), "did you mean sft"),
    ("object class", "sources/globaltimes-2019-08-28.toml", ('"pbc"', '"tenpay"'), "the object of subsidiaryOf must be"),
    ("key", "sources/globaltimes-2019-08-28.toml", ("locator ", "locatr "), "did you mean locator"),
    ("date", "release.toml", ("\ndata_date", "\ndata_dat"), "did you mean data_date"),
]


@pytest.mark.parametrize(("file", "change", "message"), [each[1:] for each in SPOILT], ids=[each[0] for each in SPOILT])
def test_bad_seeds(file: str, change: tuple[str, str], message: str, seeds: Path, tmp_path: Path) -> None:
    path = seeds / file
    text = path.read_text(encoding="utf-8")
    at = text.index("subsidiaryOf") if "subsidiaryOf" in message else 0
    path.write_text(text[:at] + text[at:].replace(*change, 1), encoding="utf-8")
    result = cli("build", "--seeds", str(seeds), "-o", str(tmp_path / "build"), "--quiet")
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert re.search(message, result.stderr), result.stderr
    assert re.search(rf"{re.escape(str(path))}:\d+: ", result.stderr), result.stderr
    assert not (tmp_path / "build").exists()
    checked = cli("check", str(seeds))
    assert checked.returncode == 1
    assert re.search(message, checked.stdout)


def test_other_bad_input(tmp_path: Path, built: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02\xff" * 9)
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "good.txt").write_text("The Bank of Thailand launched a pilot in 2022.\n")
    graph = ["--graph", str(built)]
    for status, arguments, message in [
        (2, ["extract", str(tmp_path / "empty.txt")], "empty"),
        (2, ["extract", str(tmp_path / "binary.txt")], "binary.txt"),
        (2, ["extract", str(tmp_path / "folder.txt")], "folder"),
        (2, ["extract", str(tmp_path / "missing.txt")], "missing.txt"),
        (1, ["extract", str(tmp_path / "good.txt"), str(tmp_path / "missing.txt")], "missing.txt"),
        (2, ["extract"], "FILE"),
        (2, ["query", *graph, "SELECT ?s WHER { ?s ?p ?o }"], "line 1"),
        (2, ["query", *graph, "SELECT ?s { ?s cbcd:owns ?o }"], "did you mean cbdc"),
        (2, ["query", "--graph", str(tmp_path / "nowhere"), "ASK {}"], "cbdc-kg build"),
        (1, ["show", *graph, "Bank of Atlantis"], "Atlantis"),
        (2, ["ask", *graph, "ownr"], "owner"),
        (2, ["page", *graph, "-o", str(tmp_path / "no" / "page.html")], "page.html"),
        (2, ["nonsense"], "No such command"),
    ]:
        result = cli(*arguments)
        assert (result.returncode, "Traceback" in result.stderr) == (status, False), (arguments, result.stderr)
        assert message in result.stderr, (arguments, result.stderr)


def test_a_reader_that_leaves_is_no_error(built: Path) -> None:
    command = f"{sys.executable} -m kg query -g {built} 'SELECT * {{ ?s ?p ?o }}' | head -n 1"
    result = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert "Traceback" not in result.stderr
    assert "Error" not in result.stderr
