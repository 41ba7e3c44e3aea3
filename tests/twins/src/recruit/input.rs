//! Bodies for positions and openings into what is kept, or the reason for a refusal.
//! <https://developers.comeet.com/reference/create-a-position>, <https://developers.comeet.com/reference/create-an-opening>

use std::collections::BTreeSet;

use axum::http::{HeaderMap, header};
use serde_json::{Value, json};

use super::account::{Account, CustomId, PositionStatus, Right};
use super::member::{self, Checked, Members};
use super::problem::Problem;

const POSITION: [&str; 15] = [
    "name",
    "status",
    "is_discreet",
    "department",
    "experience_level",
    "employment_type",
    "is_talent_pool",
    "location",
    "salary_range",
    "categories",
    "details",
    "allow_fallback",
    "users",
    "openings",
    "internal_use_custom_id",
];
const REQUIRED: [&str; 3] = ["name", "status", "is_discreet"];
const OPENING: [&str; 8] = [
    "name",
    "time_expected_hire",
    "reason",
    "status",
    "approval_status",
    "time_approved",
    "time_opened",
    "custom_fields",
];
const ROLES: [&str; 3] = ["lead_recruiter", "hiring_manager", "lead_recruiting_coordinator"];
const REASONS: [&str; 3] = ["New", "Replacement hire", "Temporary replacement"];

/// What a position's body is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Create,
    Clone,
    Update,
}

/// A position's body that was checked.
pub(super) struct Written {
    /// What is kept.
    pub(super) members: Members,
    /// None: they were left out.
    pub(super) openings: Option<Vec<WrittenOpening>>,
}

/// An opening's body that was checked.
pub(super) struct WrittenOpening {
    pub(super) name: String,
    pub(super) time_expected_hire: String,
    pub(super) reason: String,
    /// When it was approved; none: it was not.
    pub(super) time_approved: Option<String>,
    pub(super) time_opened: Option<String>,
    pub(super) custom_fields: Members,
}

/// A change of an opening that was checked.
pub(super) struct OpeningChange {
    pub(super) members: Members,
}

/// Reads a JSON object.
pub(super) fn members(headers: &HeaderMap, body: &[u8]) -> Checked<Members> {
    let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = media.split(';').next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case("application/json") {
        return Err(Problem::media());
    }
    serde_json::from_slice(body).map_err(|_| Problem::bad("The body must be a JSON object"))
}

/// Checks a position's body.
pub(super) fn position(account: &Account, mut sent: Members, purpose: Purpose) -> Checked<Written> {
    let own: &[&str] = match purpose {
        Purpose::Create => &[],
        Purpose::Clone => &["copy_assignees"],
        Purpose::Update => &["questionnaire_uids"],
    };
    member::known(&sent, &[&POSITION[..], own].concat())?;
    if purpose == Purpose::Update {
        refuse_in_update(account, &sent)?;
    } else {
        member::required(&sent, &[&REQUIRED[..], own].concat())?;
    }
    sent.iter().try_for_each(|(name, value)| position_member(account, name, value))?;
    let openings = sent.remove("openings").map(|openings| written_openings(account, &openings)).transpose()?;
    sent.remove("copy_assignees");
    let fallback = sent.remove("allow_fallback") == Some(Value::Bool(true));
    let users = users(account, sent.remove("users").as_ref(), fallback, purpose)?;
    if !users.is_empty() {
        sent.insert("users".to_owned(), Value::Object(users));
    }
    if account.quirks.custom_id == CustomId::Ignored {
        sent.remove("internal_use_custom_id");
    }
    Ok(Written { members: sent, openings })
}

/// Checks an opening's body, without its position.
pub(super) fn opening(account: &Account, sent: &Members) -> Checked<WrittenOpening> {
    member::known(sent, &OPENING)?;
    member::required(sent, &["name", "time_expected_hire", "reason", "status"])?;
    let get = |name: &str| sent.get(name).unwrap_or(&Value::Null);
    member::one_of("status", get("status"), &["OPEN"])?;
    let custom_fields = match sent.get("custom_fields") {
        Some(fields) => custom_fields(account, fields)?,
        None => Members::new(),
    };
    Ok(WrittenOpening {
        name: member::text("name", get("name"))?.to_owned(),
        time_expected_hire: member::day("time_expected_hire", get("time_expected_hire"))?,
        reason: member::one_of("reason", get("reason"), &REASONS)?.to_owned(),
        time_approved: approval(sent)?,
        time_opened: sent.get("time_opened").map(|time| member::time("time_opened", time)).transpose()?,
        custom_fields,
    })
}

/// Checks a change of an opening. Nobody documents one.
pub(super) fn opening_change(account: &Account, sent: Members) -> Checked<OpeningChange> {
    member::known(&sent, &["name", "time_expected_hire", "reason", "status", "custom_fields"])?;
    for (name, value) in &sent {
        match name.as_str() {
            "name" => member::text(name, value).map(drop)?,
            "time_expected_hire" => member::day(name, value).map(drop)?,
            "reason" => member::one_of(name, value, &REASONS).map(drop)?,
            "status" => member::one_of(name, value, &["OPEN", "CANCELED"]).map(drop)?,
            _ => custom_fields(account, value).map(drop)?,
        }
    }
    Ok(OpeningChange { members: sent })
}

