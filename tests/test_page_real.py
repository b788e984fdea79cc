"""The page of the project's own seeds in a real browser: readable, offline, quiet, and all of it there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from kg.build import build
from kg.curation import load
from kg.resources import folder
from tests.browser import Visit

GAP = 4
DESK = {"width": 1440, "height": 860}
BREAKER = "</script><img src=x onerror=window.XSS=1>"
Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Any, built: Path) -> Iterator[Open]:
    opened = []

    def open_page(place: Path | None = None, fragment: str = "", **settings: Any) -> Visit:
        context = browser.new_context(**{"viewport": DESK, **settings})
        opened.append(context)
        return Visit.to(context.new_page(), ((place or built) / "index.html").as_uri() + fragment)

    yield open_page
    for context in opened:
        context.close()


def quiet(here: Visit) -> bool:
    asked = [request for request in here.requests if not request.startswith("file:")]
    return asked == [] and here.faults == [] and here.tab.evaluate("violations") == []


def apart(one: dict[str, float], other: dict[str, float], gap: float) -> bool:
    return (
        one["right"] + gap <= other["left"] + 0.01
        or other["right"] + gap <= one["left"] + 0.01
        or one["bottom"] + gap <= other["top"] + 0.01
        or other["bottom"] + gap <= one["top"] + 0.01
    )


def frame(here: Visit) -> None:
    """Wait for the next frame to be drawn."""
    here.tab.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_it_asks_nobody_and_says_nothing_to_the_console(visit: Open) -> None:
    here = visit()
    here.search("Tenpay")
    here.tab.click("#card .strength")
    here.tab.click("#view-table")
    here.tab.click("#view-graph")
    here.tab.keyboard.press("Escape")
    assert quiet(here)


def test_tenpay_is_found_and_its_owner_is_hearsay(visit: Open) -> None:
    here = visit()
    here.search("Tenpay")
    assert here.tab.inner_text("#card h2") == "Tenpay"
    here.tab.click('#card [data-link="tencent/owns/tenpay"] .strength')
    assert here.tab.evaluate("cbdcKg.state().link") == "tencent/owns/tenpay"
    assert "unnamed source" in here.card()
    assert "Reported" in here.card()


def test_every_claim_stands_behind_a_link(visit: Open) -> None:
    knowledge = load(folder("seeds"))
    accepted = {id for id, claim in knowledge.claims.items() if claim.accepted}
    here = visit()
    data = here.tab.evaluate("JSON.parse(document.getElementById('data').textContent)")
    behind = [id for link in data["links"] for id in [*link.get("claims", []), *link.get("opposing", [])]]
    assert len(behind) == len(accepted) == len(data["claims"])
    assert set(behind) == set(here.shown()["claims"]) == accepted


@pytest.mark.parametrize(
    ("size", "least"), [(DESK, 60), ({"width": 1920, "height": 1080}, 80), ({"width": 390, "height": 844}, 5)]
)
def test_names_keep_a_gap_at_every_zoom(visit: Open, size: dict[str, int], least: int) -> None:
    here = visit(viewport=size)
    for zoom in ("home", "in", "out"):
        if zoom != "home":
            for _ in range(3 if zoom == "in" else 5):
                here.tab.evaluate(f"document.getElementById('zoom-{zoom}').click()")
            frame(here)
        labels = here.tab.evaluate("cbdcKg.labels()")
        names = [label for label in labels if label["kind"] != "edge"]
        if zoom == "home":
            assert len(names) >= least
            assert sum(name["lines"][-1].endswith("…") for name in names) <= 3
        close = [
            (one["text"], other["text"])
            for one, other in combinations(labels, 2)
            if not apart(one["box"], other["box"], GAP)
        ]
        assert close == []


def test_no_name_lies_on_a_node(visit: Open) -> None:
    here = visit()
    bodies = here.tab.evaluate("cbdcKg.bodies()")
    labels = here.tab.evaluate("cbdcKg.labels()")
    assert len(bodies) >= len(here.shown()["nodes"])
    on_nodes = [label["text"] for label in labels for body in bodies if not apart(label["box"], body, 0)]
    assert on_nodes == []


def test_the_picture_fills_its_room(visit: Open) -> None:
    for size in (DESK, {"width": 1920, "height": 1080}):
        here = visit(viewport=size)
        stage = here.tab.locator("#graph").bounding_box()
        points = here.tab.evaluate("cbdcKg.shown().nodes.map(cbdcKg.pointOf)")
        for axis, extent, least in (("x", "width", 0.68), ("y", "height", 0.78)):
            places = [point[axis] for point in points]
            assert (max(places) - min(places)) / stage[extent] > least
            assert min(places) > stage[axis] and max(places) < stage[axis] + stage[extent]
        corners = {
            (point["x"] > stage["x"] + stage["width"] / 2, point["y"] > stage["y"] + stage["height"] / 2)
            for point in points
        }
        assert len(corners) == 4
        quarter = len(points) / 4
        for right in (False, True):
            for low in (False, True):
                there = sum(
                    (point["x"] > stage["x"] + stage["width"] / 2) == right
                    and (point["y"] > stage["y"] + stage["height"] / 2) == low
                    for point in points
                )
                assert there > quarter / 2, "no quarter of the picture is left empty"


LONGEST_HOLE = """
ends => {
  const canvas = document.querySelector('#graph canvas');
  const frame = canvas.getBoundingClientRect();
  const ratio = canvas.width / frame.width;
  const ctx = canvas.getContext('2d');
  const inked = (x, y) => {
    const [left, top] = [Math.round((x - frame.left) * ratio) - 2, Math.round((y - frame.top) * ratio) - 2];
    const pixels = ctx.getImageData(left, top, 5, 5).data;
    for (let place = 3; place < pixels.length; place += 4) if (pixels[place] > 60) return true;
    return false;
  };
  let [longest, hole] = [0, 0];
  const [dx, dy] = [ends.tip.x - ends.core.x, ends.tip.y - ends.core.y];
  const length = Math.hypot(dx, dy);
  for (let back = -length; back < 24; back += 1) {
    const [x, y] = [ends.core.x - dx / length * back, ends.core.y - dy / length * back];
    if (x < frame.left || x > frame.right || y < frame.top || y > frame.bottom) return 0;
    hole = inked(x, y) ? 0 : hole + 1;
    longest = Math.max(longest, hole);
  }
  return longest;
}
"""


@pytest.mark.parametrize("zooms", [0, 2, -4])
def test_lines_meet_their_arrowheads(visit: Open, zooms: int) -> None:
    """Look at the pixels before every arrowhead: no hole is longer than between two dashes."""
    here = visit(device_scale_factor=1)
    here.search("Tenpay")
    for _ in range(abs(zooms)):
        here.tab.evaluate(f"document.getElementById('zoom-{'in' if zooms > 0 else 'out'}').click()")
    frame(here)
    links = [link for link in here.shown()["links"] if here.tab.evaluate("id => cbdcKg.drawn(id)", link)]
    assert len(links) > 80
    holes = {link: here.tab.evaluate(LONGEST_HOLE, here.tab.evaluate("id => cbdcKg.endOf(id)", link)) for link in links}
    assert {link: hole for link, hole in holes.items() if hole > 7} == {}


def test_what_is_set_aside_says_why(visit: Open) -> None:
    here = visit()
    data = here.tab.evaluate("JSON.parse(document.getElementById('data').textContent)")
    aside = [link for link in data["links"] if link["strength"] == "withheld"]
    assert aside and all(link["why"] for link in aside)
    assert "Set aside" in here.tab.inner_text("#legend")
    assert any(label["text"] == "set aside" for label in here.tab.evaluate("cbdcKg.labels()"))
    for link in aside:
        here.tab.evaluate("id => { location.hash = 'v=1&l=' + encodeURIComponent(id); }", link["id"])
        here.tab.wait_for_function("id => cbdcKg.state().link === id", arg=link["id"])
        assert "Set aside" in here.card() and link["why"] in here.card()


def test_the_status_line_covers_nothing(visit: Open) -> None:
    here = visit()
    graph, status = (here.tab.locator(f"#{id}").bounding_box() for id in ("graph", "status"))
    assert graph["y"] + graph["height"] <= status["y"] + 1


def test_seeds_that_try_to_break_out_run_nothing(visit: Open, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    shutil.copytree(folder("seeds"), seeds)
    changed = 0
    for path in sorted((seeds / "entities").glob("*.toml")):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        for place, line in enumerate(lines):
            if line.replace(" ", "").startswith('label="'):
                head, text, tail = line.split('"', 2)
                lines[place] = f'{head}"{text} {BREAKER}"{tail}'
                changed += 1
        path.write_text("".join(lines), "utf-8")
    assert changed > 100
    build(str(tmp_path / "build"), seeds=str(seeds))
    here = visit(tmp_path / "build")
    here.search("Tenpay")
    assert BREAKER in here.tab.inner_text("#card h2")
    here.tab.click("#view-table")
    assert BREAKER in here.tab.inner_text("#table")
    assert here.tab.locator("img").count() == 0
    assert here.tab.evaluate("window.XSS") is None
    assert quiet(here)
