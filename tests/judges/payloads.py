"""Looks at every payload on its way to a judge with scim-sanity, and keeps what it finds wrong for the test to ask."""

import io
import json

from scim_sanity.validator import SCIMValidator

_OPERATIONS = {"POST": "full", "PUT": "full", "PATCH": "patch"}


class Payloads:
    """An application behind which the judge stands; `found` holds the findings of each tenant, by method."""

    def __init__(self, judge, found):
        self._judge, self._found = judge, found

    def __call__(self, environ, start):
        operation = _OPERATIONS.get(environ["REQUEST_METHOD"])
        if operation:
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = io.BytesIO(body)
            tenant = environ["PATH_INFO"].split("/")[1]
            found = self._found.setdefault(tenant, {"payloads": 0, "wrong": []})
            found["payloads"] += 1
            found["wrong"] += _wrong(environ["REQUEST_METHOD"], body, operation)
        return self._judge(environ, start)


def _wrong(method, body, operation):
    try:
        payload = json.loads(body)
    except ValueError as error:
        return [f"{method}: {error}"]
    return [f"{method}: {error}" for error in SCIMValidator().validate(payload, operation)[1]]
