"""check: formatting, lints, the template, the documentation, and that the tools here are valid Python."""

import os
import subprocess

import build
import tools
from places import HERE, KEPT, REGION, ROOT, TEMPLATE
from say import failed, heading


def main(_rest):
    """Runs every check even after one has failed, and names those that did."""
    broken = [name for name, passes in _checks() if not passes]
    if broken:
        failed(", ".join(broken))
    return 1 if broken else 0


def _checks():
    cargo = build.cargo_path()
    strict = os.environ | {"RUSTDOCFLAGS": "-D warnings"}
    yield "formatting", _passes([cargo, "fmt", "--all", "--check"])
    yield "lints", _passes([cargo, "clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
    yield "template", _passes(_validate(), os.environ | {"SAM_CLI_TELEMETRY": "0"})
    yield "template, every rule", all([_passes(rules(path)) for path in (TEMPLATE, KEPT)])
    yield "documentation", _passes([cargo, "doc", "--workspace", "--no-deps"], strict)
    yield "tests/local, tests/judges", _python_is_valid()


def _validate():
    sam = tools.program("sam")
    return [sam, "validate", "--lint", "--region", REGION, "--template-file", TEMPLATE]


def rules(template):
    """cfn-lint with all rules, informational ones too; any finding fails, W1001 (a reference to what a condition leaves out) too."""
    return [tools.program("sam", "cfn-lint"), "--include-checks", "I", "--regions", REGION, "--template", template]


def _passes(command, env=None):
    heading(" ".join([os.path.basename(command[0]), *map(str, command[1:])]))
    return subprocess.run(command, cwd=ROOT, env=env).returncode == 0


def _python_is_valid():
    heading("python syntax of tests/local and tests/judges")
    try:
        for path in sorted([*HERE.rglob("*.py"), *(ROOT / "tests" / "judges").rglob("*.py")]):
            compile(path.read_text(), str(path.relative_to(ROOT)), "exec")
    except SyntaxError as error:
        failed(f"{error.filename} line {error.lineno}: {error.msg}")
        return False
    return True
