//! What people do in Oneflow: users make and delete contracts, participants open, fill, sign and decline them. Bound by what Oneflow lets
//! them do, not by a caller's rules.

use serde::Deserialize;

use super::acts;
use super::contract::{Contract, Participant, State};
use super::create::{self, Draft};
use super::events::{self, News};
use super::fields;
use super::participants::{self, NewParticipant};
use super::twin::Work;

/// A user's change of a participant.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Edit {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone_number: Option<String>,
    pub title: Option<String>,
}

/// A user makes a contract, and publishes it if asked.
pub(super) fn create(work: &mut Work<'_>, by: &str, draft: &Draft, publish: bool) -> Result<i64, String> {
    let maker = work.books.account.user(by).ok_or("there is no such user")?.clone();
    let drafted = create::drafted(draft, &work.books.account, &maker, work.ids, work.now);
    let contract = acts::create(work, drafted.map_err(|problem| problem.told())?);
    let id = contract.id;
    if publish {
        acts::publish(work, contract, maker.email, "", "")?;
    }
    Ok(id)
}

/// A user publishes a draft.
pub(super) fn publish(work: &mut Work<'_>, id: i64) -> Result<(), String> {
    let contract = found(work, id)?;
    let by = contract.creator.clone();
    acts::publish(work, contract, by, "", "")?;
    Ok(())
}

/// A participant who may do so, or a user where nobody is named, fills in a data field.
pub(super) fn edit_field(
    work: &mut Work<'_>,
    id: i64,
    custom_id: &str,
    value: &str,
    by: Option<&str>,
) -> Result<(), String> {
    let contract = found(work, id)?;
    let field = contract.field(custom_id).ok_or("the contract has no such data field")?.id;
    let actor = match by {
        None if contract.is_open() => contract.creator.clone(),
        Some(by) if contract.state == State::Pending => {
            let one = contract.participant(by).filter(|one| one.may_update);
            one.ok_or("the contract has no such participant, or one who may not edit")?.email.clone()
        }
        _ => return Err("the contract cannot be edited in its state".to_owned()),
    };
    fields::write(work, contract, field, value.to_owned(), Some(actor));
    Ok(())
}

/// A user changes a participant of an open contract.
pub(super) fn edit_participant(work: &mut Work<'_>, id: i64, email: &str, edit: &Edit) -> Result<(), String> {
    let mut contract = found(work, id)?;
    if !contract.is_open() {
        return Err("the contract cannot be edited in its state".to_owned());
    }
    let (now, creator) = (work.now, contract.creator.clone());
    let known = contract.participant_mut(email).ok_or("the contract has no such participant")?;
    let Edit { name, email, phone_number, title } = edit.clone();
    let new = NewParticipant { name, email, phone_number, title, ..NewParticipant::default() };
    let settled = participants::settled(&new, known.clone(), "participant").map_err(|problem| problem.told())?;
    *known = Participant { updated: now, ..settled };
    let news = News::by(Some(creator)).of("participant:update", serde_json::json!({"id": known.id}));
    contract.updated = now;
    events::keep(work, contract, news);
    Ok(())
}

/// A user deletes a contract.
pub(super) fn delete(work: &mut Work<'_>, id: i64) -> Result<(), String> {
    let contract = found(work, id)?;
    let by = contract.creator.clone();
    acts::delete(work, contract, Some(by));
    Ok(())
}

/// The contract as it is.
pub(super) fn found(work: &Work<'_>, id: i64) -> Result<Contract, String> {
    work.books.contract(id).cloned().ok_or_else(|| format!("there is no contract {id}"))
}
