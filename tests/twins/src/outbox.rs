//! Webhooks on their way: what waits, when it is due, and what was sent.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::target;

/// How webhooks are delivered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Modes {
    /// Every event is delivered so many times, one after the other.
    pub deliveries: u32,
    /// Letters are kept until they are released, in whatever order.
    pub hold: bool,
    /// Nothing is delivered. The log of events knows what happened.
    pub lost: bool,
}

impl Default for Modes {
    fn default() -> Self {
        Self { deliveries: 1, hold: false, lost: false }
    }
}

/// A webhook request that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its number; the same in every try.
    pub number: u64,
    /// The target.
    pub url: String,
    /// Beside `Content-Type`.
    pub headers: Vec<(String, String)>,
    /// The body, which does not change between tries.
    pub body: String,
    /// How often it was tried.
    pub tries: usize,
    /// When it is sent, on the twin's clock.
    pub due: Timestamp,
}

/// One request that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// The letter's number.
    pub number: u64,
    /// The target without secrets.
    pub url: String,
    /// The body as it was sent.
    pub body: String,
    /// The status answered; none where no answer came in time.
    pub status: Option<u16>,
    /// When it was sent, on the twin's clock.
    pub at: Timestamp,
}

/// What a vendor takes for delivered, and after how many seconds it tries again.
pub(crate) struct Rules {
    pub(crate) delivered: fn(u16) -> bool,
    pub(crate) delays: &'static [u32],
}

/// The webhooks of one account.
#[derive(Default)]
pub(crate) struct Outbox {
    pub(crate) waiting: Vec<Letter>,
    pub(crate) sent: Vec<Delivery>,
    given: u64,
}

impl Outbox {
    /// The number of the next letter.
    pub(crate) fn next(&self) -> u64 {
        self.given + 1
    }

    /// A letter that is due at once, as often as the modes say.
    pub(crate) fn put(
        &mut self,
        url: &str,
        headers: Vec<(String, String)>,
        body: String,
        now: Timestamp,
        modes: &Modes,
    ) {
        self.given += 1;
        let letter = Letter { number: self.given, url: url.to_owned(), headers, body, tries: 0, due: now };
        let copies = if modes.lost { 0 } else { modes.deliveries.max(1) };
        self.waiting.extend((0..copies).map(|_| letter.clone()));
    }

    /// Takes what is due away.
    pub(crate) fn take_due(&mut self, now: Timestamp) -> Vec<Letter> {
        self.waiting.extract_if(.., |letter| letter.due <= now).collect()
    }

    /// The letters with these numbers, in this order, a number named twice twice; they wait no more. `None`: one does not wait.
    pub(crate) fn take(&mut self, numbers: &[u64]) -> Option<Vec<Letter>> {
        let waits = |number: &u64| self.waiting.iter().find(|letter| letter.number == *number).cloned();
        let letters: Vec<_> = numbers.iter().map(waits).collect::<Option<_>>()?;
        self.waiting.retain(|letter| !numbers.contains(&letter.number));
        Some(letters)
    }

    /// Keeps a record of a try. Gives the seconds after which the letter is due again, where it is.
    pub(crate) fn answered(
        &mut self,
        letter: Letter,
        status: Option<u16>,
        now: Timestamp,
        rules: &Rules,
    ) -> Option<u32> {
        let (url, body) = (target::masked(&letter.url), letter.body.clone());
        self.sent.push(Delivery { number: letter.number, url, body, status, at: now });
        if status.is_some_and(rules.delivered) {
            return None;
        }
        let delay = *rules.delays.get(letter.tries)?;
        let due = now.checked_add(SignedDuration::from_secs(delay.into())).unwrap_or(Timestamp::MAX);
        self.waiting.push(Letter { tries: letter.tries + 1, due, ..letter });
        Some(delay)
    }
}
