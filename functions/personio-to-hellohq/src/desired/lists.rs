//! What is known of the accounts for a few minutes: the company's absence types, persons' addresses, helloHQ's users. Kept in
//! the memory of each running function, for one connection at one revision.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use edge::Clock;
use jiff::Timestamp;
use vendors::hellohq::model::User;
use vendors::personio::model::absence::AbsenceType;
use vendors::personio::model::id::{AbsenceTypeId, PersonId};
use vendors::personio::{absences, persons};
use vendors::value::Email;
use vendors::{Error, Kind};

use super::accounts::Accounts;

/// How long a list is used without a look.
const FRESH: Duration = Duration::from_secs(10 * 60);
/// How long a person's address is used without a look: persons are read under a tight limit.
const ADDRESS: Duration = Duration::from_secs(5 * 60);
/// How often a list is read again for something that is not in it.
const AGAIN: Duration = Duration::from_secs(60);

/// A connection at one revision, between two accounts.
type Key = (String, u64, String, String);

/// The lists of the connections that this function has worked for.
#[derive(Debug, Default)]
pub(super) struct KnownLists(Mutex<HashMap<Key, Lists>>);

#[derive(Debug, Default)]
struct Lists {
    types: Option<(Timestamp, Arc<Vec<AbsenceType>>)>,
    users: Option<(Timestamp, Arc<Vec<User>>)>,
    addresses: HashMap<PersonId, (Timestamp, Email)>,
}

impl KnownLists {
    fn all(&self) -> MutexGuard<'_, HashMap<Key, Lists>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of<T>(&self, accounts: &Accounts<'_>, take: impl FnOnce(&Lists) -> Option<T>) -> Option<T> {
        self.all().get(&key(accounts)).and_then(take)
    }

    fn keep(&self, accounts: &Accounts<'_>, change: impl FnOnce(&mut Lists)) {
        let mut all = self.all();
        // what was known of earlier accounts is never asked for again
        let key = key(accounts);
        all.retain(|known, _| known.0 != key.0 || *known == key);
        change(all.entry(key).or_default());
    }

    /// The absence type with this id; `None` where the company has none.
    pub(super) async fn absence_type(
        &self,
        accounts: &Accounts<'_>,
        id: AbsenceTypeId,
        clock: &Clock,
    ) -> Result<Option<AbsenceType>, Error> {
        let find = |types: &[AbsenceType]| types.iter().find(|known| known.id == id).cloned();
        if let Some((read, types)) = self.of(accounts, |lists| lists.types.clone()) {
            let found = find(&types);
            let usable = if found.is_some() { FRESH } else { AGAIN };
            if clock.since(read) < usable {
                return Ok(found);
            }
        }
        let types = Arc::new(absences::types(&accounts.personio).await?);
        self.keep(accounts, |lists| lists.types = Some((clock.now(), Arc::clone(&types))));
        Ok(find(&types))
    }

    /// The person's address at work; `None` where Personio shows none, which is asked again each time.
    pub(super) async fn address(
        &self,
        accounts: &Accounts<'_>,
        person: PersonId,
        clock: &Clock,
    ) -> Result<Option<Email>, Error> {
        let is_fresh = |read: &Timestamp| clock.since(*read) < ADDRESS;
        if let Some((_, known)) =
            self.of(accounts, |lists| lists.addresses.get(&person).filter(|(read, _)| is_fresh(read)).cloned())
        {
            return Ok(Some(known));
        }
        let address = match persons::read(&accounts.personio, person).await {
            Ok(person) => person.email,
            Err(error) if error.kind == Kind::Gone => None,
            Err(error) => return Err(error),
        };
        self.keep(accounts, |lists| {
            lists.addresses.retain(|_, (read, _)| is_fresh(read));
            lists.addresses.extend(address.clone().map(|address| (person, (clock.now(), address))));
        });
        Ok(address)
    }

    /// The address led to nobody: it is read anew the next time.
    pub(super) fn forget_address(&self, accounts: &Accounts<'_>, person: PersonId) {
        self.keep(accounts, |lists| {
            lists.addresses.remove(&person);
        });
    }

    /// helloHQ's users. `enough` says whether what is known already answers the question.
    pub(super) async fn users(
        &self,
        accounts: &Accounts<'_>,
        enough: impl Fn(&[User]) -> bool,
        clock: &Clock,
    ) -> Result<Arc<Vec<User>>, Error> {
        if let Some((read, users)) = self.of(accounts, |lists| lists.users.clone()) {
            let usable = if enough(&users) { FRESH } else { AGAIN };
            if clock.since(read) < usable {
                return Ok(users);
            }
        }
        let users = Arc::new(accounts.hellohq.users().await?);
        self.keep(accounts, |lists| lists.users = Some((clock.now(), Arc::clone(&users))));
        Ok(users)
    }
}

fn key(accounts: &Accounts<'_>) -> Key {
    let Accounts { connection, revision, settings, .. } = accounts;
    ((*connection).to_owned(), *revision, settings.personio.client_id.clone(), settings.hellohq.key())
}
