"""A page opened in a real browser, with everything that went wrong on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
READY = 'body[data-ready="1"]'


@contextmanager
def started() -> Iterator[Any]:
    """Chromium, headless; without one the test is skipped, loudly."""
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip("NO BROWSER: install Debian's chromium (or set CHROMIUM) to test the page")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page that was opened, with everything that went wrong on it."""

    tab: Any
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @classmethod
    def to(cls, tab: Any, address: str) -> Visit:
        """Open an address in a tab and wait until the page is drawn."""
        here = cls(tab)
        tab.on("request", lambda request: here.requests.append(request.url))
        tab.on("console", lambda message: here.faults.append(f"console {message.type}: {message.text}"))
        tab.on("pageerror", lambda error: here.faults.append(f"error: {error}"))
        tab.on("dialog", lambda dialog: (here.faults.append("dialog"), dialog.dismiss()))
        tab.add_init_script(
            "window.violations = [];"
            "document.addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective));"
        )
        tab.goto(address)
        tab.wait_for_selector(READY)
        return here

    def shown(self) -> dict[str, list[str]]:
        """What is drawn: ids of nodes, links and claims."""
        found: dict[str, list[str]] = self.tab.evaluate("cbdcKg.shown()")
        return found

    def search(self, typed: str) -> None:
        """Type into the search box and take the first hit."""
        self.tab.keyboard.press("/")
        self.tab.keyboard.type(typed)
        self.tab.keyboard.press("Enter")

    def card(self) -> str:
        """The text of the card."""
        text: str = self.tab.inner_text("#card")
        return text

    def click_at(self, id: str) -> None:
        """Click on a node or link in the picture."""
        point = self.tab.evaluate("id => cbdcKg.pointOf(id)", id)
        self.tab.mouse.click(point["x"], point["y"])
