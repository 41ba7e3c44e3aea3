//! Flaws in personio-to-scim.

use crate::fake::{AccountFlaw as Flaw, Flaws};
use crate::plays::wrong;

async fn seen(flaw: Flaw) -> Vec<String> {
    wrong(Flaws { accounts: Some(flaw), ..Flaws::default() }).await
}

/// What the whole tour caused, where these are the account's acts and so many were the partner's PATCHes and DELETEs.
fn balance(acts: &str, patches: usize, deletes: usize) -> String {
    format!("the account: {acts}; partner: 1 POST, {patches} PATCH, 0 PUT, {deletes} DELETE; mails: 0")
}

#[tokio::test]
async fn signals_that_nobody_follows_show() {
    let seen = seen(Flaw::PushesNothing).await;
    assert_eq!(seen[0], "partner: 0 accounts");
    assert_eq!(seen[1..4], ["200, partner: nothing"; 3]);
    assert_eq!(seen[4..6], ["partner: nothing"; 2]);
    assert_eq!(seen[6], "the account: ; partner: 0 POST, 0 PATCH, 0 PUT, 0 DELETE; mails: 0");
}

#[tokio::test]
async fn a_name_that_stays_shows() {
    let [active, inactive] = ["active", "inactive"].map(|state| format!("partner: Vera Sample-Tour, {state}"));
    let told = format!("200, {active}");
    let balance = balance("created, changed, deleted", 1, 1);
    assert_eq!(seen(Flaw::KeepsNames).await, [told.clone(), told, active, inactive, balance]);
}

#[tokio::test]
async fn an_account_that_ends_before_its_day_shows() {
    let inactive = "partner: Vera Sample-Wed, inactive";
    assert_eq!(seen(Flaw::EndsAtNotice).await, [format!("200, {inactive}"), inactive.to_owned()]);
}

#[tokio::test]
async fn sweeps_that_find_nothing_show() {
    let balance = balance("created, changed, deleted", 1, 1);
    let active = "partner: Vera Sample-Wed, active".to_owned();
    assert_eq!(seen(Flaw::SweepsNothing).await, ["partner: 0 accounts".to_owned(), active, balance]);
}

#[tokio::test]
async fn a_leaver_who_stays_active_shows() {
    let balance = balance("created, changed, deleted", 1, 1);
    assert_eq!(seen(Flaw::KeepsLeavers).await, ["partner: Vera Sample-Wed, active".to_owned(), balance]);
}

#[tokio::test]
async fn an_erased_person_who_stays_shows() {
    let balance = balance("created, changed, changed", 2, 0);
    assert_eq!(seen(Flaw::KeepsTheErased).await, ["200, partner: Vera Sample-Wed, inactive".to_owned(), balance]);
}

#[tokio::test]
async fn a_write_that_changes_nothing_shows() {
    let seen = seen(Flaw::WritesAgain).await;
    assert!(seen.len() == 1 && seen[0].starts_with("the account: created, changed, changed"), "{seen:?}");
}

#[tokio::test]
async fn mails_that_nobody_needs_show() {
    let seen = seen(Flaw::MailsEverything).await;
    assert!(seen.len() == 1 && !seen[0].ends_with("mails: 0"), "{seen:?}");
}

#[tokio::test]
async fn an_open_door_shows() {
    assert_eq!(seen(Flaw::Open).await, ["200"]);
}
