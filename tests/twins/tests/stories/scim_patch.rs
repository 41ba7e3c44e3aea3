//! Users are changed by PATCH, as RFC 7644 says.

use serde_json::{Value, json};

use crate::scim_stage::{ENTERPRISE, Partner, bare, dora, kind};

/// A user after these operations, and what the server answered.
async fn after(operations: Value) -> Value {
    let partner = Partner::new();
    let id = partner.made(&dora()).await;
    let answer = partner.patched(&id, operations).await;
    assert_eq!(partner.get(&format!("/Users/{id}")).await.1, answer);
    answer
}

/// The kind of the refusal; the user stays as it was.
async fn refused(operations: Value) -> (u16, String) {
    let partner = Partner::new();
    let id = partner.made(&dora()).await;
    let before = partner.held(&id);
    let answer = partner.patch(&id, operations.clone()).await;
    assert_eq!(partner.held(&id), before, "{operations}");
    let (status, kind) = kind(&answer);
    (status, kind.to_owned())
}

#[tokio::test]
async fn a_user_is_deactivated_and_activated() {
    let partner = Partner::new();
    let id = partner.made(&dora()).await;
    for active in [false, true] {
        let answer = partner.patched(&id, json!([{"op": "replace", "path": "active", "value": active}])).await;
        assert_eq!((&answer["active"], partner.held(&id).is_active()), (&json!(active), active));
    }
}

#[tokio::test]
async fn one_attribute_or_part_is_replaced() {
    let department = format!("{ENTERPRISE}:department");
    let answer = after(json!([
        {"op": "replace", "path": "name.familyName", "value": "Groß"},
        {"op": "replace", "path": "urn:ietf:params:scim:schemas:core:2.0:User:title", "value": "CEO"},
        {"op": "replace", "path": department, "value": "Board"},
        {"op": "add", "path": "NICKNAME", "value": "Do"},
    ]))
    .await;
    assert_eq!(answer["name"], json!({"givenName": "Dora", "familyName": "Groß"}));
    assert_eq!((&answer["title"], &answer["nickName"]), (&json!("CEO"), &json!("Do")));
    assert_eq!(answer[ENTERPRISE], json!({"employeeNumber": "3003", "department": "Board"}));
}

#[tokio::test]
async fn without_a_path_the_value_holds_the_attributes() {
    for op in ["add", "replace"] {
        let value = json!({"title": "CEO", "name": {"familyName": "Groß"}, ENTERPRISE: {"department": "Board"}});
        let answer = after(json!([{"op": op, "value": value}])).await;
        assert_eq!((&answer["title"], &answer["name"]["givenName"]), (&json!("CEO"), &json!("Dora")), "{op}");
        assert_eq!(answer[ENTERPRISE], json!({"employeeNumber": "3003", "department": "Board"}), "{op}");
    }
}

#[tokio::test]
async fn values_of_a_list_are_found_by_a_filter() {
    let work = "emails[type eq \"work\"].value";
    let answer = after(json!([{"op": "replace", "path": work, "value": "new@agency.example"}])).await;
    assert_eq!(answer["emails"], json!([{"value": "new@agency.example", "type": "work", "primary": true}]));
    let answer = after(json!([{"op": "remove", "path": "emails[type eq \"work\"]"}])).await;
    assert_eq!(answer.get("emails"), None);
    for op in ["add", "replace", "remove"] {
        let operation = json!({"op": op, "path": "emails[type eq \"home\"].value", "value": "home@agency.example"});
        assert_eq!(refused(json!([operation])).await, (400, "noTarget".to_owned()), "{op}");
    }
}

#[tokio::test]
async fn a_list_has_nothing_to_filter_where_there_is_none() {
    let partner = Partner::new();
    let id = partner.made(&bare("dora.klein@agency.example")).await;
    let operation = json!([{"op": "replace", "path": "emails[type eq \"work\"].value", "value": "new@agency.example"}]);
    assert_eq!(kind(&partner.patch(&id, operation).await), (400, "noTarget"));
    let whole = json!([{"value": "new@agency.example", "type": "work"}]);
    let answer = partner.patched(&id, json!([{"op": "replace", "path": "emails", "value": whole}])).await;
    assert_eq!(answer["emails"], whole);
}

