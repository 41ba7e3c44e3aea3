//! What the console knows of a flow: enough to check, apply and serve connections of flows it does not know by name, and
//! the acts that it can carry out for one.

use std::pin::Pin;

use jiff::Timestamp;
use ledger::{Held, Ledger};
use mapping::document;
use secrecy::SecretString;
use vendors::Kind;

use crate::Message;
use crate::verdict::{self, Fault};

/// One flow, as each flow's crate declares it.
#[derive(Debug, Clone, Copy)]
pub struct Flow {
    /// Its name: folder, crate, binaries, queues.
    pub name: &'static str,
    /// Reads a connection file of this flow and lists everything wrong with it. `local`: the stack itself is local.
    pub check: fn(document: &str, local: bool) -> Result<Head, Vec<document::Fault>>,
    /// The secrets a connection needs beside its webhook secrets.
    pub secrets: &'static [SecretKey],
    /// Where vendors call it: each connection then has a webhook URL and webhook secrets.
    pub webhook: Option<WebhookHint>,
    /// What it can do for the console beside that.
    pub acts: Acts,
}

/// What a flow can do for the console beyond reading its file.
#[derive(Debug, Clone, Copy)]
pub struct Acts {
    /// Compares a connection with its accounts. Writes nothing.
    pub check_live: Option<Act<Live>>,
    /// Looks after the webhooks at the vendor that calls.
    pub webhooks: Option<Webhooks>,
    /// Has the accounts read now.
    pub sweep: Option<Sweep>,
    /// Shows what would change if the present mapping were applied to everything. Writes nothing.
    pub remap: Option<Act<Remap>>,
}

/// An act on a connection. It fails with what keeps it from being done; AWS's failures are [`Fault::Ledger`].
pub type Act<T> = for<'a> fn(Asked<'a>) -> Acting<'a, T>;

/// An act under way.
pub type Acting<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + 'a>>;

/// What an act works with.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The connection's name.
    pub name: &'a str,
    /// Its file.
    pub document: &'a str,
    /// Its secret: the JSON object that functions read.
    pub secret: &'a SecretString,
    /// Whether the stack itself is local.
    pub local: bool,
    /// What is remembered.
    pub ledger: &'a Ledger,
    /// The time.
    pub now: Timestamp,
    /// Takes a line about how far long work is.
    pub progress: &'a dyn Fn(&str),
}

/// What a comparison with the accounts has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    /// What was looked at, a line each.
    pub seen: Vec<String>,
    /// What does not fit, a line each.
    pub problems: Vec<String>,
}

/// How webhooks at a vendor are looked after. `url` is the connection's own address.
#[derive(Debug, Clone, Copy)]
pub struct Webhooks {
    /// All webhooks of the account.
    pub list: for<'a> fn(Asked<'a>, url: &'a str) -> Acting<'a, Vec<Hook>>,
    /// Makes the connection's webhook, or makes it again what it should be.
    pub register: for<'a> fn(Asked<'a>, url: &'a str) -> Acting<'a, Registered>,
    /// Has the vendor send a test through the connection's webhooks. Their ids.
    pub ping: for<'a> fn(Asked<'a>, url: &'a str) -> Acting<'a, Vec<String>>,
    /// Removes webhooks. The ids of those that are gone now.
    pub remove: for<'a> fn(Asked<'a>, which: Removal<'a>) -> Acting<'a, Vec<String>>,
}

/// Which webhooks are to be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal<'a> {
    /// All that go to this address.
    To(&'a str),
    /// The one with this id, wherever it goes to.
    Id(&'a str),
}

/// A webhook at a vendor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// The vendor's id.
    pub id: String,
    /// Where it goes to. Of others' hooks no more than the host, for the rest may hold a secret.
    pub url: String,
    /// Whether it goes to the connection's address.
    pub ours: bool,
    /// Whether it sends at all.
    pub enabled: bool,
    /// The events that it sends, as the vendor names them.
    pub events: Vec<String>,
    /// What is not as it should be, a fragment each. Empty for others' hooks.
    pub wrong: Vec<String>,
}

/// A connection's webhook after its registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The vendor's id.
    pub id: String,
    /// Whether there was none before.
    pub made: bool,
    /// What was not as it should be, a fragment each.
    pub mended: Vec<String>,
    /// Further webhooks with the same address, or an earlier one of the connection; they were left alone.
    pub others: Vec<String>,
}

