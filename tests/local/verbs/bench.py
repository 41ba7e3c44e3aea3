"""bench: every function as a deployment builds it, measured beside an empty one; a table, and .local/bench.json.

What is measured, and how, is in tests/bench/README.md.
"""

import subprocess
import zipfile

import build
from places import LOCAL, ROOT, lock
from say import Problem, note

_RELEASE = ROOT / "target" / "release"
_PACKAGES = LOCAL / "bench"
_FIGURES = LOCAL / "bench.json"
# What the functions stand beside.
_FLOORS = ["empty", "one-send"]


def main(rest):
    """Exits with the benchmark's status; `rest` goes to it."""
    functions = build.lambdas()
    with lock("bench", "another make bench"):
        _build([*functions, *_FLOORS, "bench"])
        _package([*functions, *_FLOORS])
        folders = ["--binaries", _RELEASE, "--packages", _PACKAGES, "--figures", _FIGURES]
        status = subprocess.run([_RELEASE / "bench", *folders, *rest, *functions], cwd=ROOT).returncode
    if status == 0 and "--json" not in rest:
        note(f"written to {_FIGURES.relative_to(ROOT)}")
    return status


def _build(binaries):
    """One build of all, so that each gets the features that it gets in a deployment. Cargo tells of it on standard error."""
    chosen = [part for name in binaries for part in ("--bin", name)]
    if subprocess.run([build.cargo_path(), "build", "--release", *chosen], cwd=ROOT).returncode != 0:
        raise Problem("cargo build failed: mend what it says above and try again.")


def _package(functions):
    """The packages as `sam deploy` makes them: one deflated file."""
    _PACKAGES.mkdir(parents=True, exist_ok=True)
    for name in functions:
        with zipfile.ZipFile(_PACKAGES / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as package:
            package.write(_RELEASE / name, "bootstrap")
