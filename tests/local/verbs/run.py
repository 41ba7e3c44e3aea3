"""run: the local cloud and the twins up, everything deployed, the tour played. What runs already is reused."""

import subprocess

import aws
import build
import connections
import stack as stacks
import tools
from places import ROOT, lock, run_stack
from say import heading, note


def main(rest):
    """Exits with the tour's status; the stack stays up either way."""
    stack = run_stack()
    with lock("run", "another make run"):
        for tool in ("ministack", "sam"):
            tools.program(tool)
        build.cargo("build", "--workspace", "--bins", build.AS_FOR_TESTS)
        emulator = stacks.start(stack)
        stacks.package_and_deploy(stack, emulator)
        connections.set_up(stack)
    heading("the tour")
    command = [build.binary("tour"), "--endpoints", stack.endpoints, *rest]
    status = subprocess.run(command, cwd=ROOT, env=aws.environment(stack.aws)).returncode
    note(f"local cloud {stack.aws}, twins {stack.twins}; make logs shows what happens, make down ends it")
    return status
