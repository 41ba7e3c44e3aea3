"""One local stack: the emulator and the twins as processes, and the template deployed by the SAM CLI."""

import json
import os
import re
import subprocess

import aws
import build
import tools
from places import ALL_FLOWS, HERE, REGION, ROOT, lock, read_json, write_json
from processes import Service, stop
from say import Problem, step

SENDER = "hrsync@example.com"
# A tour that is played again and again has the same failures each time, and wants their mails.
_PARAMETERS = {"Local": "true", "Sender": SENDER, "RetrySeconds": "2", "SummaryMinutes": "0"}
_SERVICES = ("twins", "ministack", "judges")


def start(stack):
    """Starts what is not running yet; answers the emulator, whose identity tells whether its memory is the same."""
    emulator, twins = emulator_of(stack), _twins(stack)
    for service in (emulator, twins):
        _ensure(service)
    return emulator


def _ensure(service):
    with step(f"starting {service.name} on port {service.port}") as running:
        running.result = "started" if service.ensure() else "already running"


def start_emulator(stack):
    """Starts the emulator alone."""
    _ensure(emulator_of(stack))


def start_judges(stack):
    """Starts the independent SCIM servers, all of them one process."""
    _ensure(_judges(stack))


def stop_all(stack):
    """Ends the stack's processes and forgets what was deployed and where; answers what was done."""
    done = [stop(stack.folder / f"{name}.json") for name in _SERVICES]
    for path in (deployed_record(stack), stack.endpoints, stack.secrets):
        path.unlink(missing_ok=True)
    return [line for line in done if line]


def emulator_of(stack):
    """The emulator as a process, running or not."""
    temporary = stack.folder / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    # Functions inherit the emulator's environment, so it gets as little as a Lambda would see.
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ} | {
        "TMPDIR": str(temporary),
        "STATE_DIR": str(stack.folder / "state"),
        "S3_DATA_DIR": str(stack.folder / "state" / "s3"),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(stack.aws_port),
        "MINISTACK_REGION": REGION,
        "AUTH": "true",
        # Its MQTT door listens on every interface, whatever BIND_HOST says, and nobody here knocks.
        "IOT_MTLS_ENABLED": "0",
        # Handed on to the functions, whose SDK clients find the emulator by it.
        "AWS_ENDPOINT_URL": stack.aws,
    }
    program = tools.program("ministack")
    # Another version or another environment is another emulator.
    version = build.digest(HERE / "requirements" / "ministack.txt") + str(sorted(env.items()))
    return Service(stack.folder, "ministack", [program], env, stack.aws_port, "/_ministack/health", version)


def _twins(stack):
    program = build.binary("twins")
    argv = [program, "--bind", f"127.0.0.1:{stack.twins_port}"]
    return Service(
        stack.folder, "twins", argv, dict(os.environ), stack.twins_port, "/_twin/health", build.digest(program)
    )


def _judges(stack):
    folder = ROOT / "tests" / "judges"
    argv = [tools.program("judges", "python"), folder, stack.judges_port]
    env = dict(os.environ) | {"PYTHONDONTWRITEBYTECODE": "1"}
    parts = [HERE / "requirements" / "judges.txt", *sorted(folder.rglob("*.py"))]
    version = "".join(build.digest(part) for part in parts)
    return Service(stack.folder, "judges", argv, env, stack.judges_port, "/health", version)


def deploy(stack, emulator):
    """Deploys the template unless this emulator has exactly this code already."""
    record = deployed_record(stack)
    wanted = {"emulator": emulator.identity(), "code": build.code_digest(), "flows": list(stack.flows)}
    known = read_json(record, {})
    if known.get("emulator") != wanted["emulator"]:
        # Another emulator has an empty memory: what was set up in the last one is worth nothing.
        stack.secrets.unlink(missing_ok=True)
    with step(f"deploying stack {stack.name}") as running:
        if known == wanted:
            running.result = "unchanged"
            return
        _sam_deploy(stack, running)
    write_json(record, wanted)


def deployed_record(stack):
    """Where it is written down which code the emulator has for the stack."""
    return stack.folder / "deployed.json"


