"""test: every test, against a stack of its own on ports the system calls free, which is always taken down again.

The test programs are run by this verb rather than by cargo: it deploys the stack beside those that need none, plays the
long random schedules and the deployed stacks beside the other integration tests, and says where the time goes. An
emulator is one process that uses one core, so each of the three has an emulator of its own; IAM is enforced by that of
the deployed stacks alone.
"""

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time

import anew
import apart
import aws
import build
import connections
import ports
import privacy
import stack as stacks
import tools
from places import HERE, ROOT, in_process_stack, lock, one_flow_stack, random_stack, test_stack
from say import heading, note

_INTEGRATION = "it"
_TALKING = ["tour"]
_DEPLOYED = "deployed::"
_ALL_FLOWS = "deployed::the_deployed_stack_works"
_ONE_FLOW = "deployed::a_stack_with_one_flow_works"
_RANDOM = "::random"
_SLOWEST = 10
# The test harness prints each test's time only with this option, which it keeps for nightly compilers.
_TIMED = ["-Z", "unstable-options", "--report-time"]
_TIME = re.compile(r"^test (?P<name>\S+)(?: - should panic)? \.\.\. \w+ <(?P<seconds>[\d.]+)s>$")


def main(rest):
    """Exits with the first failing status of the tests; `rest` goes to cargo test."""
    with lock("test", "another make test"):
        for tool in ("ministack", "sam", "judges"):
            tools.program(tool)
        run = _Run()
        with run.phase("building"):
            build.cargo("build", "--workspace", "--bins", build.AS_FOR_TESTS)
            programs = build.tests()
        numbers = ports.free(8)
        stack = test_stack(*numbers[:3])
        in_process = in_process_stack(*numbers[3:6])
        random = random_stack(*numbers[6:])
        try:
            return _only(stack, rest) if rest else _all(run, stack, in_process, random, programs)
        finally:
            # A second Ctrl-C must not cut the cleaning up short.
            for chosen in (signal.SIGINT, signal.SIGTERM):
                signal.signal(chosen, signal.SIG_IGN)
            stacks.stop_all(one_flow_stack(stack))
            stacks.stop_all(stack)
            stacks.stop_all(in_process)
            stacks.stop_all(random)
            run.report()


def _all(run, stack, in_process, random, programs):
    integration = [program for program in programs if program.package == _INTEGRATION]
    others = [program for program in programs if program.package != _INTEGRATION]
    for place in (in_process, random):
        stacks.stop_all(place)
    # Most of deploying and of its tests is waiting, so they run beside all else.
    deployed = _Beside(lambda: _deployed(run, stack, integration))
    with run.phase("unit tests, twins, tour, the tests of tests/local; the stack is deployed beside them"):
        # these mostly wait for answers
        talking = [program for program in others if program.package in _TALKING]
        answers = _Beside(lambda: _programs(run, os.environ, talking, []) or _python_tests())
        status = _programs(run, os.environ, [program for program in others if program not in talking], [])
        status = next(filter(None, [status, answers.done()]), 0)
    if status == 0:
        with run.phase("integration tests; random schedules and the deployed stacks beside them"):
            for place in (in_process, random):
                stacks.start_emulator(place)
            stacks.start_judges(in_process)
            schedules = _Beside(lambda: _programs(run, _environment(random), integration, [_RANDOM]))
            chosen = ["--skip", _DEPLOYED, "--skip", _RANDOM]
            status = _programs(run, _environment(in_process), integration, chosen)
            status = next(filter(None, [status, schedules.done()]), 0)
            status = status or deployed.done()
    deployed.done()
    with run.phase("nothing personal in the run's logs and mails"):
        return status or _privacy(stack, in_process, random)


def _environment(stack):
    # The tests wait for the emulator more than they work, so more of them run at once than there are cores.
    told = {"HRSYNC_ENDPOINTS": str(stack.endpoints), "RUST_TEST_THREADS": "5"}
    judges = {"HRSYNC_JUDGES": stack.judges} if stack.judges_port else {}
    return aws.environment(stack.aws) | told | judges


