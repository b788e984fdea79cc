"""Cold start of the commands that must feel instant, as ratios to a bare start in the same run.

    python bench/startup.py [--runs 15]

The peer is ``python -c "import pyoxigraph, click"``: less than that no command of ours can cost. Lowest of the
runs, since everything else on a machine only ever adds time. Aim: 1.5 or less.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time

ASK = "SELECT ?s { ?s cbdc:subsidiaryOf entity:pbc }"


def lowest(command: list[str], runs: int) -> float:
    """Seconds of the fastest of several runs."""
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        build = f"{folder}/build"
        ours = [sys.executable, "-m", "kg"]
        subprocess.run([*ours, "build", "-o", build, "--quiet"], check=True, stdout=subprocess.DEVNULL)
        commands = {
            'python -c "import pyoxigraph, click"': [sys.executable, "-c", "import pyoxigraph, click"],
            "cbdc-kg --help": [*ours, "--help"],
            "cbdc-kg query": [*ours, "query", "-g", build, ASK],
            "cbdc-kg ask owner": [*ours, "ask", "-g", build, "owner"],
            "cbdc-kg show sft": [*ours, "show", "-g", build, "sft"],
        }
        base = None
        for name, command in commands.items():
            seconds = lowest(command, runs)
            base = base or seconds
            print(f"{name:40} {seconds * 1000:7.1f} ms   {seconds / base:5.2f} ×")


if __name__ == "__main__":
    main()
