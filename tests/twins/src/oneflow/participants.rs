//! Participants: what a body may say of them, and how they come to be: <https://developer.oneflow.com/docs/other-important-changes>.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use crate::email::is_email;

use super::contract::{DeliveryStatus, Participant, SignState};
use super::events::{self, News};
use super::problem::Problem;
use super::store::Ids;
use super::twin::Twin;
use super::view;

const UPDATE: &str = "contract:update";
const CHANNELS: [&str; 4] = ["email", "sms", "none", "same_device"];
const SIGN_METHODS: [&str; 6] =
    ["standard_esign", "sms", "swedish_bankid", "norwegian_bankid", "danish_nemid", "finnish_bankid"];
const TWO_STEPS: [&str; 3] = ["none", "email", "sms"];

/// A participant as a body has one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewParticipant {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone_number: Option<String>,
    pub title: Option<String>,
    pub identification_number: Option<String>,
    pub signatory: Option<bool>,
    pub organizer: Option<bool>,
    pub delivery_channel: Option<String>,
    pub sign_method: Option<String>,
    pub two_step_authentication_method: Option<String>,
    #[serde(rename = "_permissions")]
    pub permissions: Option<BTreeMap<String, bool>>,
}

impl NewParticipant {
    /// Somebody who is told and does not sign.
    pub(super) fn organizer(name: &str, email: &str) -> Self {
        Self { name: Some(name.to_owned()), email: Some(email.to_owned()), organizer: Some(true), ..Self::default() }
    }

    /// Somebody who may sign.
    #[must_use]
    pub fn signatory(name: &str, email: &str) -> Self {
        Self { organizer: None, signatory: Some(true), ..Self::organizer(name, email) }
    }

    /// What was left out is as it was, or empty.
    fn over(&self, known: Participant) -> Participant {
        let text = |new: &Option<String>, known: String| new.clone().unwrap_or(known);
        let signatory = self.signatory.unwrap_or(known.signatory);
        let may_update = self.permissions.as_ref().and_then(|permissions| permissions.get(UPDATE).copied());
        // whoever signs also edits, unless the body says otherwise
        let usual = known.may_update || (signatory && !known.signatory);
        Participant {
            name: text(&self.name, known.name),
            email: text(&self.email, known.email),
            phone_number: text(&self.phone_number, known.phone_number),
            title: text(&self.title, known.title),
            identification_number: text(&self.identification_number, known.identification_number),
            signatory,
            organizer: self.organizer.unwrap_or(known.organizer),
            may_update: may_update.unwrap_or(usual),
            delivery_channel: text(&self.delivery_channel, known.delivery_channel),
            sign_method: text(&self.sign_method, known.sign_method),
            two_step_authentication_method: text(
                &self.two_step_authentication_method,
                known.two_step_authentication_method,
            ),
            ..known
        }
    }

    fn wrong_permission(&self) -> bool {
        self.permissions.as_ref().is_some_and(|permissions| permissions.keys().any(|name| name != UPDATE))
    }
}

/// New participants.
pub(super) fn all(
    new: &[NewParticipant],
    path: &str,
    ids: &mut Ids,
    now: Timestamp,
) -> Result<Vec<Participant>, Problem> {
    let one =
        |(place, new): (usize, &NewParticipant)| settled(new, nobody(ids.next(), now), &format!("{path}.{place}"));
    new.iter().enumerate().map(one).collect()
}

/// A participant with what a body says laid over.
pub(super) fn settled(new: &NewParticipant, known: Participant, path: &str) -> Result<Participant, Problem> {
    if new.wrong_permission() {
        return Err(Problem::parameter(format!("{path}._permissions"), "Unknown permission."));
    }
    let participant = new.over(known);
    match wrong(&participant) {
        Some((member, wrong)) => Err(Problem::parameter(format!("{path}.{member}"), wrong)),
        None => Ok(participant),
    }
}

fn wrong(participant: &Participant) -> Option<(&'static str, &'static str)> {
    let required = "Missing data for required field.";
    let needs_phone = participant.delivery_channel == "sms" || participant.two_step_authentication_method == "sms";
    let rules = [
        (participant.name.trim().is_empty(), "name", required),
        (participant.delivery_channel == "email" && participant.email.is_empty(), "email", required),
        (!participant.email.is_empty() && !is_email(&participant.email), "email", "Not a valid address."),
        (needs_phone && participant.phone_number.is_empty(), "phone_number", required),
        (!is_phone(&participant.phone_number), "phone_number", "Not a valid international phone number."),
        (!CHANNELS.contains(&participant.delivery_channel.as_str()), "delivery_channel", "Not a valid choice."),
        (!SIGN_METHODS.contains(&participant.sign_method.as_str()), "sign_method", "Not a valid choice."),
        (
            !TWO_STEPS.contains(&participant.two_step_authentication_method.as_str()),
            "two_step_authentication_method",
            "Not a valid choice.",
        ),
    ];
    rules.into_iter().find(|(broken, ..)| *broken).map(|(_, member, wrong)| (member, wrong))
}

/// Empty, or with the country's code: `+46 70 123 45 67`.
fn is_phone(number: &str) -> bool {
    let digits: String = number.chars().filter(|c| ![' ', '-', '(', ')'].contains(c)).collect();
    let rest = digits.strip_prefix('+').unwrap_or_default();
    number.is_empty() || ((6..=15).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

fn nobody(id: i64, now: Timestamp) -> Participant {
    let plain = |text: &str| text.to_owned();
    Participant {
        id,
        name: String::new(),
        email: String::new(),
        phone_number: String::new(),
        title: String::new(),
        identification_number: String::new(),
        signatory: false,
        organizer: false,
        may_update: false,
        delivery_channel: plain("email"),
        sign_method: plain("standard_esign"),
        two_step_authentication_method: plain("none"),
        delivery_status: DeliveryStatus::NotSent,
        sign_state: SignState::Undecided,
        sign_state_updated: None,
        visits: Vec::new(),
        created: now,
        updated: now,
    }
}

/// `PUT /contracts/{id}/parties/{party}/participants/{participant}`
pub(super) async fn replace(
    State(twin): State<Twin>,
    headers: HeaderMap,
    Path((id, party, participant)): Path<(i64, i64, i64)>,
    body: Bytes,
) -> Response {
    twin.serve(&headers, |mut work, call| {
        let mut contract = work.books.contract(id).ok_or_else(Problem::unknown)?.clone();
        let actor = call.caller.actor(&contract)?;
        let new: NewParticipant = serde_json::from_slice(&body).map_err(|error| Problem::body(error.to_string()))?;
        if !contract.is_open() {
            return Err(Problem::conflict("The contract cannot be changed any more."));
        }
        let found = contract.parties.iter_mut().filter(|known| known.id == party);
        let mut found = found.flat_map(|known| &mut known.participants).filter(|known| known.id == participant);
        let known = found.next().ok_or_else(Problem::unknown)?;
        *known = Participant { updated: call.now, ..settled(&new, known.clone(), "participant")? };
        let shown = view::participant(known);
        contract.updated = call.now;
        let news = News::by(actor).of("participant:update", json!({"id": participant}));
        events::keep(&mut work, contract, news);
        Ok(Json(shown).into_response())
    })
}
