//! The authorization firewall: whoever is refused too often is shut out. <https://apidocs.hibob.com/reference/rate-limiting>
//!
//! That it exists is documented. Reported are 50 answers of 401 or of 403 within 10 seconds, and 5 minutes. Callers are told apart by
//! their `Authorization`.

use std::collections::{HashMap, VecDeque};

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};

const REFUSALS: usize = 50;
const WITHIN: SignedDuration = SignedDuration::from_secs(10);
const SHUT_FOR: SignedDuration = SignedDuration::from_mins(5);

/// Who was refused when, and who is shut out since when.
#[derive(Debug, Default)]
pub(super) struct Firewall {
    refusals: HashMap<(String, StatusCode), VecDeque<Timestamp>>,
    shut: HashMap<String, Timestamp>,
}

impl Firewall {
    /// Whether the caller is shut out.
    pub(super) fn is_shut(&self, caller: &str, now: Timestamp) -> bool {
        self.shut.get(caller).is_some_and(|since| *since <= now && now.duration_since(*since) < SHUT_FOR)
    }

    /// Counts an answer.
    pub(super) fn note(&mut self, caller: &str, status: StatusCode, now: Timestamp) {
        if ![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status) {
            return;
        }
        let refusals = self.refusals.entry((caller.to_owned(), status)).or_default();
        refusals.retain(|then| *then <= now && now.duration_since(*then) < WITHIN);
        refusals.push_back(now);
        if refusals.len() >= REFUSALS {
            self.shut.insert(caller.to_owned(), now);
        }
    }
}
