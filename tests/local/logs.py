"""CloudWatch's events as lines for people: time, function, message, and the other fields as key=value."""

import datetime
import json

import aws

_PLATFORM = ("START RequestId:", "END RequestId:", "REPORT RequestId:", "INIT_START ")
# What the line shows elsewhere, and what only CloudWatch reads: metric declarations, dimensions and counts of one.
_COUNTS = ("Stack", "Flow", "Outcome", "Records", "Dead", "Unusable", "Unauthorized")
_HIDDEN = ("timestamp", "message", "_aws", "target", *_COUNTS)


def groups(stack):
    """The stack's function log groups, by their function's name without the stack's."""
    prefix = f"/aws/lambda/{stack.name}-"
    answer = aws.json_call(stack.aws, "logs", "Logs_20140328.DescribeLogGroups", {"logGroupNamePrefix": prefix})
    return {group["logGroupName"]: group["logGroupName"].removeprefix(prefix) for group in answer["logGroups"]}


def events(stack, group, since):
    """A group's events from that moment on (milliseconds), all pages."""
    asked = {"logGroupName": group, "startTime": since}
    while True:
        answer = aws.json_call(stack.aws, "logs", "Logs_20140328.FilterLogEvents", asked)
        yield from answer["events"]
        if not answer.get("nextToken"):
            return
        asked["nextToken"] = answer["nextToken"]


def line(function, event):
    """One event as one line; None for the platform's own lines."""
    text = event["message"].rstrip()
    if not text or text.startswith(_PLATFORM):
        return None
    moment = datetime.datetime.fromtimestamp(event["timestamp"] / 1000).strftime("%H:%M:%S.%f")[:-3]
    return f"{moment}  {function:<30} {_readable(text)}"


def _readable(text):
    try:
        record = json.loads(text)
    except ValueError:
        record = None
    if not isinstance(record, dict):
        return text.replace("\n", " | ")
    nested = record.pop("fields", None)
    record |= nested if isinstance(nested, dict) else {}
    rest = [f"{key}={_value(value)}" for key, value in record.items() if key not in _HIDDEN]
    return "  ".join(filter(None, [str(record.get("message", "")), *rest]))


def _value(value):
    if isinstance(value, str) and value and not any(character in value for character in ' "='):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
