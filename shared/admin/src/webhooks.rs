//! Webhooks at the vendor that calls, looked after from the console.

use edge::Message;
use jiff::Timestamp;
use vendors::Right;

use crate::command::{Context, ReadingContext, Running};

/// How webhooks are looked after. `url` is the connection's own address.
#[derive(Debug, Clone, Copy)]
pub struct WebhookCommands {
    /// The right that listing them needs.
    pub right: Right,
    /// All webhooks of the account.
    pub list: for<'a> fn(ReadingContext<'a>, url: &'a str) -> Running<'a, Vec<Webhook>>,
    /// When the newest event happened that the vendor was to tell the connection's webhooks at or after `since`, delivered or not.
    pub last_told: for<'a> fn(ReadingContext<'a>, url: &'a str, since: Timestamp) -> Running<'a, Option<Timestamp>>,
    /// Makes the connection's webhook, or brings the one that exists up to date.
    pub register: for<'a> fn(Context<'a>, url: &'a str) -> Running<'a, Registered>,
    /// Has the vendor send a test through the connection's webhooks. Gives their ids.
    pub ping: for<'a> fn(Context<'a>, url: &'a str) -> Running<'a, Vec<String>>,
    /// Reads what the vendor was to tell the connection's webhooks at or after `since`, delivered or not.
    pub replay: for<'a> fn(Context<'a>, url: &'a str, since: Timestamp) -> Running<'a, Replay>,
    /// Removes webhooks. Gives the ids of those that are gone now.
    pub remove: for<'a> fn(Context<'a>, which: Removal<'a>) -> Running<'a, Vec<String>>,
}

/// Deliveries of the past that are to be queued as if they came now. Those that did arrive do no harm.
#[derive(Debug, Clone, Default)]
pub struct Replay {
    /// For the pusher's queue.
    pub messages: Vec<Message>,
    /// How many deliveries wake nobody: tests, events of other things, and those that name nobody.
    pub ignored: usize,
    /// How many entries of the vendor's log cannot be read.
    pub unreadable: usize,
}

/// Which webhooks are to be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal<'a> {
    /// All that go to this address.
    To(&'a str),
    /// The one with this id, wherever it goes to.
    Id(&'a str),
}

/// A webhook at a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// The vendor's id.
    pub id: String,
    /// Where it goes to. Of others' webhooks only the host is shown: the rest may hold a secret.
    pub url: String,
    /// Whether it goes to the connection's address.
    pub is_own: bool,
    /// Whether it sends at all.
    pub enabled: bool,
    /// The events that it sends, as the vendor names them.
    pub events: Vec<String>,
    /// What is not as it should be, a fragment each. Empty for others' webhooks.
    pub wrong: Vec<String>,
}

/// A connection's webhook after its registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The vendor's id.
    pub id: String,
    /// Whether there was none before.
    pub made: bool,
    /// What was not as it should be, a fragment each.
    pub changed: Vec<String>,
    /// Further webhooks with the same address, or an earlier one of the connection; they were left alone.
    pub others: Vec<String>,
}
