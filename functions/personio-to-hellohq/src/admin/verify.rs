//! Compares a connection with its accounts: whether logins and rights work, whether every kind of call that the flow will
//! make is answered, and whether the mapping names what the Personio account has. For the console only: the names of absence types are shown, which no log or mail holds.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use admin::{Context, Error, Verification};
use mapping::personio_to_hellohq::Mapped;
use vendors::Kind;
use vendors::hellohq::model::User;
use vendors::personio::absences::{self, AbsenceQuery, Page};
use vendors::personio::model::absence::{AbsencePeriod, AbsenceType};
use vendors::personio::persons;

use super::context::{mapper, settings, since_the_start};
use crate::connection::{Addresses, Settings};
use crate::desired::Accounts;

/// How far back changes are asked for.
const RECENT: Duration = Duration::from_secs(60 * 60);

/// How many persons are looked at for an address.
const PERSONS: usize = 3;

/// Looks at both accounts.
///
/// # Errors
/// Where file or secret cannot be used; what the vendors refuse is a problem of the list.
pub(super) async fn verify(context: Context<'_>) -> Result<Verification, Error> {
    let settings = settings(&context)?;
    let mapper = mapper(&context)?;
    let accounts = mapper.accounts(context.name, 0, &settings);
    let mut found = Verification::default();
    look_at_personio(&mut found, &accounts, &context).await;
    match accounts.hellohq.users().await {
        Ok(users) => {
            judge_users(&mut found, &users, settings.addresses);
            look_at_entries(&mut found, &accounts, &users).await;
        }
        Err(error) => tell(&mut found, error),
    }
    Ok(found)
}

/// Whether a user's entries are listed and one is shown by its id, as after an unanswered call.
async fn look_at_entries(found: &mut Verification, accounts: &Accounts<'_>, users: &[User]) {
    let Some(user) = users.first() else { return };
    let entries = match accounts.hellohq.entries_of(user.id).await {
        Ok(entries) => entries,
        Err(error) => return tell(found, error),
    };
    found.seen.push(format!("hellohq: entries of user {}: {}", user.id, entries.len()));
    let Some(entry) = entries.first() else { return };
    match accounts.hellohq.entry(entry.id).await {
        Ok(Some(_)) => found.seen.push("hellohq: an entry is shown by its id".to_owned()),
        Ok(None) => found.problems.push(format!("hellohq: entry {} is in the list and not shown by its id", entry.id)),
        Err(error) => tell(found, error),
    }
}

async fn look_at_personio(found: &mut Verification, accounts: &Accounts<'_>, context: &Context<'_>) {
    match absences::types(&accounts.personio).await {
        Ok(types) => judge_types(found, &types, accounts.settings),
        // a refused login is not to be repeated
        Err(error) if !is_about_one_call(&error) => return tell(found, error),
        Err(error) => tell(found, error),
    }
    let changed = AbsenceQuery::UpdatedSince(context.now - RECENT);
    match absences::list(&accounts.personio, changed, None).next().await {
        Ok(_) => found.seen.push("personio: changes are listed".to_owned()),
        Err(error) if !is_about_one_call(&error) => return tell(found, error),
        Err(error) => tell(found, error),
    }
    let query = since_the_start(accounts.settings, context);
    match absences::list(&accounts.personio, query, None).next().await {
        Ok(page) => look_at_absences(found, accounts, page).await,
        Err(error) => tell(found, error),
    }
}

/// `page`: the first, if there is one.
async fn look_at_absences(found: &mut Verification, accounts: &Accounts<'_>, page: Option<Page>) {
    let Some(page) = page.filter(|page| !page.items.is_empty() || !page.unreadable.is_empty()) else {
        let what = "personio: there is no absence since the start date, so no person was looked at";
        return found.seen.push(what.to_owned());
    };
    judge_page(found, &page);
    if let Some(absence) = page.items.first() {
        look_at_one(found, accounts, absence).await;
    }
    look_at_persons(found, accounts, &page.items).await;
}

