//! Personio's characters as a recruiting account: how errors are spelt, how long documents last, how soon it is too much.

use twins::personio::{Account, ErrorSpelling};

use crate::support::characters::Character;

pub(super) fn account(character: Character) -> Account {
    match character {
        Character::AsDocumented => Account { error_spelling: ErrorSpelling::Documented, ..Account::seed() },
        Character::AsReported => Account { error_spelling: ErrorSpelling::Live, ..Account::seed() },
        Character::AtItsWorst => {
            Account { document_seconds: Some(60), documents_attach_once: true, limit: 2, ..Account::seed() }
        }
    }
}
