//! What Heyflow sends: the simple and the extended form, and what is known to be odd about them.

use serde_json::{Value, json};

use crate::receiver::{Receiver, flow, flow_with, submit};
use crate::stage::Stage;

/// A flow with these blocks, and a receiver.
async fn form(extend: bool, blocks: Value) -> (Stage, Receiver) {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    flow_with(&stage, json!({"url": receiver.start(&[]).await, "extend": extend}), blocks).await;
    (stage, receiver)
}

/// The `fields` that arrive for these answers.
async fn fields(form: &(Stage, Receiver), answers: Value, modes: Value) -> Value {
    submit(&form.0, json!({"answers": answers, "modes": modes})).await;
    form.1.bodies().last().unwrap()["fields"].clone()
}

#[tokio::test]
async fn a_response_is_delivered_in_the_simple_form() {
    let (stage, receiver) = (Stage::new(), Receiver::default());
    flow(&stage, json!({"url": receiver.start(&[]).await})).await;
    let answers = json!({"First name": "Sample", "Count": 3, "Consent": true, "Skills": ["a", "b"], "E-mail": "x@y.z"});
    let body = json!({"answers": answers, "id": "r1", "created_at": "2026-03-01T11:18:55Z"});
    assert_eq!(submit(&stage, body).await, json!({"id": "r1", "status": 200, "error": null}));
    let fields = json!({"First name": "Sample", "Count": 3, "Consent": true, "Skills": "a, b", "E-mail": "x@y.z"});
    let sent = json!({"flowID": "F1", "id": "r1", "createdAt": "2026-03-01T11:18:55Z", "fields": fields});
    assert_eq!(receiver.bodies()[1], sent);
}

#[tokio::test]
async fn a_choice_is_joined_as_told_or_stays_a_list() {
    let form = form(false, json!([])).await;
    let answers = json!({"Skills": ["a, b", "c"]});
    assert_eq!(fields(&form, answers.clone(), json!({})).await, json!({"Skills": "a, b, c"}));
    assert_eq!(fields(&form, answers.clone(), json!({"separator": ","})).await, json!({"Skills": "a, b,c"}));
    assert_eq!(fields(&form, answers.clone(), json!({"arrays": true})).await, answers);
}

#[tokio::test]
async fn extra_members_lie_over_the_top_level() {
    let (stage, receiver) = form(false, json!([])).await;
    let extra = json!({"url": "https://forms.example.com", "abTestId": 7, "id": null});
    submit(&stage, json!({"answers": {}, "id": "r", "created_at": "c", "modes": {"extra": extra}})).await;
    let sent = json!({
        "flowID": "F1", "id": null, "createdAt": "c", "fields": {}, "url": "https://forms.example.com", "abTestId": 7,
    });
    assert_eq!(receiver.bodies().last().unwrap(), &sent);
}

#[tokio::test]
async fn the_extended_form_is_a_list_of_fields() {
    let form = form(true, json!([])).await;
    let answers = json!({"Skills": ["a", "b"]});
    let got = fields(&form, answers.clone(), json!({})).await;
    let id = got[0]["id"].clone();
    let values = json!([{"name": id, "answer": "a"}, {"name": id, "answer": "b"}]);
    assert_eq!(got, json!([{"label": "Skills", "variable": id, "id": id, "values": values}]));
    assert_eq!(fields(&form, answers, json!({"extend": false})).await, json!({"Skills": "a, b"}));
}

#[tokio::test]
async fn an_undeclared_fields_id_is_the_same_in_every_response() {
    let form = form(true, json!([])).await;
    let alone = fields(&form, json!({"Name": "S"}), json!({})).await;
    let among = fields(&form, json!({"Age": 3, "Name": "T", "Zip": "0"}), json!({})).await;
    let ids: Vec<_> = among.as_array().unwrap().iter().map(|field| field["id"].as_str().unwrap()).collect();
    assert_eq!(alone[0]["id"], ids[1]);
    assert!(ids[1].starts_with("id-") && ids[0] != ids[1] && ids[1] != ids[2], "{ids:?}");
}

