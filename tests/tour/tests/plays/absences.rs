//! Flaws in personio-to-hellohq.

use crate::fake::{AbsenceFlaw as Flaw, Flaws};
use crate::plays::wrong;

/// What was seen where it was not as expected, the dates left out.
async fn seen(flaw: Flaw) -> Vec<String> {
    let seen = wrong(Flaws { absences: Some(flaw), ..Flaws::default() }).await;
    seen.iter().map(|seen| without_dates(seen)).collect()
}

/// `2026-03-02T12:00:00` becomes `12:00`.
fn without_dates(seen: &str) -> String {
    let words = seen.split(' ').map(|word| match word.split_once("T") {
        Some((date, time)) if date.len() == "2026-03-02".len() => time.replace(":00:00", ":00"),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn signals_that_nobody_follows_show() {
    assert_eq!(
        seen(Flaw::PushesNothing).await,
        [
            "200, HQ: nothing",
            "200, HQ: nothing",
            "200, no mail",
            "HQ: nothing",
            "HQ: nothing",
            "HQ: 0 created, 0 deleted, 0 looked at before their removal; mails: 0"
        ]
    );
}

#[tokio::test]
async fn an_absence_entered_twice_shows() {
    let seen = seen(Flaw::PushesTwice).await;
    assert_eq!(seen[0], "200, HQ: Vacation of user 11, 00:00 to 00:00; Vacation of user 11, 00:00 to 00:00");
    assert_eq!(seen.last().unwrap(), "HQ: 8 created, 4 deleted, 4 looked at before their removal; mails: 1");
}

#[tokio::test]
async fn an_entry_that_outlives_its_absence_shows() {
    let stays = "Vacation of user 11, 00:00 to 12:00";
    let half = "SickLeave of user 12, 12:00 to 00:00";
    assert_eq!(
        seen(Flaw::IgnoresDeletions).await,
        [
            format!("200, HQ: {stays}"),
            format!("HQ: {stays}; SickLeave of user 12, 00:00 to 00:00"),
            format!("HQ: {stays}; {half}"),
            format!("HQ: {stays}; {half}"),
            "HQ: 4 created, 2 deleted, 2 looked at before their removal; mails: 1".to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_half_day_entered_as_a_whole_one_shows() {
    assert_eq!(
        seen(Flaw::RoundsHalves).await,
        [
            "200, HQ: Vacation of user 11, 00:00 to 00:00",
            "HQ: SickLeave of user 12, 00:00 to 00:00",
            "HQ: 2 created, 2 deleted, 2 looked at before their removal; mails: 1"
        ]
    );
}

#[tokio::test]
async fn a_replaced_entry_that_stays_shows() {
    let seen = seen(Flaw::KeepsTheOld).await;
    assert_eq!(seen[0], "200, HQ: Vacation of user 11, 00:00 to 00:00; Vacation of user 11, 00:00 to 12:00");
    assert_eq!(seen.last().unwrap(), "HQ: 4 created, 0 deleted, 0 looked at before their removal; mails: 1");
}

#[tokio::test]
async fn a_sweep_that_finds_nothing_shows() {
    let balance = "HQ: 2 created, 2 deleted, 2 looked at before their removal; mails: 1";
    assert_eq!(seen(Flaw::SweepsNothing).await, ["HQ: nothing", "HQ: nothing", balance]);
}

#[tokio::test]
async fn a_webhook_that_is_not_enabled_shows() {
    let seen = seen(Flaw::RegistersDisabled).await;
    assert_eq!(seen[..2], ["1 webhook, DISABLED, 4 events; the ping was answered 200", "not delivered, HQ: nothing"]);
}

#[tokio::test]
async fn a_missing_or_repeated_mail_shows() {
    let balance = "HQ: 4 created, 4 deleted, 4 looked at before their removal; mails:";
    assert_eq!(seen(Flaw::MailsNothing).await, ["200, no mail".to_owned(), format!("{balance} 0")]);
    assert_eq!(seen(Flaw::TellsAgain).await, [format!("{balance} 3")]);
}

#[tokio::test]
async fn an_open_door_shows() {
    assert_eq!(seen(Flaw::Open).await, ["200"]);
}
