"""Where the data folders are: inside the installed package, else beside it in a checkout."""

from __future__ import annotations

import os

from kg.errors import StoreError

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def folder(name: str) -> str:
    """Path of a data folder such as ``"ontology"`` or ``"seeds"``.

    Plain paths, not :mod:`importlib.resources`: importing that costs as much as importing click.

    Raises:
        StoreError: the installation lacks the folder.
    """
    for base in (_PACKAGE, os.path.dirname(_PACKAGE)):
        path = os.path.join(base, name)
        if os.path.isdir(path):
            return path
    raise StoreError(f"the data folder {name!r} is missing from this installation; install cbdc-kg again")


def seeds_folder() -> str:
    """The seeds to read where none are named: ``./seeds`` where there is one, else those that come with cbdc-kg."""
    return "seeds" if os.path.isfile(os.path.join("seeds", "release.toml")) else folder("seeds")


def installed(path: str) -> bool:
    """Whether a path lies inside the installed package, where an upgrade would take it away.

    A checkout has its data folders beside the package, not inside.
    """
    home = os.path.realpath(_PACKAGE)
    return os.path.commonpath([home, os.path.realpath(path)]) == home


def package(name: str) -> str:
    """Path of one of our packages, ``"kg"`` or ``"viz"``; they are installed side by side."""
    return os.path.join(os.path.dirname(_PACKAGE), name)
