//! What is reported of many failures of one cause.

use serde::Serialize;

use crate::render::{Named, render};
use crate::{About, BadTemplate, Kind, Link, Mail, Record};

/// One report of many failures to one owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Digest<'a> {
    /// What happened to each.
    pub kind: Kind,
    /// The connection it happened in.
    pub connection: &'a str,
    /// Its flow.
    pub flow: &'a str,
    /// The flow's systems and what the records are there.
    pub about: About<'a>,
    /// The digest's own id: the same when it is repeated.
    pub id: &'a str,
    /// What it has in common with other digests of the same cause.
    pub thread: &'a str,
    /// The stack, as the console knows it.
    pub stack: &'a str,
    /// How many.
    pub count: usize,
    /// When the first one failed: local time with UTC beside it.
    pub first: String,
    /// When the last one failed.
    pub last: String,
    /// Some of them.
    pub listed: Vec<Listed<'a>>,
    /// How many are not among those.
    pub unlisted: usize,
    /// Why, at one of them, one line each.
    pub reasons: &'a [String],
    /// What mends it, one line each, where the vendor says so.
    pub advice: &'a [String],
    /// For how many days failures are kept.
    pub kept_days: u64,
    /// For how many minutes failures of one cause are told together.
    pub digest_minutes: u64,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listed<'a> {
    /// The failure's id, as the console knows it.
    pub failure: &'a str,
    /// The record's ids in the vendors' systems.
    pub records: Vec<Record<'a>>,
    /// Where the vendors show it.
    pub links: Vec<Link<'a>>,
}

impl Digest<'_> {
    /// Renders the digest.
    ///
    /// # Errors
    /// [`BadTemplate`].
    pub fn render(&self) -> Result<Mail, BadTemplate> {
        let Self { stack, connection, id, thread, .. } = *self;
        render("digest", self, Named { stack, connection, mail: id, thread })
    }
}
