"""Two stacks on one account share nothing: no metric, no secret, no queue, no right; and a flow that is off is nowhere."""

import json
import re

import aws
import connections
import logs
import stack as stacks
from places import ALL_FLOWS, HERE
from say import Problem, note

_IAM = "2010-05-08"


def check(first, second):
    """Raises the first thing that is shared."""
    for stack in (first, second):
        note(f"{_metrics(stack)} metric records of {stack.name} say so; no role of it names another stack")
        _secrets(stack)
        _roles(stack, [other for other in (first, second) if other is not stack])
    _is_nowhere(second, [flow for flow in ALL_FLOWS if flow not in second.flows])


def _metrics(stack):
    """Every metric that the stack's functions write carries the stack as its first dimension."""
    seen = 0
    for group in logs.groups(stack):
        for event in logs.events(stack, group, 0):
            line = json.loads(event["message"]) if event["message"].startswith("{") else {}
            for directive in line.get("_aws", {}).get("CloudWatchMetrics", []):
                seen += 1
                if line["Stack"] != stack.name or any(names[0] != "Stack" for names in directive["Dimensions"]):
                    raise Problem(f"a metric in {group} is not the stack's own: {event['message']}")
    if seen < 20:
        raise Problem(f"only {seen} metric records of {stack.name} were found: was it played?")
    return seen


def _secrets(stack):
    """One secret for each connection, below the stack's and the flow's name."""
    answer = aws.json_call(stack.aws, "secretsmanager", "secretsmanager.ListSecrets", {"MaxResults": 100})
    found = {entry["Name"] for entry in answer["SecretList"] if entry["Name"].startswith(f"hrsync/{stack.name}/")}
    for entry in connections.entries(stack.flows):
        name = f"hrsync/{stack.name}/{entry['file'].split('/')[1]}/{entry['connection']}"
        if name not in found:
            raise Problem(f"there is no secret {name}; there are {', '.join(sorted(found))}.")


def _roles(stack, others):
    """What the roles of the stack's functions may reach holds its own name, and no other's."""
    for role in _resources(stack, "AWS::IAM::Role"):
        asked = {"RoleName": role, "PolicyName": "function"}
        try:
            policy = aws.query(stack.aws, "iam", "GetRolePolicy", _IAM, **asked)
        except Problem:
            continue  # SAM's own role of a schedule has another policy
        shared = [other.name for other in others if re.search(rf"[:/]{other.name}[-/]", policy)]
        if shared or stack.name not in policy:
            raise Problem(f"the role {role} of {stack.name} reaches {', '.join(shared) or 'nothing of its own'}.")


def _is_nowhere(stack, flows):
    """Nothing of a flow that is off was made, and the console names its parameter."""
    for flow in flows:
        made = [name for name in _resources(stack) if flow in name or stacks.parameter(flow) in name]
        if made:
            raise Problem(f"{flow} is off in {stack.name}, and {made[0]} was made.")
        example = HERE.parents[1] / "functions" / flow / "connection.example.toml"
        try:
            connections.hrsync(stack, "apply", str(example))
        except Problem as problem:
            if f"{stacks.parameter(flow)}=true" in str(problem):
                continue
            raise
        raise Problem(f"{flow} is off in {stack.name}, and a connection of it was applied.")


def _resources(stack, kind=None):
    answer = aws.query(stack.aws, "cloudformation", "DescribeStackResources", "2010-05-15", StackName=stack.name)
    members = re.findall(r"<member>(.*?)</member>", answer, re.DOTALL)
    chosen = [member for member in members if kind is None or f"<ResourceType>{kind}</ResourceType>" in member]
    return [re.search(r"<PhysicalResourceId>(.*?)</PhysicalResourceId>", member).group(1) for member in chosen]
