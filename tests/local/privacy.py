"""Searches everything that a test run logged and mailed for what is personal in it: none of it may be there."""

import html
import json

import aws
import logs

# What the tests' applicants have in common: the domain of their addresses, a surname, a phone number, a file's name. Of
# absences: the domain of the persons' addresses, the names of absence types, which are reasons of absence, and a remark.
# Of accounts: the surnames of the person of the tour, whom the twin has forgotten by then.
_ALWAYS = ("applicant.example", "Applicant", "555 0100", "5550100", "sample-cv", "Sample CV")
_ALWAYS += ("agency.example", "Krankheit", "Kind krank", "Elternzeit", "Arzttermin", "SickLeave", "ChildSick")
_ALWAYS += ("Sabbatical", "Sample remark", "Sample-Tour", "Sample-Wed")
# Of openings: the domain of the people at HiBob and Recruit.
_ALWAYS += ("planning.example",)
# Shorter answers would be found by chance.
_SHORTEST = 8


def leaks(stack, *others):
    """One line per value that was found, and how much was searched; `others` are searched for their mails as well."""
    values = _values(stack)
    texts = [*_logs(stack), *(text for place in (stack, *others) for text in _mails(place))]
    found = [f"{value!r} stands in {where}" for value in sorted(values) for where, text in texts if value in text]
    return found, len(values), len(texts)


def _values(stack):
    """The answers that Heyflow's twin has sent since it was last reset, who has absences in the other twins, and those above."""
    state = {vendor: _get(f"{stack.twins}/_twin/{vendor}") for vendor in ("heyflow", "personio", "hellohq")}
    texts = {text for delivery in state["heyflow"]["deliveries"] for text in _answers(delivery)}
    texts.update(_people(state["personio"], state["hellohq"]))
    return {text for text in texts if len(text) >= _SHORTEST} | set(_ALWAYS)


def _people(personio, hellohq):
    """Names and addresses of Personio's persons and helloHQ's users, and the names of Personio's absence types."""
    for tenant in personio["tenants"].values():
        yield from (kind["name"] for kind in tenant.get("types", []))
        for person in tenant["persons"]:
            yield from (person["email"], person["last_name"], f"{person['first_name']} {person['last_name']}")
    for users in hellohq["users"].values():
        for user in users.values():
            yield from filter(None, (user["e_mail_work"], user["e_mail_private"], user["last_name"]))


def _answers(value, inside=False):
    """Every text under a member `fields`, also where the body is kept as text."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _answers(member, inside or name == "fields")
    elif isinstance(value, list):
        for member in value:
            yield from _answers(member, inside)
    elif isinstance(value, str) and inside:
        yield value
    elif isinstance(value, str) and value.startswith("{"):
        try:
            yield from _answers(json.loads(value))
        except ValueError:
            pass


def _logs(stack):
    for group in logs.groups(stack):
        for event in logs.events(stack, group, 0):
            yield f"the log {group}: {event['message'][:200]}", event["message"]


def _mails(stack):
    for account in _get(f"{stack.aws}/_ministack/ses/messages")["messages"].values():
        for mail in account:
            # Decoded by the emulator; what the page escapes is what its reader sees all the same.
            yield f"the mail {mail.get('Subject')}", html.unescape(json.dumps(mail, ensure_ascii=False))


def _get(url):
    with aws.direct(url) as answer:
        return json.load(answer)
