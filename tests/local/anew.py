"""A stack's end and its new beginning under the same name: `sam delete`, then the import of what it has left behind."""

import re
import time

import aws
import stack as stacks
import tools
from places import KEPT, REGION, ROOT, read_json, write_json
from say import Problem, step

_VERSION = "2010-05-15"
_SECONDS = 60
# What kept.yaml describes, and by which property AWS finds each again.
_MESSAGE = "left behind"
_TABLE, _QUEUES = "Ledger", ("HeyflowToPersonioPushQueue", "HeyflowToPersonioPushDeadQueue")


def delete(stack):
    """Deletes the stack as a user would."""
    with step(f"deleting stack {stack.name}"):
        command = [tools.program("sam"), "delete", "--stack-name", stack.name, "--region", REGION, "--no-prompts"]
        log = stack.folder / "sam-delete.log"
        if stacks.run_logged(command, stack, log) != 0:
            raise Problem(f"sam delete failed, see {log.relative_to(ROOT)}.")
        record = stacks.deployed_record(stack)
        write_json(record, read_json(record, {}) | {"code": "none"})


def import_kept(stack):
    """Makes a stack of the same name around what outlived the last one, with the calls that DEPLOYING.md shows."""
    with step(f"importing what {stack.name} left behind"):
        named = {"StackName": stack.name, "ChangeSetName": "kept"}
        members = {"ChangeSetType": "IMPORT", "TemplateBody": KEPT.read_text(), **_resources(stack)}
        _call(stack, "CreateChangeSet", **named, **members)
        _until(lambda: "CREATE_COMPLETE" in _status(_call(stack, "DescribeChangeSet", **named)), "the change set")
        _call(stack, "ExecuteChangeSet", **named)
        _until(lambda: "IMPORT_COMPLETE" in _call(stack, "DescribeStacks", StackName=stack.name), "the import")


def leave_message(stack):
    """Puts a message into a queue that outlived its stack: nobody reads it now."""
    members = {"MessageBody": _MESSAGE, "MessageGroupId": "anew", "MessageDeduplicationId": "anew"}
    _sqs(stack, "SendMessage", **members)


def find_message(stack):
    """Takes it out again, now that the queue is a new stack's."""
    found = _sqs(stack, "ReceiveMessage").get("Messages", [])
    if [message["Body"] for message in found] != [_MESSAGE]:
        raise Problem(f"the queue of responses was to hold what it held before, and holds {found}.")
    _sqs(stack, "DeleteMessage", ReceiptHandle=found[0]["ReceiptHandle"])


def _sqs(stack, action, **members):
    url = {"QueueUrl": queue_url(stack, _QUEUES[0])}
    return aws.json_call(stack.aws, "sqs", f"AmazonSQS.{action}", url | members)


def _resources(stack):
    """In the query protocol's spelling."""
    found = [("AWS::DynamoDB::Table", _TABLE, "TableName", f"{stack.name}-ledger")]
    for queue in _QUEUES:
        found.append(("AWS::SQS::Queue", queue, "QueueUrl", queue_url(stack, queue)))
    members = {}
    for number, (kind, logical, key, value) in enumerate(found, 1):
        prefix = f"ResourcesToImport.member.{number}"
        members |= {f"{prefix}.ResourceType": kind, f"{prefix}.LogicalResourceId": logical}
        members |= {f"{prefix}.ResourceIdentifier.entry.1.key": key, f"{prefix}.ResourceIdentifier.entry.1.value": value}
    return members


def queue_url(stack, queue):
    """Where one of the queues above is."""
    name = re.search(rf"{queue}:\n(?:    .*\n)*?      QueueName: !Sub \$\{{AWS::StackName\}}(\S+)", KEPT.read_text())
    answer = aws.json_call(stack.aws, "sqs", "AmazonSQS.GetQueueUrl", {"QueueName": stack.name + name.group(1)})
    return answer["QueueUrl"]


def _call(stack, action, **members):
    return aws.query(stack.aws, "cloudformation", action, _VERSION, **members)


def _status(answer):
    return "".join(re.findall(r"<Status>(.*?)</Status>", answer))


def _until(done, what):
    deadline = time.monotonic() + _SECONDS
    while not done():
        if time.monotonic() > deadline:
            raise Problem(f"{what} of kept.yaml is not done after {_SECONDS} s.")
        time.sleep(0.2)
