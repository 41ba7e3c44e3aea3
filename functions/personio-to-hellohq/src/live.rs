//! Compares a connection with its accounts: whether logins and rights work, and whether the mapping names what the Personio
//! account has. For the console only: the names of absence types are shown, which no log or mail holds.

use std::collections::{BTreeMap, BTreeSet};

use edge::verdict::Fault;
use edge::{Asked, Live, in_words};
use mapping::personio_to_hellohq::Home;
use vendors::hellohq::model::User;
use vendors::personio::hr::Page;
use vendors::personio::model::absence::{AbsencePeriod, AbsenceType};
use vendors::{Error, Kind};

use crate::acts::{mapper, settings, since_the_start};
use crate::connection::{Addresses, Settings};
use crate::wanted::Accounts;

/// How many persons are looked at for an address.
const PERSONS: usize = 3;

/// Looks at both accounts.
///
/// # Errors
/// Where file or secret cannot be used; what the vendors refuse is a problem of the list.
pub(crate) async fn check(asked: Asked<'_>) -> Result<Live, Fault> {
    let (settings, mapper) = (settings(&asked)?, mapper(&asked)?);
    let work = mapper.accounts(asked.name, 0, &settings);
    let mut live = Live::default();
    look_at_personio(&mut live, &work, &asked).await;
    match work.hellohq.users().await {
        Ok(users) => judge_users(&mut live, &users, settings.addresses),
        Err(error) => {
            trouble(&mut live, error);
        }
    }
    Ok(live)
}

async fn look_at_personio(live: &mut Live, work: &Accounts<'_>, asked: &Asked<'_>) {
    match work.personio.absence_types().await {
        Ok(types) => judge_types(live, &types, work.settings),
        Err(error) => {
            if !trouble(live, error) {
                return;
            }
        }
    }
    let query = since_the_start(work.settings, asked);
    let page = match work.personio.absences(query, None).next().await {
        Ok(page) => page,
        Err(error) => {
            trouble(live, error);
            return;
        }
    };
    let Some(page) = page.filter(|page| !page.items.is_empty() || !page.unreadable.is_empty()) else {
        let what = "personio: there is no absence since the start date, so no person was looked at";
        return live.seen.push(what.to_owned());
    };
    judge_page(live, &page);
    look_at_persons(live, work, &page.items).await;
}

/// What the credential shows of a few of the persons who have absences.
async fn look_at_persons(live: &mut Live, work: &Accounts<'_>, absences: &[AbsencePeriod]) {
    let persons: BTreeSet<_> = absences.iter().map(|absence| absence.person).collect();
    let (mut looked_at, mut with_address) = (0, 0);
    for person in persons.into_iter().take(PERSONS) {
        match work.personio.person(person).await {
            Ok(person) => {
                looked_at += 1;
                with_address += usize::from(person.email.is_some());
            }
            Err(error) if error.kind == Kind::Gone => {}
            Err(error) => {
                trouble(live, error);
                return;
            }
        }
    }
    live.seen.push(format!("personio: persons looked at: {looked_at}, with an e-mail address: {with_address}"));
    if looked_at > 0 && with_address == 0 {
        let what = "personio: the e-mail addresses of persons are not shown; let the credential read this attribute";
        live.problems.push(what.to_owned());
    }
}

fn judge_types(live: &mut Live, types: &[AbsenceType], settings: &Settings) {
    let homes = types.iter().filter_map(|absence_type| {
        let name = absence_type.name.trim();
        match settings.rules.home(absence_type) {
            Home::Type(kind) => Some(format!("personio: `{name}` goes to {}", kind.label())),
            Home::Ignored => Some(format!("personio: `{name}` is ignored")),
            Home::None => None,
        }
    });
    live.seen.extend(homes);
    let astray = settings.rules.compare(types, settings.shape.hours_as);
    live.problems.extend(astray.iter().map(ToString::to_string));
}

fn judge_page(live: &mut Live, page: &Page) {
    live.seen.push(format!("personio: absences on the first page: {}", page.items.len() + page.unreadable.len()));
    let mut fields: BTreeMap<&str, usize> = BTreeMap::new();
    for unreadable in &page.unreadable {
        *fields.entry(&unreadable.what).or_default() += 1;
    }
    let lines = fields
        .into_iter()
        .map(|(what, count)| format!("personio: absences that cannot be read: {count}, for `{what}`"));
    live.problems.extend(lines);
}

fn judge_users(live: &mut Live, users: &[User], addresses: Addresses) {
    let has_address =
        |user: &&User| user.work.is_some() || (addresses == Addresses::WorkOrPrivate && user.private.is_some());
    let found = users.iter().filter(has_address).count();
    live.seen.push(format!("hellohq: users: {}, with such an address: {found}", users.len()));
    if found == 0 {
        let what = "`hellohq.match_by`: helloHQ shows no user with such an address; is the token a sync token?";
        live.problems.push(what.to_owned());
    }
}

/// Tells it. Whether something else of this vendor is worth a look: a refused login is not to be repeated.
fn trouble(live: &mut Live, error: Error) -> bool {
    let about_one = matches!(error.kind, Kind::RightMissing(_) | Kind::Invalid(_));
    live.problems.push(in_words(&error.into()));
    about_one
}
