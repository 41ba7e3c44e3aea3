"""logs: what the local stack's functions say, as it happens; --once prints what is there and ends."""

import time

import logs
from places import run_stack
from say import Problem

_POLL_SECONDS = 1


def main(rest):
    """Follows until interrupted."""
    if rest not in ([], ["--once"]):
        raise Problem(f"logs knows only --once, not {' '.join(rest)}.")
    stack, seen = run_stack(), {}
    if not logs.groups(stack):
        raise Problem("no function has a log in the local cloud: start the stack with make run.")
    while True:
        for line in _news(stack, seen):
            print(line, flush=True)
        if rest:
            return 0
        time.sleep(_POLL_SECONDS)


def _news(stack, seen):
    """Lines not printed yet, in order of time; `seen` keeps each group's last millisecond and its number of events."""
    found = []
    for group, function in logs.groups(stack).items():
        since, printed = seen.get(group, (0, 0))
        # The emulator's events bear no id: those of the last millisecond are asked for again and told apart by number.
        fresh = sorted(logs.events(stack, group, since), key=lambda event: event["timestamp"])
        if fresh:
            last = fresh[-1]["timestamp"]
            seen[group] = (last, sum(event["timestamp"] == last for event in fresh))
        found += [(event["timestamp"], logs.line(function, event)) for event in fresh[printed:]]
    return [line for _, line in sorted(found, key=lambda pair: pair[0]) if line]
