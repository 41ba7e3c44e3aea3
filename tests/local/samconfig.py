"""What samconfig.toml says about a deployment."""

import shlex
import tomllib

from places import SAMCONFIG


def value(key):
    """A setting of the deployment, such as stack_name; None where it is not set."""
    return _deployment().get(key)


def parameters():
    """The parameters that are deployed with; those left out keep the template's default, or the stack's present value."""
    overrides = _deployment().get("parameter_overrides", "")
    # SAM writes one text; a list is what its documentation shows for one written by hand
    parts = shlex.split(overrides) if isinstance(overrides, str) else overrides
    return dict(part.split("=", 1) for part in parts)


def _deployment():
    """What holds for every command, and above it what holds for deployments."""
    if not SAMCONFIG.exists():
        return {}
    tables = tomllib.loads(SAMCONFIG.read_text()).get("default", {})
    return tables.get("global", {}).get("parameters", {}) | tables.get("deploy", {}).get("parameters", {})
