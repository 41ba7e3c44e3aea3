//! Personio's rate limit: 20 calls per 60 s for each endpoint and company, "after that wait 60 seconds".
//!
//! Source: <https://developer.personio.de/reference/introduction-1>. Read strictly: refused calls count, and the call that goes over
//! closes the endpoint for a whole window. Neither body nor `Retry-After` is documented, so neither is sent.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// Each endpoint has its own count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Endpoint {
    Applications,
    Documents,
}

/// The calls of one company to one endpoint.
#[derive(Debug, Default)]
pub(super) struct Window {
    calls: VecDeque<Timestamp>,
    closed_at: Option<Timestamp>,
}

impl Window {
    /// Counts a call at `now` and says whether it passes.
    pub(super) fn admits(&mut self, now: Timestamp, limit: usize, window_seconds: u32) -> bool {
        let window = SignedDuration::from_secs(window_seconds.into());
        // a clock that was set back has not seen what lies ahead of it
        let inside = |then: &Timestamp| *then <= now && now.duration_since(*then) < window;
        self.calls.retain(inside);
        self.closed_at = self.closed_at.filter(inside);
        let full = self.calls.len() >= limit;
        self.calls.push_back(now);
        if self.closed_at.is_none() && full {
            self.closed_at = Some(now);
        }
        self.closed_at.is_none()
    }
}
