//! An employee's address.

use super::super::people;
use super::*;
use crate::value::Email;
use crate::{Error, Kind};

async fn email(employees: Value) -> Result<Option<Email>, Error> {
    let server = answering(ok(json!({"employees": employees}))).await;
    people::email(&hibob(&server), &"3332883884017713938".parse().unwrap()).await
}

#[tokio::test]
async fn an_address_is_read_in_every_form_of_an_employee() {
    let id = "3332883884017713938";
    for employee in [
        json!({"/root/id": {"value": id}, "/root/email": {"value": "dora@example.com"}}),
        json!({"root.id": id, "root.email": "dora@example.com"}),
        json!({"root": {"id": id, "email": {"value": "dora@example.com"}}}),
        json!({"id": id, "email": "dora@example.com"}),
        json!({"id": 3_332_883_884_017_713_938_u64, "email": "dora@example.com"}),
    ] {
        let found = email(json!([employee])).await.unwrap().unwrap();
        assert_eq!(found.reveal(), "dora@example.com");
    }
}

#[tokio::test]
async fn nobody_and_no_address_are_none() {
    assert_eq!(email(json!([])).await.unwrap(), None);
    assert_eq!(email(json!([{"id": "3332883884017713938"}])).await.unwrap(), None);
    assert_eq!(email(json!([{"id": "3332883884017713938", "email": null}])).await.unwrap(), None);
}

#[tokio::test]
async fn somebody_else_and_an_odd_address_are_not_taken() {
    for odd in [json!([{"id": "4", "email": "dora@example.com"}]), json!([{"email": "dora@example.com"}]), json!({})] {
        assert_eq!(email(odd).await.unwrap_err().kind, Kind::Unexplained { status: 200 });
    }
    let kind = email(json!([{"id": "3332883884017713938", "email": "dora"}])).await.unwrap_err().kind;
    assert!(matches!(kind, Kind::Invalid(reasons) if reasons[0].to_string().starts_with("/root/email: unreadable")));
}
