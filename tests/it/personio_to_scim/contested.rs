//! Two persons with one address: a contractor becomes an employee.

use std::time::Duration;

use twins::personio::v2::Termination;

use super::house::{House, outcomes};

/// Dora the contractor has the account; Dora the employee is entered with the same address. The two persons.
async fn two_doras(house: &House) -> (u64, u64) {
    let contractor = house.hire("dora@agency.example", -100).await;
    house.told("person.created", contractor).await;
    house.until_quiet().await;
    house.pass(Duration::from_secs(60));
    // Personio lets an address go before another person has it
    house.office().change_email(contractor, "dora.old@agency.example").await.unwrap();
    let employee = house.hire("dora@agency.example", 0).await;
    (contractor, employee)
}

#[tokio::test]
async fn an_account_goes_to_the_person_who_is_current() {
    let house = House::new().await;
    let (contractor, employee) = two_doras(&house).await;
    let id = house.user("dora@agency.example").id;
    house.staff().terminate(contractor, Termination::on(house.day(-1))).await.unwrap();
    house.told("person.created", employee).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["done"]);
    let user = house.user("dora@agency.example");
    assert_eq!((user.id.as_str(), user.external_id()), (id.as_str(), Some(employee.to_string().as_str())));
    assert!(user.is_active());
    let mails = house.mails().await;
    assert!(mails.len() == 1 && mails[0].contains(&format!("person/{contractor}")), "{mails:?}");

    // the first one's leave does not end the second one's account
    house.told("employment.updated", contractor).await;
    house.until_quiet().await;
    house.sweep_everybody().await;
    assert!(house.user("dora@agency.example").is_active());
    assert_eq!(house.mails().await, Vec::<String>::new());
    house.close().await;
}

#[tokio::test]
async fn of_two_who_are_current_the_first_keeps_it_and_the_owner_is_told() {
    let house = House::new().await;
    let (contractor, employee) = two_doras(&house).await;
    house.told("person.created", employee).await;
    assert_eq!(outcomes(&house.until_quiet().await), ["rejected"]);
    let user = house.user("dora@agency.example");
    assert_eq!(user.external_id(), Some(contractor.to_string().as_str()));
    assert_eq!(house.mails().await.len(), 1);

    // the contractor's own address is written, and then the login is free
    house.told("person.updated", contractor).await;
    house.until_quiet().await;
    house.sweep_everybody().await;
    assert!(house.accounts().contains(&"dora.old@agency.example on".to_owned()), "{:?}", house.accounts());
    assert!(house.accounts().contains(&"dora@agency.example on".to_owned()), "{:?}", house.accounts());
    house.close().await;
}
