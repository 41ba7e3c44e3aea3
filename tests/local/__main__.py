"""The local cloud and the chores around it: `python3 tests/local <verb>`; the Makefile calls nothing else.

Needs Rust, make and Python 3.11 or newer with venv; everything else is installed into .local/tools, pinned.
A foreseeable failure is one sentence that names the mend; a traceback means a bug in here.
"""

import sys

sys.dont_write_bytecode = True
if sys.version_info < (3, 11):
    sys.exit("Python %d.%d is too old: hrsync's tools need Python 3.11 or newer." % sys.version_info[:2])

import argparse
import importlib
import signal

from say import Problem, failed

VERBS = {
    "run": "build, start the local cloud and the vendors' twins, deploy, play the tour; the stack stays up",
    "down": "stop what run started",
    "logs": "follow the local stack's logs (ARGS=--once prints what is there and ends)",
    "test": "every test, against a stack of its own (ARGS go to cargo test)",
    "check": "formatting, lints, template, documentation",
    "audit": "licences, bans and sources of dependencies; dependencies nobody uses",
    "bench": "sizes, times, memory and AWS calls of every function, beside an empty one (ARGS=--quick for a look)",
    "deploy": "build for AWS and deploy with SAM",
}


def arguments(line):
    """The verb and what follows it; a leading -- only separates."""
    parser = argparse.ArgumentParser(prog="python3 tests/local", usage="%(prog)s VERB [-- ARGUMENT...]")
    parser.add_argument("verb", choices=[*VERBS, "help"], nargs="?", default="help")
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    parsed = parser.parse_args(line)
    rest = parsed.rest[1:] if parsed.rest[:1] == ["--"] else parsed.rest
    return parsed.verb, rest


def overview():
    """What `make` alone prints."""
    for verb, what in VERBS.items():
        print(f"  make {verb:8}{what}")
    return 0


def main():
    verb, rest = arguments(sys.argv[1:])
    if verb == "help":
        return overview()
    # A stopped job is cleaned up after like an interrupted one.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return importlib.import_module(f"verbs.{verb}").main(rest)
    except Problem as problem:
        failed(str(problem))
        return 1
    except KeyboardInterrupt:
        failed("interrupted")
        return 130


if __name__ == "__main__":
    sys.exit(main())
