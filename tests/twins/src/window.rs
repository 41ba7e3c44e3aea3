//! A rate limit of so many calls within a span, read strictly: any such span counts, and refused calls do, too.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// The calls of one account within the last span.
#[derive(Debug, Default)]
pub(crate) struct Window(VecDeque<Timestamp>);

impl Window {
    /// Counts a call at `now`; the error is after how many whole seconds a call would pass, if none came until then.
    pub(crate) fn admit(&mut self, now: Timestamp, per_minute: usize) -> Result<(), i64> {
        self.admit_within(now, per_minute, MINUTE)
    }

    /// The same for another span than a minute.
    pub(crate) fn admit_within(&mut self, now: Timestamp, most: usize, span: SignedDuration) -> Result<(), i64> {
        // a clock that was set back has not seen what lies ahead of it
        self.0.retain(|then| *then <= now && now.duration_since(*then) < span);
        self.0.push_back(now);
        if self.0.len() <= most {
            return Ok(());
        }
        let blocking = self.0.get(self.0.len() - most).copied().unwrap_or(now);
        Err(whole_seconds(span - now.duration_since(blocking)))
    }

    /// How many calls counted when the last one came.
    pub(crate) fn counted(&self) -> usize {
        self.0.len()
    }

    /// How many calls would pass now.
    pub(crate) fn left(&self, per_minute: usize) -> usize {
        per_minute.saturating_sub(self.0.len())
    }
}

fn whole_seconds(wait: SignedDuration) -> i64 {
    wait.as_secs() + i64::from(wait.subsec_nanos() > 0)
}
