//! The twin itself, and the way of every call: login and region (401), version (406), rate limit (429), then the work; then its webhooks
//! go out.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

use crate::desk::Desk;
use crate::outbox::{Delivery, Letter, Rules};
use crate::{Twins, locked, post};

use super::access;
use super::account::{Account, CustomField, FieldKind, Job, Limit, NamedOption, Stage, User};
use super::problem::Problem;
use super::store::{Application, Books, Candidate, Note, Store, Upload};
use super::values;

/// The name of the seed account.
pub const SEED_ACCOUNT: &str = "agency";
/// The API key of the seed account, which lives in the EU.
pub const SEED_TOKEN: &str = "twin-teamtailor-key";

/// The path segment of this vendor.
pub(super) const NAME: &str = "teamtailor";

/// How long Teamtailor waits for a receiver is not documented.
const PATIENCE: Duration = Duration::from_secs(5);
/// Nothing is tried again.
const RULES: Rules = Rules { delivered: |status| matches!(status, 200..=299), delays: &[] };

/// Teamtailor's twin. Clones share everything.
#[derive(Clone)]
pub struct Twin {
    pub(super) desk: Desk,
    pub(super) store: Arc<Mutex<Store>>,
}

impl Default for Twin {
    fn default() -> Self {
        let twin = Self { desk: Desk::default(), store: Arc::default() };
        twin.start_over();
        twin
    }
}

impl Twins {
    /// Teamtailor's twin.
    #[must_use]
    pub fn teamtailor(&self) -> &Twin {
        self.vendor()
    }
}

/// A call that was let in, and what it may change.
pub(super) struct Call<'a> {
    pub(super) books: &'a mut Books,
    /// Of the API, as the caller reached it.
    pub(super) base: String,
    pub(super) now: Timestamp,
}

impl Twin {
    /// Adds an account or changes its settings and switches. Its candidates, and all that is about them, stay.
    ///
    /// # Errors
    /// What cannot be.
    pub fn seed(&self, name: &str, account: Account) -> Result<(), String> {
        if let Some(wrong) = account.wrong() {
            return Err(wrong);
        }
        let mut store = locked(&self.store);
        if let Some(books) = store.0.get_mut(name) {
            books.account = account;
        } else {
            store.0.insert(name.to_owned(), Books::open(account));
        }
        Ok(())
    }

    /// An account as it stands.
    #[must_use]
    pub fn account(&self, name: &str) -> Option<Account> {
        self.look(name, |books| Some(books.account.clone()))
    }

    /// All candidates, the oldest first.
    #[must_use]
    pub fn candidates(&self, account: &str) -> Vec<Candidate> {
        self.look(account, |books| books.candidates.clone())
    }

    /// All applications, the oldest first.
    #[must_use]
    pub fn applications(&self, account: &str) -> Vec<Application> {
        self.look(account, |books| books.applications.clone())
    }

    /// What a candidate has in the field of this API name, as it is read; null where there is nothing.
    #[must_use]
    pub fn value(&self, account: &str, candidate: u64, api_name: &str) -> serde_json::Value {
        self.look(account, |books| {
            let field = books.account.field_called(api_name)?;
            Some(values::shown(field, &books.value_of(candidate, field.id)?.value, &books.account))
        })
        .unwrap_or_default()
    }

    /// A candidate's uploads, the oldest first.
    #[must_use]
    pub fn uploads(&self, account: &str, candidate: u64) -> Vec<Upload> {
        self.look(account, |books| books.uploads.iter().filter(|one| one.candidate == candidate).cloned().collect())
    }

    /// A candidate's notes, the oldest first.
    #[must_use]
    pub fn notes(&self, account: &str, candidate: u64) -> Vec<Note> {
        self.look(account, |books| books.notes.iter().filter(|one| one.candidate == candidate).cloned().collect())
    }

    /// All webhook requests that were sent, oldest first.
    #[must_use]
    pub fn deliveries(&self, account: &str) -> Vec<Delivery> {
        self.look(account, |books| books.outbox.sent.clone())
    }

    /// Takes the letters that wait away, to hand them over without HTTP or not at all.
    #[must_use]
    pub fn take_due(&self, account: &str) -> Vec<Letter> {
        let now = self.desk.clock().now();
        self.look(account, |books| books.outbox.take_due(now))
    }

    /// Sends what waits, also where letters are held.
    pub async fn deliver_due(&self, account: &str) {
        self.send(account, self.take_due(account)).await;
    }

    /// Sends waiting letters in this order; a number named twice is sent twice. What is not named waits.
    ///
    /// # Errors
    /// No such letter waits; nothing is sent then.
    pub async fn release(&self, account: &str, numbers: &[u64]) -> Result<(), String> {
        let letters = self.look(account, |books| books.outbox.take(numbers));
        self.send(account, letters.ok_or("no such delivery waits")?).await;
        Ok(())
    }

    async fn send(&self, account: &str, letters: Vec<Letter>) {
        for letter in letters {
            let status = post::send(&letter.url, &letter.headers, &letter.body, PATIENCE).await;
            let now = self.desk.clock().now();
            self.look(account, |books| books.outbox.answered(letter, status, now, &RULES));
        }
    }

