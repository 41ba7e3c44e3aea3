//! The table `[position]`: what a position of Recruit is made of. Recruiters edit positions, so all of it counts once.

use std::collections::BTreeMap;

use toml_span::value::ValueInner;
use toml_span::{DeserError, Deserialize, Value};
use vendors::hibob::model::{FieldId, position_field};
use vendors::recruit::model::{LocationUid, TemplateUid};
use vendors::value::Email;

use super::row::is_of_opening;
use super::text_rule::{TextRule, checked};
use crate::document::{Parsed, fault, table};

/// What a position of Recruit is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionMapping {
    pub(super) name: TextRule,
    /// Whether a job's code at the end of its label, like `(J-1)`, is cut.
    pub(super) strips_job_code: bool,
    pub(super) department: Option<TextRule>,
    pub(super) employment_type: Option<TextRule>,
    pub(super) experience_level: Option<TextRule>,
    pub(super) location: Option<TextRule>,
    /// The template that the position is cloned from.
    pub(super) template: Option<TextRule>,
    pub(super) categories: BTreeMap<String, TextRule>,
    pub(super) is_discreet: bool,
    pub(super) hiring_manager: Option<HiringManager>,
    pub(super) lead_recruiter: Option<Email>,
    /// Whether the earliest owner takes the role of somebody whom Recruit does not know.
    pub(super) allow_fallback: bool,
}

/// Who becomes the hiring manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HiringManager {
    /// Always this person.
    Fixed(Email),
    /// Whoever fills the position's manager position.
    OfPosition,
}

impl Default for PositionMapping {
    fn default() -> Self {
        let of = |field: &FieldId| Some(TextRule::of_fields([field.clone()]));
        Self {
            name: TextRule::of_fields([position_field::JOB_PROFILE]),
            strips_job_code: true,
            department: of(&position_field::DEPARTMENT),
            employment_type: of(&position_field::EMPLOYMENT_TYPE),
            experience_level: None,
            location: None,
            template: None,
            categories: BTreeMap::new(),
            is_discreet: false,
            hiring_manager: None,
            lead_recruiter: None,
            allow_fallback: true,
        }
    }
}

impl PositionMapping {
    /// The fields that the rules read.
    pub(super) fn fields(&self) -> impl Iterator<Item = &FieldId> {
        let optional =
            [&self.department, &self.employment_type, &self.experience_level, &self.location, &self.template];
        let rules = optional.into_iter().flatten().chain(self.categories.values());
        std::iter::once(&self.name).chain(rules).flat_map(TextRule::fields)
    }

    /// Whether the holder of the manager's position is asked for.
    #[must_use]
    pub fn reads_manager(&self) -> bool {
        self.hiring_manager == Some(HiringManager::OfPosition)
    }

    /// Whether a category holds HiBob's id of the position.
    #[must_use]
    pub fn bears_id(&self) -> bool {
        self.categories.values().flat_map(TextRule::fields).any(|field| *field == position_field::ID)
    }

    /// Whether positions are cloned from templates.
    #[must_use]
    pub fn clones(&self) -> bool {
        self.template.is_some()
    }
}

impl<'de> Deserialize<'de> for PositionMapping {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        table(value, |position| {
            let default = Self::default();
            let categories: Option<Rules> = position.optional("categories");
            let recruiter: Option<Parsed<Email>> = position.optional("lead_recruiter");
            let read = Self {
                name: position.optional("name").unwrap_or(default.name),
                strips_job_code: position.optional("strip_job_code").unwrap_or(default.strips_job_code),
                department: position.optional("department").or(default.department),
                employment_type: position.optional("employment_type").or(default.employment_type),
                experience_level: position.optional("experience_level"),
                location: checked(position, "location", |text| text.parse::<LocationUid>().map(drop)),
                template: checked(position, "template", |text| text.parse::<TemplateUid>().map(drop)),
                categories: categories.unwrap_or_default().0,
                is_discreet: position.optional("is_discreet").unwrap_or_default(),
                hiring_manager: position.optional("hiring_manager"),
                lead_recruiter: recruiter.map(|recruiter| recruiter.0),
                allow_fallback: position.optional("allow_fallback").unwrap_or(default.allow_fallback),
            };
            if let Some(field) = read.fields().find(|field| is_of_opening(field)) {
                // a position may have several openings, and is made once
                let what = format!("`{field}` is a field of openings; a position is made of its own fields");
                position.errors.extend(fault(span, what).errors);
            }
            Some(read)
        })
    }
}

impl<'de> Deserialize<'de> for HiringManager {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        let text = value.take_string(None)?;
        if text == "manager-position" {
            return Ok(Self::OfPosition);
        }
        let what = |_| format!("`{text}` is neither `manager-position` nor an e-mail address");
        text.parse().map(Self::Fixed).map_err(|error| fault(span, what(error)))
    }
}

/// A table of rules by the names of what they make.
#[derive(Default)]
pub(super) struct Rules(pub(super) BTreeMap<String, TextRule>);

impl<'de> Deserialize<'de> for Rules {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        let ValueInner::Table(rows) = value.take() else {
            return Err(fault(span, "a table is needed: a name, and what its value is made of".to_owned()));
        };
        let mut rules = BTreeMap::new();
        let mut errors = Vec::new();
        for (key, mut value) in rows {
            match TextRule::deserialize(&mut value) {
                Ok(rule) => {
                    rules.insert(key.name.into_owned(), rule);
                }
                Err(error) => errors.extend(error.errors),
            }
        }
        if errors.is_empty() { Ok(Self(rules)) } else { Err(DeserError { errors }) }
    }
}
