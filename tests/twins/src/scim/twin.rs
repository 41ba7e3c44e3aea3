//! The twin itself, and the way of every call: maintenance, login (401), rate limit (429), then the work.

use std::sync::{Arc, Mutex};

use axum::http::{HeaderMap, header};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::json;

use crate::desk::Desk;
use crate::{Twins, locked};

use super::account::{Account, ErrorForm, Media};
use super::answer;
use super::login;
use super::problem::Problem;
use super::replies::Reply;
use super::resource::Attributes;
use super::seeds;
use super::store::{Event, Partner, Store};
use super::user::User;

/// The name of the seed account.
pub const SEED_ACCOUNT: &str = "partner";
/// The token of the seed account.
pub const SEED_TOKEN: &str = "twin-scim-token";

/// The path segment of this vendor.
pub(super) const NAME: &str = "scim";

/// The partners' SCIM servers. Clones share everything.
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
    /// The partners' SCIM servers.
    #[must_use]
    pub fn scim(&self) -> &Twin {
        self.vendor()
    }
}

/// A call that was let in.
pub(super) struct Call {
    /// The account's name.
    pub(super) name: String,
    pub(super) account: Account,
    /// The account's address, as the caller reached it.
    pub(super) base: String,
    pub(super) now: Timestamp,
}

impl Twin {
    /// Adds or replaces an account. Its users stay, unless the new account brings its own.
    ///
    /// # Errors
    /// One of the users that it brings cannot be.
    pub fn seed(&self, name: &str, account: Account) -> Result<(), String> {
        let now = self.desk.clock().now();
        let mut store = locked(&self.store);
        let ids = store.0.get(name).map(Partner::ids).unwrap_or_default();
        let settled = seeds::settled(name, &account, ids, now)?;
        let known = store.0.entry(name.to_owned()).or_default();
        match settled {
            Some(partner) => *known = partner,
            None => known.account = account,
        }
        Ok(())
    }

    /// An account as it stands.
    #[must_use]
    pub fn account(&self, name: &str) -> Option<Account> {
        locked(&self.store).0.get(name).map(|partner| partner.account.clone())
    }

    /// The users that are there, oldest first; deleted ones only where they stay.
    #[must_use]
    pub fn users(&self, account: &str) -> Vec<User> {
        locked(&self.store).0.get(account).map(|partner| partner.users.clone()).unwrap_or_default()
    }

    /// The user with this name, whatever its case.
    #[must_use]
    pub fn user(&self, account: &str, user_name: &str) -> Option<User> {
        locked(&self.store).0.get(account).and_then(|partner| partner.named(user_name).cloned())
    }

    /// Everything that happened to users, oldest first.
    #[must_use]
    pub fn history(&self, account: &str) -> Vec<Event> {
        locked(&self.store).0.get(account).map(|partner| partner.history.clone()).unwrap_or_default()
    }

    /// Everything back to the seed: one partner with an administrator of its own. No id is given twice, as RFC 7643 (3.1) wants.
    pub(super) fn start_over(&self) {
        let given = locked(&self.store).0.get(SEED_ACCOUNT).map(Partner::ids).unwrap_or_default();
        let partner = Partner::open(Account::new(SEED_TOKEN), given);
        *locked(&self.store) = Store([(SEED_ACCOUNT.to_owned(), partner)].into());
        let mut admin = Attributes::new();
        admin.insert("userName".to_owned(), json!("admin@partner.example"));
        admin.insert("active".to_owned(), json!(true));
        let account = Account { users: Some(vec![admin]), ..Account::new(SEED_TOKEN) };
        // the seed fits: a story would fail otherwise
        let _ = self.seed(SEED_ACCOUNT, account);
    }

    /// Everything at one instant and under one lock.
    pub(super) fn serve(
        &self,
        name: &str,
        headers: &HeaderMap,
        work: impl FnOnce(&mut Partner, &Call) -> Result<Reply, Problem>,
    ) -> Response {
        let now = self.desk.clock().now();
        let mut store = locked(&self.store);
        let Some(partner) = store.0.get_mut(name) else {
            return answer::refusal(&Problem::plain(404, "No such account."), ErrorForm::Full, Media::Scim);
        };
        let account = partner.account.clone();
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let call = Call { name: name.to_owned(), base: format!("http://{host}/{NAME}/{name}"), account, now };
        let served = admit(partner, headers, now).and_then(|()| work(partner, &call));
        match served {
            Ok(reply) => reply.response(&call.account),
            Err(problem) => answer::refusal(&problem, call.account.error_form, call.account.media),
        }
    }
}

fn admit(partner: &mut Partner, headers: &HeaderMap, now: Timestamp) -> Result<(), Problem> {
    if let Some(maintenance) = partner.account.maintenance.filter(|maintenance| now < maintenance.until) {
        let wait = maintenance.until.duration_since(now).as_secs().max(1);
        let wait = maintenance.retry_after.then_some(wait);
        return Err(Problem::later(maintenance.status, "The server is being maintained.", wait));
    }
    login::check(&partner.account, headers, now)?;
    let Some(limit) = partner.account.limit else { return Ok(()) };
    let admitted = partner.window.admit(now, limit.per_minute);
    admitted.map_err(|wait| Problem::later(429, "Too many calls.", limit.retry_after.then_some(wait)))
}
