//! The body of `POST /contracts/create`, and the draft that comes of it: <https://developer.oneflow.com/reference/create-a-contract>.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

use super::account::{Account, NewField, Template, User};
use super::contract::{Contract, DataField, Party, PartyType, State};
use super::fields;
use super::participants::{self, NewParticipant};
use super::problem::Problem;
use super::store::Ids;

/// What a caller or a user asks for.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Draft {
    pub workspace_id: i64,
    pub template_id: i64,
    /// The template's name where left out.
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub data_fields: Vec<NewValue>,
    #[serde(default)]
    pub parties: Vec<NewParty>,
    #[serde(default)]
    pub my_party: Option<MyParty>,
}

/// A value for a data field.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewValue {
    pub custom_id: String,
    /// A string or null.
    #[serde(default)]
    pub value: Value,
}

/// A counterparty: an individual with `participant`, or a company with `participants`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct NewParty {
    #[serde(rename = "type")]
    pub kind: PartyType,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub country_code: Option<String>,
    #[serde(default)]
    pub identification_number: Option<String>,
    #[serde(default)]
    pub participant: Option<NewParticipant>,
    #[serde(default)]
    pub participants: Option<Vec<NewParticipant>>,
}

/// The account's own party.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MyParty {
    pub participants: Vec<NewParticipant>,
}

const PARTIES: usize = 40;
const NAME: usize = 130;

/// The draft that a user makes; nothing is kept yet.
pub(super) fn drafted(
    draft: &Draft,
    account: &Account,
    maker: &User,
    ids: &mut Ids,
    now: Timestamp,
) -> Result<Contract, Problem> {
    let template = template(draft, account, maker)?;
    let name = draft.name.clone().unwrap_or_else(|| template.name.clone());
    if name.chars().count() > NAME {
        return Err(Problem::parameter("name", format!("Longer than maximum length {NAME}.")));
    }
    let mut contract = Contract {
        id: ids.next(),
        name,
        workspace_id: draft.workspace_id,
        template_id: template.id,
        template_type_id: template.template_type_id,
        state: State::Draft,
        creator: maker.email.clone(),
        by_api: false,
        created: now,
        updated: now,
        state_updated: now,
        published: None,
        deleted: None,
        data_fields: inherited(account, template, ids, now),
        parties: parties(draft, account, maker, ids, now)?,
        events: Vec::new(),
    };
    fill(&mut contract.data_fields, &draft.data_fields)?;
    Ok(contract)
}

fn template<'a>(draft: &Draft, account: &'a Account, maker: &User) -> Result<&'a Template, Problem> {
    if !account.workspaces.iter().any(|workspace| workspace.id == draft.workspace_id) {
        return Err(Problem::unknown());
    }
    if !maker.may_use(draft.workspace_id) {
        return Err(Problem::forbidden("The user may not use this workspace."));
    }
    let template = account.template(draft.template_id).ok_or_else(Problem::unknown)?;
    if template.workspaces.contains(&draft.workspace_id) {
        Ok(template)
    } else {
        Err(Problem::parameter("template_id", "The template is not shared with the workspace."))
    }
}

/// A contract inherits the data fields of its template's type.
fn inherited(account: &Account, template: &Template, ids: &mut Ids, now: Timestamp) -> Vec<DataField> {
    let fields = account.template_type(template.template_type_id).map(|kind| kind.data_fields.as_slice());
    let field = |new: &NewField| DataField {
        id: ids.next(),
        custom_id: new.custom_id.clone(),
        name: new.name.clone(),
        description: new.description.clone(),
        placeholder: new.placeholder.clone(),
        source: new.source,
        value: new.value.clone(),
        created: now,
        updated: now,
    };
    fields.unwrap_or_default().iter().map(field).collect()
}

fn fill(fields: &mut [DataField], values: &[NewValue]) -> Result<(), Problem> {
    for (place, new) in values.iter().enumerate() {
        let path = |member: &str| format!("data_fields.{place}.{member}");
        let field = fields.iter_mut().find(|field| field.custom_id == new.custom_id);
        let field =
            field.ok_or_else(|| Problem::parameter(path("custom_id"), "The template type has no such data field."))?;
        let value = fields::value(&new.value).map_err(|wrong| Problem::parameter(path("value"), wrong))?;
        if !fields::is_systems(field) {
            field.value = value;
        }
    }
    Ok(())
}

fn parties(
    draft: &Draft,
    account: &Account,
    maker: &User,
    ids: &mut Ids,
    now: Timestamp,
) -> Result<Vec<Party>, Problem> {
    if draft.parties.len() > PARTIES {
        return Err(Problem::parameter("parties", format!("Longer than maximum length {PARTIES}.")));
    }
    let mut parties = vec![own_party(draft, account, maker, ids, now)?];
    for (place, new) in draft.parties.iter().enumerate() {
        parties.push(counterparty(new, &format!("parties.{place}"), ids, now)?);
    }
    let mut addresses = BTreeSet::new();
    let mut everybody = parties.iter().flat_map(|party| &party.participants).filter(|one| !one.email.is_empty());
    if everybody.all(|one| addresses.insert(one.email.to_lowercase())) {
        Ok(parties)
    } else {
        Err(Problem::duplicate_participant())
    }
}

/// Who takes part for the account: whoever is named, else the maker, who organizes and does not sign.
fn own_party(draft: &Draft, account: &Account, maker: &User, ids: &mut Ids, now: Timestamp) -> Result<Party, Problem> {
    let named = match &draft.my_party {
        Some(party) => party.participants.clone(),
        None => vec![NewParticipant::organizer(&maker.name, &maker.email)],
    };
    let workspace = account.workspaces.iter().find(|workspace| workspace.id == draft.workspace_id);
    Ok(Party {
        id: ids.next(),
        kind: PartyType::Company,
        mine: true,
        name: workspace.map(|workspace| workspace.name.clone()).unwrap_or_default(),
        country_code: String::new(),
        identification_number: String::new(),
        participants: participants::all(&named, "my_party.participants", ids, now)?,
    })
}

fn counterparty(new: &NewParty, path: &str, ids: &mut Ids, now: Timestamp) -> Result<Party, Problem> {
    let wrong = |member: &str, wrong: &str| Err(Problem::parameter(format!("{path}.{member}"), wrong));
    let members = match (new.kind, &new.participant, &new.participants) {
        (PartyType::Individual, Some(one), None) => vec![one.clone()],
        (PartyType::Company, None, Some(some)) => some.clone(),
        (PartyType::Individual, ..) => return wrong("participant", "An individual has exactly this."),
        (PartyType::Company, ..) => return wrong("participants", "A company has exactly these."),
    };
    if new.kind == PartyType::Company && new.name.as_deref().unwrap_or_default().is_empty() {
        return wrong("name", "Missing data for required field.");
    }
    let participants = participants::all(&members, &format!("{path}.participants"), ids, now)?;
    let own_name = participants.first().map(|one| one.name.clone()).unwrap_or_default();
    Ok(Party {
        id: ids.next(),
        kind: new.kind,
        mine: false,
        name: new.name.clone().unwrap_or(own_name),
        country_code: new.country_code.clone().unwrap_or_default(),
        identification_number: new.identification_number.clone().unwrap_or_default(),
        participants,
    })
}
