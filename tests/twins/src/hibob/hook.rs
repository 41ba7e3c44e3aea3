//! A webhook as an administrator registers it, with the letters that wait for it.

use std::collections::{BTreeSet, VecDeque};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::event::Letter;

/// The events of workforce planning.
const EVENTS: [&str; 7] = [
    "workforcePlanning.position.created",
    "workforcePlanning.position.updated",
    "workforcePlanning.positionOpening.created",
    "workforcePlanning.positionOpening.updated",
    "workforcePlanning.positionOpening.deleted",
    "workforcePlanning.positionBudget.created",
    "workforcePlanning.positionBudget.updated",
];

/// After this HiBob gives a letter up.
const GIVEN_UP: SignedDuration = SignedDuration::from_hours(72);

/// What an administrator enters.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewHook {
    /// The endpoint.
    pub url: String,
    /// The events that are sent there.
    pub events: BTreeSet<String>,
    /// Left out: HiBob makes one, and shows it afterwards.
    #[serde(default)]
    pub secret: Option<String>,
}

impl NewHook {
    /// All events of positions and openings.
    #[must_use]
    pub fn all(url: &str) -> Self {
        let events = EVENTS.iter().filter(|name| !name.contains("Budget")).map(ToString::to_string).collect();
        Self { url: url.to_owned(), events, secret: None }
    }

    /// The three events that the vendors' article names.
    #[must_use]
    pub fn of_the_article(url: &str) -> Self {
        let mut hook = Self::all(url);
        hook.events.retain(|name| name.contains(".position.") || name.ends_with("positionOpening.created"));
        hook
    }

    pub(super) fn check(&self) -> Result<(), String> {
        match self.events.iter().find(|name| !EVENTS.contains(&name.as_str())) {
            Some(name) => Err(format!("there is no event {name}")),
            None if self.events.is_empty() => Err("a webhook is for one event or more".to_owned()),
            None => url::Url::parse(&self.url).map(drop).map_err(|error| error.to_string()),
        }
    }
}

/// A registered webhook that answered its ping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Connected {
    /// Its number.
    pub id: u64,
    /// What signs its deliveries.
    pub secret: String,
    /// What the pings were answered; null where no answer came. The second is sent if the first is refused.
    pub pings: Vec<Option<u16>>,
}

/// A registered webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hook {
    /// Its number.
    pub id: u64,
    /// The endpoint.
    pub url: String,
    /// The events that are sent there.
    pub events: BTreeSet<String>,
    /// How many letters wait, the one that is tried again among them.
    pub waiting: usize,
    /// When the first of them is tried again.
    pub next_try: Option<Timestamp>,
    #[serde(skip)]
    pub(super) secret: String,
    #[serde(skip)]
    pub(super) queue: VecDeque<Letter>,
    #[serde(skip)]
    tries: u32,
    #[serde(skip)]
    since: Option<Timestamp>,
}

impl Hook {
    pub(super) fn new(id: u64, new: NewHook, secret: String) -> Self {
        let (queue, next_try, since) = (VecDeque::new(), None, None);
        Self { id, url: new.url, events: new.events, waiting: 0, next_try, secret, queue, tries: 0, since }
    }

    pub(super) fn append(&mut self, letter: Letter) {
        self.queue.push_back(letter);
        self.waiting = self.queue.len();
    }

    /// The letter whose turn it is. One that was refused holds up the others: events come in their order.
    pub(super) fn due(&self, now: Timestamp) -> Option<&Letter> {
        self.queue.front().filter(|_| self.next_try.is_none_or(|then| then <= now))
    }

    /// The first letter was tried. Only exactly 200 counts; any other answer puts it off, for twice as long each time.
    pub(super) fn tried(&mut self, status: Option<u16>, now: Timestamp) {
        let since = *self.since.get_or_insert(now);
        if status == Some(200) || now.duration_since(since) >= GIVEN_UP {
            self.queue.pop_front();
            (self.tries, self.since, self.next_try) = (0, None, None);
        } else {
            let wait = SignedDuration::from_mins(1 << self.tries.min(10));
            self.tries += 1;
            self.next_try = Some(now.checked_add(wait).unwrap_or(Timestamp::MAX));
        }
        self.waiting = self.queue.len();
    }
}