/// Whether an absence and its days are shown by its id.
async fn look_at_one(found: &mut Verification, accounts: &Accounts<'_>, absence: &AbsencePeriod) {
    match absences::read(&accounts.personio, absence.id).await {
        Ok(_) => found.seen.push("personio: an absence is shown by its id".to_owned()),
        // removed meanwhile
        Err(error) if error.kind == Kind::Gone => return,
        Err(error) => return tell(found, error),
    }
    match absences::breakdowns(&accounts.personio, absence.id).await {
        Ok(days) => found.seen.push(format!("personio: days of an absence: {}", days.len())),
        Err(error) if error.kind == Kind::Gone => {}
        Err(error) => tell(found, error),
    }
}

/// What the credential shows of a few of the persons who have absences.
async fn look_at_persons(found: &mut Verification, accounts: &Accounts<'_>, absences: &[AbsencePeriod]) {
    let persons: BTreeSet<_> = absences.iter().map(|absence| absence.person).collect();
    let mut looked_at = 0;
    let mut with_address = 0;
    for person in persons.into_iter().take(PERSONS) {
        match persons::read(&accounts.personio, person).await {
            Ok(person) => {
                looked_at += 1;
                with_address += usize::from(person.email.is_some());
            }
            Err(error) if error.kind == Kind::Gone => {}
            Err(error) => return tell(found, error),
        }
    }
    found.seen.push(format!("personio: persons looked at: {looked_at}, with an e-mail address: {with_address}"));
    if looked_at > 0 && with_address == 0 {
        let what = "personio: the e-mail addresses of persons are not shown; let the credential read this attribute";
        found.problems.push(what.to_owned());
    }
}

/// Which type goes where, and which goes nowhere.
pub(super) fn judge_types(found: &mut Verification, types: &[AbsenceType], settings: &Settings) {
    let homes = types.iter().filter_map(|absence_type| {
        let name = absence_type.name.trim();
        match settings.rules.mapped(absence_type) {
            Mapped::To(kind) => Some(format!("personio: `{name}` goes to {}", kind.label())),
            Mapped::Ignored => Some(format!("personio: `{name}` is ignored")),
            Mapped::Unlisted => None,
        }
    });
    found.seen.extend(homes);
    let astray = settings.rules.compare(types, settings.shape.hours_as);
    found.problems.extend(astray.iter().map(ToString::to_string));
}

/// What of a page cannot be read.
pub(super) fn judge_page(found: &mut Verification, page: &Page) {
    found.seen.push(format!("personio: absences on the first page: {}", page.items.len() + page.unreadable.len()));
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    for unreadable in &page.unreadable {
        *fields.entry(&unreadable.what).or_default() += 1;
    }
    let lines = fields
        .into_iter()
        .map(|(what, count)| format!("personio: absences that cannot be read: {count}, for `{what}`"));
    found.problems.extend(lines);
}

/// Whether users can be matched by their addresses.
pub(super) fn judge_users(found: &mut Verification, users: &[User], addresses: Addresses) {
    let has_address =
        |user: &&User| user.work.is_some() || (addresses == Addresses::WorkOrPrivate && user.private.is_some());
    let with_address = users.iter().filter(has_address).count();
    found.seen.push(format!("hellohq: users: {}, with such an address: {with_address}", users.len()));
    if with_address == 0 {
        let what = "`hellohq.match_by`: helloHQ shows no user with such an address; is the token a sync token?";
        found.problems.push(what.to_owned());
    }
}

fn tell(found: &mut Verification, error: vendors::Error) {
    found.problems.push(Error::from(error).to_string());
}

/// Whether another call of this vendor may go well all the same.
fn is_about_one_call(error: &vendors::Error) -> bool {
    matches!(error.kind, Kind::RightMissing(_) | Kind::Invalid(_))
}
