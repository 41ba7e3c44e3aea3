//! Accounts of Personio's that show and tell things in another of the ways that are possible: somebody is hired and leaves,
//! and the webhooks are Personio's own.

use std::time::Duration;

use admin::Context;
use personio_to_scim::{FLOW, NAME};
use twins::personio::v2::{
    EmploymentEvents, EmploymentPayload, LastWorking, NoTermination, PayloadUnder, Quirks, Termination,
};

use super::house::{House, outcomes};
use crate::support::door::Door;
use crate::support::rows;

/// What brings the news that the person has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    Event,
    Sweep,
}

type Row = (&'static str, fn(&mut Quirks), News);

const ROWS: [Row; 9] = [
    ("no termination is null", |quirks| quirks.no_termination = NoTermination::Null, News::Event),
    ("no termination is an object of nulls", |quirks| quirks.no_termination = NoTermination::Nulls, News::Event),
    ("the last working day has its other name", |quirks| quirks.last_working = LastWorking::Date, News::Event),
    ("all changes of employments are told", |quirks| quirks.employment_events = EmploymentEvents::All, News::Event),
    ("no change of employments is told", |quirks| quirks.employment_events = EmploymentEvents::Silent, News::Sweep),
    ("an employment names nobody", |quirks| quirks.employment_payload = EmploymentPayload::Alone, News::Sweep),
    (
        "the person stands in the employment",
        |quirks| quirks.employment_payload = EmploymentPayload::Nested,
        News::Event,
    ),
    ("ids stand in the payload", |quirks| quirks.employment_payload = EmploymentPayload::Flat, News::Event),
    ("the payload is called data", |quirks| quirks.payload_under = PayloadUnder::Data, News::Event),
];

async fn register(house: &House, url: &str) {
    let (document, secret) = (house.document(), house.secret().to_string().into());
    let context = Context {
        name: "accounts",
        document: &document,
        secret: &secret,
        local: true,
        ledger: &house.ledger,
        now: house.hands.now(),
        progress: &|_| {},
    };
    (FLOW.commands.webhooks.unwrap().register)(context, url).await.unwrap();
}

async fn played((_, change, news): Row) {
    let house = House::new().await;
    let mut quirks = house.office().quirks();
    change(&mut quirks);
    house.office().set_quirks(quirks).unwrap();
    let door = Door::new().await;
    register(&house, &door.url(NAME, "accounts")).await;
    let receive = async |request| house.receiver.receive(request).await;
    let dora = door.during(house.hire("dora@agency.example", -100), receive).await;
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example on"]);

    house.pass(Duration::from_secs(60));
    // the last day at work counts, not that of the contract
    let left = Termination { last_working_day: Some(house.day(-1)), ..Termination::on(house.day(30)) };
    door.during(house.staff().terminate(dora, left), receive).await.unwrap();
    house.until_quiet().await;
    let is_active = || house.user("dora@agency.example").is_active();
    assert_eq!(is_active(), news == News::Sweep, "after the events");
    if news == News::Sweep {
        house.sweep_everybody().await;
        assert!(!is_active(), "after a sweep");
    }
    house.close().await;
}

#[tokio::test]
async fn however_personio_tells_it_a_leaver_is_deactivated() {
    // boxed: all rows together are too large for a test's stack
    rows::play(ROWS.map(|row| (row.0.to_owned(), Box::pin(played(row))))).await;
}

#[tokio::test]
async fn persons_that_show_late_are_waited_for() {
    let house = House::new().await;
    let quirks = Quirks { person_lag_seconds: 20, ..house.office().quirks() };
    house.office().set_quirks(quirks).unwrap();
    let dora = house.hire("dora@agency.example", 0).await;
    house.told("person.created", dora).await;
    let ended = house.until_quiet().await;
    assert_eq!(outcomes(&ended), ["retry", "done"], "{ended:?}");
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    house.close().await;
}
