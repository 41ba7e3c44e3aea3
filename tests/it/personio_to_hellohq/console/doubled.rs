//! Two connections over the same two accounts.

use admin::{Other, doubled};
use serde_json::{Value, json};

use super::super::house::House;
use super::{COMMANDS, Desk};

fn other(name: &str, document: String, secret: &Value) -> Other {
    Other { name: name.to_owned(), document, secret: secret.to_string().into() }
}

#[tokio::test]
async fn a_copied_file_with_another_name_is_found_and_other_accounts_are_not() {
    let house = House::new().await;
    let desk = Desk::of(&house);
    let found = |others: &[Other]| {
        let found = doubled(COMMANDS.accounts.unwrap(), &desk.context(), others).unwrap();
        found.map(str::to_owned)
    };
    let copied = house.document().replace("name = \"absences\"", "name = \"absences-2\"");
    assert_ne!(copied, house.document());
    let with = |key: &str, value: &str| {
        let mut secret = house.secret();
        secret[key] = json!(value);
        secret
    };
    let another_office = other("office", copied.clone(), &with("personio_client_id", "papi-another"));
    let another_hq = other("hq", copied.clone(), &with("hellohq_token", "another-token"));
    let broken = other("broken", "flow = ".to_owned(), &house.secret());
    assert_eq!(found(&[another_office, another_hq, broken]), None);
    // the client's secret tells no accounts apart
    let twin = other("absences-2", copied, &with("personio_client_secret", "the-next-one"));
    assert_eq!(found(&[twin]).as_deref(), Some("absences-2"));
    house.close().await;
}
