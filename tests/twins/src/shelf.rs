//! Records in the order of their creation, with what they were before: reads may lag behind.

use std::collections::HashMap;
use std::hash::Hash;

use jiff::{SignedDuration, Timestamp};

/// How far a read sees: what happened later than this is not shown yet. `None`: everything is.
pub(crate) type Horizon = Option<Timestamp>;

/// The horizon of a read at `now`.
pub(crate) fn horizon(now: Timestamp, lag_seconds: u32) -> Horizon {
    let lag = SignedDuration::from_secs(lag_seconds.into());
    (lag_seconds > 0).then(|| now.checked_sub(lag).unwrap_or(Timestamp::MIN))
}

/// Places never change, so a page can go on where another one ended, whatever was created or deleted in between.
#[derive(Debug)]
pub(crate) struct Shelf<K, T> {
    records: Vec<Record<T>>,
    places: HashMap<K, usize>,
}

impl<K, T> Default for Shelf<K, T> {
    fn default() -> Self {
        Self { records: Vec::new(), places: HashMap::new() }
    }
}

#[derive(Debug)]
struct Record<T> {
    /// `None`: deleted.
    now: Option<T>,
    /// The clock's time of the last act.
    since: Timestamp,
    /// What was before, oldest first, each with the clock's time of its act.
    former: Vec<(Timestamp, Option<T>)>,
}

impl<T> Record<T> {
    fn seen(&self, horizon: Horizon) -> Option<&T> {
        match horizon {
            Some(horizon) if self.since > horizon => {
                let known = self.former.iter().rev().find(|(at, _)| *at <= horizon);
                known.and_then(|(_, state)| state.as_ref())
            }
            _ => self.now.as_ref(),
        }
    }

    fn becomes(&mut self, state: Option<T>, at: Timestamp) {
        let before = std::mem::replace(&mut self.now, state);
        self.former.push((self.since, before));
        self.since = at;
    }
}

impl<K: Copy + Eq + Hash, T> Shelf<K, T> {
    /// Something new, or a new state of what is known, since `at` on the twin's clock.
    pub(crate) fn put(&mut self, id: K, state: T, at: Timestamp) {
        match self.places.get(&id).and_then(|place| self.records.get_mut(*place)) {
            Some(record) => record.becomes(Some(state), at),
            None => {
                self.places.insert(id, self.records.len());
                self.records.push(Record { now: Some(state), since: at, former: Vec::new() });
            }
        }
    }

    /// It is gone since `at`. `false`: there is none.
    pub(crate) fn remove(&mut self, id: K, at: Timestamp) -> bool {
        let record = self.places.get(&id).and_then(|place| self.records.get_mut(*place));
        let there = record.filter(|record| record.now.is_some());
        there.map(|record| record.becomes(None, at)).is_some()
    }

    /// Whether the id was ever given.
    pub(crate) fn knows(&self, id: K) -> bool {
        self.places.contains_key(&id)
    }

    /// One of them, as a read with this horizon sees it.
    pub(crate) fn seen(&self, id: K, horizon: Horizon) -> Option<&T> {
        self.places.get(&id).and_then(|place| self.records.get(*place)).and_then(|record| record.seen(horizon))
    }

    /// All from this place on, with their places.
    pub(crate) fn from(&self, place: usize, horizon: Horizon) -> impl Iterator<Item = (usize, &T)> {
        let records = self.records.iter().enumerate().skip(place);
        records.filter_map(move |(place, record)| Some((place, record.seen(horizon)?)))
    }

    /// These from this place on, in the shelf's order.
    pub(crate) fn among(&self, ids: &[K], from: usize, horizon: Horizon) -> impl Iterator<Item = (usize, &T)> {
        let places = ids.iter().filter_map(|id| self.places.get(id).copied()).filter(|place| *place >= from);
        let mut places: Vec<_> = places.collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().filter_map(move |place| Some((place, self.records.get(place)?.seen(horizon)?)))
    }

    /// All that there are, in the order of their creation.
    pub(crate) fn all(&self) -> impl Iterator<Item = &T> {
        self.records.iter().filter_map(|record| record.now.as_ref())
    }
}
