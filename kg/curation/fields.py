"""Typed fields of a TOML table; every fault is collected with its file and line."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from kg.curation.lines import Path, locate
from kg.errors import SeedError
from kg.model import Origin, PartialDate

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class SeedFile:
    """A TOML file as read, and the faults found in it so far."""

    path: str
    table: Mapping[str, Any]
    lines: Mapping[Path, int]
    faults: list[str]

    @classmethod
    def read(cls, path: str, faults: list[str]) -> SeedFile | None:
        """Read a file; a fault that makes it unreadable is collected and gives ``None``."""
        data = b""
        text = ""
        try:
            with open(path, "rb") as handle:
                data = handle.read()
            text = data.decode("utf-8-sig")
            return cls(path, tomllib.loads(text), locate(text.replace("\r\n", "\n")), faults)
        except UnicodeDecodeError as wrong:
            faults.append(f"{path}:{not_utf8(data, wrong)}")
        except tomllib.TOMLDecodeError as wrong:
            message, line = _toml_fault(str(wrong), text)
            faults.append(f"{path}:{line}: not valid TOML: {message}")
        except (ValueError, RecursionError) as wrong:
            # tomllib lets Python's own limits on nesting and on the length of numbers through.
            faults.append(f"{path}:1: not valid TOML: {wrong}")
        except IsADirectoryError:
            faults.append(f"{path}: is a folder where a TOML file is expected")
        except OSError as wrong:
            faults.append(f"{path}: cannot be read: {wrong.strerror}")
        return None

    def origin(self, *path: str | int) -> Origin:
        """The line of a key, or of the nearest table around it."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return Origin(self.path, self.lines[path[:length]])
        return Origin(self.path, 1)

    def fields(self, table: Mapping[str, Any], *path: str | int) -> Fields:
        """Typed access to one of its tables."""
        return Fields(self, table, path)


def not_utf8(data: bytes, wrong: UnicodeDecodeError) -> str:
    """Line and message of the first byte that is not UTF-8."""
    return f"{data[: wrong.start].count(10) + 1}: byte {wrong.start} is not UTF-8; save the file as UTF-8"


def toml_files(folder: str) -> list[str]:
    """TOML files of a folder, sorted; empty where there is no such folder."""
    if not os.path.isdir(folder):
        return []
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".toml")]


@dataclass
class Fields:
    """One table. Reading a field marks it known; :meth:`done` reports the unknown ones."""

    file: SeedFile
    table: Mapping[str, Any]
    path: Path
    _known: set[str] = field(default_factory=set)

    def origin(self, name: str | None = None) -> Origin:
        """Where the table, or a key of it, stands."""
        return self.file.origin(*self.path, *([] if name is None else [name]))

    def fault(self, message: str, name: str | None = None) -> None:
        """Collect a fault at a key."""
        self.file.faults.append(f"{self.origin(name)}: {message}")

    def has(self, name: str) -> bool:
        """Whether the key is there."""
        self._known.add(name)
        return name in self.table

    def raw(self, name: str) -> Any:
        """The value as TOML gives it, ``None`` where absent."""
        self._known.add(name)
        return self.table.get(name)

    def text(self, name: str) -> str | None:
        """A string, not blank."""
        value: str | None = self._typed(name, str, "a text in quotes")
        return value

    def required(self, name: str) -> str:
        """A string that must be there; a fault and an empty one where it is not."""
        if not self.has(name):
            self.fault(f"{self._what()} has no {name}; add {name} = …")
        return self.text(name) or ""

    def flag(self, name: str) -> bool:
        """True or false; false where absent."""
        return bool(self._typed(name, bool, "true or false"))

    def number(self, name: str) -> int | None:
        """A whole number."""
        value: int | None = self._typed(name, int, "a whole number")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings; a single string is a list of one."""
        value = self.raw(name)
        values = [value] if isinstance(value, str) else value if value is not None else []
        if not isinstance(values, list) or not all(isinstance(each, str) and each.strip() for each in values):
            self.fault(f'{name} must be a list of texts such as ["a", "b"]', name)
            return ()
        return tuple(values)

    def day(self, name: str) -> date | None:
        """A full date."""
        value = self.raw(name)
        if isinstance(value, datetime):
            return value.date()
        if value is None or isinstance(value, date):
            return value
        self.fault(f"{name} must be a date such as 2019-08-28 (without quotes)", name)
        return None

    def partial_date(self, name: str) -> PartialDate | None:
        """A date, or a text such as "2018-06" for a month and "2018" for a year."""
        value = self.raw(name)
        if value is None:
            return None
        if isinstance(value, datetime):
            value = value.date()
        try:
            return PartialDate(str(value))
        except ValueError as wrong:
            self.fault(f"{name}: {wrong}", name)
            return None

    def choice(self, name: str, kind: type[Choice], default: Choice) -> Choice:
        """One of a closed list."""
        value = self.text(name)
        if value is None:
            return default
        try:
            return kind(value)
        except ValueError:
            self.fault(f"{name} = {value!r} is not one of {', '.join(kind)}{near(value, kind)}", name)
            return default

    def tables(self, name: str) -> list[Fields]:
        """The tables of an array, as ``[[name]]`` or in line."""
        value = self.raw(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            self.fault(f"{name} must be a list of tables; write [[{name}]] with two brackets", name)
            return []
        return [self.file.fields(each, *self.path, name, index) for index, each in enumerate(value)]

    def table_of(self, name: str) -> Mapping[str, Any]:
        """A nested table, empty where absent."""
        value = self.raw(name)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(f"{name} must be a table such as {{ key = value }}", name)
            return {}
        return value

    def done(self) -> None:
        """Report keys that nobody asked for."""
        for name in self.table:
            if name not in self._known:
                self.fault(f"{name} is not a key of {self._what()}{near(name, self._known)}", name)

    def _typed(self, name: str, kind: type[Any], wanted: str) -> Any:
        value = self.raw(name)
        if value is None:
            return None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(f"{name} must be {wanted}", name)
            return None
        if kind is str and not value.strip():
            self.fault(f"{name} is blank; fill it in or take the line out", name)
            return None
        return value

    def _what(self) -> str:
        names = [str(part) for part in self.path if isinstance(part, str)]
        return f"[{'.'.join(names)}]" if names else "this file"


def near(word: str, known: Iterable[str]) -> str:
    """A hint at what may have been meant, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else ""


def raise_faults(faults: list[str]) -> None:
    """Raise what was collected, in the order of the files.

    Raises:
        SeedError: there is at least one fault.
    """
    if faults:
        raise SeedError(*faults)


def _toml_fault(message: str, text: str) -> tuple[str, int]:
    """tomllib's message without its place, and the line."""
    words, _, place = message.rpartition(" (at ")
    digits = "".join(char for char in place.partition(",")[0] if char.isdigit())
    return (words or message), int(digits) if digits else text.count("\n") + 1
