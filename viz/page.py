"""The explorer as one HTML file that opens from anywhere and asks nobody."""

from __future__ import annotations

import os
import tempfile
from html import escape
from pathlib import Path

from kg.errors import StoreError
from viz.assets import csp_hash, script, style, vis_network
from viz.data import data_of, json_block
from viz.records import View


def html(view: View) -> str:
    """The page. The same view gives the same text.

    Raises:
        StoreError: vis-network is missing from the installed pyvis, or is another one.
    """
    import jinja2
    from markupsafe import Markup

    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "templates")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined
    )
    scripts = [vis_network(), script()]
    for each in scripts:
        if "</script" in each.lower() or "<!--" in each:
            raise StoreError("a script of the page holds text that would end it; this is a fault of cbdc-kg")
    return environment.get_template("page.html").render(
        view=view,
        policy=policy(scripts),
        style=Markup(style()),
        scripts=[Markup(each) for each in scripts],
        data=Markup(json_block(data_of(view))),
    )


def policy(scripts: list[str]) -> str:
    """The Content-Security-Policy: exactly these scripts, no request to anywhere."""
    allowed = " ".join(csp_hash(each) for each in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def write(view: View, path: str | os.PathLike[str]) -> None:
    """Write the page beside its place and rename it there, so that no reader ever sees half a page.

    Raises:
        StoreError: the place cannot be written to.
    """
    place = Path(path)
    content = html(view).encode("utf-8")
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".page-", dir=place.parent)
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(place)
    except OSError as wrong:
        if beside is not None:
            beside.unlink(missing_ok=True)
        raise StoreError(f"{place}: cannot write the page ({wrong.strerror})") from None


def iframe(page: str, height: int = 720) -> str:
    """The page as a sandboxed frame for a notebook: its scripts run, it reaches nothing around it."""
    return (
        f'<iframe sandbox="allow-scripts allow-popups" title="cbdc-kg explorer" '
        f'style="width:100%;height:{height}px;border:1px solid #ccc;border-radius:6px" '
        f'srcdoc="{escape(page)}"></iframe>'
    )
