"""Long-lived processes: started apart from the terminal, remembered in a record, stopped only if still ours.

A process id alone proves nothing, ids are used again. A record therefore also holds when the process started, and
whatever does not match both is left alone.
"""

import http.client
import os
import pathlib
import signal
import subprocess
import time
import urllib.request

import ports
from places import ROOT, read_json, write_json
from say import Problem

_STOP_SECONDS = 8
_HEALTHY_SECONDS = 60
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Service:
    """One server of a stack: how it is started, where it says that it is well, what has to be the same to reuse it."""

    def __init__(self, folder, name, argv, env, port, health, version):
        self.name, self.argv, self.env, self.port, self.version = name, [str(part) for part in argv], env, port, version
        self.health = f"http://127.0.0.1:{port}{health}"
        self.record = folder / f"{name}.json"
        self.log = folder / f"{name}.log"

    def ensure(self):
        """Leaves a healthy process of ours behind; answers whether it had to be started."""
        known = read_json(self.record, {})
        if (
            _is_ours(known)
            and known.get("port") == self.port
            and known.get("version") == self.version
            and self._healthy()
        ):
            return False
        stop(self.record)
        self._refuse_taken_port()
        self._start()
        return True

    def identity(self):
        """What tells this very process from any later one."""
        known = read_json(self.record, {})
        return f"{known.get('pid')}@{known.get('started')}"

    def _refuse_taken_port(self):
        if not ports.is_free(self.port):
            who = ports.holder(self.port) or "another process"
            raise Problem(f"port {self.port} is held by {who}: stop it, or set HRSYNC_AWS_PORT or HRSYNC_TWINS_PORT.")

    def _start(self):
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "wb") as log:
            process = subprocess.Popen(
                self.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.env,
                cwd=ROOT,
                start_new_session=True,
            )
        started = _started(process.pid)
        write_json(self.record, {"pid": process.pid, "started": started, "port": self.port, "version": self.version})
        deadline = time.monotonic() + _HEALTHY_SECONDS
        while not self._healthy():
            if process.poll() is not None or time.monotonic() > deadline:
                stop(self.record)
                raise Problem(f"{self.name} did not become healthy: its log is {self.log.relative_to(ROOT)}.")
            time.sleep(0.1)

    def _healthy(self):
        try:
            with _DIRECT.open(self.health, timeout=5) as answer:
                return answer.status == 200
        except (OSError, http.client.HTTPException):
            return False


def stop(record):
    """Ends the recorded process and its children if it is still ours; answers what was done, None where nothing was."""
    known = read_json(record, {})
    record.unlink(missing_ok=True)
    if not _is_ours(known):
        return None
    for chosen in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(known["pid"], chosen)
        except ProcessLookupError:
            break
        if _gone(known, _STOP_SECONDS):
            break
    _end_children(known["pid"])
    return f"stopped {record.stem} (process {known['pid']})"


def _end_children(group):
    """What the ended server left in its own process group; the group's id cannot be given away while it has members."""
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def _gone(known, seconds):
    deadline = time.monotonic() + seconds
    while _is_ours(known):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _is_ours(known):
    return bool(known.get("pid")) and known.get("started") is not None and _started(known["pid"]) == known["started"]


def _started(pid):
    """When a living process started, in whatever unit the system has; None for a dead one or a zombie."""
    stat = pathlib.Path(f"/proc/{pid}/stat")
    if not pathlib.Path("/proc/self/stat").exists():
        return _started_by_ps(pid)
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def _started_by_ps(pid):
    answer = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True)
    state, _, started = answer.stdout.strip().partition(" ")
    return None if not state or state.startswith("Z") else started.strip()
