//! Which fields of a contract and its candidate differ, and which way each goes. Pure and printable; empty is a success.

use std::fmt;

use mapping::Problem;
use mapping::oneflow_teamtailor::{
    DefaultField, FieldValue, Flow, Formats, MappedField, Misfit, News, Side, Status, Target, Ways, flow, read_oneflow,
    read_teamtailor,
};
use vendors::oneflow::model::{Contract, DataField};
use vendors::teamtailor::model::{Candidate, FieldContent};

use crate::catalog::Catalog;
use crate::connection::Settings;
use crate::link::{Digests, digest};

/// What is to be done about the fields of one contract. `Display` names fields, never a value.
#[derive(Debug, Default)]
pub(crate) struct Plan<'a> {
    /// The values that go to a side.
    pub(crate) steps: Vec<Step<'a>>,
    /// The fields that are the same on both sides, with digests of their values.
    pub(crate) same: Digests,
    /// The values that do not fit.
    pub(crate) problems: Vec<Problem>,
}

/// A value that goes to a side.
#[derive(Debug)]
pub(crate) struct Step<'a> {
    pub(crate) field: &'a MappedField,
    /// The contract's data field.
    pub(crate) data_field: &'a DataField,
    /// To Teamtailor or to Oneflow.
    pub(crate) way: Flow,
    pub(crate) value: FieldValue,
}

/// Both sides of one contract.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sides<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) candidate: &'a Candidate,
    pub(crate) contract: &'a Contract,
    /// The values that were last the same on both.
    pub(crate) same: &'a Digests,
    pub(crate) formats: Formats,
    /// Whether the contract's values may reach the candidate.
    pub(crate) to_teamtailor: bool,
    /// Whether the candidate's values may reach the contract.
    pub(crate) to_oneflow: bool,
}

impl<'a> Sides<'a> {
    /// Both sides under a connection's settings. `is_winner`: whether the contract's values count, of all of the candidate's.
    pub(crate) fn of(
        settings: &Settings,
        catalog: &'a Catalog,
        candidate: &'a Candidate,
        contract: &'a Contract,
        same: &'a Digests,
        is_winner: bool,
    ) -> Self {
        let status = Status::of(contract);
        let Settings { directions, contracts, fields, .. } = settings;
        Self {
            catalog,
            candidate,
            contract,
            same,
            formats: fields.formats,
            to_teamtailor: directions.to_teamtailor && status.counts() && is_winner,
            to_oneflow: directions.to_oneflow && contracts.update && status.is_unsigned(),
        }
    }
}

impl<'a> Plan<'a> {
    /// What is to be done. A field that the contract does not have is no part of it.
    pub(crate) fn of(sides: Sides<'a>) -> Self {
        let mut plan = Self::default();
        let data_fields = sides.contract.data_fields.as_deref().unwrap_or_default();
        for field in &sides.catalog.mapped.fields {
            let Some(data_field) = data_fields.iter().find(|it| sides.catalog.is_field(it, &field.oneflow)) else {
                continue;
            };
            plan.add(sides, field, data_field);
        }
        plan
    }

    fn add(&mut self, sides: Sides<'a>, field: &'a MappedField, data_field: &'a DataField) {
        let ways = Ways {
            to_teamtailor: sides.to_teamtailor && field.direction.reaches_teamtailor(),
            to_oneflow: sides.to_oneflow && field.direction.reaches_oneflow(),
            clears: field.clears,
        };
        let options = sides.catalog.options(field);
        let there = read_oneflow(data_field.value.reveal(), field.kind, options, sides.formats);
        let here = read_teamtailor(&content(sides.candidate, field), field.kind, options);
        let (oneflow, teamtailor) = match (there, here) {
            (Ok(oneflow), Ok(teamtailor)) => (oneflow, teamtailor),
            (Err(misfit), _) if ways.to_teamtailor => return self.problem(field, "Oneflow", misfit),
            (_, Err(misfit)) if ways.to_oneflow => return self.problem(field, "Teamtailor", misfit),
            // a side that is only written may hold anything
            (Err(_), Ok(teamtailor)) if ways.to_oneflow => (FieldValue::Empty, teamtailor),
            (Ok(oneflow), Err(_)) if ways.to_teamtailor => (oneflow, FieldValue::Empty),
            _ => return,
        };
        let known = sides.same.get(&field.oneflow).copied();
        let news = |value: &FieldValue| match known {
            None => News::First,
            Some(known) if known == digest(value) => News::Unchanged,
            Some(_) => News::Changed,
        };
        let one = Side { value: &oneflow, news: news(&oneflow) };
        let other = Side { value: &teamtailor, news: news(&teamtailor) };
        let way = flow(one, other, ways);
        let value = match way {
            Flow::Same => {
                self.same.insert(field.oneflow.clone(), digest(&oneflow));
                return;
            }
            Flow::Apart => return,
            Flow::ToTeamtailor => oneflow,
            Flow::ToOneflow => teamtailor,
        };
        self.steps.push(Step { field, data_field, way, value });
    }

    fn problem(&mut self, field: &MappedField, side: &str, misfit: Misfit) {
        self.problems.push(misfit_of(field, side, misfit));
    }
}

/// A side's value that does not fit.
pub(crate) fn misfit_of(field: &MappedField, side: &str, misfit: Misfit) -> Problem {
    Problem::new(field.oneflow.to_string(), format!("what {side} holds is {misfit}"))
}

