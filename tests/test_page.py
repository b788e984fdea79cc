"""The page in a real browser: offline, quiet, safe, and saying the same everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from kg.errors import StoreError
from tests.browser import READY, Visit
from tests.samples import hostile, sample, shuffled
from viz import assets, page
from viz.view import view_of

Open = Callable[..., Visit]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    home = tmp_path_factory.mktemp("pages")
    made = {"sample": view_of(*sample()), "hostile": view_of(*hostile())}
    for name, view in made.items():
        page.write(view, home / f"{name}.html")
    return {name: home / f"{name}.html" for name in made}


@pytest.fixture
def visit(browser: Any, files: dict[str, Path]) -> Iterator[Open]:
    opened = []

    def open_page(name: str = "sample", fragment: str = "", **settings: Any) -> Visit:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **settings})
        opened.append(context)
        return Visit.to(context.new_page(), files[name].as_uri() + fragment)

    yield open_page
    for context in opened:
        context.close()


def tour(here: Visit) -> None:
    """Touch everything once."""
    tab = here.tab
    here.search("agora")
    tab.click("#card .scope button:nth-child(2)")
    tab.click("#card .strength")
    tab.click("#view-table")
    tab.click("th[data-column=who] button")
    tab.click("#view-graph")
    tab.click("#theme")
    tab.uncheck('input[data-facet="voice"][data-value="Unnamed"]')
    tab.click("#reset")
    tab.focus("#graph")
    for key in ("ArrowRight", "ArrowDown", "+", "-", "0", "Enter", "Escape"):
        tab.keyboard.press(key)


def test_asks_nobody_and_complains_of_nothing(visit: Open) -> None:
    here = visit()
    tour(here)
    assert [url for url in here.requests if not url.startswith("file:")] == []
    assert len(here.requests) == 1
    assert here.faults == []
    assert here.tab.evaluate("violations") == []


def test_the_policy_lets_no_other_script_run(visit: Open, files: dict[str, Path]) -> None:
    text = files["sample"].read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    scripts = unescape(policy[1]).split("script-src")[1].split(";")[0]
    assert "unsafe" not in scripts and scripts.count("sha256-") == 2
    here = visit()
    here.tab.evaluate(
        "() => document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.XSS = 1'}))"
    )
    assert here.tab.evaluate("window.XSS") is None
    assert here.tab.evaluate("violations.length") == 1


def test_physics_is_off_and_two_loads_look_the_same(visit: Open) -> None:
    one, other = visit(), visit()
    assert one.tab.evaluate("cbdcKg.moves()") is False
    assert one.tab.evaluate("cbdcKg.positions()") == other.tab.evaluate("cbdcKg.positions()")
    assert one.tab.evaluate("cbdcKg.labels()") == other.tab.evaluate("cbdcKg.labels()")


def test_two_builds_are_the_same_text() -> None:
    assert page.html(view_of(*sample())) == page.html(view_of(*shuffled(sample(), 7)))


def test_nothing_is_lost_on_the_way(visit: Open) -> None:
    view = view_of(*sample())
    shown = visit().shown()
    assert sorted(shown["claims"]) == sorted(claim.id for claim in view.claims)
    assert sorted(shown["links"]) == sorted(each.id for each in (*view.edges, *view.attributes))


def test_the_picture_is_not_blank_and_labels_do_not_touch(visit: Open) -> None:
    here = visit()
    assert here.tab.evaluate(
        "() => { const c = document.querySelector('canvas'); const d = c.getContext('2d')"
        ".getImageData(0, 0, c.width, c.height).data; return new Set(new Uint32Array(d.buffer)).size; }"
    ) > 50  # fmt: skip
    labels = here.tab.evaluate("cbdcKg.labels()")
    assert sum(label["kind"] != "edge" for label in labels) >= 20
    boxes = [label["box"] for label in labels]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert (
                one["right"] <= other["left"]
                or other["right"] <= one["left"]
                or one["bottom"] <= other["top"]
                or other["bottom"] <= one["top"]
            )


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("agora", "Project Agorá"),
        ("BoA", "Bank of Arden"),
        ("阿登", "Bank of Arden"),
        ("ore sys", "Osprey Øre Systems"),
        ("PAYWELL W", "Paywell"),
    ],
)
def test_search_finds_by_any_name(visit: Open, typed: str, title: str) -> None:
    here = visit()
    here.search(typed)
    assert here.tab.inner_text("#card h2") == title
    assert "n=" in here.tab.url
    point = here.tab.evaluate("cbdcKg.pointOf(cbdcKg.state().node)")
    frame = here.tab.locator("#graph").bounding_box()
    assert frame["x"] < point["x"] < frame["x"] + frame["width"]
    assert frame["y"] < point["y"] < frame["y"] + frame["height"]


def test_search_is_a_combobox(visit: Open) -> None:
    tab = visit().tab
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "search"
    tab.keyboard.type("member bank")
    first = tab.get_attribute("#search", "aria-activedescendant")
    tab.keyboard.press("ArrowDown")
    assert tab.get_attribute("#search", "aria-activedescendant") != first
    assert tab.locator('#hits [aria-selected="true"]').count() == 1
    tab.keyboard.press("Escape")
    assert tab.get_attribute("#search", "aria-expanded") == "false"
    tab.fill("#search", "xyzzy")
    assert "xyzzy" in tab.inner_text("#hits")


def test_an_edge_opens_its_claim(visit: Open) -> None:
    here = visit()
    here.search("Paywell")
    here.click_at("kestrel/owns/paywell")
    card = here.card()
    assert here.tab.inner_text("#card h2") == "Kestrel Payments owns Paywell"
    for part in ("unnamed source", "stated as so", "The wallet that waits", "Daily Arden", "4 March 2021",
                 "paragraph 8, characters 90–99", "The wallet passes every test", "accepted", "Reported",
                 "Paywell is owned by Kestrel Payments"):  # fmt: skip
        assert part in card, part
    assert here.tab.get_attribute("#card .facts a", "href") == "https://example.org/daily/1"


def test_every_edge_has_a_card_with_all_its_claims(visit: Open) -> None:
    here = visit()
    view = view_of(*sample())
    for link in (*view.edges, *view.attributes):
        here.tab.evaluate("id => { location.hash = 'v=1&l=' + encodeURIComponent(id); }", link.id)
        here.tab.wait_for_function("id => cbdcKg.state().link === id", arg=link.id)
        shown = here.tab.eval_on_selector_all("#card [data-claim]", "all => all.map(each => each.dataset.claim)")
        assert sorted(shown) == sorted(link.every_claim)
        assert here.tab.locator("#card blockquote, #card .no-quote").count() == len(shown)


def test_the_object_reads_the_inverse(visit: Open) -> None:
    here = visit()
    here.search("agora")
    headings = here.tab.eval_on_selector_all("#card .relation h3", "all => all.map(each => each.textContent)")
    assert "is run by" in headings and "runs" not in headings
    assert any(heading.startswith("is researched by") for heading in headings)


def test_values_and_what_a_voice_says_stand_on_the_card(visit: Open) -> None:
    here = visit()
    here.search("Kestrel")
    assert "June 2018" in here.card() and "红隼" in here.card()
    here.search("a source")
    assert "says" in here.card() and "Kestrel Payments owns Paywell" in here.card()


def test_filters_change_picture_counts_card_and_table_alike(visit: Open) -> None:
    here = visit()
    tab = here.tab
    before = here.shown()
    row = 'input[data-facet="voice"][data-value="Unnamed"]'
    counted = int(tab.inner_text(f".row:has({row}) .count"))
    tab.uncheck(row)
    after = here.shown()
    assert len(before["claims"]) - len(after["claims"]) == counted > 0
    assert f"{len(after['claims'])} of {len(before['claims'])} claims" in tab.inner_text("#status")
    tab.click("#view-table")
    rows = tab.eval_on_selector_all("#table tbody tr", "all => all.map(each => each.dataset.claim)")
    assert sorted(rows) == sorted(after["claims"])
    tab.click("#view-graph")
    here.search("Paywell")
    assert "hidden by filters" in here.card()
    tab.click("#reset")
    assert sorted(here.shown()["claims"]) == sorted(before["claims"])


def test_every_facet_filters(visit: Open) -> None:
    here = visit()
    for facet, value in (
        ("modality", "Planned"),
        ("strength", "denied"),
        ("predicate", "competesWith"),
        ("class", "Person"),
    ):
        before = here.shown()
        box = here.tab.locator(f'input[data-facet="{facet}"][data-value="{value}"]')
        box.evaluate("box => box.click()")
        after = here.shown()
        if facet == "class":
            people = {"mira-holt", "jon-vale"}
            assert not people & set(after["nodes"])
        else:
            assert len(after["links"]) < len(before["links"])
        box.evaluate("box => box.click()")
        assert here.shown() == before


def test_filtering_everything_away_is_explained(visit: Open) -> None:
    here = visit()
    for box in here.tab.locator('input[data-facet="voice"]').all():
        box.uncheck()
    assert here.shown()["claims"] == []
    assert "nothing passes the filters" in here.tab.inner_text("#status")


def test_scope_is_a_breadth_first_search(visit: Open) -> None:
    here = visit()
    here.search("Kestrel")
    for steps in (1, 2):
        here.tab.click(f"#card .scope button:nth-child({steps + 1})")
        part = view_of(*sample(), focus="kestrel", hops=steps)
        assert sorted(here.shown()["nodes"]) == [node.id for node in part.nodes]
    here.tab.keyboard.press("Escape")
    assert here.tab.evaluate("cbdcKg.state().scope") == 0


def test_the_address_brings_the_view_back(visit: Open) -> None:
    here = visit()
    here.search("Kestrel")
    here.tab.uncheck('input[data-facet="modality"][data-value="Planned"]')
    here.tab.click("#card .scope button:nth-child(3)")
    there = visit(fragment="#" + here.tab.url.split("#")[1])
    assert there.shown() == here.shown()
    assert there.card() == here.card()


def test_an_unknown_address_says_so_and_a_hostile_one_is_inert(visit: Open) -> None:
    here = visit(fragment="#v=1&n=%3Cimg%20src=x%20onerror=window.XSS=1%3E&x.class=%E0%A4%A&d=9&view=<b>")
    assert "<img src=x onerror=window.XSS=1>" in here.tab.inner_text("#status")
    assert here.tab.evaluate("window.XSS") is None
    assert here.faults == []


def test_back_and_escape(visit: Open) -> None:
    here = visit()
    here.search("Kestrel")
    here.search("Paywell")
    here.tab.go_back()
    here.tab.wait_for_function("cbdcKg.state().node === 'kestrel'")
    assert here.tab.inner_text("#card h2") == "Kestrel Payments"
    here.tab.keyboard.press("Escape")
    assert here.tab.inner_text("#card h2") == "Start here"


def test_the_start_names_the_most_connected(visit: Open) -> None:
    here = visit()
    assert "58" not in here.tab.inner_text("#honest")
    assert "2 sources" in here.tab.inner_text("#honest") and "2026-11-22" in here.tab.inner_text("#honest")
    first = here.tab.locator("#card .starts button").first
    assert "Arden" in first.inner_text()
    assert here.tab.locator("#card .starts button").count() == 5
    first.click()
    assert here.tab.inner_text("#card h2") == "Arden"


def test_lines_can_be_told_apart_without_colour(visit: Open) -> None:
    here = visit()
    lines = here.tab.eval_on_selector_all(
        "fieldset:nth-of-type(2) svg.line", "all => all.map(each => each.innerHTML.replace(/currentColor/g, ''))"
    )
    assert len(lines) == len(set(lines)) >= 5
    assert any(label["text"] == "denied" for label in here.tab.evaluate("cbdcKg.labels()"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_does_not_scroll_sideways(visit: Open, scheme: str) -> None:
    here = visit(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    wide = "document.documentElement.scrollWidth"
    assert here.tab.evaluate(wide) <= 390
    here.tab.click("#filters-button")
    assert here.tab.is_visible("#legend")
    here.tab.keyboard.press("Escape")
    assert not here.tab.is_visible("#legend")
    here.search("agora")
    assert here.tab.evaluate(wide) <= 390
    box = here.tab.locator("#search").bounding_box()
    assert box["width"] >= 0.6 * 390


def test_hostile_data_runs_nothing_and_is_shown_as_it_is(visit: Open) -> None:
    here = visit("hostile")
    tab = here.tab
    for box in tab.locator("#card .starts button").all():
        assert box.is_visible()
    view = view_of(*hostile())
    texts = []
    for node in view.nodes:
        tab.evaluate("id => { location.hash = 'v=1&n=' + encodeURIComponent(id); }", node.id)
        tab.wait_for_function("id => cbdcKg.state().node === id", arg=node.id)
        tab.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        texts.append(tab.evaluate("document.getElementById('card').textContent"))
        assert node.label in texts[-1]
        assert tab.locator("#card img, #card b, #card script").count() == 0
        hrefs = tab.eval_on_selector_all("#card a", "all => all.map(each => each.href)")
        assert all(href.startswith("https://example.org/") for href in hrefs)
    tab.click("#view-table")
    table = tab.evaluate("document.getElementById('table').textContent")
    for claim in view.claims:
        assert claim.hedge is None or claim.hedge in table
    assert "&amp;amp;" not in "".join(texts) and "&lt;" not in "".join(texts)
    assert tab.inner_text("h1").startswith("</script><img")
    assert tab.evaluate("window.XSS") is None
    assert tab.evaluate("violations") == []
    assert here.faults == []


def test_another_vis_network_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot read vis-network"):
        assets.vis_network(str(tmp_path))
    other = tmp_path / assets.VIS_FILE
    other.parent.mkdir(parents=True)
    other.write_text("alert(1)")
    with pytest.raises(StoreError, match="SHA-256"):
        assets.vis_network(str(tmp_path))


def test_modules_are_all_bundled_and_leave_no_import_behind() -> None:
    folder = Path(assets.__file__).parent / "static"
    assert {path.stem for path in folder.glob("*.js")} == set(assets.MODULES)
    text = assets.script()
    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)


def test_writing_replaces_the_file_at_once_or_not_at_all(tmp_path: Path) -> None:
    view = view_of(*sample())
    place = tmp_path / "index.html"
    place.write_text("old")
    page.write(view, place)
    assert place.read_text("utf-8") == page.html(view)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    with pytest.raises(StoreError, match="cannot write the page"):
        page.write(view, tmp_path / "missing" / "index.html")
    (tmp_path / "folder").mkdir()
    with pytest.raises(StoreError, match="cannot write the page"):
        page.write(view, tmp_path / "folder")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "index.html"]


def test_a_notebook_gets_a_sandboxed_frame(visit: Open, tmp_path: Path) -> None:
    frame = page.iframe(page.html(view_of(*sample())))
    assert 'sandbox="allow-scripts allow-popups"' in frame and "<script" not in frame
    here = visit()
    here.tab.set_content(f"<!doctype html><body>{frame}</body>")
    inside = here.tab.frame_locator("iframe")
    inside.locator(READY).wait_for()
    inside.locator("#search").fill("agora")
    inside.locator("#search").press("Enter")
    assert inside.locator("#card h2").inner_text() == "Project Agorá"
