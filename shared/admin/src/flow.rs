//! A flow as the console sees it: enough to check, apply and serve connections of flows that it does not know by name.

use edge::{Head, Message};
use ledger::Subject;
use mapping::document::Fault;

use crate::accounts::AccountsOf;
use crate::command::{Command, ReadingCommand, UserCommand};
use crate::fields::FieldCommands;
use crate::finding::Finding;
use crate::forget::ForgetCommand;
use crate::init::InitCommand;
use crate::payload::PayloadCommand;
use crate::preview::PreviewCommands;
use crate::start::StartCommand;
use crate::sweep::SweepCommands;
use crate::verify::Verification;
use crate::webhooks::WebhookCommands;

/// One flow, as each flow's crate declares it.
#[derive(Debug, Clone, Copy)]
pub struct Flow {
    /// Its name: folder, crate, binaries, queues.
    pub name: &'static str,
    /// A connection file with every key explained.
    pub example: &'static str,
    /// The JSON Schema of connection files, for editors.
    pub schema: &'static str,
    /// Reads a connection file of this flow and lists everything wrong with it. `local`: the stack itself is local.
    pub check: fn(document: &str, local: bool) -> Result<Head, Vec<Fault>>,
    /// What a person should know of a sound file before it is used. `None`: nothing of any file.
    pub notes: Option<fn(document: &str, local: bool) -> Vec<String>>,
    /// The secrets a connection needs beside its webhook secrets.
    pub secrets: &'static [SecretKey],
    /// Where vendors call it: each connection then has a webhook URL and webhook secrets.
    pub webhook: Option<WebhookHint>,
    /// What stays in the target when a connection is removed, in a sentence for people.
    pub stays: &'static str,
    /// What it can do for the console beside that.
    pub commands: Commands,
}

/// The commands of a flow. `None`: the flow lacks it.
#[derive(Debug, Clone, Copy)]
pub struct Commands {
    /// The accounts that a connection keeps in step, where two connections over the same ones would double everything.
    pub accounts: Option<AccountsOf>,
    /// Compares a connection with its accounts. Writes nothing.
    pub verify: Option<Command<Verification>>,
    /// Looks at logins, rights and whatever the file names in its accounts, each on its own. Cannot write.
    pub doctor: Option<ReadingCommand<Vec<Finding>>>,
    /// Asks the accounts what a person should know when a file is applied, in sentences. Writes nothing.
    pub remarks: Option<Command<Vec<String>>>,
    /// Enters something for a test user of the target, named by e-mail address, and removes it again: what only a write
    /// can show.
    pub probe: Option<UserCommand<Verification>>,
    /// Look after the webhooks at the vendor that calls.
    pub webhooks: Option<WebhookCommands>,
    /// Have the accounts read now.
    pub sweep: Option<SweepCommands>,
    /// What a person can decide about where nobody can find out whether something was made.
    pub undecided: Option<Undecided>,
    /// The object of a queued message, where the flow follows objects: whether something still blocks the object tells how
    /// a retry has ended.
    pub subject: Option<fn(&Message) -> Option<Subject>>,
    /// Show what would be done, and write nothing anywhere.
    pub preview: Option<PreviewCommands>,
    /// Reads a saved webhook delivery, without any account.
    pub payload: Option<PayloadCommand>,
    /// Start something in the target for one object of the source.
    pub start: Option<StartCommand>,
    /// Compare the fields that are kept in step with those of both accounts, and add missing ones.
    pub fields: Option<FieldCommands>,
    /// Ask the accounts what a new connection file may name. Writes nothing.
    pub init: Option<InitCommand>,
    /// Whether a person may put the second message in the place of the first, whose submission was mended. `None`: its
    /// messages hold no submissions.
    pub edited: Option<Edited>,
    /// What its sweeps read from a cursor on, for people: `absences`. `None`: it reads whole lists.
    pub cursor: Option<&'static str>,
    /// Find a person who is to be forgotten.
    pub forget: Option<ForgetCommand>,
}

/// Judges a mended message beside the one that is stored; an error says what is wrong, without a value of it.
pub type Edited = fn(&Message, &Message) -> Result<(), String>;

/// What a person can decide about where nobody can find out whether something was made.
#[derive(Debug, Clone, Copy)]
pub struct Undecided {
    /// The codes of the failures that tell of it.
    pub codes: &'static [&'static str],
    /// The object of a failure's stored message.
    pub subject: fn(&Message) -> Option<Subject>,
}

/// One key of a connection's secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretKey {
    /// The JSON key.
    pub name: &'static str,
    /// Where a person finds its value.
    pub hint: &'static str,
}

/// Where a person sets the webhook up, in the vendor's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookHint {
    /// Where the URL goes.
    pub url: &'static str,
    /// Where the webhook secret goes, or where the vendor shows it.
    pub secret: &'static str,
    /// Who makes the webhook secret.
    pub made_by: SecretMaker,
}

/// Who makes a webhook secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretMaker {
    /// Whoever sets the connection up: hrsync can generate one.
    Us,
    /// The vendor: hrsync takes it and makes none up.
    Vendor,
}

impl Commands {
    /// Nothing.
    pub const NONE: Self = Self {
        accounts: None,
        verify: None,
        doctor: None,
        remarks: None,
        probe: None,
        webhooks: None,
        sweep: None,
        undecided: None,
        subject: None,
        preview: None,
        payload: None,
        start: None,
        fields: None,
        init: None,
        edited: None,
        cursor: None,
        forget: None,
    };
}

/// The path of a connection's webhook, below the API's address.
#[must_use]
pub fn webhook_path(flow: &str, connection: &str) -> String {
    format!("/webhooks/{flow}/{connection}")
}
