//! What no webhook tells of is found by sweeps, and nothing is removed on a reading that is not whole.

use std::time::Duration;

use ledger::State;
use personio_to_hellohq::NAME;
use reconcile::confirmation;
use twins::Vendor as _;
use twins::desk::CallStatus;
use twins::faults::{Effect, Faults, Rule};
use twins::personio::v2::{Edit, Limits, NewAbsence, NextLink, Quirks, Span, Status, kinds};
use uuid::Uuid;

use super::house::{House, outcomes, whole};

const LIST: &str = "GET /v2/absence-periods";

impl House {
    fn quirks(&self, change: impl FnOnce(&mut Quirks)) {
        let mut quirks = self.office().quirks();
        change(&mut quirks);
        self.office().set_quirks(quirks).unwrap();
    }

    /// Calls of Personio's lists and of anything of HQ since `before`.
    fn calls(&self) -> (usize, usize) {
        let lists =
            self.twins.personio().desk().calls().iter().filter(|call| call.path == "/v2/absence-periods").count();
        (lists, self.twins.hellohq().desk().calls().len())
    }

    /// So many absences of one person, a day each, from ten days ahead on.
    fn many(&self, person: u64, count: i64) -> Vec<Uuid> {
        let absence = |number| NewAbsence::new(person, kinds::URLAUB, self.days(10 + number, 10 + number));
        self.office().seed_absences((0..count).map(absence)).unwrap()
    }
}

#[tokio::test]
async fn new_changed_and_deleted_absences_are_found() {
    let house = House::new().await;
    let (first, second) = (
        house.create(3001, kinds::URLAUB, house.days(10, 12)).await,
        house.create(3002, kinds::KRANKHEIT, house.days(-3, 2)).await,
    );
    house.next_sweep().await;
    let sick = whole(12, "SickLeave", house.day(-3), house.day(2));
    assert_eq!(house.held(), [whole(11, "Vacation", house.day(10), house.day(12)), sick]);

    house.edit(first, Edit::span(house.days(11, 11))).await;
    house.edit(second, Edit::type_id(kinds::KIND_KRANK)).await;
    house.next_sweep().await;
    let child_sick = whole(12, "ChildSick", house.day(-3), house.day(2));
    assert_eq!(house.held(), [whole(11, "Vacation", house.day(11), house.day(11)), child_sick.clone()]);

    house.delete(first).await;
    house.next_sweep().await;
    assert_eq!(house.held(), [child_sick]);
    house.close().await;
}

#[tokio::test]
async fn what_has_not_changed_sends_no_signal_and_makes_no_call_of_hq() {
    let house = House::new().await;
    house.many(3001, 120);
    house.pass(Duration::from_secs(60 * 60));
    // what was changed just before the cursor is read again
    house.many(3002, 10);
    house.next_sweep().await;
    assert_eq!(house.entries().len(), 130);
    let (lists, hq) = house.calls();
    house.pass(Duration::from_secs(2 * 60 * 60));
    house.sweep().await;
    assert_eq!(house.take().await.len(), 0, "no signal");
    let after = house.calls();
    assert_eq!(after.1, hq, "no call of HQ");
    let slices = 3;
    assert!(after.0 - lists <= 130 / 100 + slices, "{} pages", after.0 - lists);
    house.close().await;
}

#[tokio::test]
async fn deletions_of_long_ago_are_found_once_a_day() {
    let house = House::new().await;
    let old = house.create(3001, kinds::URLAUB, house.days(-80, -80)).await;
    house.next_sweep().await;
    assert_eq!(house.entries().len(), 1, "found as a change");
    house.delete(old).await;
    let mut sweeps = 0;
    while !house.entries().is_empty() {
        house.next_sweep().await;
        sweeps += 1;
        assert!(sweeps <= 12, "a day has twelve sweeps");
    }
    house.close().await;
}

