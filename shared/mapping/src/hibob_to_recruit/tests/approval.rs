//! Which positions count as approved.

use super::*;

const WRONG_STATUS: &str = "its status is none that `approval.statuses` names";
const OPEN_REQUESTS: &str = "it has open requests";
const NOT_IN_FIELD: &str = "`/position/field_7` holds none of `approval.field.values`";

fn why_not(rule: &str, position: &Value) -> Option<String> {
    match table::<Approval>(rule).of(edited_position(position).row()) {
        Approved::Yes => None,
        Approved::No(why) => Some(why),
    }
}

#[test]
fn by_default_all_but_cancelled_positions_are_approved() {
    for status in ["vacant", "starting", "filled", "departing", "onHold", "VACANT", " onhold "] {
        assert_eq!(why_not("", &json!({"status": status})), None, "{status}");
    }
    for status in ["cancelled", "canceled", "cancelledSoon", "canceledSoon", "requested", ""] {
        assert_eq!(why_not("", &json!({"status": status})).as_deref(), Some(WRONG_STATUS), "{status}");
    }
    assert_eq!(why_not("", &json!({"status": null})).as_deref(), Some(WRONG_STATUS));
    assert_eq!(why_not("", &json!({"status": "absent"})).as_deref(), Some(WRONG_STATUS));
}

#[test]
fn a_connection_names_its_own_statuses() {
    let vacant_alone = "statuses = [\"vacant\"]";
    assert_eq!(why_not(vacant_alone, &json!({})), None);
    assert_eq!(why_not(vacant_alone, &json!({"status": "filled"})).as_deref(), Some(WRONG_STATUS));
    let cancelled = "statuses = [\"cancelled\"]";
    assert_eq!(why_not(cancelled, &json!({"status": "canceled"})), None, "both spellings");
}

#[test]
fn open_requests_hold_up_only_where_the_connection_says_so() {
    let strict = "no_open_requests = true";
    assert_eq!(why_not("", &json!({"hasOpenRequests": true})), None);
    for none in [json!(false), json!("false"), json!("False")] {
        assert_eq!(why_not(strict, &json!({"hasOpenRequests": none})), None, "{none}");
    }
    for open in [json!(true), json!("true"), json!(null), json!("absent")] {
        assert_eq!(why_not(strict, &json!({"hasOpenRequests": open})).as_deref(), Some(OPEN_REQUESTS), "{open}");
    }
}

#[test]
fn a_required_field_holds_one_of_its_texts_by_value_or_label() {
    let rule = "field = { id = \"/position/field_7\", values = [\"Approved\", \"12\"] }";
    for met in [
        json!("Approved"),
        json!(12),
        json!(["12"]),
        json!({"value": 3, "humanReadable": "Approved"}),
        json!({"value": 12, "humanReadable": "Yes"}),
    ] {
        assert_eq!(why_not(rule, &json!({"field_7": met})), None, "{met}");
    }
    for other in [json!("approved"), json!(null), json!("Rejected"), json!({"value": 3, "humanReadable": "Open"})] {
        assert_eq!(why_not(rule, &json!({"field_7": other})).as_deref(), Some(NOT_IN_FIELD), "{other}");
    }
    assert_eq!(why_not(rule, &json!({})).as_deref(), Some(NOT_IN_FIELD), "HiBob does not show it");
}

#[test]
fn a_required_field_of_openings_is_read_of_the_opening() {
    let approval: Approval = table("field = { id = \"/positionOpening/field_8\", values = [\"yes\"] }");
    assert_eq!(approval.of(edited_opening(&json!({"field_8": "yes"})).row()), Approved::Yes);
    assert_ne!(approval.of(edited_position(&json!({"field_8": "yes"})).row()), Approved::Yes);
}

#[test]
fn all_conditions_hold_at_once() {
    let rule = "no_open_requests = true\nfield = { id = \"/position/field_7\", values = [\"yes\"] }";
    assert_eq!(why_not(rule, &json!({"field_7": "yes"})), None);
    let with_requests = json!({"field_7": "yes", "hasOpenRequests": true});
    assert_eq!(why_not(rule, &with_requests).as_deref(), Some(OPEN_REQUESTS));
    assert_eq!(why_not(rule, &json!({"field_7": "no"})).as_deref(), Some(NOT_IN_FIELD));
    assert_eq!(why_not(rule, &json!({"field_7": "yes", "status": "cancelled"})).as_deref(), Some(WRONG_STATUS));
}
