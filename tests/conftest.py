"""What all tests share: the outside test data, and a build of the project's own seeds."""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

_missing: collections.Counter[str] = collections.Counter()


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """``shared("documents/x.txt")``: the path in ../shared, or a skip that is counted and printed last."""

    def find(name: str) -> Path:
        path = SHARED / name
        if not path.exists():
            _missing[name] += 1
            pytest.skip(f"../shared/{name} is absent")
        return path

    return find


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the project's own seeds, without documents; tests only read it."""
    from kg.build import build

    output = tmp_path_factory.mktemp("built") / "build"
    build(str(output))
    return output


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Headless Chromium, started once."""
    from tests.browser import started

    with started() as running:
        yield running


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder to be in."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say last, and loudly, what was not tested for want of ../shared."""
    if _missing:
        terminalreporter.section("NOT TESTED: ../shared is absent or incomplete", sep="!", red=True)
        for name, count in sorted(_missing.items()):
            terminalreporter.line(f"{count} test(s) skipped for want of ../shared/{name}")
