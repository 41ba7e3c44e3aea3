"""What people see: one line per step with its time, and failures as one sentence."""

import contextlib
import sys
import time


class Problem(Exception):
    """A failure that was foreseen; its text is the whole message and says what mends it."""


def _colour(code, text, stream):
    return f"\033[{code}m{text}\033[0m" if stream.isatty() else text


def failed(text):
    """A closing sentence on standard error."""
    print(_colour("31", "failed: ", sys.stderr) + text, file=sys.stderr, flush=True)


def note(text):
    """A line that is no step."""
    print(f"  {text}", flush=True)


def heading(text):
    """What the following output of another program belongs to."""
    print(_colour("1", f"== {text}", sys.stdout), flush=True)


class Step:
    """A running step; `now` replaces what is shown behind its name where the output is a terminal."""

    def __init__(self, name):
        self.name = name
        self.result = "done"

    def now(self, text):
        """Shows where a long step is; silent in a log file."""
        if sys.stdout.isatty():
            print(f"\r\033[K  {self.name}: {text}", end="", flush=True)


@contextlib.contextmanager
def step(name):
    """Prints the step's name, result and seconds when it ends; a failing step prints its name before the failure."""
    running, started = Step(name), time.monotonic()
    running.now("...")
    clear = "\r\033[K" if sys.stdout.isatty() else ""
    try:
        yield running
    except BaseException:
        print(f"{clear}  {name}: " + _colour("31", "failed", sys.stdout), flush=True)
        raise
    seconds = time.monotonic() - started
    print(f"{clear}  {name}: {_colour('32', running.result, sys.stdout)} ({seconds:.1f} s)", flush=True)
