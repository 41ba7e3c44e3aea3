//! What happens to people: they come, change, go on leave, leave, come back.

use std::time::Duration;

use twins::personio::v2::{NewAbsence, Span, Termination, Terms, kinds};

use super::house::{House, outcomes};

#[tokio::test]
async fn a_termination_acts_when_its_day_is_over_though_nobody_tells() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    house.told("person.created", dora).await;
    house.until_quiet().await;
    house.pass(Duration::from_secs(60));
    house.staff().terminate(dora, Termination::on(house.day(2))).await.unwrap();
    house.told("employment.updated", dora).await;
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example on"], "until the end of the last day");

    house.days_pass(2);
    house.schedule().await;
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example on"], "the last day");
    house.days_pass(1);
    house.schedule().await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"], "one is due, and nobody else was looked at");
    assert_eq!(house.accounts(), ["dora@agency.example off"]);
    house.close().await;
}

#[tokio::test]
async fn an_account_waits_for_the_first_day() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 3).await;
    house.told("person.created", dora).await;
    let ended = house.until_quiet().await;
    assert_eq!((outcomes(&ended), ended[0].reason.as_str()), (vec!["skipped"], "waits for the first day"));
    house.days_pass(3);
    house.schedule().await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    house.close().await;
}

#[tokio::test]
async fn who_has_no_address_waits_and_enters_by_itself() {
    let house = House::new().await;
    let dora = house.hire("", 0).await;
    house.told("person.created", dora).await;
    let ended = house.until_quiet().await;
    assert_eq!(outcomes(&ended), ["skipped"]);
    assert!(ended[0].reason.contains("email"), "{ended:?}");
    house.pass(Duration::from_secs(60));
    house.office().change_email(dora, "dora@agency.example").await.unwrap();
    house.told("person.updated", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    house.close().await;
}

#[tokio::test]
async fn who_comes_back_gets_the_old_account() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", -100).await;
    house.told("person.created", dora).await;
    house.until_quiet().await;
    let id = house.user("dora@agency.example").id;
    house.pass(Duration::from_secs(60));
    house.staff().terminate(dora, Termination::on(house.day(-1))).await.unwrap();
    house.told("employment.updated", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"], "a termination that lies in the past");
    assert_eq!(house.accounts(), ["dora@agency.example off"]);

    house.pass(Duration::from_secs(60));
    let terms = Terms { position: Some("Lead".to_owned()), department: Some(501), ..Terms::from(house.day(0)) };
    house.staff().rehire(dora, terms).await.unwrap();
    house.told("employment.created", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    let user = house.user("dora@agency.example");
    assert_eq!((user.id.as_str(), user.text("/title")), (id.as_str(), Some("Lead")));
    house.close().await;
}

#[tokio::test]
async fn an_account_that_was_removed_softly_comes_back_with_its_id() {
    let mut house = House::new().await;
    house.set("after_termination = \"deactivate\"", "after_termination = \"delete\"").await;
    house.partner(|account| account.delete = twins::scim::Delete::Soft);
    let dora = house.hire("dora@agency.example", -100).await;
    house.told("person.created", dora).await;
    house.until_quiet().await;
    let id = house.user("dora@agency.example").id;
    house.pass(Duration::from_secs(60));
    house.staff().terminate(dora, Termination::on(house.day(-1))).await.unwrap();
    house.told("employment.updated", dora).await;
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example off"]);

    house.pass(Duration::from_secs(60));
    house.staff().rehire(dora, Terms { department: Some(501), ..Terms::from(house.day(0)) }).await.unwrap();
    house.told("employment.created", dora).await;
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    assert_eq!(house.user("dora@agency.example").id, id);
    house.close().await;
}

#[tokio::test]
async fn a_new_address_is_a_new_login_of_the_same_account() {
    let house = House::new().await;
    let dora = house.hire("dora@agency.example", 0).await;
    house.told("person.created", dora).await;
    house.until_quiet().await;
    let id = house.user("dora@agency.example").id;
    house.pass(Duration::from_secs(60));
    house.office().change_email(dora, "dora.klein@agency.example").await.unwrap();
    house.told("person.updated", dora).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.accounts(), ["dora.klein@agency.example on"]);
    assert_eq!(house.user("dora.klein@agency.example").id, id);
    house.close().await;
}

#[tokio::test]
async fn a_long_absence_takes_the_account_while_it_lasts() {
    let mut house = House::new().await;
    let absences = "leave = \"keep\"\nleave_absences = { types = [\"Elternzeit\"], longer_than_days = 30 }";
    house.set("leave = \"keep\"", absences).await;
    let dora = house.hire("dora@agency.example", -100).await;
    house.told("person.created", dora).await;
    house.until_quiet().await;
    house.pass(Duration::from_secs(60));
    let span = Span::days(house.day(0), house.day(40));
    let absence = house.office().create(NewAbsence::new(dora, kinds::ELTERNZEIT, span)).await.unwrap();
    let payload = serde_json::json!({"absence_period": {"id": absence}});
    house.delivered("absence-period.created", payload, &house.hands.now().to_string()).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done", "done"], "the part wakes the person");
    assert_eq!(house.accounts(), ["dora@agency.example off"]);
    house.days_pass(41);
    house.schedule().await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    house.close().await;
}

#[tokio::test]
async fn a_leave_that_is_deleted_gives_the_account_back_at_once_where_the_event_names_the_person() {
    let mut house = House::new().await;
    let absences = "leave = \"keep\"\nleave_absences = { types = [\"Elternzeit\"], longer_than_days = 30 }";
    house.set("leave = \"keep\"", absences).await;
    let dora = house.hire("dora@agency.example", -100).await;
    let span = Span::days(house.day(0), house.day(40));
    let absence = house.office().create(NewAbsence::new(dora, kinds::ELTERNZEIT, span)).await.unwrap();
    house.told("person.created", dora).await;
    house.until_quiet().await;
    assert_eq!(house.accounts(), Vec::<String>::new(), "none is made for somebody on leave");

    house.pass(Duration::from_secs(60));
    house.office().delete(absence).await.unwrap();
    let payload = serde_json::json!({"absence_period": {"id": absence}, "person": {"id": dora.to_string()}});
    house.delivered("absence-period.deleted", payload, &house.hands.now().to_string()).await;
    house.until_quiet().await;
    assert_eq!(house.accounts(), ["dora@agency.example on"]);
    house.close().await;
}
