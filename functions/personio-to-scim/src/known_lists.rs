//! What the Personio accounts call things and kinds of absence, remembered for some minutes: thousands of persons share
//! few departments.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use mapping::personio_to_scim::NameOf;
use vendors::personio::model::absence::AbsenceType;

/// How long a list is believed.
const KEPT: Duration = Duration::from_secs(10 * 60);

/// Account, kind of thing, and its id.
pub(crate) type NameKey = (String, NameOf, String);

/// What is remembered.
#[derive(Debug, Default)]
pub(crate) struct KnownLists {
    names: Mutex<HashMap<NameKey, Kept<Option<String>>>>,
    types: Mutex<HashMap<String, Kept<Vec<AbsenceType>>>>,
}

#[derive(Debug, Clone)]
struct Kept<T> {
    value: T,
    at: Timestamp,
}

impl KnownLists {
    /// A name that is known; `Some(None)`: it is known that there is none.
    pub(crate) fn name(&self, key: &NameKey, now: Timestamp) -> Option<Option<String>> {
        locked(&self.names).get(key).filter(|kept| kept.is_fresh(now)).map(|kept| kept.value.clone())
    }

    pub(crate) fn keep_name(&self, key: NameKey, value: Option<String>, now: Timestamp) {
        locked(&self.names).insert(key, Kept { value, at: now });
    }

    /// An account's types of absence.
    pub(crate) fn types(&self, account: &str, now: Timestamp) -> Option<Vec<AbsenceType>> {
        locked(&self.types).get(account).filter(|kept| kept.is_fresh(now)).map(|kept| kept.value.clone())
    }

    /// Remembers them, and gives them back.
    pub(crate) fn keep_types(&self, account: String, value: Vec<AbsenceType>, now: Timestamp) -> Vec<AbsenceType> {
        locked(&self.types).insert(account, Kept { value: value.clone(), at: now });
        value
    }
}

impl<T> Kept<T> {
    fn is_fresh(&self, now: Timestamp) -> bool {
        now < self.at + KEPT
    }
}

fn locked<T>(known: &Mutex<T>) -> MutexGuard<'_, T> {
    // nothing that is remembered is half written
    known.lock().unwrap_or_else(PoisonError::into_inner)
}
