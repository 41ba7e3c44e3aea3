//! Looks at both accounts for `hrsync doctor`: logins, rights, and whether the accounts have what the file names. Cannot write.

use admin::{AccountCheck, Error, Finding, ReadingContext, Verification};
use vendors::hellohq::rights as hellohq;
use vendors::personio::absences;
use vendors::personio::persons;
use vendors::personio::rights as personio;

use super::context::{calling, settings, since_the_start};
use super::verify::{judge_page, judge_types, judge_users};
use crate::connection::Settings;

const EDIT_MAPPING: &str = "edit `mapping` in the file, then `hrsync apply`";

/// Looks at both accounts.
///
/// # Errors
/// Where file or secret cannot be used; what the vendors refuse is a finding.
pub(super) async fn doctor(context: ReadingContext<'_>) -> Result<Vec<Finding>, Error> {
    let settings = settings(&context)?;
    // both begin now: their clocks are compared with this moment
    let first = AccountCheck::begin("personio", personio::CREDENTIAL, context.now)?;
    let second = AccountCheck::begin("hellohq", hellohq::CREDENTIAL, context.now)?;
    let mut findings = look_at_personio(first, &context, &settings).await;
    findings.extend(look_at_hellohq(second, &context, &settings).await);
    Ok(findings)
}

async fn look_at_personio(mut check: AccountCheck, context: &ReadingContext<'_>, settings: &Settings) -> Vec<Finding> {
    let hr = calling(context, check.http()).accounts(context.name, 0, settings).personio;
    if let Some(types) = check.right(personio::ABSENCE_TYPES, absences::types(&hr)).await {
        let mut found = Verification::default();
        judge_types(&mut found, &types, settings);
        check.compared("mapping", format!("{} absence types have a home", types.len()), &found.problems, EDIT_MAPPING);
    }
    let mut pages = absences::list(&hr, since_the_start(settings, context), None);
    if let Some(Some(page)) = check.right(personio::ABSENCES, pages.next()).await {
        let mut found = Verification::default();
        judge_page(&mut found, &page);
        let well = format!("{} on the first page can be read", page.items.len());
        check.compared("each absence", well, &found.problems, "look at these absences in Personio");
    }
    let mut pages = persons::list(&hr, None);
    if let Some(Some(page)) = check.right(personio::PERSONS, pages.next()).await {
        let with_address = page.items.iter().filter(|person| person.email.is_some()).count();
        let none = with_address == 0 && !page.items.is_empty();
        let hidden = none.then(|| "the e-mail addresses of persons are not shown".to_owned());
        let well = format!("{with_address} of the first {} persons have one", page.items.len());
        check.compared("e-mail addresses", well, hidden.as_slice(), personio::READABLE);
    }
    check.end()
}

async fn look_at_hellohq(mut check: AccountCheck, context: &ReadingContext<'_>, settings: &Settings) -> Vec<Finding> {
    let account = calling(context, check.http()).accounts(context.name, 0, settings).hellohq;
    let users = check.right(hellohq::USERS, account.users()).await;
    if let Some(users) = &users {
        let mut found = Verification::default();
        judge_users(&mut found, users, settings.addresses);
        let well = format!("{} users can be matched", users.len());
        check.compared("match_by", well, &found.problems, hellohq::USERS.given);
    }
    match users.iter().flatten().next() {
        Some(user) => drop(check.right(hellohq::ENTRIES, account.entries_of(user.id)).await),
        None => check.not_looked_at(hellohq::ENTRIES, "no user is shown"),
    }
    let only_a_write = "not known: whether the token may enter and remove absences, only a write shows";
    check.unknown("writing", only_a_write, "try `hrsync check FILE --live --probe E-MAIL` for a test user");
    check.end()
}