fn refuse_in_update(account: &Account, sent: &Members) -> Checked {
    let status = sent.contains_key("status") && account.quirks.position_status == PositionStatus::Refused;
    let refused = [("status", status), ("openings", sent.contains_key("openings"))];
    match refused.iter().find(|(_, is_sent)| *is_sent) {
        Some((name, _)) => Err(Problem::bad(format!("Unknown property {name}"))),
        None => Ok(()),
    }
}

fn position_member(account: &Account, name: &str, value: &Value) -> Checked {
    match name {
        "name" | "department" | "experience_level" | "employment_type" => member::text(name, value).map(drop),
        "status" => member::one_of(name, value, &["open", "on hold", "closed"]).map(drop),
        "is_discreet" | "is_talent_pool" | "allow_fallback" | "copy_assignees" => member::boolean(name, value),
        "location" => location(account, value),
        "salary_range" => salary_range(account, value),
        "categories" => named_values(name, value, &account.categories),
        "details" => named_values(name, value, &account.details),
        "internal_use_custom_id" if account.quirks.custom_id == CustomId::Refused => {
            Err(Problem::bad(format!("Unknown property {name}")))
        }
        "internal_use_custom_id" => member::text(name, value).map(drop),
        "openings" | "questionnaire_uids" => member::list(name, value).map(drop),
        _ => member::object(name, value).map(drop),
    }
}

fn location(account: &Account, value: &Value) -> Checked {
    let location = member::object("location", value)?;
    member::known(location, &["uid"])?;
    let uid = member::text("location.uid", location.get("uid").unwrap_or(&Value::Null))?;
    if account.locations.contains_key(uid) {
        Ok(())
    } else {
        Err(Problem::bad(format!("location {uid} does not exist")))
    }
}

fn salary_range(account: &Account, value: &Value) -> Checked {
    if !account.rights.contains(&Right::PositionsSalaryRange) {
        return Err(Problem::right(Right::PositionsSalaryRange));
    }
    let range = member::object("salary_range", value)?;
    member::known(range, &["min", "max", "currency_code", "period"])?;
    match range.get("period") {
        Some(period) => member::one_of("period", period, &["hourly", "weekly", "monthly", "annually"]).map(drop),
        None => Ok(()),
    }
}

fn named_values(name: &str, value: &Value, names: &BTreeSet<String>) -> Checked {
    for item in member::list(name, value)? {
        let item = member::object(name, item)?;
        member::known(item, &["name", "value"])?;
        let known = member::text(&format!("{name}.name"), item.get("name").unwrap_or(&Value::Null))?;
        if !names.contains(known) {
            return Err(Problem::bad(format!("{name}: {known} does not exist")));
        }
        member::text(&format!("{name}.value"), item.get("value").unwrap_or(&Value::Null))?;
    }
    Ok(())
}

fn custom_fields(account: &Account, value: &Value) -> Checked<Members> {
    let fields = member::object("custom_fields", value)?;
    match fields.keys().find(|name| !account.opening_fields.contains(*name)) {
        Some(name) => Err(Problem::bad(format!("custom_fields: {name} does not exist"))),
        None => Ok(fields.clone()),
    }
}

fn written_openings(account: &Account, value: &Value) -> Checked<Vec<WrittenOpening>> {
    let openings = member::list("openings", value)?.iter();
    openings.map(|sent| opening(account, member::object("openings", sent)?)).collect()
}

/// The time of the approval, which an approved opening must have.
fn approval(sent: &Members) -> Checked<Option<String>> {
    let time = sent.get("time_approved").map(|time| member::time("time_approved", time)).transpose()?;
    let Some(status) = sent.get("approval_status") else { return Ok(None) };
    member::one_of("approval_status", status, &["APPROVED"])?;
    time.map(Some).ok_or_else(|| Problem::bad("time_approved is required"))
}

/// The users of the roles. Whoever is not known is refused, or with `fallback` is the earliest owner.
fn users(account: &Account, sent: Option<&Value>, fallback: bool, purpose: Purpose) -> Checked<Members> {
    let mut users = Members::new();
    if let Some(sent) = sent {
        let roles = member::object("users", sent)?;
        member::known(roles, &ROLES)?;
        for (role, user) in roles {
            let user = member::object(role, user)?;
            member::known(user, &["email"])?;
            let email = member::text(role, user.get("email").unwrap_or(&Value::Null))?;
            users.insert(role.clone(), user_of(account, Some(email), fallback)?);
        }
    }
    let is_missing =
        account.quirks.manager_required && purpose == Purpose::Create && !users.contains_key("hiring_manager");
    if is_missing {
        users.insert("hiring_manager".to_owned(), user_of(account, None, fallback)?);
    }
    Ok(users)
}

fn user_of(account: &Account, email: Option<&str>, fallback: bool) -> Checked<Value> {
    let known = account.users.iter().find(|user| email.is_some_and(|email| user.email.eq_ignore_ascii_case(email)));
    let owner = || account.users.iter().find(|user| user.is_owner).filter(|_| fallback);
    match known.or_else(owner) {
        Some(user) => Ok(json!({"email": user.email, "name": user.name})),
        None if email.is_none() => Err(Problem::bad("users.hiring_manager is required")),
        None => Err(Problem::bad("users: no user has this email")),
    }
}
