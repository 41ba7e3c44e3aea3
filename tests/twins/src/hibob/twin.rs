//! The twin itself.

use std::sync::{Arc, Mutex};

use crate::desk::Desk;
use crate::{Twins, locked};

use super::company::{Company, Person, Right, ServiceUser};
use super::store::{Books, Store};

/// The seed company.
pub const SEED_COMPANY: u64 = 636_192;
/// Its service user, who has every right.
pub const SEED_SERVICE_USER: &str = "SERVICE-12345";
/// The token of its service user.
pub const SEED_TOKEN: &str = "twin-bob-token";

/// HiBob's twin. Clones share everything.
#[derive(Clone)]
pub struct Twin {
    pub(super) desk: Desk,
    pub(super) store: Arc<Mutex<Store>>,
    /// Deliveries are made one after the other.
    pub(super) sending: Arc<tokio::sync::Mutex<()>>,
}

impl Default for Twin {
    fn default() -> Self {
        let twin = Self { desk: Desk::default(), store: Arc::default(), sending: Arc::default() };
        twin.start_over();
        twin
    }
}

impl Twins {
    /// HiBob's twin.
    #[must_use]
    pub fn hibob(&self) -> &Twin {
        self.vendor()
    }
}

impl Twin {
    /// Adds or replaces a company, with everything that came of it.
    pub fn seed(&self, id: u64, company: Company) {
        locked(&self.store).companies.insert(id, Books::open(id, company));
    }

    /// A company's settings as they stand.
    #[must_use]
    pub fn company(&self, id: u64) -> Option<Company> {
        locked(&self.store).companies.get(&id).map(|books| books.company.clone())
    }

    /// Changes a company's settings; its positions and webhooks stay. `false`: there is none.
    pub fn adjust(&self, id: u64, change: impl FnOnce(&mut Company)) -> bool {
        locked(&self.store).companies.get_mut(&id).map(|books| change(&mut books.company)).is_some()
    }

    /// Everything back to the seed: one company with one service user and three people.
    pub(super) fn start_over(&self) {
        *locked(&self.store) = Store::default();
        let rights = [Right::ManagePositions, Right::People].into();
        let user = ServiceUser { token: SEED_TOKEN.to_owned(), rights };
        let people = [("3332883884017713938", "Noa"), ("3332883884017713939", "Omer"), ("3332883884017713940", "Tal")];
        let company = Company {
            service_users: [(SEED_SERVICE_USER.to_owned(), user)].into(),
            people: people.map(|(id, name)| person(id, name)).into(),
            custom_fields: [("/position/field_1001".to_owned(), "Cost code".to_owned())].into(),
            ..Company::default()
        };
        self.seed(SEED_COMPANY, company);
    }
}

fn person(id: &str, name: &str) -> Person {
    let email = format!("{}@planning.example", name.to_lowercase());
    Person { id: id.to_owned(), email, full_name: format!("{name} Sample") }
}
