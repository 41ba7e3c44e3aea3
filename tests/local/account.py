"""What an AWS account says before a deployment. Run by the SAM CLI's own Python, which has AWS's SDK and the user's logins:
`python account.py STACK REGION PROFILE PREFIX...` prints JSON. Whatever may not be asked is null."""

import json
import subprocess
import sys


def look(python, stack, region, profile, flows):
    """The account's concurrency, the standing stack's parameters, and how many messages wait in each flow's queues."""
    command = [python, "-B", __file__, stack, region or "", profile or "", *flows]
    done = subprocess.run(command, capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else {"concurrency": None, "parameters": None, "waiting": {}}


def _concurrency(session):
    limits = session.client("lambda").get_account_settings()["AccountLimit"]
    return limits["ConcurrentExecutions"]


def _parameters(session, stack):
    described = session.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    return {entry["ParameterKey"]: entry["ParameterValue"] for entry in described.get("Parameters", [])}


def _waiting(session, stack, flow):
    sqs, counts = session.client("sqs"), ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")
    total = 0
    for url in sqs.list_queues(QueueNamePrefix=f"{stack}-{flow}-").get("QueueUrls", []):
        attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(counts))["Attributes"]
        total += sum(int(attributes[name]) for name in counts)
    return total


def _asked(call, *arguments):
    """None where the stack or the right is missing, or nobody is logged in."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return call(*arguments)
    except (BotoCoreError, ClientError):
        return None


def _main(stack, region, profile, *flows):
    import boto3

    session = boto3.Session(region_name=region or None, profile_name=profile or None)
    answer = {
        "concurrency": _asked(_concurrency, session),
        "parameters": _asked(_parameters, session, stack) if stack else None,
        "waiting": {flow: _asked(_waiting, session, stack, flow) for flow in flows if stack},
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    _main(*sys.argv[1:])
