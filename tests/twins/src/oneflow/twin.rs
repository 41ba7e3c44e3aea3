//! The twin itself, and the way of every call: login (401), rate limit (429), then the work; then its webhooks go out.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::http::{HeaderMap, header};
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

use crate::desk::Desk;
use crate::outbox::{Delivery, Letter, Rules};
use crate::{Twins, locked, post};

use super::access::{self, Caller};
use super::account::{Account, NewField, Source, Template, TemplateType, User, Workspace};
use super::contract::Contract;
use super::mail::Mail;
use super::problem::Problem;
use super::storage::Storage;
use super::store::{Books, Ids, Store};

/// The name of the seed account.
pub const SEED_ACCOUNT: &str = "agency";
/// The token of the seed account.
pub const SEED_TOKEN: &str = "twin-oneflow-token-000000000000000000000";

/// The path segment of this vendor.
pub(super) const NAME: &str = "oneflow";

/// How long Oneflow waits for a receiver is not documented.
const PATIENCE: Duration = Duration::from_secs(5);
/// Ten tries, and nothing but 200 counts: <https://developer.oneflow.com/docs/introduction>.
const RULES: Rules = Rules { delivered: |status| status == 200, delays: &[1, 5, 10, 30, 60, 300, 600, 1800, 3600] };
const FIVE_MINUTES: SignedDuration = SignedDuration::from_mins(5);

/// Oneflow's twin. Clones share everything.
#[derive(Clone)]
pub struct Twin {
    pub(super) desk: Desk,
    pub(super) store: Arc<Mutex<Store>>,
    pub(super) storage: Arc<Mutex<Storage>>,
}

impl Default for Twin {
    fn default() -> Self {
        let twin = Self { desk: Desk::default(), store: Arc::default(), storage: Arc::default() };
        twin.start_over();
        twin
    }
}

impl Twins {
    /// Oneflow's twin.
    #[must_use]
    pub fn oneflow(&self) -> &Twin {
        self.vendor()
    }
}

/// A call that was let in.
pub(super) struct Call {
    pub(super) caller: Caller,
    /// Of the API, as the caller reached it.
    pub(super) base: String,
    pub(super) now: Timestamp,
}

/// What a call or an act may change.
pub(super) struct Work<'a> {
    pub(super) books: &'a mut Books,
    pub(super) ids: &'a mut Ids,
    pub(super) now: Timestamp,
}

impl Twin {
    /// Adds an account or changes its settings and switches. Its contracts, webhooks and mails stay.
    ///
    /// # Errors
    /// What cannot be.
    pub fn seed(&self, name: &str, account: Account) -> Result<(), String> {
        if let Some(wrong) = account.wrong() {
            return Err(wrong);
        }
        let mut store = locked(&self.store);
        store.ids.begin_at(account.ids_from);
        if let Some(books) = store.accounts.get_mut(name) {
            books.account = account;
        } else {
            store.accounts.insert(name.to_owned(), Books::open(account));
        }
        Ok(())
    }

    /// An account as it stands.
    #[must_use]
    pub fn account(&self, name: &str) -> Option<Account> {
        locked(&self.store).accounts.get(name).map(|books| books.account.clone())
    }

    /// All contracts, the oldest first; deleted ones say when.
    #[must_use]
    pub fn contracts(&self, account: &str) -> Vec<Contract> {
        self.look(account, |books| books.contracts().cloned().collect())
    }

    /// A contract that was not deleted.
    #[must_use]
    pub fn contract(&self, account: &str, id: i64) -> Option<Contract> {
        self.look(account, |books| books.contract(id).cloned())
    }

    /// What was sent to participants, oldest first.
    #[must_use]
    pub fn mails(&self, account: &str) -> Vec<Mail> {
        self.look(account, |books| books.mails.clone())
    }

    /// How often invitations to a contract were sent to this address.
    #[must_use]
    pub fn invitations(&self, account: &str, contract: i64, to: &str) -> usize {
        self.mails(account).iter().filter(|mail| mail.contract == contract && mail.to == to).count()
    }

    /// All webhook requests that were sent, oldest first.
    #[must_use]
    pub fn deliveries(&self, account: &str) -> Vec<Delivery> {
        self.look(account, |books| books.outbox.sent.clone())
    }

    /// Takes the letters that are due away, to hand them over without HTTP or not at all.
    #[must_use]
    pub fn take_due(&self, account: &str) -> Vec<Letter> {
        let now = self.desk.clock().now();
        self.look(account, |books| books.outbox.take_due(now))
    }

    /// Says what a receiver answered to a letter that was handed over: anything but 200 makes it due again.
    pub fn answered(&self, account: &str, letter: Letter, status: u16) {
        let now = self.desk.clock().now();
        self.look(account, |books| books.outbox.answered(letter, Some(status), now, &RULES));
    }

