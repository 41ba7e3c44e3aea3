//! `[start]`: which applications start a contract, and what it is made from.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use mapping::document::{Parsed, table};
use toml_span::{DeserError, Deserialize, Value};
use vendors::oneflow::model::{Invitation, NewParticipant, TemplateId, WorkspaceId};
use vendors::teamtailor::model::Stage;
use vendors::value::{Email, Personal};

use super::number::number;

/// The most contracts a day that a file may allow.
const MOST: u32 = 10_000;

/// `[start]` of a connection file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartRules {
    /// The stages that start a contract, by id or name.
    pub stages: Vec<String>,
    /// Applications that came into their stage before this day (UTC) start none: old candidates are not mailed.
    pub start_date: Date,
    /// What a contract is made from.
    pub template: TemplateId,
    /// Where it stands.
    pub workspace: WorkspaceId,
    /// Who signs for the company. `None`: as the template has it.
    pub own: Option<NewParticipant>,
    /// The invitation, where contracts are published at once. `None`: they stay drafts.
    pub invitation: Option<Invitation>,
    /// How many contracts may be made on one day.
    pub creations: u32,
}

impl StartRules {
    /// Whether an application in this stage starts a contract.
    #[must_use]
    pub fn has_stage(&self, stage: &Stage) -> bool {
        let name = stage.name.as_deref().map(folded);
        self.stages.iter().any(|meant| meant == stage.id.as_str() || name.as_deref() == Some(folded(meant).as_str()))
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

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

impl<'de> Deserialize<'de> for StartRules {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |start| {
            let stages = start.required("stages").ok();
            let start_date = start.required::<Parsed<Date>>("start_date").ok();
            let template = start.required::<Parsed<TemplateId>>("template").ok();
            let workspace = start.required::<Parsed<WorkspaceId>>("workspace").ok();
            let own: Option<Signer> = start.optional("own_signatory");
            let invitation: Option<Letter> = start.optional("invitation");
            let creations = number(start, "creations_per_day", 0, MOST);
            Some(Self {
                stages: stages?,
                start_date: start_date?.0,
                template: template?.0,
                workspace: workspace?.0,
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
