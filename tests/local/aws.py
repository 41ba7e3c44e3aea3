"""The few calls the tools make themselves, and the environment in which others meet the emulator instead of AWS.

The emulator enforces IAM, so calls are signed as the IAM user guide says:
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import datetime
import hashlib
import hmac
import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request

from places import REGION
from say import Problem

KEY_ID, SECRET_KEY = "test", "test"
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def direct(url):
    """Opens a URL of this machine, whatever proxy the environment names."""
    return _DIRECT.open(url, timeout=30)


def environment(endpoint):
    """This process's environment, with the emulator in the place of whatever account it was set to."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith("AWS_") or name.startswith("AWS_LC_")
    }
    reach = [part for part in (kept.get("NO_PROXY"), "127.0.0.1", "localhost") if part]
    return kept | {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": KEY_ID,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": ",".join(reach),
        "no_proxy": ",".join(reach),
        "SAM_CLI_TELEMETRY": "0",
    }


def query(endpoint, service, action, version, **members):
    """A call of the query protocol (CloudFormation, SES); answers its XML."""
    form = urllib.parse.urlencode({"Action": action, "Version": version, **members}).encode()
    return _call(endpoint, service, form, {"content-type": "application/x-www-form-urlencoded"}).decode()


def json_call(endpoint, service, target, members):
    """A call of the JSON protocol (CloudWatch Logs, SQS, Secrets Manager); answers its object."""
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": target}
    return json.loads(_call(endpoint, service, json.dumps(members).encode(), headers) or "{}")


def _call(endpoint, service, body, headers):
    host = urllib.parse.urlsplit(endpoint).netloc
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    signed = sign("POST", "/", {**headers, "host": host, "x-amz-date": now}, body, service, REGION, KEY_ID, SECRET_KEY)
    try:
        with _DIRECT.open(urllib.request.Request(endpoint + "/", body, signed), timeout=30) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        text = re.sub(r"\s+", " ", error.read().decode(errors="replace"))[:300]
        raise Problem(f"the local cloud refused a call of {service}: {error.code} {text}") from None
    except OSError as error:
        raise Problem(f"the local cloud does not answer at {endpoint} ({error}): start it with make run.") from None


def sign(method, path, headers, body, service, region, key_id, secret_key):
    """The headers, which must hold host and x-amz-date, with `authorization` added; for requests without a query."""
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = "\n".join([method, path, "", lines, names, hashlib.sha256(body).hexdigest()])
    moment = headers["x-amz-date"]
    scope = f"{moment[:8]}/{region}/{service}/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(request.encode()).hexdigest()])
    key = f"AWS4{secret_key}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    credential = f"AWS4-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "authorization": credential}
