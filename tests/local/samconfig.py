"""What samconfig.toml says about a deployment; only the few lines that SAM itself writes are read (Python 3.10 has no TOML)."""

import re

from places import SAMCONFIG

_PARAMETER = re.compile(r"(\w+)=\\?[\"']?([^\"'\\\s]*)")


def value(key):
    """A text of the file, such as stack_name; None where it is not set."""
    found = re.search(rf'^{key} = "(.*)"$', _text(), re.MULTILINE)
    return found.group(1) if found else None


def parameters():
    """The parameters that are deployed with; those left out keep the template's default, or the stack's present value."""
    found = re.search(r"^parameter_overrides = (.*)$", _text(), re.MULTILINE)
    return dict(_PARAMETER.findall(found.group(1))) if found else {}


def _text():
    return SAMCONFIG.read_text() if SAMCONFIG.exists() else ""