/// How sweeps are started by hand.
#[derive(Debug, Clone, Copy)]
pub struct Sweep {
    /// The messages of a run, for the sweeper's queue. `whole`: everything, not just what is recent.
    pub start: fn(asked: Asked<'_>, whole: bool) -> Result<Vec<Message>, Fault>,
    /// Whether a message is the sweeper's, not the pusher's.
    pub is_for_it: fn(message: &Message) -> bool,
    /// The message that carries out what waits for a person; `None`: nothing waits.
    pub confirm: Act<Option<Confirmation>>,
}

/// Removals that a person may confirm.
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// What they are.
    pub held: Held,
    /// For the sweeper's queue.
    pub message: Message,
}

/// What would be different if the present mapping were applied to everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remap {
    /// What would be, in the source's order.
    pub changes: Vec<Remapped>,
    /// How many objects would stay as they are, those included that nothing is or would be entered for.
    pub unchanged: u64,
    /// How many objects something is entered for although the source does not list them; a mapping changes nothing there.
    pub unlisted: u64,
}

/// An object of the source that would be dealt with otherwise. Shows ids, target types and dates; nothing of persons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remapped {
    /// The source's id; empty where it cannot be read.
    pub object: String,
    /// What would become of it.
    pub change: Change,
    /// From what to what, or why.
    pub what: String,
}

/// What would become of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It would be entered.
    Created,
    /// What is entered would be replaced.
    Changed,
    /// What is entered would be removed.
    Removed,
    /// Something stands in its way; what is entered would stay.
    Refused,
}

/// Where a person sets the webhook up, in the vendor's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookHint {
    /// Where the URL goes.
    pub url: &'static str,
    /// Where the webhook secret goes.
    pub secret: &'static str,
}

/// What every connection file begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The flow's name.
    pub flow: String,
    /// The connection's name.
    pub name: String,
    /// Whom failures are mailed to.
    pub owner: String,
}

/// One key of a connection's secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecretKey {
    /// The JSON key.
    pub name: &'static str,
    /// Where a person finds its value.
    pub hint: &'static str,
}

impl Flow {
    /// The path of a connection's webhook, below the API's address.
    #[must_use]
    pub fn webhook_path(&self, connection: &str) -> String {
        format!("/webhooks/{}/{connection}", self.name)
    }
}

impl Acts {
    /// Nothing.
    pub const NONE: Self = Self { check_live: None, webhooks: None, sweep: None, remap: None };
}

impl Change {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Removed => "removed",
            Self::Refused => "refused",
        }
    }
}

/// What keeps an act from being done, in one sentence with what mends it. Shows codes and keys, never a value.
#[must_use]
pub fn in_words(fault: &Fault) -> String {
    let Fault::Vendor(error) = fault else { return fault.to_string() };
    let advice = verdict::advice(fault);
    let mend = if advice.is_empty() { mend(&error.kind).to_owned() } else { advice.join(" ") };
    format!("{error}; {mend}")
}

fn mend(kind: &Kind) -> &'static str {
    match kind {
        Kind::LoginRefused => "check the credential at the vendor and give it with `hrsync secrets set`",
        Kind::RightMissing(_) => "give the credential this right at the vendor",
        Kind::WrongAddress => "check `base_url`",
        Kind::Network => "check the network and `base_url`",
        Kind::RateLimited { .. } | Kind::Unavailable { .. } | Kind::Unanswered => "try again in a few minutes",
        Kind::Stale(_) | Kind::Gone => "it has changed meanwhile; try again",
        Kind::Invalid(_) | Kind::Conflict(_) => "mend what the reason names",
        Kind::Endless | Kind::Unexplained { .. } => "try again; if it stays, the vendor's API is not as documented",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: Kind) -> String {
        in_words(&vendors::Error::new("personio", "list webhooks", kind).into())
    }

    #[test]
    fn a_vendors_refusal_is_told_with_what_mends_it() {
        let login = "personio list webhooks: login-refused; check the credential at the vendor and give it with \
            `hrsync secrets set`";
        assert_eq!(said(Kind::LoginRefused), login);
        assert_eq!(said(Kind::WrongAddress), "personio list webhooks: wrong-address; check `base_url`");
    }

    #[test]
    fn what_the_vendor_advises_comes_first() {
        let meaning = Some(vendors::Meaning { means: "it is closed", to_do: "Open it." });
        let reason = vendors::Reason { field: None, code: "closed".to_owned(), meaning };
        let expected = "personio list webhooks: invalid; closed (it is closed); Open it.";
        assert_eq!(said(Kind::Invalid(vec![reason])), expected);
    }

    #[test]
    fn other_faults_stand_for_themselves() {
        assert_eq!(in_words(&Fault::Unexpected("no address".to_owned())), "no address");
    }
}
