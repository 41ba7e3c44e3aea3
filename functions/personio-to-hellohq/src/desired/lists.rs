//! What is known of the accounts for a few minutes: the company's absence types, persons' addresses, helloHQ's users. Kept in
//! the memory of each running function, for one connection at one revision.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use edge::Clock;
use jiff::Timestamp;
use vendors::Error;
use vendors::hellohq::model::User;
use vendors::personio::absences;
use vendors::personio::model::absence::AbsenceType;
use vendors::personio::model::id::AbsenceTypeId;

use super::accounts::Accounts;

/// How long a list is used without a look.
const FRESH: Duration = Duration::from_secs(10 * 60);
/// How often a list is read again for something that is not in it.
const AGAIN: Duration = Duration::from_secs(60);

/// A connection at one revision, between two accounts.
type Key = (String, u64, String, String);

/// The lists of the connections that this function has worked for.
#[derive(Debug, Default)]
pub(super) struct KnownLists(Mutex<HashMap<Key, Lists>>);

#[derive(Debug, Default, Clone)]
struct Lists {
    types: Option<(Timestamp, Arc<Vec<AbsenceType>>)>,
    users: Option<(Timestamp, Arc<Vec<User>>)>,
}

impl KnownLists {
    fn all(&self) -> MutexGuard<'_, HashMap<Key, Lists>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(&self, work: &Accounts<'_>) -> Lists {
        self.all().get(&key(work)).cloned().unwrap_or_default()
    }

    fn keep(&self, work: &Accounts<'_>, change: impl FnOnce(&mut Lists)) {
        let mut all = self.all();
        // what was known of earlier accounts is never asked for again
        let key = key(work);
        all.retain(|known, _| known.0 != key.0 || *known == key);
        change(all.entry(key).or_default());
    }

    /// The absence type with this id; `None` where the company has none.
    pub(super) async fn absence_type(
        &self,
        work: &Accounts<'_>,
        id: AbsenceTypeId,
        clock: &Clock,
    ) -> Result<Option<AbsenceType>, Error> {
        let find = |types: &[AbsenceType]| types.iter().find(|known| known.id == id).cloned();
        if let Some((read, types)) = self.of(work).types {
            let found = find(&types);
            let usable = if found.is_some() { FRESH } else { AGAIN };
            if clock.since(read) < usable {
                return Ok(found);
            }
        }
        let types = Arc::new(absences::types(&work.personio).await?);
        self.keep(work, |lists| lists.types = Some((clock.now(), Arc::clone(&types))));
        Ok(find(&types))
    }

    /// helloHQ's users. `enough` says whether what is known already answers the question.
    pub(super) async fn users(
        &self,
        work: &Accounts<'_>,
        enough: impl Fn(&[User]) -> bool,
        clock: &Clock,
    ) -> Result<Arc<Vec<User>>, Error> {
        if let Some((read, users)) = self.of(work).users {
            let usable = if enough(&users) { FRESH } else { AGAIN };
            if clock.since(read) < usable {
                return Ok(users);
            }
        }
        let users = Arc::new(work.hellohq.users().await?);
        self.keep(work, |lists| lists.users = Some((clock.now(), Arc::clone(&users))));
        Ok(users)
    }
}

fn key(work: &Accounts<'_>) -> Key {
    let Accounts { connection, revision, settings, .. } = work;
    ((*connection).to_owned(), *revision, settings.personio.client_id.clone(), settings.hellohq.key())
}