    fn holds(&self, account: &str) -> bool {
        self.look(account, |books| books.account.modes.hold)
    }

    /// Everything back to the seed: one account with a job, and nobody who applied.
    pub(super) fn start_over(&self) {
        *locked(&self.store) = Store::default();
        // the seed fits: a story would fail otherwise
        let _ = self.seed(SEED_ACCOUNT, seed());
    }

    /// A call of the API, at one instant and under one lock. Its webhooks are sent while the caller already has the answer.
    pub(super) fn serve(
        &self,
        region: &str,
        headers: &HeaderMap,
        work: impl FnOnce(Call<'_>) -> Result<Response, Problem>,
    ) -> Response {
        let now = self.desk.clock().now();
        let mut store = locked(&self.store);
        let opened = store.0.iter_mut().find(|(_, books)| access::opens(&books.account, region, headers));
        let Some((name, books)) = opened else { return Problem::login().response(false) };
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let base = format!("http://{host}/{NAME}/{region}/v1");
        let answer = answered(books, headers, now, |books| work(Call { books, base, now }));
        let name = name.clone();
        drop(store);
        self.send_soon(&name);
        answer
    }

    fn send_soon(&self, account: &str) {
        if !self.holds(account) {
            let (twin, account) = (self.clone(), account.to_owned());
            tokio::spawn(async move { twin.deliver_due(&account).await });
        }
    }

    /// An act of people, at one instant. Its webhooks are delivered, held or lost when this returns.
    pub(super) async fn act<T>(
        &self,
        account: &str,
        act: impl FnOnce(&mut Books, Timestamp) -> Result<T, String>,
    ) -> Result<T, String> {
        let done = {
            let now = self.desk.clock().now();
            let mut store = locked(&self.store);
            let books = store.0.get_mut(account).ok_or_else(|| format!("there is no account {account}"))?;
            act(books, now)?
        };
        if !self.holds(account) {
            self.deliver_due(account).await;
        }
        Ok(done)
    }

    fn look<T: Default>(&self, account: &str, look: impl FnOnce(&mut Books) -> T) -> T {
        locked(&self.store).0.get_mut(account).map(look).unwrap_or_default()
    }
}

fn answered(
    books: &mut Books,
    headers: &HeaderMap,
    now: Timestamp,
    work: impl FnOnce(&mut Books) -> Result<Response, Problem>,
) -> Response {
    let version = access::version(headers);
    let counted = version.clone().and_then(|_| admit(books, now));
    let served = counted.and_then(|()| work(books));
    let retry_after = books.account.limit.is_some_and(|limit| limit.retry_after);
    let wait = served.as_ref().err().and_then(|problem| problem.wait);
    let mut response = served.unwrap_or_else(|problem| problem.response(books.account.integer_status));
    let mut set = |name: &'static str, value: String| {
        if let Ok(value) = HeaderValue::try_from(value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    };
    if let Ok(version) = version {
        set("x-api-version", version.to_owned());
    }
    let limit = books.account.limit.unwrap_or(Limit { calls: 50, seconds: 10, retry_after: false });
    set("x-rate-limit-limit", limit.calls.to_string());
    set("x-rate-limit-remaining", limit.calls.saturating_sub(books.window.counted()).to_string());
    // seconds that are left, no point in time
    set("x-rate-limit-reset", wait.unwrap_or_else(|| limit.seconds.into()).to_string());
    if let Some(wait) = wait.filter(|_| retry_after) {
        set("retry-after", wait.to_string());
    }
    response
}

fn admit(books: &mut Books, now: Timestamp) -> Result<(), Problem> {
    let Some(Limit { calls, seconds, .. }) = books.account.limit else { return Ok(()) };
    let span = SignedDuration::from_secs(seconds.into());
    books.window.admit_within(now, calls, span).map_err(Problem::too_many)
}

fn seed() -> Account {
    let field = |id, name: &str, api_name: &str, kind, options| CustomField {
        id,
        name: name.to_owned(),
        api_name: api_name.to_owned(),
        kind,
        options,
    };
    let cities = ["Stockholm", "Berlin"].into_iter().zip(901..);
    let cities = cities.map(|(value, id)| NamedOption { id, value: value.to_owned() }).collect();
    let stage = |id, name: &str| Stage { id, name: name.to_owned(), job: 41 };
    Account {
        users: vec![User { id: 61, name: "Sample recruiter".to_owned(), email: "recruiter@agency.example".to_owned() }],
        jobs: vec![Job { id: 41, title: "Designer".to_owned(), recruiter: Some(61) }],
        stages: vec![stage(51, "Inbox"), stage(52, "Offer"), stage(53, "Hired")],
        custom_fields: vec![
            field(71, "Start date", "oneflow-start-date", FieldKind::Date, Vec::new()),
            field(72, "City", "oneflow-city", FieldKind::Select, cities),
        ],
        ..Account::new(SEED_TOKEN)
    }
}