def _only(stack, rest):
    """A part of the tests, as cargo finds them."""
    _deploy(stack)
    stacks.start_judges(stack)
    env = _environment(stack)
    heading("cargo test --workspace " + " ".join(rest))
    return subprocess.run([build.cargo_path(), "test", "--workspace", *rest], cwd=ROOT, env=env).returncode


def _deploy(stack):
    # A run that was killed outright may have left its servers behind.
    stacks.stop_all(one_flow_stack(stack))
    stacks.stop_all(stack)
    emulator = stacks.start(stack)
    stacks.package_and_deploy(stack, emulator)
    connections.set_up(stack)


def _deploy_beside(stack, beside):
    stacks.package_and_deploy(beside, stacks.emulator_of(stack))
    connections.set_up(beside)


def _deployed(run, stack, integration):
    """The deployed stack, most of which is waiting for limits to pass; then a second one beside it."""
    _deploy(stack)
    beside = one_flow_stack(stack)
    deploying = _Beside(lambda: _deploy_beside(stack, beside))
    status = _programs(run, _environment(stack), integration, [_ALL_FLOWS])
    deploying.done()
    return status or _one_flow(run, stack, beside, integration)


def _one_flow(run, stack, beside, integration):
    """What waits in a queue, the connections and the secrets outlive the stack; the new one goes on with them."""
    status = _programs(run, _environment(beside), integration, [_ONE_FLOW])
    heading(f"{stack.name} and {beside.name} share nothing; flows that are off are named")
    apart.check(stack, beside)
    anew.delete(beside)
    anew.leave_message(beside)
    anew.import_kept(beside)
    anew.find_message(beside)
    _deploy_beside(stack, beside)
    return status or _programs(run, _environment(beside), integration, [_ONE_FLOW])


def _programs(run, env, programs, filters):
    """Runs test programs one after the other, all of them also after one has failed; the first failing status."""
    status = 0
    for program in programs:
        heading(" ".join([program.name, *filters]))
        # The variable opens the option above; cargo sets the other for a test, which some look their files up by.
        given = dict(env) | {"RUSTC_BOOTSTRAP": "1", "CARGO_MANIFEST_DIR": str(program.folder)}
        command = [program.path, *filters, *_TIMED]
        with subprocess.Popen(
            command, cwd=program.folder, env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as running:
            for line in running.stdout:
                sys.stdout.write(line)
                sys.stdout.flush()
                run.took(program, line)
        status = status or running.returncode
    return status


class _Run:
    """Where the time of a run goes."""

    def __init__(self):
        self._phases = []
        self._tests = []

    @contextlib.contextmanager
    def phase(self, name):
        started = time.monotonic()
        try:
            yield
        finally:
            self._phases.append((name, time.monotonic() - started))

    def took(self, program, line):
        """Notes the time of the test that the line is about, if it is about one."""
        found = _TIME.match(line.strip())
        if found:
            self._tests.append((float(found["seconds"]), f"{program.name} {found['name']}"))

    def report(self):
        heading("where the time went")
        for name, seconds in self._phases:
            note(f"{seconds:7.1f} s  {name}")
        tested = sum(seconds for name, seconds in self._phases if name != "building")
        note(f"{tested:7.1f} s  in all, once compiled")
        heading(f"the {_SLOWEST} slowest tests")
        for seconds, name in sorted(self._tests, reverse=True)[:_SLOWEST]:
            note(f"{seconds:7.1f} s  {name}")


class _Beside:
    """Work that goes on beside other work; what it raises or gives comes once it is waited for."""

    def __init__(self, work):
        self._error = None
        self._given = None
        self._thread = threading.Thread(target=self._do, args=(work,), daemon=True)
        self._thread.start()

    def _do(self, work):
        try:
            self._given = work()
        except BaseException as error:
            self._error = error

    def done(self):
        self._thread.join()
        if self._error:
            raise self._error
        return self._given


def _privacy(stack, *others):
    """Only after a whole run: a part of it may log and mail nothing."""
    heading("nothing personal in the run's logs and mails")
    found, values, texts = privacy.leaks(stack, *others)
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
