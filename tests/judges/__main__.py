"""The independent SCIM servers that judge the flow's calls, on one port: `python tests/judges PORT`.

`/scim/JUDGE/TENANT/v2` is a judge's base URL; a tenant comes into being by being asked for. `/payloads/TENANT` answers what
scim-sanity finds wrong with what was sent there.
"""

import json
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.util import shift_path_info

import hard
import kind
from payloads import Payloads

# The twin's token too, so that a test's connection needs no other secret.
_TOKEN = "twin-scim-token"


class _Judges:
    def __init__(self):
        self._found = {}
        judges = {
            "scim2-server": kind.application(_TOKEN, patch=True),
            "scim2-server-without-patch": kind.application(_TOKEN, patch=False),
            "django-scim2": hard.application(_TOKEN),
        }
        self._judges = {name: Payloads(judge, self._found) for name, judge in judges.items()}

    def __call__(self, environ, start):
        first = shift_path_info(environ)
        if first == "scim":
            return self._judges[shift_path_info(environ)](environ, start)
        found = self._found.get(shift_path_info(environ), {}) if first == "payloads" else {}
        start("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(found).encode()]


class _Quiet(WSGIRequestHandler):
    # A connection that says nothing must not keep the one thread from the others.
    timeout = 2

    def log_message(self, *_):
        """Nothing: bodies and addresses are persons'."""


if __name__ == "__main__":
    with make_server("127.0.0.1", int(sys.argv[1]), _Judges(), handler_class=_Quiet) as server:
        server.serve_forever()
