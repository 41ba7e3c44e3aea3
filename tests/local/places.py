"""Where things are: the project's root, the git-ignored .local folder, and the two stacks that live in it."""

import contextlib
import dataclasses
import fcntl
import json
import os
import pathlib

from say import Problem

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "local"
LOCAL = ROOT / ".local"
TEMPLATE = ROOT / "template.yaml"
KEPT = ROOT / "kept.yaml"
SAMCONFIG = ROOT / "samconfig.toml"
LAMBDA = LOCAL / "lambda"
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve()
DEBUG = TARGET / "debug"
REGION = "eu-central-1"
ALL_FLOWS = tuple(sorted(path.parent.name for path in ROOT.glob("functions/*/connection.example.toml")))


@dataclasses.dataclass(frozen=True)
class Stack:
    """One local stack: name, folder of logs and records, where its addresses are written, ports, and which flows are on."""

    name: str
    folder: pathlib.Path
    endpoints: pathlib.Path
    aws_port: int
    twins_port: int
    flows: tuple = ALL_FLOWS
    judges_port: int | None = None

    @property
    def aws(self):
        """The emulator's address."""
        return f"http://127.0.0.1:{self.aws_port}"

    @property
    def twins(self):
        """The twins' address."""
        return f"http://127.0.0.1:{self.twins_port}"

    @property
    def judges(self):
        """The address of the independent SCIM servers, where the stack has them."""
        return f"http://127.0.0.1:{self.judges_port}"

    @property
    def secrets(self):
        """The stack's generated secrets, beside its endpoints; readable by the owner only."""
        return self.endpoints.with_name("secrets.json")


def run_stack():
    """The stack that `run` leaves up."""
    folder = LOCAL / "run"
    return Stack(
        "hrsync", folder, LOCAL / "endpoints.json", _port("HRSYNC_AWS_PORT", 4566), _port("HRSYNC_TWINS_PORT", 4600)
    )


def test_stack(aws_port, twins_port, judges_port):
    """The stack of one `test`."""
    folder = LOCAL / "test"
    endpoints = folder / "endpoints.json"
    return Stack("hrsync-test", folder, endpoints, aws_port, twins_port, judges_port=judges_port)


def one_flow_stack(beside):
    """A second stack of one `test`, with one flow on, beside the first on the same servers."""
    folder = LOCAL / "test-one"
    flows = ("heyflow-to-personio",)
    return Stack("hrsync-one", folder, folder / "endpoints.json", beside.aws_port, beside.twins_port, flows)


def in_process_stack(aws_port, twins_port, judges_port):
    """Where the tests of one `test` meet AWS that run the functions in their own process: nothing is deployed there."""
    folder = LOCAL / "test-in-process"
    endpoints = folder / "endpoints.json"
    return Stack("hrsync-in-process", folder, endpoints, aws_port, twins_port, judges_port=judges_port)


def random_stack(aws_port, twins_port):
    """The same for the random schedules, which are played beside the others."""
    folder = LOCAL / "test-random"
    return Stack("hrsync-random", folder, folder / "endpoints.json", aws_port, twins_port)


def _port(variable, default):
    text = os.environ.get(variable, str(default))
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Problem(f"{variable} is {text!r}, which is no port: set it to a number from 1 to 65535.")
    return int(text)


def read_json(path, default):
    """A file's JSON, or the default where it is missing or cut off by a crash."""
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return default


def write_json(path, value, mode=0o644):
    """Written whole or not at all, and never readable for longer than `mode` allows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".draft")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        json.dump(value, file, indent=2)
        file.write("\n")
    draft.replace(path)


@contextlib.contextmanager
def lock(name, what):
    """Holds .local/<name>.lock; whoever comes second is told what is already at work."""
    LOCAL.mkdir(exist_ok=True)
    with open(LOCAL / f"{name}.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Problem(f"{what} is already at work in this folder: wait until it is done.") from None
        yield
