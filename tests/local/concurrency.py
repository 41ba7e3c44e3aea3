"""How many function instances a stack may run at once, added up from the template; the doors come on top."""

import re

from places import TEMPLATE

# What is left for webhooks: one instance answers some hundred deliveries a second, but a burst starts several.
DOORS = 10
_RESOURCE = re.compile(r"\n  (\w+):\n    Type: ")
_LIMIT = re.compile(r"MaximumConcurrency: (!Ref MaximumConcurrency|\d+)")


def needed(on, maximum):
    """For a stack with these parameters on, and so many instances a queue."""
    parts = _RESOURCE.split(TEMPLATE.read_text())
    total = DOORS
    for name, body in zip(parts[1::2], parts[2::2]):
        if name.startswith(("Failures", *on)):
            limits = _LIMIT.findall(body)
            total += sum(maximum if limit.startswith("!") else int(limit) for limit in limits)
            total += body.count("Type: ScheduleV2")
    return total
