//! The fields that a connection keeps in step, compared with those that its two accounts have; and adding what is missing.

use std::collections::BTreeMap;

use ledger::Fingerprint;

use crate::command::{Context, ReadingCommand, Running};

/// The commands about fields.
#[derive(Debug, Clone, Copy)]
pub struct FieldCommands {
    /// Compares. Cannot write to the table, and writes to no account.
    pub compare: ReadingCommand<Fields>,
    /// Adds what a comparison has found missing, and nothing where an account shows other fields than the comparison.
    pub add: AddFieldsCommand,
}

/// Adds what a comparison has found missing.
pub type AddFieldsCommand = for<'a> fn(Context<'a>, AddFields<'a>) -> Running<'a, FieldsAdded>;

/// What a comparison has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// What is where it should be.
    pub there: Vec<FieldThere>,
    /// What is not.
    pub missing: Vec<MissingField>,
    /// What keeps fields from being compared or kept in step, a line each.
    pub problems: Vec<String>,
    /// What was read of each list, by its name: nothing is added to a list that has changed since.
    pub versions: BTreeMap<String, Fingerprint>,
}

/// A field that is where it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldThere {
    /// What the connection calls it.
    pub key: String,
    /// Where it is, what it holds and which way it goes.
    pub what: String,
}

/// A field that an account lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingField {
    /// What programs will call it.
    pub key: String,
    /// Where it is missing, e.g. `Oneflow, template type 21`.
    pub place: String,
    /// What people will call it.
    pub name: String,
    /// What it is to hold, where fields have kinds there. A person may choose another.
    pub kind: Option<String>,
    /// Why it cannot be added by a program. `None`: it can.
    pub obstacle: Option<String>,
}

/// What is to be added.
#[derive(Debug, Clone, Copy)]
pub struct AddFields<'a> {
    /// What the comparison has found, and a person has agreed to.
    pub shown: &'a Fields,
    /// In whose name. `None`: the connection's user.
    pub user: Option<&'a str>,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldsAdded {
    /// What was added, a line each.
    pub added: Vec<String>,
    /// What was not, and why.
    pub problems: Vec<String>,
}