    /// Sends what is due, also where letters are held.
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
            let again = self.look(account, |books| books.outbox.answered(letter, status, now, &RULES));
            // a clock that stands still is moved by whoever fixed it, who also asks for what is due
            if let Some(seconds) = again.filter(|_| !self.desk.clock().is_fixed()) {
                self.send_later(account, Duration::from_secs(seconds.into()));
            }
        }
    }

    fn send_later(&self, account: &str, wait: Duration) {
        let (twin, account) = (self.clone(), account.to_owned());
        tokio::spawn(async move {
            tokio::time::sleep(wait).await;
            twin.deliver_due(&account).await;
        });
    }

    fn holds(&self, account: &str) -> bool {
        self.look(account, |books| books.account.modes.hold)
    }

    /// Everything back to the seed: one account with a template, and no contract.
    pub(super) fn start_over(&self) {
        *locked(&self.store) = Store::default();
        locked(&self.storage).clear();
        // the seed fits: a story would fail otherwise
        let _ = self.seed(SEED_ACCOUNT, seed());
    }

    /// A call of the API, at one instant and under one lock. Its webhooks are sent while the caller already has the answer.
    pub(super) fn serve(
        &self,
        headers: &HeaderMap,
        work: impl FnOnce(Work<'_>, &Call) -> Result<Response, Problem>,
    ) -> Response {
        let (name, served) = self.admitted(headers, work);
        if let Some(name) = name.filter(|name| !self.holds(name)) {
            self.send_later(&name, Duration::ZERO);
        }
        served.unwrap_or_else(|problem| problem.response())
    }

    fn admitted(
        &self,
        headers: &HeaderMap,
        work: impl FnOnce(Work<'_>, &Call) -> Result<Response, Problem>,
    ) -> (Option<String>, Result<Response, Problem>) {
        let now = self.desk.clock().now();
        let mut store = locked(&self.store);
        let Store { accounts, ids } = &mut *store;
        let Some((name, books)) = accounts.iter_mut().find(|(_, books)| access::opens(&books.account, headers)) else {
            return (None, Err(Problem::login()));
        };
        let served = admit(books, headers, now).and_then(|call| work(Work { books, ids, now }, &call));
        (Some(name.clone()), served)
    }

    /// An act of people, at one instant. Its webhooks are delivered, held or lost when this returns.
    pub(super) async fn act<T>(
        &self,
        account: &str,
        act: impl FnOnce(&mut Work<'_>) -> Result<T, String>,
    ) -> Result<T, String> {
        let done = self.change(account, act)?;
        if !self.holds(account) {
            self.deliver_due(account).await;
        }
        Ok(done)
    }

    fn change<T>(&self, account: &str, act: impl FnOnce(&mut Work<'_>) -> Result<T, String>) -> Result<T, String> {
        let now = self.desk.clock().now();
        let mut store = locked(&self.store);
        let Store { accounts, ids } = &mut *store;
        let books = accounts.get_mut(account).ok_or_else(|| format!("there is no account {account}"))?;
        act(&mut Work { books, ids, now })
    }

    fn look<T: Default>(&self, account: &str, look: impl FnOnce(&mut Books) -> T) -> T {
        locked(&self.store).accounts.get_mut(account).map(look).unwrap_or_default()
    }
}

fn admit(books: &mut Books, headers: &HeaderMap, now: Timestamp) -> Result<Call, Problem> {
    if let Some(limit) = books.account.limit {
        books.window.admit_within(now, limit, FIVE_MINUTES).map_err(|_| Problem::too_many())?;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let caller = access::caller(&books.account, headers)?;
    Ok(Call { caller, base: format!("http://{host}/{NAME}/v1"), now })
}

fn seed() -> Account {
    let user = |name: &str, admin| User {
        email: format!("{name}@agency.example"),
        name: format!("Sample {name}"),
        admin,
        workspaces: None,
    };
    let field = |custom_id: &str, name: &str| NewField {
        custom_id: custom_id.to_owned(),
        name: name.to_owned(),
        id: None,
        description: String::new(),
        placeholder: String::new(),
        value: String::new(),
        source: Source::User,
    };
    Account {
        users: vec![user("admin", true), user("recruiter", false)],
        workspaces: vec![Workspace { id: 11, name: "Recruiting".to_owned(), date_format: "YYYY-MM-DD".to_owned() }],
        template_types: vec![TemplateType {
            id: 21,
            name: "Employment".to_owned(),
            description: String::new(),
            extension_type: None,
            data_fields: vec![field("oneflow-start-date", "Start date"), field("oneflow-city", "City")],
        }],
        templates: vec![Template {
            id: 31,
            name: "Employment contract".to_owned(),
            template_type_id: 21,
            workspaces: vec![11],
        }],
        ..Account::new(SEED_TOKEN)
    }
}
