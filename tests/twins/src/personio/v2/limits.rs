//! How many calls are too many, on the twin's clock. Refused calls do not count here.
//!
//! Documented is only the limit of tokens. That every other endpoint has a bucket of its own, in which ids do not matter, is told by
//! headers seen live; so is that 429 comes without `Retry-After`.

use std::collections::VecDeque;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

use crate::locked;
use crate::personio::{Twin, token};

use super::Tenants;
use super::errors::Problem;
use super::quirks::{ErrorForm, Limits};

const MINUTE: SignedDuration = SignedDuration::from_secs(60);
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// Tokens asked for by one client: so many in a minute; beyond that one per second for the next minute.
#[derive(Debug, Default)]
pub(super) struct TokenWindow {
    calls: VecDeque<Timestamp>,
    slow_since: Option<Timestamp>,
}

impl TokenWindow {
    /// Counts a call at `now` and says whether it passes.
    pub(super) fn admits(&mut self, now: Timestamp, limit: Option<usize>) -> bool {
        let Some(limit) = limit else { return true };
        let within = |then: Timestamp, span: SignedDuration| then <= now && now.duration_since(then) < span;
        self.calls.retain(|then| within(*then, MINUTE));
        self.slow_since = self.slow_since.filter(|then| within(*then, MINUTE));
        if self.slow_since.is_none() && self.calls.len() >= limit {
            self.slow_since = Some(now);
        }
        let too_soon = self.calls.back().is_some_and(|then| within(*then, SECOND));
        let passes = self.slow_since.is_none() || !too_soon;
        if passes {
            self.calls.push_back(now);
        }
        passes
    }
}

/// A bucket that fills again by `rate` calls a second and holds as many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bucket {
    /// In thousandths of a call.
    level: u64,
    at: Timestamp,
}

impl Bucket {
    fn full(rate: u32, now: Timestamp) -> Self {
        Self { level: u64::from(rate) * 1000, at: now }
    }

    /// Takes a call out; `false` where there is none. A clock that was set back fills nothing.
    fn takes(&mut self, rate: u32, now: Timestamp) -> bool {
        let passed = u64::try_from(now.duration_since(self.at).as_millis()).unwrap_or_default();
        let filled = self.level.saturating_add(passed.saturating_mul(rate.into()));
        *self = Self { level: filled.min(u64::from(rate) * 1000), at: now };
        let left = self.level.checked_sub(1000);
        self.level = left.unwrap_or(self.level);
        left.is_some()
    }
}

/// What an endpoint's bucket says about a call.
struct Share {
    rate: u32,
    remaining: u64,
    passes: bool,
    errors: ErrorForm,
}

impl Share {
    /// Of a call whose bucket is not counted.
    fn of(rate: u32) -> Self {
        Self { rate, remaining: u64::from(rate.saturating_sub(1)), passes: true, errors: ErrorForm::default() }
    }

    fn tell(&self, headers: &mut HeaderMap) {
        let told = [
            ("x-ratelimit-replenish-rate", u64::from(self.rate)),
            ("x-ratelimit-burst-capacity", u64::from(self.rate)),
            ("x-ratelimit-requested-tokens", 1),
            ("x-ratelimit-remaining", self.remaining),
        ];
        headers.extend(told.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from(value))));
    }
}

/// The layer around v2: counts the call, and tells so on every answer.
pub(super) async fn counted(State(twin): State<Twin>, request: Request, next: Next) -> Response {
    let now = twin.desk.clock().now();
    let share = share(&twin.tenants, token(request.headers()), request.uri().path(), now);
    let mut response =
        if share.passes { next.run(request).await } else { Problem::TOO_MANY.response(now, share.errors) };
    share.tell(response.headers_mut());
    response
}

/// A caller without a valid token has no bucket.
fn share(tenants: &Tenants, token: &str, path: &str, now: Timestamp) -> Share {
    let rate = if path.starts_with("/persons") && !path.contains("/employments") { 30 } else { 10 };
    let mut tenants = locked(&tenants.0);
    let caller = tenants.values_mut().find(|books| books.tokens.iter().any(|known| known.value == token));
    let Some(books) = caller.filter(|books| books.tenant.quirks.limits == Limits::On) else { return Share::of(rate) };
    let bucket = books.buckets.entry(folded(path)).or_insert_with(|| Bucket::full(rate, now));
    let passes = bucket.takes(rate, now);
    Share { rate, remaining: bucket.level / 1000, passes, errors: books.tenant.quirks.errors }
}

/// The path with `*` for each id.
fn folded(path: &str) -> String {
    let segments =
        path.split('/').enumerate().map(|(place, segment)| if place == 2 || place == 4 { "*" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(seconds).unwrap()
    }

    #[test]
    fn beyond_the_limit_one_token_a_second_for_a_minute() {
        let mut window = TokenWindow::default();
        assert!((0..150).all(|_| window.admits(at(100), Some(150))));
        assert!(!window.admits(at(100), Some(150)));
        assert!(window.admits(at(101), Some(150)));
        assert!(!window.admits(at(101), Some(150)));
        assert!(window.admits(at(159), Some(150)));
        assert!((0..148).all(|_| window.admits(at(160), Some(150))), "the minute is over");
        assert!(!window.admits(at(160), Some(150)), "101 and 159 still count");
    }

    #[test]
    fn no_limit_is_no_limit() {
        let mut window = TokenWindow::default();
        assert!((0..1000).all(|_| window.admits(at(100), None)));
    }

    #[test]
    fn a_bucket_fills_by_its_rate_and_not_over_it() {
        let mut bucket = Bucket::full(10, at(0));
        assert!((0..10).all(|_| bucket.takes(10, at(0))));
        assert!(!bucket.takes(10, at(0)));
        let tenth = Timestamp::from_millisecond(100).unwrap();
        assert!(bucket.takes(10, tenth) && !bucket.takes(10, tenth));
        assert_eq!((0..20).filter(|_| bucket.takes(10, at(3600))).count(), 10);
        assert!(!bucket.takes(10, at(0)), "set back");
    }

    #[test]
    fn ids_do_not_matter() {
        assert_eq!(folded("/absence-periods/1/breakdowns"), folded("/absence-periods/2/breakdowns"));
        assert_ne!(folded("/absence-periods"), folded("/absence-periods/1"));
        assert_eq!(folded("/persons/1/employments/2"), folded("/persons/3/employments/4"));
    }
}
