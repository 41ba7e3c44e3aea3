//! How partners let accounts be changed. What a server says of itself is wrong in both directions, so its answers
//! teach.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::link::WriteBy;

/// What this process has learned, by account.
#[derive(Debug, Default)]
pub(crate) struct WriteWays(Mutex<HashMap<String, WriteBy>>);

impl WriteWays {
    /// How the account's users are changed; `None`: nobody has tried yet.
    pub(crate) fn of(&self, account: &str) -> Option<WriteBy> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(account).copied()
    }

    /// An answer has taught.
    pub(crate) fn learn(&self, account: String, way: WriteBy) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(account, way);
    }
}
