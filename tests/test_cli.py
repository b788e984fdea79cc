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
    (
        "object class",
        "sources/globaltimes-2019-08-28.toml",
        ('"pbc"', '"tenpay"'),
        "the object of subsidiaryOf must be",
    ),
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


PRINTING = [
    ["show", "pbc"],
    ["ask"],
    ["ask", "owner", "--format", "table"],
    ["stats"],
    ["why", "sft", "subsidiaryOf", "pbc"],
    ["path", "tencent", "pbc"],
    ["query", "SELECT * { ?s ?p ?o }"],
    ["query", "ASK { ?s ?p ?o }"],
    ["--help"],
]


def test_seeds_in_the_folder_one_is_in_are_read(seeds: Path) -> None:
    release = seeds / "release.toml"
    release.write_text(release.read_text(encoding="utf-8") + "colour = 1\n", encoding="utf-8")
    result = cli("check", cwd=seeds.parent)
    assert result.returncode == 1
    assert "seeds/release.toml:" in result.stdout
    assert "colour is not a key" in result.stdout


@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_a_reader_that_leaves_is_no_error(arguments: list[str], built: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        result = to(writing, *arguments, graph=built)
    finally:
        os.close(writing)
    assert (result.returncode, result.stderr.count("rror")) == (0, 0), result.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="the system has no /dev/full")
@pytest.mark.parametrize("arguments", PRINTING, ids=" ".join)
def test_a_full_disk_is_told_in_one_line(arguments: list[str], built: Path) -> None:
    with open("/dev/full", "wb") as full:
        result = to(full.fileno(), *arguments, graph=built)
    assert result.returncode == 2
    assert re.search(r"^Error: .*: No space left on device\n\Z", result.stderr, re.MULTILINE), result.stderr
    assert "Traceback" not in result.stderr


def to(output: int, *arguments: str, graph: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "CBDC_KG_GRAPH": str(graph)}
    command = [sys.executable, "-m", "kg", *arguments]
    return subprocess.run(
        command,
        stdout=output,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env=environment,
        check=False,
    )


def test_candidates_that_cannot_be_written(tmp_path: Path, built: Path) -> None:
    (tmp_path / "good.txt").write_text("The Bank of Thailand said in 2022 that it will launch a pilot in Bangkok.\n")
    reading, writing = os.pipe()
    os.close(reading)
    try:
        assert to(writing, "extract", str(tmp_path / "good.txt"), graph=built).returncode == 0
    finally:
        os.close(writing)


@pytest.mark.parametrize("module", ["click", "kg.cli.ask", "kg.query.ask", "kg.store.embedded"])
def test_ctrl_c_while_it_starts(module: str, built: Path) -> None:
    code = (
        "import sys, kg.cli\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "sys.argv[1:] = ['ask', 'owner']\n"
        "kg.cli.main()\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "CBDC_KG_GRAPH": str(built)},
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "Stopped.\n")


def test_the_entry_imports_nothing_that_takes_time() -> None:
    code = "import sys; before = set(sys.modules); import kg.cli; print(sorted(set(sys.modules) - before))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "['kg', 'kg.cli']"


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252"])
def test_a_terminal_that_lacks_characters_shows_others(encoding: str, built: Path) -> None:
    for arguments in (["ask"], ["show", "pbc"], ["why", "sft", "subsidiaryOf", "pbc"]):
        result = subprocess.run(
            [sys.executable, "-m", "kg", *arguments],
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding, "CBDC_KG_GRAPH": str(built)},
            check=False,
        )
        assert (result.returncode, result.stderr) == (0, b""), arguments
        assert result.stdout


def test_a_dataset_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "j.nq"
    for text, line in (("junk\n", 1), ("<http://a/> <http://b/> <http://c/> .\n<http://a/> junk\n", 2)):
        path.write_text(text)
        result = cli("check", str(path))
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.startswith(f"Error: {path}:{line}: is not N-Quads: "), result.stderr
        assert "Traceback" not in result.stderr
    path.write_bytes(b"\xff\xfe")
    assert cli("check", str(path)).returncode == 2
    assert cli("check", str(tmp_path / "none.nq")).returncode == 2


def test_nobody_cannot_review(tmp_path: Path) -> None:
    for name in ("", "  "):
        result = cli("review", "--by", name, "--log", str(tmp_path / "log.jsonl"), str(tmp_path / "queue.jsonl"))
        assert (result.returncode, "say who decides" in result.stderr) == (2, True), result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "pbc"],
        ["why", "sft", "owns", "pbc"],
        ["path", "tencent", "pbc"],
        ["stats"],
        ["page", "-o", "page.html"],
    ],
    ids=lambda each: each[0],
)
def test_reading_commands_can_be_quiet(arguments: list[str], built: Path, tmp_path: Path) -> None:
    loud = cli(*arguments, cwd=tmp_path, CBDC_KG_GRAPH=str(built))
    quiet = cli(*arguments, "--quiet", cwd=tmp_path, CBDC_KG_GRAPH=str(built))
    assert quiet.returncode == loud.returncode
    assert len(quiet.stdout) <= len(loud.stdout)
    assert (arguments[0] == "why") == ("Error: " in quiet.stderr)  # errors are said all the same