#[tokio::test]
async fn too_many_deletions_wait_for_a_person() {
    let house = House::new().await;
    let absences = house.many(3001, 40);
    house.next_sweep().await;
    assert_eq!(house.entries().len(), 40);
    for absence in absences.iter().take(12) {
        house.delete(*absence).await;
    }
    for _ in 0..2 {
        house.next_sweep().await;
        assert_eq!(house.entries().len(), 40, "12 of 40 is more than a fifth and more than ten");
    }
    let mails = house.mails().await;
    let told = mails.iter().all(|mail| mail.contains("--confirm-deletions") && mail.contains("12 of 40"));
    assert!((1..=2).contains(&mails.len()) && told, "once a day: {mails:?}");

    let held = house.ledger.held("absences").await.unwrap().unwrap();
    assert_eq!((held.known, held.missing), (40, 12));
    let message = confirmation(NAME, "absences", &held.run, house.hands.now()).unwrap();
    house.poll.sweeps.send(&message).await.unwrap();
    house.sweep_until_quiet().await;
    house.until_quiet().await;
    assert_eq!(house.entries().len(), 28);
    assert_eq!(house.ledger.held("absences").await.unwrap(), None);
    assert_eq!(open_failures(&house).await, 0, "it is over");

    for absence in absences.iter().skip(12).take(12) {
        house.delete(*absence).await;
    }
    house.next_sweep().await;
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("12 of 28"), "on the same day, told anew: {mails:?}");
    assert_eq!((house.entries().len(), open_failures(&house).await), (28, 1));
    house.close().await;
}

async fn open_failures(house: &House) -> usize {
    let failures = house.ledger.failures(Some("absences")).await.unwrap().items;
    failures.iter().filter(|record| record.triage.state == State::Open).count()
}

#[tokio::test]
async fn a_reading_that_is_not_whole_removes_nothing() {
    let house = House::new().await;
    let absences = house.many(3001, 20);
    house.next_sweep().await;
    house.delete(absences[0]).await;
    // the list leads back to a page it has given before
    house.quirks(|quirks| (quirks.page_size_cap, quirks.next_link) = (Some(5), NextLink::SelfPointing));
    house.pass(Duration::from_secs(2 * 60 * 60));
    house.poll.run().await.unwrap();
    let ended = house.sweep_once(Duration::from_secs(60)).await;
    assert_eq!((ended[0].outcome.word(), ended[0].reason.contains("endless-list")), ("retry", true), "{ended:?}");
    house.quirks(|quirks| quirks.next_link = NextLink::WrongPath);
    // and now the third page fails for a while
    let rule = Rule::new(LIST, Effect::status(502)).unwrap().skip(3).times(2);
    house.twins.personio().desk().set_faults(Faults::one(rule));
    house.pass(Duration::from_secs(60));
    let ended = house.sweep_until_quiet().await;
    assert!(outcomes(&ended).contains(&"retry"), "{ended:?}");
    house.until_quiet().await;
    assert_eq!(house.entries().len(), 19, "read to its end at last: one is missing, no other");
    house.close().await;
}

#[tokio::test]
async fn a_credential_that_may_not_read_any_more_removes_nothing() {
    let house = House::new().await;
    house.many(3001, 20);
    house.next_sweep().await;
    let scopes = house.office().scopes();
    house.office().set_scopes(Default::default()).unwrap();
    house.office().invalidate_tokens().unwrap();
    house.pass(Duration::from_secs(2 * 60 * 60));
    house.poll.run().await.unwrap();
    assert_eq!(outcomes(&house.sweep_once(Duration::from_secs(60)).await), ["halted"]);
    assert_eq!(house.entries().len(), 20);
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("right-missing"), "{mails:?}");

    house.office().set_scopes(scopes).unwrap();
    house.pass(Duration::from_secs(20 * 60));
    house.sweep_until_quiet().await;
    house.until_quiet().await;
    assert_eq!(house.entries().len(), 20);
    assert_eq!(house.mails().await.len(), 1, "it works again");
    house.close().await;
}

#[tokio::test]
async fn a_sweep_that_runs_out_of_time_keeps_its_place() {
    let house = House::new().await;
    let absences = house.many(3001, 30);
    house.next_sweep().await;
    house.delete(absences[7]).await;
    house.quirks(|quirks| quirks.page_size_cap = Some(10));
    house.pass(Duration::from_secs(2 * 60 * 60));
    house.poll.run().await.unwrap();
    let (before, _) = house.calls();
    let mut ends = Vec::new();
    for _ in 0..40 {
        // time for one page and no more
        let ended = house.sweep_once(Duration::from_secs(20)).await;
        if ended.is_empty() {
            break;
        }
        ends.extend(outcomes(&ended));
    }
    assert!(ends.iter().filter(|end| **end == "waiting").count() >= 4, "{ends:?}");
    let (after, _) = house.calls();
    assert!(after - before <= 3 * 4, "each page was read once: {} pages", after - before);
    house.until_quiet().await;
    assert_eq!(house.entries().len(), 29);
    house.close().await;
}

