//! `[start]`: which applications start a contract, and what it is made from.

use std::collections::BTreeSet;

use edge::head::number;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mapping::document::{Parsed, table};
use toml_span::{DeserError, Deserialize, Value};
use vendors::oneflow::model::{Invitation, NewParticipant, TemplateId, WorkspaceId};
use vendors::teamtailor::model::{JobId, Stage};
use vendors::value::{Email, Personal};

use super::origin::{Origin, OriginRule, is_meant};

/// The most contracts a day that a file may allow.
const MOST: u32 = 10_000;

/// `[start]` of a connection file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartRules {
    /// The stages that start a contract, by id or name.
    pub stages: Vec<String>,
    /// Applications that came into their stage before this day (UTC) start none: old candidates are not mailed.
    pub start_date: Date,
    /// What a contract is made from, and where, unless a rule says otherwise.
    pub usual: Origin,
    /// The same for some jobs or stages. The first that fits counts.
    pub rules: Vec<OriginRule>,
    /// Who signs for the company. `None`: as the template has it.
    pub own: Option<NewParticipant>,
    /// Whether the job's recruiter signs for the company, where they are a user of Oneflow.
    pub own_recruiter: bool,
    /// The invitation, where contracts are published at once. `None`: they stay drafts.
    pub invitation: Option<Invitation>,
    /// How many contracts may be made on one day.
    pub creations: u32,
}

impl StartRules {
    /// Whether an application in this stage starts a contract.
    #[must_use]
    pub fn has_stage(&self, stage: &Stage) -> bool {
        self.stages.iter().any(|meant| is_meant(stage, meant))
    }

    /// What the contract of an application in this stage is made from, and where.
    #[must_use]
    pub fn origin(&self, job: Option<&JobId>, stage: &Stage) -> Origin {
        let rule = self.rules.iter().find(|rule| rule.fits(job, stage));
        rule.map_or(self.usual, |rule| rule.origin(self.usual))
    }

    /// All workspaces that the file names, each once.
    #[must_use]
    pub fn workspaces(&self) -> BTreeSet<WorkspaceId> {
        self.rules.iter().filter_map(|rule| rule.workspace).chain([self.usual.workspace]).collect()
    }

    /// All templates that the file names, each once.
    #[must_use]
    pub fn templates(&self) -> BTreeSet<TemplateId> {
        self.rules.iter().map(|rule| rule.template).chain([self.usual.template]).collect()
    }

    /// Whether an application that came into its stage then starts a contract.
    #[must_use]
    pub fn counts(&self, stage_changed: Timestamp) -> bool {
        self.since().is_none_or(|since| since <= stage_changed)
    }

    /// From when on applications count.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        self.start_date.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp())
    }
}

impl<'de> Deserialize<'de> for StartRules {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |start| {
            let stages = start.required("stages").ok();
            let start_date = start.required::<Parsed<Date>>("start_date").ok();
            let template = start.required::<Parsed<TemplateId>>("template").ok();
            let workspace = start.required::<Parsed<WorkspaceId>>("workspace").ok();
            let rules: Option<Vec<OriginRule>> = start.optional("templates");
            let own: Option<Signer> = start.optional("own_signatory");
            let own_recruiter: Option<bool> = start.optional("own_recruiter");
            let invitation: Option<Letter> = start.optional("invitation");
            let creations = number(start, "creations_per_day", 0, MOST);
            Some(Self {
                stages: stages?,
                start_date: start_date?.0,
                usual: Origin { template: template?.0, workspace: workspace?.0 },
                rules: rules.unwrap_or_default(),
                own_recruiter: own_recruiter.unwrap_or(false),
                own: own.map(|own| own.0),
                invitation: invitation.map(|letter| letter.0),
                creations: creations?.unwrap_or(50),
            })
        })
    }
}

/// Who signs for the company.
struct Signer(NewParticipant);

impl<'de> Deserialize<'de> for Signer {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |signer| {
            let name: Option<String> = signer.required("name").ok();
            let email = signer.required::<Parsed<Email>>("email").ok();
            let name = Personal::new(name?);
            Some(Self(NewParticipant { name, email: email?.0, phone: None, is_signatory: true }))
        })
    }
}

/// What goes out with a contract.
struct Letter(Invitation);

impl<'de> Deserialize<'de> for Letter {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |letter| {
            let subject: Option<String> = letter.required("subject").ok();
            let message: Option<String> = letter.required("message").ok();
            let (subject, message) = (subject?, message?);
            Some(Self(Invitation { subject: Personal::new(subject), message: Personal::new(message) }))
        })
    }
}
