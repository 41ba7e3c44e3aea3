"""What can be checked of the tools without a cloud: processes, ports, signatures, log lines, their data files."""

import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import unittest

import aws
import build
import connections
import logs
import ports
import privacy
import processes
from places import HERE, ROOT, read_json, write_json
from say import Problem

_SERVER = """
import http.server, sys
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


class Processes(unittest.TestCase):
    """A server is started once, reused while it is the same, and only ever stopped if it is ours."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        (self.port,) = ports.free(1)
        self.addCleanup(lambda: processes.stop(self.folder / "server.json"))

    def server(self, version="1", code=_SERVER):
        argv = [sys.executable, "-c", code, self.port]
        return processes.Service(self.folder, "server", argv, dict(os.environ), self.port, "/", version)

    def test_is_started_reused_and_replaced(self):
        self.assertTrue(self.server().ensure())
        first = self.server().identity()
        self.assertFalse(self.server().ensure())
        self.assertEqual(self.server().identity(), first)
        self.assertTrue(self.server(version="2").ensure())
        self.assertNotEqual(self.server().identity(), first)

    def test_is_stopped_once(self):
        self.server().ensure()
        self.assertIn("stopped server", processes.stop(self.folder / "server.json"))
        self.assertIsNone(processes.stop(self.folder / "server.json"))
        self.assertTrue(ports.is_free(self.port))

    def test_a_stranger_with_the_recorded_id_is_left_alone(self):
        stranger = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True)
        self.addCleanup(lambda: stranger.communicate(b"\n"))
        write_json(
            self.folder / "server.json",
            {"pid": stranger.pid, "started": "another time", "port": self.port, "version": "1"},
        )
        self.assertIsNone(processes.stop(self.folder / "server.json"))
        self.assertIsNone(stranger.poll())

    def test_a_taken_port_is_named_with_its_holder(self):
        with socket.create_server(("127.0.0.1", self.port)):
            with self.assertRaisesRegex(Problem, f"port {self.port} is held by .*stop it"):
                self.server().ensure()
            if pathlib.Path("/proc/net/tcp").exists():
                self.assertIn(f"process {os.getpid()} ", ports.holder(self.port))
        self.assertIsNone(ports.holder(self.port))

    def test_a_server_that_ends_at_once_is_reported_with_its_log(self):
        folder = ROOT / ".local" / "test" / "unhealthy"
        self.folder = folder
        with self.assertRaisesRegex(Problem, r"did not become healthy: its log is \.local/test/unhealthy/server\.log"):
            self.server(code="raise SystemExit('no')").ensure()
        self.assertIn("no", (folder / "server.log").read_text())


class Calls(unittest.TestCase):
    """What the tools send to the emulator, and what other programs are told about it."""

    def test_a_known_request_is_signed_as_published(self):
        # The vanilla POST of the Signature Version 4 test suite, which AWS publishes with its SDKs' signing libraries.
        headers = {"host": "example.amazonaws.com", "x-amz-date": "20150830T123600Z"}
        key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
        signed = aws.sign("POST", "/", headers, b"", "service", "us-east-1", "AKIDEXAMPLE", key)
        expected = "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
        self.assertTrue(signed["authorization"].endswith(f"SignedHeaders=host;x-amz-date, Signature={expected}"))

    def test_the_users_own_account_stays_out(self):
        os.environ["AWS_PROFILE"] = "production"
        self.addCleanup(os.environ.pop, "AWS_PROFILE")
        told = aws.environment("http://127.0.0.1:1")
        self.assertNotIn("AWS_PROFILE", told)
        self.assertEqual(told["AWS_SHARED_CREDENTIALS_FILE"], os.devnull)


class LogLines(unittest.TestCase):
    """One line per event, message first, the rest as key=value."""

    def line(self, message):
        return logs.line("push", {"timestamp": 0, "message": message})

    def test_a_wide_event(self):
        event = {
            "timestamp": "t",
            "level": "INFO",
            "fields": {"message": "handled", "outcome": "done", "why": "two words"},
            "_aws": {},
        }
        self.assertRegex(
            self.line(json.dumps(event)),
            r'^\d\d:\d\d:\d\d\.\d{3}  push +handled  level=INFO  outcome=done  why="two words"$',
        )

    def test_plain_text_stays_on_one_line(self):
        self.assertTrue(self.line("thread panicked\nat x").endswith("thread panicked | at x"))

    def test_the_platforms_own_lines_are_left_out(self):
        self.assertIsNone(self.line("REPORT RequestId: 1\tDuration: 2 ms"))


class Privacy(unittest.TestCase):
    """What a test run may not log or mail is read out of the twins."""

    def test_answers_are_found_in_bodies_that_are_text(self):
        body = {"id": "r1", "fields": {"Name": "Sample", "Skills": ["a", "b"], "Address": {"city": "c"}}}
        self.assertEqual(set(privacy._answers({"body": json.dumps(body)})), {"Sample", "a", "b", "c"})

    def test_people_of_every_account_and_their_kinds_of_absence(self):
        person = {"email": "p@agency.example", "first_name": "Sample", "last_name": "Person"}
        personio = {"tenants": {"one": {"persons": [person], "types": [{"name": "Urlaub"}]}, "empty": {"persons": []}}}
        user = {"e_mail_work": "u@agency.example", "e_mail_private": None, "last_name": None}
        found = set(privacy._people(personio, {"users": {"agency": {"11": user}}}))
        self.assertEqual(found, {"p@agency.example", "Person", "Sample Person", "Urlaub", "u@agency.example"})


class Data(unittest.TestCase):
    """The files beside the code hold what the code expects of them."""

    def test_every_requirement_is_pinned(self):
        for path in sorted((HERE / "requirements").glob("*.txt")):
            lines = path.read_text().splitlines()
            self.assertTrue(lines, path.name)
            for line in lines:
                self.assertRegex(line, r"^[A-Za-z0-9._-]+(\[full\])?==[0-9][^ ]*$", path.name)

    def test_connections_are_known_by_name_and_file(self):
        entries = connections.entries()
        self.assertEqual(len({entry["connection"] for entry in entries}), len(entries))
        for entry in entries:
            self.assertEqual(set(entry), {"connection", "file", "set", "secrets", "recipients"})
            self.assertTrue((ROOT / entry["file"]).is_file(), entry["file"])

    def test_every_flow_with_an_example_is_applied(self):
        examples = {str(path.relative_to(ROOT)) for path in ROOT.glob("functions/*/connection.example.toml")}
        self.assertEqual({entry["file"] for entry in connections.entries()}, examples)

    def test_every_function_of_the_template_is_found(self):
        functions = (ROOT / "template.yaml").read_text().count("Type: AWS::Serverless::Function")
        self.assertEqual(len(build.lambdas()), functions)
        self.assertTrue(
            all(re.fullmatch(r"[a-z0-9-]+-(webhook|poll|sweep|push|dead)", name) for name in build.lambdas())
        )

    def test_a_secret_file_is_for_its_owner_only(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "secrets.json"
            write_json(path, {"a": 1}, mode=0o600)
            self.assertEqual(path.stat().st_mode & 0o777, 0o600)
            self.assertEqual(read_json(path, None), {"a": 1})
            path.write_text('{"cut')
            self.assertEqual(read_json(path, {}), {})


if __name__ == "__main__":
    unittest.main()
