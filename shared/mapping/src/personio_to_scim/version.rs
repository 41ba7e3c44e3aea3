//! What of the source decides, spelled as one text: links keep its fingerprint. Personio's own times do not do: a
//! person's says nothing of employments, and names of the organization have none.

use std::fmt::Display;

use vendors::personio::model::absence::{AbsencePeriod, Approval, Boundary};
use vendors::personio::model::custom::{CustomAttribute, CustomValue};
use vendors::personio::model::employment::{CostCenter, Employment, OrgUnit, OrgUnitKind};
use vendors::personio::model::person::{Person, PersonStatus};
use vendors::value::Personal;

use super::attribute_input::{NameOf, Names};
use super::source_person::SourcePerson;

/// Everything that decides over a person's account but the settings and the day. Fingerprints of it are kept in links,
/// so what is spelled here, and how, must stay as it is: another text would make everybody look edited. In whatever
/// order Personio lists attributes, employments and absences, the text is the same.
#[must_use]
pub fn version(source: SourcePerson<'_>, names: &Names) -> Personal<String> {
    let mut spelling = Spelling(String::new());
    spelling.person(source.person);
    for employment in sorted(source.employments, |employment| employment.id.to_string()) {
        spelling.employment(employment);
    }
    for absence in sorted(source.absences, |absence| absence.id.to_string()) {
        spelling.absence(absence);
    }
    for thing in [NameOf::Department, NameOf::Team, NameOf::Office, NameOf::LegalEntity] {
        spelling.put(thing.word(), names.of(thing));
    }
    Personal::new(spelling.0)
}

fn sorted<T>(list: &[T], key: impl Fn(&T) -> String) -> Vec<&T> {
    let mut sorted: Vec<&T> = list.iter().collect();
    sorted.sort_by_cached_key(|entry| key(entry));
    sorted
}

/// A text of members, each with the length of its value, so that no value can be taken for two.
struct Spelling(String);

impl Spelling {
    fn put(&mut self, name: &str, value: Option<impl Display>) {
        let line = match value.map(|value| value.to_string()) {
            None => format!("{name}\n"),
            Some(value) => format!("{name}={}:{value}\n", value.len()),
        };
        self.0.push_str(&line);
    }

    fn person(&mut self, person: &Person) {
        let Person { id, status, email, first_name, last_name, preferred_name, custom_attributes, .. } = person;
        self.put("person", Some(id));
        self.put("status", status.as_ref().map(status_word));
        self.put("email", email.as_ref().map(|email| email.reveal()));
        self.put("first_name", first_name.as_ref().map(Personal::reveal));
        self.put("last_name", last_name.as_ref().map(Personal::reveal));
        self.put("preferred_name", preferred_name.as_ref().map(Personal::reveal));
        for attribute in sorted(custom_attributes, |attribute| format!("{:?}", (&attribute.id, &attribute.global_id))) {
            self.custom(attribute);
        }
    }

    fn custom(&mut self, attribute: &CustomAttribute) {
        let CustomAttribute { id, global_id, value, .. } = attribute;
        self.put("custom", id.as_ref());
        self.put("global", global_id.as_ref());
        match value {
            CustomValue::Empty => self.put("value", None::<&str>),
            CustomValue::Text(text) => self.put("value", Some(text.reveal())),
            CustomValue::Boolean(yes) => self.put("value", Some(yes.reveal())),
            CustomValue::List(texts) => texts.reveal().iter().for_each(|text| self.put("value", Some(text))),
            CustomValue::Unusable => self.put("unusable", None::<&str>),
        }
    }

    fn employment(&mut self, employment: &Employment) {
        self.put("employment", Some(&employment.id));
        self.put("status", Some(employment.status.word()));
        self.put("type", employment.employment_type.as_ref().map(|kind| kind.word()));
        self.put("position", employment.position.as_ref());
        self.put("start", employment.start);
        self.put("end", employment.end);
        self.put("contract_end", employment.contract_end);
        self.put("supervisor", employment.supervisor);
        self.put("office", employment.office.as_ref());
        self.put("legal_entity", employment.legal_entity.as_ref());
        self.put("weekly_hours", employment.weekly_hours);
        self.termination(employment);
        employment.org_units.iter().for_each(|unit| self.org_unit(unit));
        employment.cost_centers.iter().for_each(|center| self.cost_center(center));
    }

    fn termination(&mut self, employment: &Employment) {
        let Some(termination) = &employment.termination else { return };
        self.put("terminated", termination.date);
        self.put("last_working_day", termination.last_working_day);
        self.put("termination_type", termination.kind.as_ref().map(|kind| kind.word()));
    }

    fn org_unit(&mut self, unit: &OrgUnit) {
        let kind = match &unit.kind {
            OrgUnitKind::Department => "department",
            OrgUnitKind::Team => "team",
            OrgUnitKind::Other(word) => word,
        };
        self.put("org_unit", Some(kind));
        self.put("id", Some(&unit.id));
    }

    fn cost_center(&mut self, center: &CostCenter) {
        self.put("cost_center", Some(&center.id));
        self.put("weight", center.weight);
    }

    fn absence(&mut self, absence: &AbsencePeriod) {
        self.put("absence", Some(absence.id));
        self.put("absence_type", Some(absence.absence_type));
        self.put("starts", Some(absence.starts.at));
        self.put("ends", absence.ends.map(|Boundary { at, .. }| at));
        self.put("approval", Some(approval_word(&absence.approval)));
    }
}

fn status_word(status: &PersonStatus) -> &str {
    match status {
        PersonStatus::Active => "ACTIVE",
        PersonStatus::Inactive => "INACTIVE",
        PersonStatus::Unspecified => "UNSPECIFIED",
        PersonStatus::Other(word) => word,
    }
}

fn approval_word(approval: &Approval) -> &str {
    match approval {
        Approval::Approved => "APPROVED",
        Approval::Pending => "PENDING",
        Approval::SubstituteRequested => "SUBSTITUTE_REQUESTED",
        Approval::DeletionPending => "DELETION_PENDING",
        Approval::Rejected => "REJECTED",
        Approval::Other(word) => word,
    }
}
