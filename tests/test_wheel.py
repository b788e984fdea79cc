"""The wheel, built from the sdist, is whole: used from another folder, it builds and answers."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    result = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    checkout = tmp_path_factory.mktemp("checkout") / "cbdc-kg"
    run("git", "clone", "--quiet", ROOT, checkout, cwd=folder)
    run(sys.executable, "-m", "build", "--outdir", folder, checkout, cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_every_data_file(wheel: Path) -> None:
    import zipfile

    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = run("git", "ls-files", "kg", "viz", "ontology", "seeds", cwd=ROOT).split()
    for path in tracked:
        inside = path if path.startswith(("kg/", "viz/")) else f"kg/{path}"
        assert inside in names, f"{path} is missing from the wheel"


def test_used_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", site, wheel, cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {"PYTHONPATH": str(site)}
    place = run(sys.executable, "-c", "import kg; print(kg.__file__)", cwd=elsewhere, **environment)
    assert str(site) in place
    run(sys.executable, "-m", "kg", "build", "--quiet", cwd=elsewhere, **environment)
    ask = (sys.executable, "-m", "kg", "ask", "proposal-basis", "--format", "table")
    assert "Tenpay" in run(*ask, cwd=elsewhere, **environment)


@pytest.mark.long
def test_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    bin = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    run(bin / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run(bin / "cbdc-kg", "build", "--quiet", cwd=elsewhere)
    assert "Tenpay" in run(bin / "cbdc-kg", "ask", "proposal-basis", "--format", "table", cwd=elsewhere)
    for name in ("ask", "build", "check", "extract", "query", "show"):
        run(bin / "cbdc-kg", name, "--help", cwd=elsewhere)
