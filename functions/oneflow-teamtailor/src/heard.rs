//! What a vendor's delivery says: both vendors' become the same few things.

use edge::http::Request;
use jiff::Timestamp;
use reconcile::{Signal, Trigger};
use vendors::oneflow::event::EventType;
use vendors::oneflow::webhook::{self as oneflow, Expected};
use vendors::teamtailor::webhook::{self as teamtailor, Change};
use vendors::value::Personal;

use crate::connection::{Interest, Settings};
use crate::link;

/// Who delivers: the last segment of the webhook's path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    Oneflow,
    Teamtailor,
}

/// A delivery whose sender has proved to know the key, or needs none.
pub(crate) struct Heard {
    /// What it says of its thing, by its type.
    pub(crate) ids: Vec<(&'static str, String)>,
    /// What arrived, to be kept where it cannot be used.
    pub(crate) content: Personal<String>,
    pub(crate) news: News,
}

/// What follows from a delivery.
pub(crate) enum News {
    /// A signal, and what tells the delivery from all others.
    Signal(Signal, Vec<String>),
    /// Nothing, and why.
    Ignored(&'static str),
    /// It cannot be read: why.
    Unreadable(String),
}

impl Sender {
    /// Who delivers to this path.
    pub(crate) fn of(request: &Request) -> Option<Self> {
        match request.segment.as_deref() {
            Some("oneflow") => Some(Self::Oneflow),
            Some("teamtailor") => Some(Self::Teamtailor),
            _ => None,
        }
    }
}

/// Hears a delivery.
///
/// # Errors
/// Why the sender is turned away.
pub(crate) fn hear(sender: Sender, request: &Request, settings: &Settings, now: Timestamp) -> Result<Heard, String> {
    match sender {
        Sender::Oneflow => from_oneflow(request, settings, now),
        Sender::Teamtailor => from_teamtailor(request, settings, now),
    }
}

fn from_oneflow(request: &Request, settings: &Settings, now: Timestamp) -> Result<Heard, String> {
    let keys = settings.oneflow_sign_keys.as_slice();
    let expected = if keys.is_empty() { Expected::Unsigned } else { Expected::SignedWith(keys) };
    let verified = oneflow::verify(request.body.bytes(), expected, now).map_err(|refused| refused.to_string())?;
    let news = match verified.read() {
        Ok(delivery) => news_of_contract(&delivery),
        Err(error) => News::Unreadable(error.to_string()),
    };
    Ok(Heard { ids: verified.ids(), content: verified.content(), news })
}

/// One callback can hold several events of its contract: they are one signal.
pub(crate) fn news_of_contract(delivery: &oneflow::Delivery) -> News {
    let known = delivery.events.iter().filter(|event| !matches!(event.kind, EventType::Other(_)));
    if known.clone().next().is_none() {
        return News::Ignored("no event of a contract, its participants or its data fields");
    }
    let deleted = known.clone().any(|event| event.kind == EventType::ContractDelete);
    let occurred_at = known.filter_map(|event| event.occurred_at).max();
    let signal = Signal::new(link::contract(delivery.contract), Trigger::Event { deleted, occurred_at });
    News::Signal(signal, vec![delivery.callback.to_string(), delivery.contract.to_string()])
}

fn from_teamtailor(request: &Request, settings: &Settings, now: Timestamp) -> Result<Heard, String> {
    let (headers, body) = (&request.headers, request.body.bytes());
    let verified = teamtailor::verify(headers, body, &settings.webhook_secrets, now);
    let verified = verified.map_err(|refused| refused.to_string())?;
    let news = match verified.read() {
        Ok(delivery) => news_of_candidate(&delivery, settings.interest(), verified.key()),
        Err(error) => News::Unreadable(error.to_string()),
    };
    Ok(Heard { ids: verified.ids(), content: verified.content(), news })
}

/// What follows from an event of a candidate or an application.
pub(crate) fn news_of_candidate(delivery: &teamtailor::Delivery, interest: Interest, key: String) -> News {
    let event = |deleted| Trigger::Event { deleted, occurred_at: None };
    let Interest { follows, starts } = interest;
    match delivery {
        teamtailor::Delivery::Candidate(Change::Destroyed, id) => {
            News::Signal(Signal::new(link::candidate(id), event(true)), vec![key])
        }
        // an edit may reach contracts, or bring what one could not be made without
        teamtailor::Delivery::Candidate(Change::Updated, id) if follows || starts => {
            News::Signal(Signal::new(link::candidate(id), event(false)), vec![key])
        }
        teamtailor::Delivery::Candidate(..) => News::Ignored("the candidate's edits reach no contract"),
        teamtailor::Delivery::Application(Change::Created | Change::Updated, id) if starts => {
            News::Signal(Signal::new(link::application(id), event(false)), vec![key])
        }
        teamtailor::Delivery::Application(..) => News::Ignored("the application starts no contract"),
        teamtailor::Delivery::Other(_) => News::Ignored("no event of a candidate or an application"),
    }
}
