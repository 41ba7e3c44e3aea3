//! What the accounts of a connection list, and what of it belongs into the connection's file.
//!
//! A flow asks its accounts and proposes; [`filled`](crate::filled) writes the file, for all flows alike.

use crate::command::{Context, Running};

/// Asks the accounts what a connection file may name. Needs no table: the connection need not be there yet.
pub type InitCommand = for<'a> fn(Context<'a, ()>, People) -> Running<'a, Findings>;

/// What is told of persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    /// Their ids.
    Ids,
    /// Their e-mail addresses as well.
    Addresses,
}

/// What the accounts hold. It may name persons, so nothing of it is for logs.
#[derive(Default)]
pub struct Findings {
    /// What the accounts list.
    pub lists: Vec<List>,
    /// Tables of the example whose lists hold words of another account: the lists are emptied.
    pub emptied: &'static [&'static str],
    /// Values for the file, in the order of the file.
    pub proposals: Vec<Proposal>,
    /// What could not be found out, in sentences.
    pub remarks: Vec<String>,
}

/// What an account lists of one kind.
pub struct List {
    /// What of which vendor, e.g. `templates of Oneflow`.
    pub title: String,
    /// The table of the file that names such.
    pub table: &'static str,
    /// What there is.
    pub entries: Vec<Entry>,
}

/// One thing of an account.
pub struct Entry {
    /// What the file names it by.
    pub id: String,
    /// What people call it; empty where it has no name, or where it is not to be shown.
    pub name: String,
}

/// A value for the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What it is about, e.g. `Personio's absence type "Urlaub"`.
    pub about: String,
    /// Where it goes.
    pub place: Place,
    /// The value.
    pub value: Proposed,
    /// How sure the match is.
    pub certainty: Certainty,
    /// Where the value goes if the match is not taken. `None`: nowhere.
    pub otherwise: Option<Place>,
}

/// A key of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its table.
    pub table: &'static str,
    /// Its name there.
    pub key: String,
}

/// A value for the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposed {
    /// The whole value.
    Text(String),
    /// One more entry of a list.
    Entry(String),
}

/// How sure a match is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// The names are the same, or there is only one.
    Exact,
    /// A person decides.
    Likely,
}

/// The form in which two names match: whatever case, blanks, hyphens and spelling of umlauts.
#[must_use]
pub fn matchable(name: &str) -> String {
    let folded = vendors::text::folded(&name.replace(['-', '_', '/'], " "));
    folded.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_whatever_their_case_blanks_and_umlauts() {
        assert_eq!(matchable(" Ueberstunden-Abbau "), matchable("Überstunden  abbau"));
        assert_eq!(matchable("U\u{308}bung"), matchable("Uebung"));
        assert_ne!(matchable("Urlaub"), matchable("Urlaube"));
    }
}
