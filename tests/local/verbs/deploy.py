"""deploy: the road to AWS. Builds for Amazon Linux, lets SAM ask and deploy, and says what remains to be done."""

import os
import pathlib
import re
import subprocess

import build
import tools
from places import LAMBDA, ROOT, TEMPLATE, lock
from say import Problem, heading, note

_CONFIG = ROOT / "samconfig.toml"
_NEXT = """
next:
  1. Amazon has mailed the sender address a link: open it, or no failure mail leaves. While SES is in its sandbox, every
     owner's address needs the same (SES console, Identities).
  2. cargo run --bin hrsync -- --stack STACK apply FILE.toml   (start from a flow's connection.example.toml)
  3. cargo run --bin hrsync -- --stack STACK secrets set CONNECTION
  4. cargo run --bin hrsync -- --stack STACK urls              and paste each into its vendor's settings
"""


def main(rest):
    """Asks everything the first time and keeps the answers in samconfig.toml; `rest` goes to sam deploy."""
    if any(name.startswith("AWS_ENDPOINT_URL") for name in os.environ):
        raise Problem("AWS_ENDPOINT_URL is set, so this would not reach AWS: unset it and try again.")
    sam, architecture = tools.program("sam"), _architecture()
    with lock("lambda", "another deployment"):
        _build(architecture)
        status = _deploy(sam, rest)
    if status == 0 and _architecture() != architecture:
        raise Problem(
            f"samconfig.toml now says {_architecture()}, but {architecture} was built: run make deploy once more."
        )
    if status == 0:
        print(_NEXT)
    return status


def _architecture():
    """What the last guided deployment chose; the template's default before there was one."""
    chosen = re.search(r"Architecture=\W*(arm64|x86_64)", _CONFIG.read_text()) if _CONFIG.exists() else None
    return chosen.group(1) if chosen else "arm64"


def _build(architecture):
    """Builds against the glibc of Amazon Linux 2023, which is older than most machines'."""
    program = tools.program("cargo-lambda")
    for name in build.lambdas():
        # A debug binary of a local run must not be deployed in the place of one that fails to build.
        (LAMBDA / name / "bootstrap").unlink(missing_ok=True)
    bins = [argument for name in build.lambdas() for argument in ("--bin", name)]
    flag = "--arm64" if architecture == "arm64" else "--x86-64"
    command = [program, "lambda", "build", "--release", flag, "--lambda-dir", LAMBDA, *bins]
    heading(f"cargo lambda build --release {flag}")
    search = [str(pathlib.Path(program).parent), os.path.dirname(build.cargo_path()), os.environ["PATH"]]
    if subprocess.run(command, cwd=ROOT, env=os.environ | {"PATH": os.pathsep.join(search)}).returncode != 0:
        raise Problem("cargo lambda build failed: mend what it says above and try again.")


def _deploy(sam, rest):
    command = [sam, "deploy", "--template-file", TEMPLATE.name, *rest]
    if not _CONFIG.exists() and "--guided" not in rest:
        note("no samconfig.toml yet, so SAM asks; its stack name becomes the prefix of every resource")
        command += ["--guided", "--capabilities", "CAPABILITY_IAM"]
    heading("sam deploy")
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"SAM_CLI_TELEMETRY": "0"}).returncode
