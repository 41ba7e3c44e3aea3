//! helloHQ's API v2: absences and users.
//!
//! Follows the vendor's guide at <https://developer.hellohq.io> and its description of API 2.0
//! (everii-Group/helloHQ-developer-docs, docs/swagger20.json). The description knows only the status 200; what else is
//! answered is listed in README.md as reported by users or assumed.

mod absences;
mod account;
mod acts;
mod drafts;
mod fields;
mod filter;
mod kinds;
mod lists;
mod options;
mod problems;
mod state;
mod times;
mod tokens;
mod users;

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, put};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::desk::Desk;
use crate::{Twins, Vendor, doors, locked};

pub use self::account::{Account, Limit, ListForm, OptionNames, ProblemForm};
pub use self::acts::Entry;
pub use self::kinds::Kind;
use self::problems::Problem;
use self::state::Store;
pub use self::state::{Absence, Act, Event, Origin};
pub use self::times::{Moment, Month};
pub use self::users::User;

/// The name of the seed account.
pub const SEED_ACCOUNT: &str = "agency";
/// The sync token of the seed account.
pub const SEED_TOKEN: &str = "twin-hq-token";

/// The path segment of this vendor.
const NAME: &str = "hellohq";

/// helloHQ's twin. Clones share everything.
#[derive(Clone, Default)]
pub struct Twin {
    desk: Desk,
    store: Arc<Mutex<Store>>,
}

impl Twins {
    /// helloHQ's twin.
    #[must_use]
    pub fn hellohq(&self) -> &Twin {
        self.vendor()
    }
}

/// A call that was let in.
struct Call {
    name: String,
    account: Account,
    now: Timestamp,
}

impl Twin {
    /// Adds or replaces an account. Its absences stay.
    pub fn seed(&self, name: &str, account: Account) {
        locked(&self.store).accounts.insert(name.to_owned(), account);
    }

    /// An account as it stands.
    #[must_use]
    pub fn account(&self, name: &str) -> Option<Account> {
        locked(&self.store).accounts.get(name).cloned()
    }

    /// The account's absences that stand, oldest first.
    #[must_use]
    pub fn absences(&self, account: &str) -> Vec<Absence> {
        self.all_absences(account).into_iter().filter(Absence::stands).collect()
    }

    /// The same with the deleted ones.
    #[must_use]
    pub fn all_absences(&self, account: &str) -> Vec<Absence> {
        locked(&self.store).absences.iter().filter(|absence| absence.account == account).cloned().collect()
    }

    /// Every absence that came or went, in all accounts, in the order in which it happened.
    #[must_use]
    pub fn history(&self) -> Vec<Event> {
        locked(&self.store).history.clone()
    }

    /// How many of a user's absences with `note` in their note stood after each time that one of them came or went: a
    /// clean replacement reads 1, 2, 1 (or 1, 0, 1, where it was deleted first). An empty `note` means all of them.
    #[must_use]
    pub fn stood(&self, account: &str, user_id: i32, note: &str) -> Vec<usize> {
        let has = |found: &Option<String>| found.as_deref().unwrap_or_default().contains(note);
        let store = locked(&self.store);
        let theirs = store.history.iter().filter(|event| event.account == account && event.user_id == user_id);
        let counted = theirs.filter(|event| has(&event.note));
        counted.map(|event| event.standing.iter().filter(|absence| has(&absence.note)).count()).collect()
    }

    /// Login, then rate limit, then the work, all of it at one instant and under one lock.
    fn serve(
        &self,
        headers: &HeaderMap,
        work: impl FnOnce(&mut Store, &Call) -> Result<Response, Problem>,
    ) -> Response {
        let now = self.desk.clock().now();
        let mut store = locked(&self.store);
        let Some((name, account)) = store.login(token(headers)) else {
            return Problem::Login.response(ProblemForm::default());
        };
        let call = Call { name: name.clone(), account: account.clone(), now };
        let served = store.admit(&call.name, &call.account, now).and_then(|()| work(&mut store, &call));
        served.unwrap_or_else(|problem| problem.response(call.account.problem_form))
    }
}

/// The token after `Bearer`; empty where there is none.
fn token(headers: &HeaderMap) -> &str {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    authorization.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default()
}

impl Vendor for Twin {
    fn name(&self) -> &'static str {
        NAME
    }

    fn desk(&self) -> &Desk {
        &self.desk
    }

    fn api(&self) -> Router {
        Router::new()
            .route("/v2/Absences", get(absences::list).post(absences::create))
            .route("/v2/Absences/{id}", get(absences::get).delete(absences::delete))
            .route("/v2/Users", get(users::list))
            .route("/v2/Users/{id}", get(users::get))
            .fallback(|| async { StatusCode::NOT_FOUND })
            .with_state(self.clone())
    }

    fn commands(&self) -> Router {
        acts::router().with_state(self.clone())
    }

    fn seeds(&self) -> Router {
        Router::new().route("/accounts/{name}", put(seed)).with_state(self.clone())
    }

    fn state(&self) -> Map<String, Value> {
        locked(&self.store).shown()
    }

    fn reset(&self) {
        *locked(&self.store) = Store::default();
    }
}

async fn seed(State(twin): State<Twin>, Path(name): Path<String>, body: Bytes) -> Response {
    match doors::parse::<Account>(&body) {
        Ok(account) => twin.seed(&name, account),
        Err(refusal) => return *refusal,
    }
    StatusCode::NO_CONTENT.into_response()
}