/// What the candidate holds for a field.
pub(crate) fn content(candidate: &Candidate, field: &MappedField) -> FieldContent {
    let text = match &field.target {
        Target::Custom(id) => {
            let values = candidate.values.as_deref().unwrap_or_default();
            let held = values.iter().find(|value| value.field == *id);
            return held.map_or(FieldContent::Empty, |value| value.content.clone());
        }
        Target::Default(DefaultField::FirstName) => candidate.first_name.clone(),
        Target::Default(DefaultField::LastName) => candidate.last_name.clone(),
        Target::Default(DefaultField::Phone) => candidate.phone.clone(),
        Target::Default(DefaultField::Email) => {
            candidate.email.as_ref().map(|email| vendors::value::Personal::new(email.reveal().to_owned()))
        }
    };
    text.map_or(FieldContent::Empty, FieldContent::One)
}

impl fmt::Display for Plan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.steps.is_empty() {
            return f.write_str("nothing to do");
        }
        let steps: Vec<String> = self.steps.iter().map(ToString::to_string).collect();
        f.write_str(&steps.join(", then "))
    }
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MappedField { oneflow, name, .. } = self.field;
        match self.way {
            Flow::ToOneflow => write!(f, "write {name} of the candidate to {oneflow} of the contract"),
            Flow::ToTeamtailor | Flow::Same | Flow::Apart => {
                write!(f, "write {oneflow} of the contract to {name} of the candidate")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use mapping::document;
    use mapping::oneflow_teamtailor::{FieldRules, mapped};
    use vendors::oneflow::model::ContractState;
    use vendors::teamtailor::model::{CustomField, CustomFieldKind, CustomFieldValue};
    use vendors::value::Personal;

    use super::*;

    fn text(text: &str) -> Personal<String> {
        Personal::new(text.to_owned())
    }

    fn catalog() -> Catalog {
        let field = |id: &str, api_name: &str, kind| CustomField {
            id: id.parse().unwrap(),
            name: None,
            api_name: api_name.to_owned(),
            kind,
        };
        let fields =
            [field("1", "oneflow-start", CustomFieldKind::Date), field("2", "oneflow-team", CustomFieldKind::Text)];
        let rules: FieldRules =
            document::read(r#"map = [{ oneflow = "phone", teamtailor = "candidate.phone" }]"#).unwrap();
        Catalog { mapped: mapped(&rules, &fields), ..Catalog::default() }
    }

    fn candidate(team: &str, phone: &str) -> Candidate {
        let value = CustomFieldValue {
            id: "9".parse().unwrap(),
            field: "2".parse().unwrap(),
            content: FieldContent::One(text(team)),
        };
        Candidate {
            id: "5".parse().unwrap(),
            first_name: None,
            last_name: None,
            email: None,
            phone: Some(text(phone)),
            updated: None,
            values: Some(vec![value]),
        }
    }

    fn contract(fields: &[(&str, &str)]) -> Contract {
        let field = |(index, (key, value)): (usize, &(&str, &str))| DataField {
            id: (index + 1).to_string().parse().unwrap(),
            custom_id: Some(key.parse().unwrap()),
            name: None,
            value: text(value),
        };
        Contract {
            id: "101".parse().unwrap(),
            name: None,
            state: ContractState::Pending,
            state_updated: None,
            is_cancelled: None,
            updated: None,
            created: None,
            published: None,
            workspace: None,
            template: None,
            template_type: None,
            parties: Vec::new(),
            data_fields: Some(fields.iter().enumerate().map(field).collect()),
        }
    }

    fn shown(candidate: &Candidate, contract: &Contract, same: &Digests) -> String {
        let catalog = catalog();
        let formats = Formats::default();
        let sides =
            Sides { catalog: &catalog, candidate, contract, same, formats, to_teamtailor: true, to_oneflow: true };
        let plan = Plan::of(sides);
        let problems: Vec<String> = plan.problems.iter().map(ToString::to_string).collect();
        format!("{plan} | same: {} | {}", plan.same.len(), problems.join(", "))
    }

    #[test]
    fn each_field_goes_its_own_way() {
        let contract = contract(&[("oneflow-start", "2026-04-03"), ("oneflow-team", ""), ("phone", "+46 1")]);
        let shown = shown(&candidate("Red", "+461"), &contract, &Digests::new());
        let wanted = "write oneflow-start of the contract to oneflow-start of the candidate, then write oneflow-team of the \
            candidate to oneflow-team of the contract | same: 1 | ";
        assert_eq!(shown, wanted);
    }

    #[test]
    fn a_value_that_does_not_fit_keeps_no_other_back() {
        let contract = contract(&[("oneflow-start", "03/04/2026"), ("oneflow-team", "Blue")]);
        let shown = shown(&candidate("Red", "+461"), &contract, &Digests::new());
        assert!(shown.starts_with("write oneflow-team of the contract to"), "{shown}");
        assert!(shown.contains("`oneflow-start`: what Oneflow holds is a date whose day and month"), "{shown}");
    }

    #[test]
    fn what_was_the_same_and_is_unchanged_stays_apart() {
        let contract = contract(&[("oneflow-team", "Blue")]);
        let key = "oneflow-team".parse().unwrap();
        let same: Digests = [(key, digest(&FieldValue::text("Blue")))].into();
        let changed_here = shown(&candidate("Red", ""), &contract, &same);
        assert!(changed_here.starts_with("write oneflow-team of the candidate to"), "{changed_here}");
        let key = "oneflow-team".parse().unwrap();
        let other: Digests = [(key, digest(&FieldValue::text("Red")))].into();
        let changed_there = shown(&candidate("Red", ""), &contract, &other);
        assert!(changed_there.starts_with("write oneflow-team of the contract to"), "{changed_there}");
    }
}