def _sam_deploy(stack, running):
    """The real SAM CLI on the template's local variant; its output goes to a log and its resources are counted as they come."""
    # An empty one of our own: the answers given for AWS, in the project's samconfig.toml, are not meant for here.
    stack.folder.mkdir(parents=True, exist_ok=True)
    config = stack.folder / "samconfig.toml"
    config.write_text("version = 0.1\n")
    overrides = [f"{name}={value}" for name, value in parameters(stack).items()]
    command = [
        tools.program("sam"),
        "deploy",
        "--template-file",
        build.LOCAL_TEMPLATE,
        "--stack-name",
        stack.name,
        "--region",
        REGION,
    ]
    command += [
        "--resolve-s3",
        "--capabilities",
        "CAPABILITY_IAM",
        "--no-confirm-changeset",
        "--no-fail-on-empty-changeset",
    ]
    command += ["--no-progressbar", "--config-file", config, "--parameter-overrides", *overrides]
    log, resources = stack.folder / "sam-deploy.log", 0
    with open(log, "w") as file:
        env = aws.environment(stack.aws)
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for line in process.stdout:
            file.write(line)
            resources += line.startswith(("CREATE_COMPLETE", "UPDATE_COMPLETE"))
            running.now(f"{resources} resources")
    if process.wait() != 0:
        raise Problem(f"sam deploy failed, see {log.relative_to(ROOT)}: {_last_error(log.read_text())}")


def run_logged(command, stack, log):
    """Runs a program against the emulator; its output goes into the log. Its status."""
    with open(log, "w") as file:
        return subprocess.run(
            command, cwd=ROOT, env=aws.environment(stack.aws), stdout=file, stderr=subprocess.STDOUT
        ).returncode


def parameters(stack):
    """The stack's parameters. The sender's identity is the account's: only a stack with all flows makes it."""
    switches = {parameter(flow): str(flow in stack.flows).lower() for flow in ALL_FLOWS}
    return _PARAMETERS | switches | {"CreateSenderIdentity": str(stack.flows == ALL_FLOWS).lower()}


def parameter(flow):
    """The template's parameter of a flow."""
    return "".join(word.capitalize() for word in flow.split("-"))


def _last_error(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("Error")]
    return (errors or lines or ["it said nothing"])[-1]


def outputs(stack):
    """The stack's outputs by name."""
    answer = aws.query(stack.aws, "cloudformation", "DescribeStacks", "2010-05-15", StackName=stack.name)
    pairs = re.findall(r"<OutputKey>(.*?)</OutputKey>\s*<OutputValue>(.*?)</OutputValue>", answer, re.DOTALL)
    if not pairs:
        raise Problem(f"stack {stack.name} has no outputs in the local cloud: run make down, then make run.")
    return dict(pairs)


def allow_mail(stack):
    """Lets failures-push send mail in this emulator, which checks that right without naming identity or sender.

    The template's own statement names both and so never matches here. It is not widened for that: the wider grant is
    made behind its back, on the emulator's copy of the role, and never leaves this machine.
    """
    asked = {"StackName": stack.name, "LogicalResourceId": "FailuresPushRole"}
    answer = aws.query(stack.aws, "cloudformation", "DescribeStackResource", "2010-05-15", **asked)
    role = re.search(r"<PhysicalResourceId>(.*?)</PhysicalResourceId>", answer)
    if not role:
        raise Problem("template.yaml has no resource FailuresPushRole any more: name the role that may send mail here.")
    statement = {"Effect": "Allow", "Action": "ses:SendRawEmail", "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    named = {"RoleName": role.group(1), "PolicyName": "local-mail", "PolicyDocument": policy}
    aws.query(stack.aws, "iam", "PutRolePolicy", "2010-05-08", **named)


def verify_addresses(stack, addresses):
    """Confirms the mail addresses as their owners would by clicking: SES's sandbox refuses all others."""
    for address in dict.fromkeys([SENDER, *addresses]):
        aws.query(stack.aws, "ses", "VerifyEmailIdentity", "2010-12-01", EmailAddress=address)


def package_and_deploy(stack, emulator):
    """Packaging and deploying in one go, so that no build for AWS gets in between."""
    with lock("lambda", "another deployment"):
        build.package()
        deploy(stack, emulator)
