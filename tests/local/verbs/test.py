"""test: every test against a stack of its own on ports the system calls free, which is always taken down again."""

import signal
import subprocess
import sys

import aws
import build
import connections
import ports
import privacy
import stack as stacks
import tools
from places import HERE, ROOT, lock, test_stack
from say import heading

DEPLOYED = "deployed::"
RANDOM = "::random"


def main(rest):
    """Exits with the first failing status of the tests; `rest` goes to cargo test."""
    with lock("test", "another make test"):
        for tool in ("ministack", "sam"):
            tools.program(tool)
        build.cargo("build", "--workspace", "--bins")
        build.cargo("test", "--workspace", "--no-run")
        stack = test_stack(*ports.free(2))
        try:
            # A run that was killed outright may have left its servers behind.
            stacks.stop_all(stack)
            emulator = stacks.start(stack)
            stacks.package_and_deploy(stack, emulator)
            connections.set_up(stack)
            return (
                _rust_tests(stack, rest)
                or _alone(stack, rest, RANDOM)
                or _alone(stack, rest, DEPLOYED)
                or _privacy(stack, rest)
                or _python_tests()
            )
        finally:
            # A second Ctrl-C must not cut the cleaning up short.
            for chosen in (signal.SIGINT, signal.SIGTERM):
                signal.signal(chosen, signal.SIG_IGN)
            stacks.stop_all(stack)


def _rust_tests(stack, rest):
    """All but those that would wait for the emulator behind all the others."""
    return _cargo_test(stack, "--workspace", *(rest or ["--", "--skip", DEPLOYED, "--skip", RANDOM]))


def _alone(stack, rest, which):
    return 0 if rest else _cargo_test(stack, "--package", "it", which)


def _cargo_test(stack, *arguments):
    heading("cargo test " + " ".join(arguments))
    env = aws.environment(stack.aws) | {"HRSYNC_ENDPOINTS": str(stack.endpoints)}
    return subprocess.run([build.cargo_path(), "test", *arguments], cwd=ROOT, env=env).returncode


def _privacy(stack, rest):
    """Only after a whole run: a part of it may log and mail nothing."""
    if rest:
        return 0
    heading("nothing personal in the run's logs and mails")
    found, values, texts = privacy.leaks(stack)
    print("\n".join(found) or f"  {values} values searched for in {texts} log lines and mails: none found")
    return 1 if found or texts < 20 or values < 10 else 0


def _python_tests():
    heading("the tests of tests/local")
    # Servers that outlive their Service object are the point, not a leak.
    command = [
        sys.executable,
        "-B",
        "-W",
        "ignore::ResourceWarning",
        "-m",
        "unittest",
        "discover",
        "--start-directory",
        HERE,
        "--pattern",
        "test_*.py",
    ]
    return subprocess.run(command, cwd=ROOT).returncode
