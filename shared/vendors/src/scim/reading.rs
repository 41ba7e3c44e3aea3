//! From a server's JSON to users, lists and what the server says of itself. Tolerant of members that are unknown, missing or
//! of another form; strict about what decides who somebody is and whether they may log in.

use serde_json::Value;

use super::json::{Field, count, flag, member, text};
use super::model::{ExternalId, ProviderConfig, User, UserId, UserName};
use crate::value::{Email, Personal};

/// The answer to a list or a filter (RFC 7644, 3.4.2).
#[derive(Debug)]
pub(super) struct Listed {
    /// The users on this page, as they were sent.
    pub(super) resources: Vec<Value>,
    /// How many there are on all pages, where the answer says so.
    pub(super) total: Option<usize>,
}

/// A user; otherwise the member that cannot be read.
pub(super) fn user(value: &Value) -> Result<User, Field> {
    let resource = value.as_object().ok_or(Field("id"))?;
    let user_name = text(value, "userName")?.map(UserName::try_from).transpose().map_err(|_| Field("userName"))?;
    let external_id = text(value, "externalId")?.map(ExternalId::try_from).transpose();
    Ok(User {
        id: id(value)?,
        user_name,
        external_id: external_id.map_err(|_| Field("externalId"))?,
        active: flag(value, "active")?,
        emails: emails(value),
        resource: Personal::new(resource.clone()),
    })
}

/// The id of a user who may be unreadable otherwise.
pub(super) fn id(value: &Value) -> Result<UserId, Field> {
    let id = text(value, "id")?.ok_or(Field("id"))?;
    id.try_into().map_err(|_| Field("id"))
}

/// A page of a list; `None` where it is none. Without a match some leave `Resources` out (RFC 7644, 3.4.2).
pub(super) fn listed(body: &[u8]) -> Option<Listed> {
    let body = serde_json::from_slice::<Value>(body).ok()?;
    let total = count(&body, "totalResults");
    let resources = match member(&body, "Resources") {
        Some(Value::Array(resources)) => resources.clone(),
        None if total == Some(0) => Vec::new(),
        _ => return None,
    };
    Some(Listed { resources, total })
}

/// What the server says it can do; `None` where the body is no object.
pub(super) fn provider_config(body: &[u8]) -> Option<ProviderConfig> {
    let body = serde_json::from_slice::<Value>(body).ok()?;
    body.as_object()?;
    let filter = member(&body, "filter");
    Some(ProviderConfig {
        patch: supported(member(&body, "patch")),
        filter: supported(filter),
        most_results: filter.and_then(|filter| count(filter, "maxResults")),
        etag: supported(member(&body, "etag")),
        bulk: supported(member(&body, "bulk")),
        sort: supported(member(&body, "sort")),
    })
}

fn supported(feature: Option<&Value>) -> Option<bool> {
    flag(feature?, "supported").ok().flatten()
}

/// Addresses come as objects or as bare texts, alone or in a list. One that is none is passed over: it decides nothing.
fn emails(value: &Value) -> Vec<Email> {
    let listed = match member(value, "emails") {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let texts = listed.iter().filter_map(|entry| member(entry, "value").unwrap_or(entry).as_str());
    texts.filter_map(|text| text.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_user_is_read_whole() {
        let read = user(
            &json!({"schemas": ["x"], "id": "2819c223", "externalId": "3003", "userName": "dora@example.com",
            "active": true, "emails": [{"value": "dora@example.com", "type": "work", "primary": true}], "x": {"y": [1]}}),
        );
        let read = read.unwrap();
        assert_eq!((read.id.as_str(), read.active), ("2819c223", Some(true)));
        assert!(read.is_named(&"Dora@Example.com".parse().unwrap()) && read.is_known_as(&"3003".parse().unwrap()));
        assert!(read.has_email(&"DORA@example.com".parse().unwrap()) && !read.is_known_as(&"3004".parse().unwrap()));
        assert_eq!(read.resource.reveal()["x"], json!({"y": [1]}));
    }

    #[test]
    fn what_is_left_out_null_or_spelled_otherwise_costs_no_user() {
        let bare = user(
            &json!({"ID": 7, "username": 12, "externalid": null, "Active": "False", "emails": "dora@example.com"}),
        );
        let bare = bare.unwrap();
        assert_eq!((bare.id.as_str(), bare.active, bare.external_id.is_none()), ("7", Some(false), true));
        assert_eq!(bare.user_name, Some("12".parse().unwrap()));
        assert_eq!(bare.emails.len(), 1);
        for emails in [json!(null), json!([7, null, {}, {"value": "dora"}, "x"]), json!(7)] {
            let odd = user(&json!({"id": "7", "active": null, "emails": emails})).unwrap();
            assert_eq!((odd.emails.len(), odd.active, odd.user_name), (0, None, None));
        }
    }

    #[test]
    fn booleans_are_read_as_texts_too() {
        let active = |sent: Value| user(&json!({"id": "7", "active": sent})).map(|user| user.active);
        for (sent, wanted) in
            [(json!("true"), true), (json!("True"), true), (json!("False"), false), (json!(false), false)]
        {
            assert_eq!(active(sent), Ok(Some(wanted)));
        }
        for odd in [json!("no"), json!(""), json!(1), json!({})] {
            assert_eq!(active(odd), Err(Field("active")));
        }
    }

    #[test]
    fn what_decides_and_cannot_be_read_is_named() {
        for (value, field) in [
            (json!({}), "id"),
            (json!({"id": " "}), "id"),
            (json!({"id": ".."}), "id"),
            (json!({"id": {}}), "id"),
            (json!(7), "id"),
            (json!({"id": "7", "userName": ["x"]}), "userName"),
            (json!({"id": "7", "externalId": {}}), "externalId"),
        ] {
            assert_eq!(user(&value), Err(Field(field)), "{value}");
        }
    }

    #[test]
    fn a_list_is_read_in_its_forms() {
        let read = |body: &str| listed(body.as_bytes()).map(|listed| (listed.resources.len(), listed.total));
        assert_eq!(read(r#"{"totalResults":2,"Resources":[{},7]}"#), Some((2, Some(2))));
        assert_eq!(read(r#"{"totalResults":"0"}"#), Some((0, Some(0))));
        assert_eq!(read(r#"{"resources":[]}"#), Some((0, None)));
        for odd in ["", "<html>", "[]", "{}", "null", r#"{"totalResults":1}"#, r#"{"Resources":{}}"#] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
