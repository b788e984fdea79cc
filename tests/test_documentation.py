"""Documentation is tested: every command, option, question and term is documented, and every example runs."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from kg import curation, vocabulary
from kg.build import build
from kg.check.run import check_path
from kg.cli import COMMANDS, root
from kg.query import questions

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#]+)")


def examples() -> list[tuple[str, str]]:
    """Commands after ``$`` in console blocks, with the page they stand on."""
    found = []
    for page in PAGES:
        for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            found += [(page.name, line[2:]) for line in block.splitlines() if line.startswith("$ cbdc-kg ")]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a build in it and a document, as the examples expect."""
    place = tmp_path_factory.mktemp("examples")
    build(str(place / "build"))
    text = "The Bank of Thailand said on 3 March 2022 that it will launch a pilot in Bangkok.\n"
    (place / "article.txt").write_text(text)
    claim = {"id": "g1", "predicate": "pilotsIn", "modality": "Planned", "polarity": "Affirmed", "voice": "Named"}
    claim |= {"speaker": "Bank of Thailand", "subject": "Bank of Thailand", "object": "Bangkok"}
    claim |= {"evidence_start": 0, "evidence_end": 81, "subject_start": 4, "subject_end": 20}
    claim |= {"object_start": text.index("Bangkok"), "object_end": text.index("Bangkok") + 7}
    (place / "article.gold.jsonl").write_text(json.dumps(claim) + "\n")
    return place


@pytest.mark.parametrize(("page", "command"), examples())
def test_examples_run(page: str, command: str, folder: Path) -> None:
    arguments = shlex.split(command, comments=True)[1:]
    result = subprocess.run(
        [sys.executable, "-m", "kg", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, f"{page}: {command}\n{result.stderr}"


def test_the_source_in_the_readme_can_be_built(tmp_path: Path) -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "seeds" / "sources" / "my-source.toml").write_text(block, encoding="utf-8")
    assert check_path(str(tmp_path / "seeds")) == []
    known = curation.load(str(tmp_path / "seeds"))
    assert [claim.predicate for claim in known.claims.values() if claim.source == "my-source"] == ["owns"]


def test_there_are_examples() -> None:
    assert len(examples()) >= 12


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_described(name: str) -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    _, found, section = text.partition(f"\n## {name}\n")
    assert found, f"docs/commands.md has no section {name}"
    section = section.partition("\n## ")[0]
    with click.Context(root) as context:
        command = root.get_command(context, name)  # type: ignore[attr-defined]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in section, f"docs/commands.md, {name}: {parameter.opts[0]} is not described"


def test_every_question_is_described() -> None:
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    for question in questions.load_all():
        assert f"`{question.name}`" in text, question.name
        assert question.title in text, question.title


def test_every_predicate_is_described() -> None:
    rows = (ROOT / "docs" / "predicates.md").read_text(encoding="utf-8").splitlines()
    for predicate in vocabulary.load().predicates.values():
        start = f"| `{predicate.name}` | {predicate.label} | {predicate.inverse_label} | "
        ends = f"{', '.join(predicate.domains)} → {', '.join((*predicate.ranges, *predicate.datatypes))}"
        assert any(row.startswith(start + ends) for row in rows), predicate.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"
