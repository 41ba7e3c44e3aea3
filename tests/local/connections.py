"""The example connections on a local stack: applied with overrides, given secrets, and their addresses written down.

What there is to apply stands in connections.json: a new flow adds an entry. `{twins}` and `{random}` are filled in.
"""

import json
import secrets
import subprocess
import urllib.parse

import aws
import build
import stack as stacks
from places import ALL_FLOWS, HERE, REGION, ROOT, read_json, write_json
from say import Problem, step


def entries(flows=ALL_FLOWS):
    """The example connections of these flows, as connections.json lists them."""
    listed = json.loads((HERE / "connections.json").read_text())
    return [entry for entry in listed if entry["file"].split("/")[1] in flows]


def set_up(stack):
    """Brings a deployed stack's connections, secrets and addresses up to date; secrets once set stay as they are."""
    with step("letting mail through"):
        stacks.allow_mail(stack)
        stacks.verify_addresses(stack, [address for entry in entries(stack.flows) for address in entry["recipients"]])
    generated = read_json(stack.secrets, {})
    for entry in entries(stack.flows):
        name = entry["connection"]
        with step(f"applying connection {name}"):
            hrsync(stack, "apply", entry["file"], *_overrides(stack, entry))
        if name not in generated:
            with step(f"setting secrets of {name}"):
                generated[name] = _set_secrets(stack, entry)
            write_json(stack.secrets, generated, mode=0o600)
    _write_endpoints(stack)


def _overrides(stack, entry):
    for key, value in entry["set"].items():
        yield from ("--set", f"{key}={value.replace('{twins}', stack.twins)}")


def _set_secrets(stack, entry):
    """Hands the connection's secrets to the console in a file only we can read; answers them as functions see them."""
    chosen = {key: value.replace("{random}", secrets.token_urlsafe(32)) for key, value in entry["secrets"].items()}
    file = stack.folder / "secret.json"
    write_json(file, chosen, mode=0o600)
    try:
        hrsync(stack, "secrets", "set", entry["connection"], "--from", str(file))
    finally:
        file.unlink()
    incoming = {"webhook_secrets": [{"value": chosen.pop("webhook_secret")}]} if "webhook_secret" in chosen else {}
    return incoming | chosen


def _write_endpoints(stack):
    outputs = stacks.outputs(stack)
    door = f"{stack.aws}/_aws/execute-api/{outputs['ApiId']}/$default"
    urls = json.loads(hrsync(stack, "urls", "--json"))
    webhooks = {name: door + _path(url) for name, url in urls.items()}
    addresses = {
        "aws": stack.aws,
        "region": REGION,
        "stack": stack.name,
        "table": outputs["TableName"],
        "twins": stack.twins,
    }
    write_json(stack.endpoints, addresses | {"webhooks": webhooks})


def _path(url):
    """The route's part of a webhook address, whatever host or stage precedes it."""
    path = urllib.parse.urlsplit(url).path
    return path[path.index("/webhooks/") :]


def hrsync(stack, *arguments):
    """The console against the local stack; answers its standard output."""
    command = [build.binary("hrsync"), "--stack", stack.name, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=aws.environment(stack.aws), capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        said = " ".join((done.stderr or done.stdout).split()) or "nothing"
        raise Problem(f"hrsync {arguments[0]} failed, saying: {said}")
    return done.stdout
