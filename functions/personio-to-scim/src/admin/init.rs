//! What a new connection file may name: types of employment, offices, departments, legal entities, custom attributes and
//! absence types of the Personio account.

use std::collections::{BTreeMap, BTreeSet};

use admin::{Context, Entry, Error, Findings, List, People};
use vendors::personio::hr::Hr;
use vendors::personio::model::employment::{Employment, OrgUnitKind};
use vendors::personio::model::person::Person;
use vendors::personio::{absences, employments, organization, persons};
use vendors::scim::list;
use vendors::{Error as VendorError, Kind};

use super::context::{only_reading, settings};

/// How many persons' employments are read: each takes a call.
const PERSONS: usize = 50;
const PEOPLE: &str = "people";
const POLICIES: &str = "policies";

/// What some employments name, by id.
#[derive(Default)]
struct Named {
    types: BTreeSet<String>,
    offices: BTreeMap<String, String>,
    departments: BTreeMap<String, String>,
    legal_entities: BTreeMap<String, String>,
}

/// Asks both accounts.
///
/// # Errors
/// The vendors'; and where file or secret cannot be used.
pub(super) async fn init(context: Context<'_, ()>, _: People) -> Result<Findings, Error> {
    let settings = settings(&context)?;
    let reader = only_reading(&context)?;
    let personio = reader.personio(&settings);
    (context.progress)("personio: persons are read");
    let persons = persons::list(&personio, None).next().await?.map(|page| page.items).unwrap_or_default();
    let mut findings = Findings::default();
    let named = Named::read(&personio, &persons, &mut findings.remarks).await?;
    findings.lists = named.lists(persons.len().min(PERSONS));
    findings.lists.push(attributes(&persons));
    match absences::types(&personio).await {
        Ok(types) => {
            let entries = types.into_iter().map(|it| Entry { id: it.id.to_string(), name: it.name }).collect();
            findings.lists.push(List { title: "absence types of Personio".to_owned(), table: POLICIES, entries });
        }
        // a credential need not read absences
        Err(VendorError { kind: Kind::RightMissing(_), .. }) => {
            findings
                .remarks
                .push("the credential may not read absence types, which only `leave_absences` needs".to_owned());
        }
        Err(error) => return Err(error.into()),
    }
    (context.progress)("scim: the partner's users are read");
    let users = list::page(&reader.scim(&settings), None).await?;
    if users.items.len() + users.unreadable.len() > 0 {
        let what = "the partner has users already: `policies.adoption` says which of them become persons' accounts";
        findings.remarks.push(what.to_owned());
    }
    Ok(findings)
}

impl Named {
    async fn read(personio: &Hr, persons: &[Person], remarks: &mut Vec<String>) -> Result<Self, Error> {
        let mut named = Self::default();
        for person in persons.iter().take(PERSONS) {
            let listed = match employments::list(personio, person.id).await {
                Ok(listed) => listed,
                Err(VendorError { kind: Kind::Gone, .. }) => continue,
                Err(error) => return Err(error.into()),
            };
            for employment in &listed {
                named.note(personio, employment, remarks).await?;
            }
        }
        Ok(named)
    }

    async fn note(&mut self, personio: &Hr, employment: &Employment, remarks: &mut Vec<String>) -> Result<(), Error> {
        self.types.extend(employment.employment_type.as_ref().map(|it| it.word().to_owned()));
        if let Some(id) = employment.office.as_ref().filter(|id| !self.offices.contains_key(id.as_str())) {
            let name = organization::office(personio, id).await;
            self.offices.insert(id.to_string(), shown(name, remarks)?);
        }
        if let Some(id) =
            employment.org_unit(&OrgUnitKind::Department).filter(|id| !self.departments.contains_key(id.as_str()))
        {
            let name = organization::org_unit(personio, &OrgUnitKind::Department, id).await;
            self.departments.insert(id.to_string(), shown(name, remarks)?);
        }
        if let Some(id) = employment.legal_entity.as_ref().filter(|id| !self.legal_entities.contains_key(id.as_str())) {
            let name = organization::legal_entity(personio, id).await;
            self.legal_entities.insert(id.to_string(), shown(name, remarks)?);
        }
        Ok(())
    }

    /// `looked_at`: at how many persons.
    fn lists(self, looked_at: usize) -> Vec<List> {
        let Self { types, offices, departments, legal_entities } = self;
        let types = types.into_iter().map(|word| (word, String::new())).collect();
        let lists = [
            ("employment_types", types),
            ("offices", offices),
            ("departments", departments),
            ("legal_entities", legal_entities),
        ];
        let list = |(key, named): (&str, BTreeMap<String, String>)| List {
            title: format!("{key} of {looked_at} persons of Personio"),
            table: PEOPLE,
            entries: named.into_iter().map(|(id, name)| Entry { id, name }).collect(),
        };
        lists.into_iter().map(list).collect()
    }
}

/// A name; none where the credential may not read it or the thing is gone.
fn shown(name: Result<String, VendorError>, remarks: &mut Vec<String>) -> Result<String, Error> {
    match name {
        Ok(name) => Ok(name),
        Err(error) if matches!(error.kind, Kind::RightMissing(_) | Kind::Gone | Kind::Invalid(_)) => {
            let what = format!("{error}: the name is left out");
            if !remarks.contains(&what) {
                remarks.push(what);
            }
            Ok(String::new())
        }
        Err(error) => Err(error.into()),
    }
}

/// The company's own attributes, by id, with the global id as name. Values are not looked at.
fn attributes(persons: &[Person]) -> List {
    let attributes = persons.iter().flat_map(|person| &person.custom_attributes);
    let named: BTreeMap<String, String> =
        attributes.filter_map(|it| Some((it.id.clone()?, it.global_id.clone().unwrap_or_default()))).collect();
    List {
        title: "custom attributes of Personio's persons: custom_id and global_id".to_owned(),
        table: "attributes",
        entries: named.into_iter().map(|(id, name)| Entry { id, name }).collect(),
    }
}
