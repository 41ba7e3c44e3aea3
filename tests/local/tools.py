"""The pinned programs in .local/tools: a virtual environment per requirements file, and cargo's own under one root.

An environment counts as installed once its stamp is written, which is the last thing that happens; the stamp names the
pinned versions, the Python and the place, so a change of any of them, or an installation cut off, is done again.
"""

import hashlib
import shutil
import subprocess
import sys

from places import HERE, LOCAL, ROOT, lock
from say import Problem, step

TOOLS = LOCAL / "tools"
CARGO_TOOLS = {"cargo-deny": "0.20.2", "cargo-machete": "0.9.2"}


def program(tool, name=None):
    """The path of a program in a tool's environment, which is installed first where it is missing or outdated."""
    with lock("tools", "an installation of tools"):
        _install(tool)
    return TOOLS / tool / "bin" / (name or tool)


def _install(tool):
    folder, requirements = TOOLS / tool, HERE / "requirements" / f"{tool}.txt"
    stamp, wanted = folder / ".stamp", _stamp(requirements, folder)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with step(f"installing {tool}") as running:
        shutil.rmtree(folder, ignore_errors=True)
        _environment(folder)
        _packages(tool, folder, requirements, running)
        stamp.write_text(wanted)


def _stamp(requirements, folder):
    parts = (requirements.read_bytes(), sys.version.encode(), sys.base_prefix.encode(), str(folder).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _environment(folder):
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        raise Problem(
            "this Python comes without venv: install the package python3-venv (Debian, Ubuntu) and try again."
        ) from None
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        venv.create(folder, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Problem(
            f"no virtual environment could be made ({error}): is the package python3-venv installed?"
        ) from None


def _packages(tool, folder, requirements, running):
    """Runs pip and shows how far it is; its whole output goes into a log beside the environment."""
    total = sum(1 for line in requirements.read_text().splitlines() if "==" in line)
    command = [
        folder / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "-r",
        requirements,
    ]
    log, seen = TOOLS / f"{tool}.log", 0
    with open(log, "w") as file:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        )
        for line in process.stdout:
            file.write(line)
            seen += line.startswith("Collecting")
            running.now("unpacking" if line.startswith("Installing") else f"package {seen} of about {total}")
    if process.wait() != 0:
        raise Problem(f"{tool} could not be installed, see {log.relative_to(ROOT)}; is the package index reachable?")


def cargo_program(name):
    """The path of a pinned cargo subcommand, compiled on first use; its version is part of its root."""
    version = CARGO_TOOLS[name]
    root = TOOLS / "cargo" / f"{name}-{version}"
    binary = root / "bin" / name
    if not binary.exists():
        command = ["cargo", "install", "--root", root, "--locked", "--version", version, name]
        # Its own target folder, as cargo install would otherwise be given the project's profile and flags.
        if subprocess.run(command, cwd=TOOLS.parent).returncode != 0:
            raise Problem(f"{name} {version} could not be installed: cargo says why above.")
    return binary
