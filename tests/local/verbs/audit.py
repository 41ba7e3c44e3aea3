"""audit: what dependencies may be (cargo-deny, .deny.toml) and which are declared but unused (cargo-machete)."""

import os
import shutil
import subprocess

import build
import tools
from places import ROOT
from say import failed, heading, note

_ADVISORIES = "https://github.com/rustsec/advisory-db"


def main(_rest):
    """Runs both; the advisory database is consulted where it can be reached."""
    deny, machete = tools.cargo_program("cargo-deny"), tools.cargo_program("cargo-machete")
    checks = ["bans", "licenses", "sources"]
    if _reachable():
        checks.append("advisories")
    else:
        note(f"security advisories are left out: {_ADVISORIES} cannot be reached from here")
    passed = [_passes([deny, "--workspace", "check", *checks]), _passes([machete])]
    if not all(passed):
        failed("mend what is named above, or say in .deny.toml or the crate's manifest why it may stay")
    return 0 if all(passed) else 1


def _reachable():
    if not shutil.which("git"):
        return False
    env = os.environ | {"GIT_TERMINAL_PROMPT": "0"}
    try:
        asked = subprocess.run(["git", "ls-remote", _ADVISORIES, "HEAD"], capture_output=True, timeout=15, env=env)
    except subprocess.TimeoutExpired:
        return False
    return asked.returncode == 0


def _passes(command):
    heading(" ".join([os.path.basename(command[0]), *command[1:]]))
    path = os.path.dirname(build.cargo_path()) + os.pathsep + os.environ["PATH"]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"PATH": path}).returncode == 0