#[tokio::test]
async fn a_place_that_personio_has_forgotten_begins_the_reading_again() {
    let house = House::new().await;
    let absences = house.many(3001, 30);
    house.next_sweep().await;
    house.delete(absences[7]).await;
    house.quirks(|quirks| (quirks.page_size_cap, quirks.cursor_seconds) = (Some(10), Some(30)));
    house.pass(Duration::from_secs(2 * 60 * 60));
    house.poll.run().await.unwrap();
    assert_eq!(outcomes(&house.sweep_once(Duration::from_secs(20)).await), ["waiting"]);
    house.pass(Duration::from_secs(60));
    house.sweep_until_quiet().await;
    house.until_quiet().await;
    assert_eq!(house.entries().len(), 29);
    house.close().await;
}

#[tokio::test]
async fn personios_own_limits_are_waited_for() {
    let house = House::new().await;
    house.quirks(|quirks| quirks.limits = Limits::On);
    house.many(3001, 25);
    house.next_sweep().await;
    assert_eq!(house.entries().len(), 25);
    let calls = house.twins.personio().desk().calls();
    assert!(calls.iter().any(|call| call.status == CallStatus::Answered(429)), "some came too soon");
    house.close().await;
}

#[tokio::test]
async fn an_open_end_is_carried_on() {
    let house = House::new().await;
    house.create(3001, kinds::KRANKHEIT, Span::open(house.day(-5))).await;
    house.next_sweep().await;
    let first = house.day(-5);
    assert_eq!(house.held(), [whole(11, "SickLeave", first, house.day(90))]);
    let calls = house.calls().1;
    house.next_sweep().await;
    assert_eq!(house.calls().1, calls, "not due yet");
    house.pass(Duration::from_secs(61 * 24 * 60 * 60));
    house.next_sweep().await;
    assert_eq!(house.held(), [whole(11, "SickLeave", first, house.day(90))]);
    house.close().await;
}

#[tokio::test]
async fn absences_before_the_start_date_stay_out_and_those_moved_before_it_are_removed() {
    let house = House::new().await;
    let across = house.create(3001, kinds::URLAUB, house.days(-95, -88)).await;
    house.create(3002, kinds::URLAUB, house.days(-100, -91)).await;
    house.next_sweep().await;
    assert_eq!(house.held(), [whole(11, "Vacation", house.day(-95), house.day(-88))], "whole, though it begins before");
    house.edit(across, Edit::span(house.days(-99, -95))).await;
    house.next_sweep().await;
    assert_eq!(house.held(), Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn a_withdrawn_approval_is_found_and_other_tenants_are_not_kept_waiting() {
    let house = House::new().await;
    let absence = house.create(3001, kinds::URLAUB, house.days(10, 12)).await;
    house.next_sweep().await;
    house.edit(absence, Edit::status(Status::Pending)).await;
    // another connection of the flow, whose Personio is away
    let broken =
        house.document().replace("name = \"absences\"", "name = \"broken\"").replace("/personio\"", "/nowhere\"");
    house.apply("broken", personio_to_hellohq::NAME, &broken).await;
    house.set_secret(NAME, "broken", &house.secret()).await;
    house.pass(Duration::from_secs(2 * 60 * 60));
    house.poll.run().await.unwrap();
    let late = house.hands.now() + Duration::from_secs(6 * 60 * 60);
    assert_eq!(house.ledger.polls().await.unwrap()[NAME], late, "the run is noted: three more may be missed");
    for _ in 0..12 {
        house.sweep_once(Duration::from_secs(60)).await;
        // one odd answer is no refusal, the same for some minutes is
        house.pass(Duration::from_secs(60));
    }
    house.until_quiet().await;
    assert_eq!(house.held(), Vec::<String>::new());
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains("broken"), "{mails:?}");
    house.forget_sweeps().await;
    house.close().await;
}
