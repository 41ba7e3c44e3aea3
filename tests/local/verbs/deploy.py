"""deploy: the road to AWS that `sam build && sam deploy` is, with pinned tools; says before what may go wrong, and after
what remains to be done."""

import os
import pathlib
import subprocess

import account
import build
import concurrency
import samconfig
import stack as stacks
import tools
from places import ALL_FLOWS, ROOT, lock
from say import Problem, heading, note

_NEXT = """
next:
  1. Amazon has mailed the sender address a link: open it, or no failure mail leaves. While SES is in its sandbox, every
     owner's address needs the same (SES console, Identities).
  2. cargo run --bin hrsync -- --stack STACK apply FILE.toml   (start from a flow's connection.example.toml)
  3. cargo run --bin hrsync -- --stack STACK secrets set CONNECTION
  4. cargo run --bin hrsync -- --stack STACK urls              and paste each into its vendor's settings
"""


def main(rest):
    """Asks as long as samconfig.toml holds no stack name, and keeps the answers there; `rest` goes to sam deploy."""
    if any(name.startswith("AWS_ENDPOINT_URL") for name in os.environ):
        raise Problem("AWS_ENDPOINT_URL is set, so this would not reach AWS: unset it and try again.")
    sam, architecture = tools.program("sam"), _architecture()
    with lock("deploy", "another deployment"):
        for line in _warnings():
            note(line)
        _run([sam, "build", "--parameter-overrides", f"Architecture={architecture}"])
        status = _deploy(sam, rest)
    if status == 0 and _architecture() != architecture:
        raise Problem(
            f"samconfig.toml now says {_architecture()}, but {architecture} was built: run make deploy once more."
        )
    if status == 0:
        print(_NEXT)
    return status


def _architecture():
    """What the last guided deployment chose; the template's default before there was one."""
    return samconfig.parameters().get("Architecture") or "arm64"


def _warnings():
    """What a person should know before the build begins; nothing where the account cannot be asked."""
    name, chosen = samconfig.value("stack_name"), samconfig.parameters()
    python = tools.program("sam", "python")
    known = account.look(python, name or "", samconfig.value("region"), samconfig.value("profile"), ALL_FLOWS)
    return [*_of_flows(known, chosen), *_of_concurrency(known["concurrency"], chosen)]


def _of_flows(known, chosen):
    standing = known["parameters"] or {}
    for flow in ALL_FLOWS:
        parameter = stacks.parameter(flow)
        if standing.get(parameter) == "true" and chosen.get(parameter, "true") == "false":
            waiting = known["waiting"].get(flow)
            count = "how many could not be asked" if waiting is None else waiting
            yield f"{flow} will be switched off. Messages that wait in its queues: {count}. Functions, door, logs and the queues of"
            yield "signals go; connections, links, failures and secrets stay. DEPLOYING.md, Switching flows, says what to do before."
    if not any(value == "true" for value in chosen.values()):
        yield f"no flow is on yet: answer true for those to be used ({', '.join(map(stacks.parameter, ALL_FLOWS))})"


def _of_concurrency(quota, chosen):
    on = [stacks.parameter(flow) for flow in ALL_FLOWS if chosen.get(stacks.parameter(flow)) == "true"]
    needed = concurrency.needed(on, int(chosen.get("MaximumConcurrency") or 2))
    if quota is None:
        yield f"the stack may use {needed} concurrent executions of Lambda; the account's quota could not be asked"
    elif quota < needed:
        yield f"the account may run {quota} functions at once, this stack up to {needed}: deliveries may be turned away"
        yield "with 429 or 503. Ask for more in the Service Quotas console (Lambda, Concurrent executions)."


def _deploy(sam, rest):
    guided = [] if samconfig.value("stack_name") or "--guided" in rest or "--stack-name" in rest else ["--guided"]
    if guided:
        note("samconfig.toml has no stack_name yet, so SAM asks; the name becomes the prefix of every resource")
    return _run([sam, "deploy", *guided, *rest], may_fail=True)


def _run(command, may_fail=False):
    """Runs SAM with the pinned cargo-lambda, which brings the linker against Amazon Linux's glibc, and the user's cargo."""
    program = tools.program("cargo-lambda")
    search = [str(pathlib.Path(program).parent), os.path.dirname(build.cargo_path()), os.environ["PATH"]]
    env = os.environ | {"PATH": os.pathsep.join(search), "SAM_CLI_TELEMETRY": "0"}
    heading("sam " + " ".join(map(str, command[1:])))
    status = subprocess.run(command, cwd=ROOT, env=env).returncode
    if status != 0 and not may_fail:
        raise Problem(f"sam {command[1]} failed: mend what it says above and try again.")
    return status
