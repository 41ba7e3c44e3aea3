//! The twin itself.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::{Twins, locked};

use super::account::{Account, Location, Quirks, Right, User, Visible};
use super::opening::Opening;
use super::position::Position;
use super::positions;
use super::store::{Books, Event, Origin, Store};

/// The name of the seed account.
pub const SEED_ACCOUNT: &str = "planning";
/// What signs the seed account's tokens.
pub const SEED_SECRET: &str = "twin-recruit-secret";
/// Who issues the seed account's tokens.
pub const SEED_API_KEY: &str = "twin-recruit-key";
/// The seed account in the address of the careers feed.
pub const SEED_COMPANY_UID: &str = "30.005";
/// The token of its careers feed.
pub const SEED_CAREERS_TOKEN: &str = "twin-careers-token";
/// Its template position.
pub const SEED_TEMPLATE: &str = "3A.901";

/// The path segment of this vendor.
pub(super) const NAME: &str = "recruit";

/// Recruit's twin. Clones share everything.
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
    /// Recruit's twin.
    #[must_use]
    pub fn recruit(&self) -> &Twin {
        self.vendor()
    }
}

impl Twin {
    /// Adds an account, or replaces its settings; its positions stay.
    pub fn seed(&self, name: &str, account: Account) {
        let mut store = locked(&self.store);
        match store.0.get_mut(name) {
            Some(books) => books.account = account,
            None => drop(store.0.insert(name.to_owned(), Books::open(account))),
        }
    }

    /// Changes an account's settings. `false`: there is none.
    pub fn adjust(&self, name: &str, change: impl FnOnce(&mut Account)) -> bool {
        locked(&self.store).0.get_mut(name).map(|books| change(&mut books.account)).is_some()
    }

    /// The positions that are there, oldest first.
    #[must_use]
    pub fn positions(&self, account: &str) -> Vec<Position> {
        self.look(account, |books| books.positions.clone())
    }

    /// A position.
    #[must_use]
    pub fn position(&self, account: &str, uid: &str) -> Option<Position> {
        self.look(account, |books| books.position(uid).cloned())
    }

    /// The openings that are there, oldest first.
    #[must_use]
    pub fn openings(&self, account: &str) -> Vec<Opening> {
        self.look(account, |books| books.openings.clone())
    }

    /// Those of a position, oldest first.
    #[must_use]
    pub fn openings_of(&self, account: &str, position: &str) -> Vec<Opening> {
        self.look(account, |books| books.openings_of(position).cloned().collect())
    }

    /// Everything that happened, oldest first.
    #[must_use]
    pub fn history(&self, account: &str) -> Vec<Event> {
        self.look(account, |books| books.history.clone())
    }

    /// Everything back to the seed: one account with a template position.
    pub(super) fn start_over(&self) {
        let mut books = Books::open(seed());
        let members = json!({"name": "Template", "status": "open", "is_discreet": true, "is_template": true,
            "details": [{"name": "Description", "value": "<p>What we do</p>"}]});
        let now = self.desk.clock().now();
        if let Value::Object(members) = members {
            positions::put(&mut books, members, None, Origin::Hand, now);
        }
        books.history.clear();
        *locked(&self.store) = Store([(SEED_ACCOUNT.to_owned(), books)].into());
    }

    fn look<T: Default>(&self, account: &str, look: impl FnOnce(&Books) -> T) -> T {
        locked(&self.store).0.get(account).map(look).unwrap_or_default()
    }
}

fn seed() -> Account {
    let user = |name: &str, is_owner| User {
        email: format!("{}@planning.example", name.to_lowercase()),
        name: format!("{name} Sample"),
        is_owner,
    };
    let place = |name: &str, country: &str| Location {
        name: format!("{name} office"),
        country: country.to_owned(),
        city: name.to_owned(),
    };
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    Account {
        secret: SEED_SECRET.to_owned(),
        api_key: SEED_API_KEY.to_owned(),
        company_uid: SEED_COMPANY_UID.to_owned(),
        careers_token: Some(SEED_CAREERS_TOKEN.to_owned()),
        rights: Right::all(),
        visible: Visible::All,
        users: vec![user("Omer", false), user("Owner", true)],
        locations: [("11.A01".to_owned(), place("Berlin", "DE")), ("11.A02".to_owned(), place("Haifa", "IL"))].into(),
        categories: names(&["HiBob position ID", "Cost code"]),
        details: names(&["Description", "Requirements"]),
        opening_fields: names(&["HiBob opening ID", "HiBob position ID", "Note"]),
        uids_from: 0,
        quirks: Quirks::default(),
    }
}
