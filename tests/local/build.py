"""Cargo's part: the binaries, and the template's local variant, whose functions are this machine's debug binaries."""

import dataclasses
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess

from places import DEBUG, LAMBDA, ROOT, TEMPLATE
from say import Problem, heading, step

# A function's binary and, further down, its CodeUri.
_FUNCTION = re.compile(r"(BuildProperties: \{Binary: ([a-z0-9-]+)\}.*?\n +CodeUri: )\S+", re.DOTALL)

LOCAL_TEMPLATE = LAMBDA / "template.yaml"

# Cargo counts in what tests ask of their dependencies only where a command may build tests. AWS's SDK and all above it differ by that, and
# would be compiled once for the programs and again for the tests, checked once for the lints and again for the documentation.
# This option, of whose kind there are no targets, has it counted in everywhere.
AS_FOR_TESTS = "--examples"


def lambdas():
    """The binaries that the template deploys, in its order."""
    found = [name for _, name in _FUNCTION.findall(TEMPLATE.read_text())]
    if not found:
        raise Problem("template.yaml names no binary: mend its BuildProperties lines.")
    return found


def cargo(*arguments, env=None):
    """Runs cargo with its output shown; a failure ends the verb."""
    heading("cargo " + " ".join(arguments))
    if subprocess.run([cargo_path(), *arguments], cwd=ROOT, env=env).returncode != 0:
        raise Problem(f"cargo {arguments[0]} failed: mend what it says above and try again.")


@dataclasses.dataclass(frozen=True)
class TestProgram:
    """A test program that cargo has built: its package and folder, what cargo calls it, where it is."""

    package: str
    name: str
    folder: pathlib.Path
    path: str


# What holds tests. The functions' programs are a few lines each and hold none (the architecture's tests see to that); each would be
# linked once more for nothing.
WITH_TESTS = ["--lib", "--test", "*", "--bin", "hrsync", "--bin", "bench"]


def tests():
    """Builds every test program of the workspace, in cargo's order."""
    command = [cargo_path(), "test", "--workspace", "--no-run", *WITH_TESTS]
    heading(" ".join(["cargo", *command[1:]]))
    command += ["--message-format", "json-render-diagnostics"]
    built = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if built.returncode != 0:
        raise Problem("cargo test failed: mend what it says above and try again.")
    artifacts = [json.loads(line) for line in built.stdout.splitlines() if line.startswith("{")]
    found = [_program(artifact) for artifact in artifacts if artifact.get("executable") and artifact["profile"]["test"]]
    return sorted(found, key=lambda program: (program.folder, program.name))


def _program(artifact):
    folder = pathlib.Path(artifact["manifest_path"]).parent
    target = artifact["target"]["name"]
    name = target if target == folder.name else f"{folder.name} {target}"
    return TestProgram(folder.name, name, folder, artifact["executable"])


def cargo_path():
    """Cargo from the PATH or from where rustup puts it."""
    home = os.environ.get("CARGO_HOME", os.path.expanduser("~/.cargo"))
    found = shutil.which("cargo") or shutil.which("cargo", path=os.path.join(home, "bin"))
    if not found:
        raise Problem("cargo is missing: install Rust from https://rustup.rs and open a new terminal.")
    return found


def binary(name):
    """A program of the workspace that `cargo build` has left there."""
    path = DEBUG / name
    if not path.exists():
        raise Problem(f"target/debug/{name} was not built: the workspace needs a binary target of that name.")
    return path


def package():
    """Puts every Lambda's debug binary beside a template whose CodeUri points there; what `sam build` makes lies elsewhere."""
    with step("packaging functions") as running:
        for name in lambdas():
            source, target = binary(name), LAMBDA / name / "bootstrap"
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name("bootstrap.draft")
            shutil.copy2(source, draft)
            draft.replace(target)
        LOCAL_TEMPLATE.write_text(_FUNCTION.sub(r"\g<1>\g<2>", TEMPLATE.read_text()))
        running.result = f"{len(lambdas())} functions"


def digest(*paths):
    """One hash over files, to notice a change."""
    total = hashlib.sha256()
    for path in paths:
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def code_digest():
    """A hash of all that a deployment depends on."""
    return digest(TEMPLATE, *(LAMBDA / name / "bootstrap" for name in lambdas()))
