//! What of the source decides, spelled as one text: links keep its fingerprint. Personio's own times do not do: a
//! person's says nothing of employments, and names of the organization have none.

use vendors::personio::model::absence::{AbsencePeriod, Approval, Boundary};
use vendors::personio::model::custom::{CustomAttribute, CustomValue};
use vendors::personio::model::employment::{CostCenter, Employment, OrgUnit, OrgUnitKind};
use vendors::personio::model::person::{Person, PersonStatus};
use vendors::personio::model::presence::Presence;
use vendors::value::Personal;

use super::attribute_input::{NameOf, Names};
use super::source_person::SourcePerson;
use crate::spelling::Spelling;

/// Everything that decides over a person's account but the settings and the day. Fingerprints of it are kept in links,
/// so what is spelled here, and how, must stay as it is: another text would make everybody look edited. In whatever
/// order Personio lists attributes, employments and absences, the text is the same.
#[must_use]
pub fn version(source: SourcePerson<'_>, names: &Names) -> Personal<String> {
    let mut version = Version::default();
    version.person(source.person);
    for employment in sorted(source.employments, |employment| employment.id.to_string()) {
        version.employment(employment);
    }
    for absence in sorted(source.absences, |absence| absence.id.to_string()) {
        version.absence(absence);
    }
    for thing in [NameOf::Department, NameOf::Team, NameOf::Office, NameOf::LegalEntity] {
        version.0.put(thing.word(), names.of(thing));
    }
    Personal::new(version.0.into_text())
}

fn sorted<T>(list: &[T], key: impl Fn(&T) -> String) -> Vec<&T> {
    let mut sorted: Vec<&T> = list.iter().collect();
    sorted.sort_by_cached_key(|entry| key(entry));
    sorted
}

/// A person's version, as far as it is spelled.
#[derive(Default)]
struct Version(Spelling);

impl Version {
    fn person(&mut self, person: &Person) {
        let Person { id, status, email, first_name, last_name, preferred_name, custom_attributes, members, .. } =
            person;
        self.0.put("person", Some(id));
        self.0.put("status", status.as_ref().map(status_word));
        self.0.put("email", email.as_ref().map(|email| email.reveal()));
        self.0.put("first_name", first_name.as_ref().map(Personal::reveal));
        self.0.put("last_name", last_name.as_ref().map(Personal::reveal));
        self.0.put("preferred_name", preferred_name.as_ref().map(Personal::reveal));
        // who may not be asked is not who has none
        for (member, presence) in members {
            match presence {
                Presence::Missing => self.0.put("missing", Some(member)),
                Presence::Unusable => self.0.put("unusable", Some(member)),
                Presence::Empty | Presence::There => {}
            }
        }
        for attribute in sorted(custom_attributes, |attribute| format!("{:?}", (&attribute.id, &attribute.global_id))) {
            self.custom(attribute);
        }
    }

    fn custom(&mut self, attribute: &CustomAttribute) {
        let CustomAttribute { id, global_id, value, .. } = attribute;
        self.0.put("custom", id.as_ref());
        self.0.put("global", global_id.as_ref());
        match value {
            CustomValue::Empty => self.0.put("value", None::<&str>),
            CustomValue::Text(text) => self.0.put("value", Some(text.reveal())),
            CustomValue::Boolean(yes) => self.0.put("value", Some(yes.reveal())),
            CustomValue::List(texts) => texts.reveal().iter().for_each(|text| self.0.put("value", Some(text))),
            CustomValue::Unusable => self.0.put("unusable", None::<&str>),
        }
    }

    fn employment(&mut self, employment: &Employment) {
        self.0.put("employment", Some(&employment.id));
        self.0.put("status", Some(employment.status.word()));
        self.0.put("type", employment.employment_type.as_ref().map(|kind| kind.word()));
        self.0.put("position", employment.position.as_ref());
        self.0.put("start", employment.start);
        self.0.put("end", employment.end);
        self.0.put("contract_end", employment.contract_end);
        self.0.put("supervisor", employment.supervisor);
        self.0.put("office", employment.office.as_ref());
        self.0.put("legal_entity", employment.legal_entity.as_ref());
        self.0.put("weekly_hours", employment.weekly_hours);
        self.termination(employment);
        employment.shown.iter().for_each(|member| self.0.put("shown", Some(member)));
        employment.org_units.iter().for_each(|unit| self.org_unit(unit));
        employment.cost_centers.iter().for_each(|center| self.cost_center(center));
    }

    fn termination(&mut self, employment: &Employment) {
        let Some(termination) = &employment.termination else { return };
        self.0.put("terminated", termination.date);
        self.0.put("last_working_day", termination.last_working_day);
        self.0.put("termination_type", termination.kind.as_ref().map(|kind| kind.word()));
    }

    fn org_unit(&mut self, unit: &OrgUnit) {
        let kind = match &unit.kind {
            OrgUnitKind::Department => "department",
            OrgUnitKind::Team => "team",
            OrgUnitKind::Other(word) => word,
        };
        self.0.put("org_unit", Some(kind));
        self.0.put("id", Some(&unit.id));
    }

    fn cost_center(&mut self, center: &CostCenter) {
        self.0.put("cost_center", Some(&center.id));
        self.0.put("weight", center.weight);
    }

    fn absence(&mut self, absence: &AbsencePeriod) {
        self.0.put("absence", Some(absence.id));
        self.0.put("absence_type", Some(absence.absence_type));
        self.0.put("starts", Some(absence.starts.at));
        self.0.put("ends", absence.ends.map(|Boundary { at, .. }| at));
        self.0.put("approval", Some(approval_word(&absence.approval)));
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