#[tokio::test]
async fn declared_blocks_have_label_variable_and_id_of_their_own() {
    let blocks = json!([
        {"id": "input-1", "label": "First name", "variable": "first_name"},
        {"id": "input-2", "variable": "last_name"},
        {"id": "select-3", "label": "Role"},
    ]);
    let answers = json!({"First name": "Sample", "last_name": "Applicant", "select-3": "dev", "Else": "x"});
    let extended = form(true, blocks.clone()).await;
    let got = fields(&extended, answers.clone(), json!({})).await;
    let got = got.as_array().unwrap();
    let told = |label: &str| {
        let field = got.iter().find(|field| field["label"] == label).unwrap();
        (field["variable"].as_str().unwrap(), field["id"].as_str().unwrap(), field["values"][0]["answer"].clone())
    };
    assert_eq!(told("First name"), ("first_name", "input-1", json!("Sample")));
    assert_eq!(told("input-2"), ("last_name", "input-2", json!("Applicant")), "without a label the id is the label");
    assert_eq!(told("Role"), ("select-3", "select-3", json!("dev")), "without a variable the id is the variable");
    assert_eq!((told("Else").0, got.len()), (told("Else").1, 4));

    let simple = form(false, blocks).await;
    let keys = json!({"First name": "Sample", "input-2": "Applicant", "Role": "dev", "Else": "x"});
    assert_eq!(fields(&simple, answers, json!({})).await, keys);
}

#[tokio::test]
async fn an_address_is_a_field_and_one_per_part() {
    let answers = json!({"Address": {"street": "Sample Street", "house": "12", "zip": "01067", "city": "Dresden"}});
    let simple = form(false, json!([])).await;
    let flat = json!({
        "Address": "Sample Street, 12, 01067, Dresden", "Address [street]": "Sample Street", "Address [house]": "12",
        "Address [zip]": "01067", "Address [city]": "Dresden",
    });
    assert_eq!(fields(&simple, answers.clone(), json!({})).await, flat);
    assert_eq!(fields(&simple, answers.clone(), json!({"nested": true})).await, answers);

    let extended = form(true, json!([{"id": "address-1", "label": "Address", "variable": "address"}])).await;
    let got = fields(&extended, answers.clone(), json!({})).await;
    let zip = got.as_array().unwrap().iter().find(|field| field["label"] == "Address [zip]").unwrap();
    let values = json!([{"name": "address-1", "answer": "01067"}]);
    let told = json!({"label": "Address [zip]", "variable": "address[zip]", "id": "address-1", "values": values});
    assert_eq!((zip, got.as_array().unwrap().len()), (&told, 5));
    let nested = fields(&extended, answers.clone(), json!({"nested": true})).await;
    assert_eq!((&nested[0]["values"][0]["answer"], nested.as_array().unwrap().len()), (&answers["Address"], 1));
}

#[tokio::test]
async fn the_names_of_2020_come_in_the_extended_form_with_ids_of_options() {
    let (stage, receiver) = form(false, json!([])).await;
    let modes = json!({"old_names": true});
    let body = json!({"answers": {"Name": "S", "Skills": ["a", "b"]}, "id": "r", "created_at": "c", "modes": modes});
    submit(&stage, body).await;
    let sent = receiver.bodies().last().unwrap().clone();
    assert_eq!((&sent["flowId"], &sent["created"], &sent["flowID"]), (&json!("F1"), &json!("c"), &Value::Null));
    let skills = &sent["fields"][1];
    let labels = [&skills["values"][0]["label"], &skills["values"][1]["label"]];
    let ids = [&skills["id"], &skills["values"][0]["id"], &skills["values"][1]["id"]];
    assert_eq!(labels, [&json!("a"), &json!("b")]);
    assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2], "{ids:?}");

    let form = (stage, receiver);
    let one = fields(&form, json!({"Name": "T", "Skills": ["b"]}), json!({"old_names": true})).await;
    assert_eq!(&one[1]["values"][0]["id"], ids[2], "an option keeps its id");
    assert_eq!(one[0]["values"][0]["id"], sent["fields"][0]["values"][0]["id"], "so does an input, whatever is typed");
    let simple = fields(&form, json!({"Name": "T"}), json!({"old_names": true, "extend": false})).await;
    assert_eq!(simple, json!({"Name": "T"}));
}
