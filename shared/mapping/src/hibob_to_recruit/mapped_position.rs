//! What Recruit gets of a position when it is made.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use vendors::hibob::model::{Cell, EmployeeId, FieldId, position_field};
use vendors::recruit::model::{LocationUid, TemplateUid};
use vendors::value::{Email, Personal};

use super::position_mapping::{HiringManager, PositionMapping};
use super::row::Row;
use super::text_rule::{Made, TextRule};
use crate::{Problem, Unmappable};

/// The longest word of a list that is quoted to the owner.
const QUOTED: usize = 80;

/// What Recruit gets of a position when it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedPosition {
    /// Its name: the title that candidates may see.
    pub name: String,
    /// The department's name.
    pub department: Option<String>,
    /// The type of employment.
    pub employment_type: Option<String>,
    /// The level of experience.
    pub experience_level: Option<String>,
    /// The location's uid.
    pub location: Option<LocationUid>,
    /// The uid of the template that the position is cloned from.
    pub template: Option<TemplateUid>,
    /// Custom fields.
    pub categories: BTreeMap<String, Personal<String>>,
    /// Whether only the hiring team sees the position.
    pub is_discreet: bool,
    /// Who becomes the hiring manager.
    pub hiring_manager: MappedManager,
    /// Who becomes the lead recruiter.
    pub lead_recruiter: Option<Email>,
    /// Whether the earliest owner takes the role of somebody whom Recruit does not know.
    pub allow_fallback: bool,
    /// What stays empty although it is mapped: told, and nothing waits for it.
    pub left_out: Vec<Problem>,
}

/// Who becomes the hiring manager.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappedManager {
    /// Nobody is named.
    Nobody,
    /// The person with this address.
    Known(Email),
    /// The employee with this id of HiBob, whose address is to be asked for.
    Employee(EmployeeId),
}

/// What Recruit gets of the row's position.
///
/// # Errors
/// [`Unmappable`]: everything that stands in the way.
pub fn mapped_position(row: Row<'_>, mapping: &PositionMapping) -> Result<MappedPosition, Unmappable> {
    let mut values = Values { row, problems: Vec::new(), left_out: Vec::new() };
    let name = values.required("position.name", &mapping.name);
    let name = name.map(|name| if mapping.strips_job_code { without_job_code(&name).to_owned() } else { name });
    let department = values.optional("position.department", mapping.department.as_ref());
    let employment_type = values.optional("position.employment_type", mapping.employment_type.as_ref());
    let experience_level = values.optional("position.experience_level", mapping.experience_level.as_ref());
    let location = values.uid("position.location", mapping.location.as_ref());
    let template = values.uid("position.template", mapping.template.as_ref());
    let categories = values.named("position.categories", &mapping.categories);
    let hiring_manager = hiring_manager(row, mapping);
    if template.is_none() && mapping.clones() && values.has_no_problem("position.template") {
        values.problem("position.template", "no template is named for this position");
    }
    let Values { problems, left_out, .. } = values;
    match name {
        Some(name) if problems.is_empty() => Ok(MappedPosition {
            name,
            department,
            employment_type,
            experience_level,
            location,
            template,
            categories,
            is_discreet: mapping.is_discreet,
            hiring_manager,
            lead_recruiter: mapping.lead_recruiter.clone(),
            allow_fallback: mapping.allow_fallback,
            left_out,
        }),
        _ => Err(Unmappable { problems }),
    }
}

fn hiring_manager(row: Row<'_>, mapping: &PositionMapping) -> MappedManager {
    match &mapping.hiring_manager {
        None => MappedManager::Nobody,
        Some(HiringManager::Fixed(email)) => MappedManager::Known(email.clone()),
        Some(HiringManager::OfPosition) => {
            let holder = row.position.cell(&position_field::MANAGER_POSITION_FILLED_BY).and_then(Cell::text);
            let employee = holder.and_then(|holder| holder.parse::<EmployeeId>().ok());
            employee.map_or(MappedManager::Nobody, MappedManager::Employee)
        }
    }
}

/// `Manager, Customer Success (J-1)` without the job's code.
fn without_job_code(name: &str) -> &str {
    let cut = name.rsplit_once(" (J-").filter(|(title, code)| !title.trim().is_empty() && code.ends_with(')'));
    cut.map_or(name, |(title, _)| title.trim_end())
}

/// Collects what rules make of a row, and what stands in their way.
pub(super) struct Values<'a> {
    pub(super) row: Row<'a>,
    pub(super) problems: Vec<Problem>,
    pub(super) left_out: Vec<Problem>,
}

impl Values<'_> {
    /// A text that Recruit must get.
    pub(super) fn required(&mut self, key: &str, rule: &TextRule) -> Option<String> {
        let found = self.made(key, rule);
        // what Recruit needs cannot be left out
        self.problems.extend(self.left_out.pop_if(|problem| problem.key == key));
        if found.is_none() && self.has_no_problem(key) {
            let fields: Vec<String> = rule.fields().iter().map(|field| self.found_at(field)).collect();
            self.problem(key, &format!("Recruit needs it, and {}", fields.join(", ")));
        }
        found
    }

    /// A text that Recruit may get.
    pub(super) fn optional(&mut self, key: &str, rule: Option<&TextRule>) -> Option<String> {
        self.made(key, rule?)
    }

    /// A uid of Recruit's that it may get.
    fn uid<T: FromStr<Err: fmt::Display>>(&mut self, key: &str, rule: Option<&TextRule>) -> Option<T> {
        let text = self.optional(key, rule)?;
        text.parse().map_err(|error: T::Err| self.problem(key, &error.to_string())).ok()
    }

    /// Texts with names that the file gives.
    pub(super) fn named(
        &mut self,
        key: &str,
        rules: &BTreeMap<String, TextRule>,
    ) -> BTreeMap<String, Personal<String>> {
        let made = rules.iter().map(|(name, rule)| (name, self.made(&format!("{key}.{name}"), rule)));
        made.filter_map(|(name, text)| Some((name.clone(), Personal::new(text?)))).collect()
    }

    pub(super) fn has_no_problem(&self, key: &str) -> bool {
        self.problems.iter().all(|problem| problem.key != key)
    }

    pub(super) fn problem(&mut self, key: &str, what: &str) {
        self.problems.push(Problem::new(key, what));
    }

    fn made(&mut self, key: &str, rule: &TextRule) -> Option<String> {
        match rule.find(self.row) {
            Made::Text(text) => Some(text),
            Made::Nothing => None,
            Made::Unknown { word, is_optional } => {
                let word: String = word.chars().take(QUOTED).collect();
                let problem = Problem::new(key, "`words` does not name what HiBob shows");
                let list = if is_optional { &mut self.left_out } else { &mut self.problems };
                list.push(Problem { word: Some(Personal::new(word)), ..problem });
                None
            }
        }
    }

    fn found_at(&self, field: &FieldId) -> String {
        match self.row.cell(field) {
            Some(_) => format!("`{field}` is empty"),
            None => format!("HiBob does not show `{field}`"),
        }
    }
}
