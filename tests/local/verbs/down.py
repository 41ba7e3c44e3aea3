"""down: ends what run started, and nothing else. May be called any number of times."""

import stack as stacks
from places import lock, run_stack
from say import note


def main(_rest):
    """Always succeeds: nothing to stop is what was wanted."""
    with lock("run", "make run"):
        done = stacks.stop_all(run_stack())
    for line in done or ["nothing was running"]:
        note(line)
    return 0
