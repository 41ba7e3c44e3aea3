//! What is reported of one failure.

use serde::Serialize;

use crate::render::{Named, render};
use crate::{BadTemplate, Mail};

/// What happened; each kind has a pair of templates of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The target already holds it.
    Duplicate,
    /// The record cannot be mapped.
    Unmappable,
    /// The target refuses the content.
    Refused,
    /// The target took it, but a file could not be had.
    WithoutFile,
    /// The target took it, but not as it came.
    Altered,
    /// Something in the target is not as hrsync expects, often because somebody has changed it by hand.
    ByHand,
    /// It was tried again and again without success.
    Dead,
    /// A delivery cannot be read.
    Unreadable,
    /// A sweep does not go on by itself.
    Held,
    /// The whole connection stands still.
    Halted,
    /// It works again.
    Resumed,
}

/// One report to one owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report<'a> {
    /// What happened.
    pub kind: Kind,
    /// The connection it happened in.
    pub connection: &'a str,
    /// Its flow, e.g. `heyflow-to-personio`.
    pub flow: &'a str,
    /// The flow's systems and what the record is there.
    pub about: About<'a>,
    /// The failure's id, as the console knows it.
    pub failure: &'a str,
    /// What it has in common with the mails of the connection that it is shown together with.
    pub thread: &'a str,
    /// The stack, as the console knows it.
    pub stack: &'a str,
    /// The record's ids in the vendors' systems.
    pub records: Vec<Record<'a>>,
    /// Where the vendors show it.
    pub links: Vec<Link<'a>>,
    /// Why, one line each.
    pub reasons: &'a [String],
    /// What mends it, one line each, where the vendor says so.
    pub advice: &'a [String],
    /// When: local time with UTC beside it.
    pub at: String,
    /// For how many days failures are kept.
    pub kept_days: u64,
    /// Whether the console can hand the record over again.
    pub replayable: bool,
    /// Whether the receiver of a halted connection takes no deliveries.
    pub deliveries_refused: bool,
    /// For how many minutes failures of one cause are told together.
    pub digest_minutes: u64,
    /// Whether the next failures of this cause are told in a digest.
    pub digest_next: bool,
}

/// What a mail is about, in its reader's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct About<'a> {
    /// What people call the system that records come from.
    pub source: &'a str,
    /// The same of the system that they go to.
    pub target: &'a str,
    /// Whether records are answers to forms; otherwise they are objects that are followed.
    pub is_form: bool,
    /// What a record is: `absence`.
    pub object: &'a str,
    /// Its id in the source; empty where there is none.
    pub id: &'a str,
}

/// A record's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Record<'a> {
    /// What it is the id of.
    pub name: &'a str,
    /// The id.
    pub value: &'a str,
}

/// A page at a vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link<'a> {
    /// What it shows.
    pub label: String,
    /// Its address. Ids only, https.
    pub url: &'a str,
}

impl Report<'_> {
    /// Renders the report.
    ///
    /// # Errors
    /// [`BadTemplate`].
    pub fn render(&self) -> Result<Mail, BadTemplate> {
        let Self { stack, connection, failure, thread, .. } = *self;
        render(self.kind.template(), self, Named { stack, connection, mail: failure, thread })
    }
}

impl Kind {
    fn template(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Unmappable => "unmappable",
            Self::Refused => "refused",
            Self::WithoutFile => "without-file",
            Self::Altered => "altered",
            Self::ByHand => "by-hand",
            Self::Dead => "dead",
            Self::Unreadable => "unreadable",
            Self::Held => "held",
            Self::Halted => "halted",
            Self::Resumed => "resumed",
        }
    }
}
