"""What make deploy and make check know without an account: what samconfig.toml says, what a stack may run at once, and
that cfn-lint's rule W1001 fails where a reference is left behind."""

import pathlib
import subprocess
import tempfile
import unittest
from unittest import mock

import concurrency
import samconfig
from places import ALL_FLOWS, ROOT, TEMPLATE
from stack import parameter
from verbs import check, deploy

_ANSWERED = """version = 0.1

[default.deploy.parameters]
stack_name = "live"
region = "eu-central-1"
parameter_overrides = "HeyflowToPersonio=\\"true\\" PersonioToHellohq=\\"false\\" Sender=\\"a@b.example\\" Architecture=\\"x86_64\\""
"""


class Config(unittest.TestCase):
    """samconfig.toml as it is committed, and as a guided deployment leaves it."""

    def answered(self, text=_ANSWERED):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name) / "samconfig.toml"
        path.write_text(text)
        chosen = mock.patch.object(samconfig, "SAMCONFIG", path)
        chosen.start()
        self.addCleanup(chosen.stop)

    def test_as_it_is_committed_there_is_no_stack_so_sam_asks(self):
        self.answered("version = 0.1\n")
        self.assertIsNone(samconfig.value("stack_name"))
        self.assertEqual(samconfig.parameters(), {})
        self.assertIn('capabilities = "CAPABILITY_IAM"', (ROOT / "samconfig.toml").read_text())

    def test_what_was_answered_is_read(self):
        self.answered()
        self.assertEqual(samconfig.value("stack_name"), "live")
        self.assertEqual(samconfig.parameters()["HeyflowToPersonio"], "true")
        self.assertEqual(samconfig.parameters()["Sender"], "a@b.example")
        self.assertEqual(deploy._architecture(), "x86_64")

    def test_a_flow_about_to_go_is_told_before(self):
        self.answered()
        standing = {"HeyflowToPersonio": "true", "PersonioToHellohq": "true"}
        known = {"parameters": standing, "waiting": {"personio-to-hellohq": 7}}
        said = " ".join(deploy._of_flows(known, samconfig.parameters()))
        self.assertIn("personio-to-hellohq will be switched off. Messages that wait in its queues: 7.", said)
        self.assertNotIn("heyflow", said)

    def test_a_small_quota_is_told_before(self):
        self.answered()
        (line, _) = deploy._of_concurrency(10, samconfig.parameters())
        self.assertIn("may run 10 functions at once, this stack up to 15", line)
        self.assertEqual(list(deploy._of_concurrency(1000, samconfig.parameters())), [])


class Concurrency(unittest.TestCase):
    """The sums in DEPLOYING.md."""

    def test_the_sums(self):
        sums = [concurrency.needed(on, 2) for on in ([], ["HeyflowToPersonio"], ["PersonioToHellohq"], ["PersonioToScim"])]
        self.assertEqual(sums, [13, 15, 18, 18])
        self.assertEqual(concurrency.needed([parameter(flow) for flow in ALL_FLOWS], 2), 35)
        self.assertEqual(concurrency.needed(["HeyflowToPersonio"], 5), 18)


class Lint(unittest.TestCase):
    """cfn-lint as make check runs it."""

    def test_a_reference_that_a_condition_leaves_behind_fails(self):
        whole = TEMPLATE.read_text()
        alarm = "  HeyflowToPersonioPushAgeAlarm:\n    Type: AWS::CloudWatch::Alarm\n"
        condition = "    Condition: HeyflowToPersonioIsOn\n"
        self.assertEqual(whole.count(alarm + condition), 1)
        with tempfile.TemporaryDirectory() as folder:
            planted = pathlib.Path(folder) / "template.yaml"
            planted.write_text(whole.replace(alarm + condition, alarm))
            found = subprocess.run(check.rules(planted), capture_output=True, text=True)
        self.assertNotEqual(found.returncode, 0)
        self.assertIn("W1001", found.stdout)


if __name__ == "__main__":
    unittest.main()
