//! What becomes of a contract, whoever does it: each act keeps another version of the contract and tells the webhooks.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::contract::{Contract, DeliveryStatus, Participant, SignState, State};
use super::events::{self, News};
use super::mail::Mail;
use super::twin::Work;

const NOBODY: &str = "the contract has no such participant";

/// A draft comes to be.
pub(super) fn create(work: &mut Work<'_>, contract: Contract) -> Contract {
    let mut news = News::by(Some(contract.creator.clone())).of("contract:create", subject(&contract));
    for one in contract.participants() {
        news = news.of("participant:create", person(one));
    }
    events::keep(work, contract.clone(), news);
    contract
}

/// A draft is sent to its participants, each by the participant's channel.
pub(super) fn publish(
    work: &mut Work<'_>,
    mut contract: Contract,
    by: String,
    subject_line: &str,
    message: &str,
) -> Result<Contract, &'static str> {
    if contract.state != State::Draft {
        return Err("The contract is no draft.");
    }
    let now = work.now;
    contract.move_to(State::Pending, now);
    contract.published = Some(now);
    let mut news = News::by(Some(by)).of("contract:publish", subject(&contract));
    let id = contract.id;
    for one in contract.parties.iter_mut().flat_map(|party| &mut party.participants) {
        if let Some(mail) = invitation(id, one, subject_line, message, now) {
            work.books.mails.push(mail);
            one.delivery_status = DeliveryStatus::Success;
        }
        news = news.of("participant:publish", person(one));
    }
    events::keep(work, contract.clone(), news);
    Ok(contract)
}

fn invitation(contract: i64, one: &Participant, subject: &str, message: &str, at: Timestamp) -> Option<Mail> {
    let to = match one.delivery_channel.as_str() {
        "email" => one.email.clone(),
        "sms" => one.phone_number.clone(),
        _ => return None,
    };
    Some(Mail {
        contract,
        participant: one.id,
        to,
        channel: one.delivery_channel.clone(),
        subject: subject.to_owned(),
        message: message.to_owned(),
        at,
    })
}

/// A contract goes.
pub(super) fn delete(work: &mut Work<'_>, mut contract: Contract, by: Option<String>) {
    contract.deleted = Some(work.now);
    let news = News::by(by).of("contract:delete", subject(&contract));
    events::keep(work, contract, news);
}

/// A participant looks at a contract that was sent.
pub(super) fn open(work: &mut Work<'_>, mut contract: Contract, by: &str) -> Result<(), String> {
    let now = work.now;
    if contract.state == State::Draft {
        return Err("a draft is seen by nobody".to_owned());
    }
    let one = contract.participant_mut(by).ok_or(NOBODY)?;
    one.visits.push(now);
    one.delivery_status = DeliveryStatus::Opened;
    let mut news = News::by(Some(one.email.clone()));
    if one.visits.len() == 1 {
        news = news.of("participant:first_visit", person(one));
    }
    events::keep(work, contract, news);
    Ok(())
}

/// A participant signs; everybody who has not yet where nobody is named. The last signature makes the contract signed.
pub(super) fn sign(work: &mut Work<'_>, mut contract: Contract, by: Option<&str>) -> Result<(), String> {
    pending(&contract)?;
    let left = signatories_left(&contract);
    let signing: Vec<_> = match by {
        None => left.clone(),
        Some(by) => left.iter().filter(|email| email.eq_ignore_ascii_case(by)).cloned().collect(),
    };
    if signing.is_empty() {
        return Err("nobody may sign, or whoever is named may not".to_owned());
    }
    let mut news = News::by(signing.last().cloned());
    for email in &signing {
        let one = contract.participant_mut(email).ok_or(NOBODY)?;
        (one.sign_state, one.sign_state_updated) = (SignState::Signed, Some(work.now));
        news = news.of("participant:sign", person(one));
    }
    contract.updated = work.now;
    if signing.len() == left.len() {
        contract.move_to(State::Signed, work.now);
        news = news.of("contract:sign", subject(&contract));
    }
    events::keep(work, contract, news);
    Ok(())
}

fn signatories_left(contract: &Contract) -> Vec<String> {
    let left = contract.participants().filter(|one| one.signatory && one.sign_state == SignState::Undecided);
    left.map(|one| one.email.clone()).collect()
}

/// A participant declines, and so the contract is declined.
pub(super) fn decline(work: &mut Work<'_>, mut contract: Contract, by: &str) -> Result<(), String> {
    pending(&contract)?;
    let one = contract.participant_mut(by).filter(|one| one.signatory).ok_or(NOBODY)?;
    (one.sign_state, one.sign_state_updated) = (SignState::Declined, Some(work.now));
    let news = News::by(Some(one.email.clone())).of("participant:decline", person(one));
    contract.move_to(State::Declined, work.now);
    let news = news.of("contract:decline", subject(&contract));
    events::keep(work, contract, news);
    Ok(())
}

/// The time to sign is over.
pub(super) fn expire(work: &mut Work<'_>, mut contract: Contract) -> Result<(), String> {
    pending(&contract)?;
    contract.move_to(State::Overdue, work.now);
    let news = News::by(None).of("contract:signing_period_expire", subject(&contract));
    events::keep(work, contract, news);
    Ok(())
}

/// An invitation came back.
pub(super) fn bounce(work: &mut Work<'_>, mut contract: Contract, to: &str) -> Result<(), String> {
    pending(&contract)?;
    let one = contract.participant_mut(to).ok_or(NOBODY)?;
    one.delivery_status = DeliveryStatus::Bounce;
    let news = News::by(None).of("participant:delivery_failure", person(one));
    events::keep(work, contract, news);
    Ok(())
}

/// An event of any type, of which nothing comes.
pub(super) fn announce(work: &mut Work<'_>, contract: Contract, kind: &str) {
    let news = News::by(None).of(kind, subject(&contract));
    events::keep(work, contract, news);
}

fn pending(contract: &Contract) -> Result<(), String> {
    match contract.state {
        State::Pending => Ok(()),
        _ => Err("the contract is not pending".to_owned()),
    }
}

fn subject(contract: &Contract) -> Value {
    json!({"id": contract.id})
}

fn person(one: &Participant) -> Value {
    json!({"id": one.id})
}
