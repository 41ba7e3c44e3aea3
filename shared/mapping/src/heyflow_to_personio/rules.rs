//! The table `[application]` of a connection file.

use jiff::tz::TimeZone;
use toml_span::{DeserError, Deserialize, Value};
use vendors::personio::model::{AttributeId, Phase};

use super::file_rule::FileRule;
use super::read::attributes::Attributes;
use super::read::fields::{optional, required};
use super::read::files::file_rules;
use super::read::phase::InitialPhase;
use super::read::tags::Tags;
use super::source::ValueSource;
use super::target::Target;
use crate::document::table;
use crate::time_zone::time_zone;

/// Where each part of an application comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationRules {
    pub(super) first_name: ValueSource,
    pub(super) last_name: ValueSource,
    pub(super) email: ValueSource,
    pub(super) job_position_id: ValueSource,
    pub(super) recruiting_channel_id: Option<ValueSource>,
    pub(super) external_posting_id: Option<ValueSource>,
    pub(super) message: Option<ValueSource>,
    pub(super) application_date: Option<ValueSource>,
    pub(super) time_zone: TimeZone,
    pub(super) phase: Option<Phase>,
    pub(super) tags: Vec<ValueSource>,
    pub(super) attributes: Vec<(AttributeId, ValueSource)>,
    pub(super) files: Vec<FileRule>,
}

impl<'de> Deserialize<'de> for ApplicationRules {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |fields| {
            let first_name = required(fields, span, "first_name", Target::Text);
            let last_name = required(fields, span, "last_name", Target::Text);
            let email = required(fields, span, "email", Target::Email);
            let job_position_id = required(fields, span, "job_position_id", Target::Job);
            let recruiting_channel_id = optional(fields, "recruiting_channel_id", Target::Channel);
            let external_posting_id = optional(fields, "external_posting_id", Target::Text);
            let message = optional(fields, "message", Target::Text);
            let application_date = optional(fields, "application_date", Target::Day);
            let time_zone = time_zone(fields);
            let phase: Option<InitialPhase> = fields.optional("phase");
            let tags: Option<Tags> = fields.optional("tags");
            let attributes: Option<Attributes> = fields.optional("attributes");
            let files = file_rules(fields);
            Some(Self {
                first_name: first_name?,
                last_name: last_name?,
                email: email?,
                job_position_id: job_position_id?,
                recruiting_channel_id,
                external_posting_id,
                message,
                application_date,
                time_zone: time_zone?,
                phase: phase.map(|phase| phase.0),
                tags: tags.unwrap_or_default().0,
                attributes: attributes.unwrap_or_default().0,
                files,
            })
        })
    }
}