#[tokio::test]
async fn a_list_grows_and_keeps_one_primary() {
    let home = json!({"value": "home@agency.example", "type": "home", "primary": true});
    let work = json!({"value": "dora.klein@agency.example", "type": "work", "primary": false});
    let grown = after(json!([{"op": "add", "path": "emails", "value": [home]}])).await;
    assert_eq!(grown["emails"], json!([work, home]));
    let replaced = after(json!([{"op": "replace", "path": "emails", "value": [home]}])).await;
    assert_eq!(replaced["emails"], json!([home]));
    let twice = after(json!([
        {"op": "add", "path": "emails", "value": home},
        {"op": "add", "path": "emails", "value": [home]},
    ]))
    .await;
    assert_eq!(twice["emails"].as_array().unwrap().len(), 2, "what is there already is not added");
}

#[tokio::test]
async fn attributes_are_removed() {
    let answer = after(json!([
        {"op": "remove", "path": "title"},
        {"op": "remove", "path": "nickName"},
        {"op": "remove", "path": "name.givenName"},
        {"op": "remove", "path": ENTERPRISE},
        {"op": "replace", "path": "emails", "value": []},
    ]))
    .await;
    assert_eq!((answer.get("title"), answer.get(ENTERPRISE), answer.get("emails")), (None, None, None));
    assert_eq!(answer["name"], json!({"familyName": "Klein"}));
}

#[tokio::test]
async fn what_cannot_be_patched_is_refused_as_a_whole() {
    let title = json!({"op": "replace", "path": "title", "value": "CEO"});
    for (wrong, kind) in [
        (json!({"op": "Replace", "path": "active", "value": false}), "invalidSyntax"),
        (json!({"op": "set", "path": "active", "value": false}), "invalidSyntax"),
        (json!({"path": "active", "value": false}), "invalidSyntax"),
        (json!({"op": "replace", "path": "active", "value": false, "comment": "x"}), "invalidSyntax"),
        (json!({"op": "replace", "path": "active", "value": "False"}), "invalidValue"),
        (json!({"op": "replace", "path": "title", "value": null}), "invalidValue"),
        (json!({"op": "replace", "path": "title"}), "invalidValue"),
        (json!({"op": "replace", "value": "CEO"}), "invalidValue"),
        (json!({"op": "replace", "value": {"shoeSize": "42"}}), "invalidSyntax"),
        (json!({"op": "replace", "value": {"id": "mine"}}), "mutability"),
        (json!({"op": "replace", "path": "id", "value": "mine"}), "mutability"),
        (json!({"op": "replace", "path": "meta.created", "value": "x"}), "mutability"),
        (json!({"op": "remove", "path": "userName"}), "mutability"),
        (json!({"op": "remove"}), "noTarget"),
        (json!({"op": "replace", "path": "shoeSize", "value": "42"}), "invalidPath"),
        (json!({"op": "replace", "path": "name.first", "value": "D"}), "invalidPath"),
        (json!({"op": "replace", "path": "emails.value", "value": "d@agency.example"}), "invalidPath"),
        (json!({"op": "replace", "path": "emails[type eq \"work\"", "value": []}), "invalidPath"),
        (json!({"op": "replace", "path": "emails[kind eq \"work\"].value", "value": "d"}), "invalidFilter"),
        (json!({"op": "replace", "path": format!("{ENTERPRISE}:manager"), "value": "u-1"}), "invalidValue"),
        (json!({"op": "replace", "path": format!("{ENTERPRISE}:manager"), "value": {"value": "u-1"}}), "invalidValue"),
    ] {
        assert_eq!(refused(json!([title, wrong])).await, (400, kind.to_owned()), "{wrong}");
    }
    assert_eq!(refused(json!([])).await, (400, "invalidSyntax".to_owned()));
}
