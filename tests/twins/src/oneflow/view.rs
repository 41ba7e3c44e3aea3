//! Contracts as callers see them: <https://developer.oneflow.com/docs/contract>.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::members;

use super::account::{Account, CustomIds};
use super::contract::{Contract, DataField, Event, Participant, Party, PartyType};

/// `2023-04-27T11:29:36+00:00`
pub(super) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// `2020-07-06T15:14:14+0000`: callbacks write no colon.
pub(super) fn event_time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S+0000").to_string()
}

/// A contract with everything.
pub(super) fn contract(contract: &Contract, account: &Account, base: &str, now: Timestamp) -> Value {
    let mut shown = listed(contract, account, base, now);
    let fields = contract.data_fields.iter().map(|field| data_field(contract.id, field, account, base));
    members::set(&mut shown, "data_fields", fields.collect());
    shown
}

/// A contract in a list: without its data fields.
pub(super) fn listed(contract: &Contract, account: &Account, base: &str, now: Timestamp) -> Value {
    let address = format!("{base}/contracts/{}", contract.id);
    json!({
        "_links": {
            "self": {"href": address},
            "data_fields": {"href": format!("{address}/data_fields")},
            "events": {"href": format!("{address}/events")},
            "files": {"href": format!("{address}/files")},
        },
        "_permissions": {"contract:delete": true, "contract:update": contract.is_open()},
        "_private": {"name": contract.name, "workspace_id": contract.workspace_id, "value": null},
        "_private_ownerside": ownerside(contract, account, now),
        "id": contract.id,
        "lifecycle_state": {"lifecycle_state": "awaiting", "is_canceled": false, "has_ended_by_termination": false},
        "parties": contract.parties.iter().map(party).collect::<Vec<_>>(),
        "product_groups": [],
        "published_time": contract.published.map(time),
        "signing_period_expiry_time": null,
        "state": contract.state,
        "state_updated_time": time(contract.state_updated),
        "updated_time": time(contract.updated),
    })
}

fn ownerside(contract: &Contract, account: &Account, now: Timestamp) -> Value {
    let mut shown = json!({"created_time": time(contract.created)});
    let absence = SignedDuration::from_secs(account.template_absent_seconds.into());
    if contract.published.is_none_or(|published| now >= published + absence) {
        members::set(&mut shown, "template_id", json!(contract.template_id));
        members::set(&mut shown, "template_type_id", json!(contract.template_type_id));
    }
    shown
}

/// A data field of a contract.
pub(super) fn data_field(contract: i64, field: &DataField, account: &Account, base: &str) -> Value {
    let mut ownerside = json!({"created_time": time(field.created), "updated_time": time(field.updated)});
    if account.custom_ids == CustomIds::Ownerside {
        members::set(&mut ownerside, "custom_id", json!(field.custom_id));
    }
    let mut shown = json!({
        "_links": {"self": {"href": format!("{base}/contracts/{contract}/data_fields/{}", field.id)}},
        "_private_ownerside": ownerside,
        "active": true,
        "description": field.description,
        "id": field.id,
        "name": field.name,
        "placeholder": field.placeholder,
        "source": field.source,
        "value": field.value,
    });
    if account.custom_ids == CustomIds::TopLevel {
        members::set(&mut shown, "custom_id", json!(field.custom_id));
    }
    shown
}

/// An individual has one `participant`, a company its `participants`.
fn party(party: &Party) -> Value {
    let mut shown = json!({
        "country_code": party.country_code,
        "id": party.id,
        "identification_number": party.identification_number,
        "my_party": party.mine,
        "name": party.name,
        "type": party.kind,
    });
    let mut participants = party.participants.iter().map(participant);
    let (name, value) = match party.kind {
        PartyType::Individual => ("participant", participants.next().unwrap_or_default()),
        PartyType::Company => ("participants", participants.collect()),
    };
    members::set(&mut shown, name, value);
    shown
}

/// A participant.
pub(super) fn participant(participant: &Participant) -> Value {
    json!({
        "_permissions": {"contract:update": participant.may_update},
        "_private_ownerside": {
            "created_time": time(participant.created),
            "first_visited_time": participant.visits.first().copied().map(time),
            "last_visited_time": participant.visits.last().copied().map(time),
            "updated_time": time(participant.updated),
            "visits": participant.visits.len(),
        },
        "delivery_channel": participant.delivery_channel,
        "delivery_status": participant.delivery_status,
        "email": participant.email,
        "id": participant.id,
        "identification_number": participant.identification_number,
        "my_participant": false,
        "name": participant.name,
        "organizer": participant.organizer,
        "phone_number": participant.phone_number,
        "sign_method": participant.sign_method,
        "sign_state": participant.sign_state,
        "sign_state_updated_time": participant.sign_state_updated.map(time),
        "signatory": participant.signatory,
        "title": participant.title,
        "two_step_authentication_method": participant.two_step_authentication_method,
    })
}

/// An event of a contract.
pub(super) fn event(contract: &Contract, event: &Event, base: &str) -> Value {
    let address = format!("{base}/contracts/{}/events/{}", contract.id, event.id);
    let actor = event.actor.as_deref().and_then(|email| contract.participant(email));
    json!({
        "_links": {"self": {"href": address}},
        "actor": actor.map(|actor| json!({"id": actor.id, "name": actor.name})),
        "created_time": time(event.at),
        "data": event.data,
        "id": event.id,
        "type": event.kind,
    })
}
