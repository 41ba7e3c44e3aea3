"""Ports on loopback: is one free, who holds it, which are free now."""

import pathlib
import socket


def is_free(port):
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free(count):
    """That many different ports that the system calls free; taken again by others only by bad luck."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def holder(port, proc=pathlib.Path("/proc")):
    """Who listens on the port, as `process 123 (name)`; None where the system does not tell (macOS, other users')."""
    wanted = {f"socket:[{inode}]" for inode in _inodes(port, proc)}
    if not wanted:
        return None
    for folder in proc.glob("[0-9]*"):
        try:
            if any(link.readlink().name in wanted for link in (folder / "fd").iterdir()):
                return f"process {folder.name} ({(folder / 'comm').read_text().strip()})"
        except OSError:
            continue
    return None


def _inodes(port, proc):
    """The inodes of sockets in state LISTEN (0A) on the port, from the kernel's two tables."""
    for table in ("tcp", "tcp6"):
        try:
            lines = (proc / "net" / table).read_text().splitlines()[1:]
        except OSError:
            continue
        for fields in map(str.split, lines):
            if fields[3] == "0A" and int(fields[1].rpartition(":")[2], 16) == port:
                yield fields[9]
