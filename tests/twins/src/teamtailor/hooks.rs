//! Company webhooks: what they tell and how they are signed, <https://partner.teamtailor.com>. Nothing is tried again.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::digest;

use super::account::{SignatureScheme, Webhook};
use super::resource::time;
use super::store::{Application, Books, Candidate};

/// Something that happened to a candidate.
pub(super) fn candidate(books: &mut Books, verb: &str, one: &Candidate, now: Timestamp) {
    let attributes = match verb {
        "destroy" => json!({}),
        _ => json!({
            "created-at": time(one.created),
            "email": one.email,
            "first-name": one.first_name,
            "last-name": one.last_name,
            "phone": one.phone,
            "updated-at": time(one.updated),
        }),
    };
    let data = json!({"id": one.id.to_string(), "type": "candidates", "attributes": attributes});
    tell(books, &format!("candidate.{verb}"), &data, now);
}

/// Something that happened to an application: it names neither candidate nor stage by id, and has names of another style.
pub(super) fn application(books: &mut Books, verb: &str, one: &Application, now: Timestamp) {
    let attributes = match verb {
        "destroy" => json!({}),
        _ => json!({
            "company_uuid": "8f14e45f-ceea-467f-ab0f-e2b3a1c90d11",
            "id": one.id,
            "job_id": one.job,
            "job_title": books.account.job(one.job).map(|job| job.title.clone()),
            "last_moved_at": time(one.moved),
            "promotion_id": null,
            "referer_id": null,
            "referring_site": null,
            "rejected_at": one.rejected.map(time),
            "stage_name": books.account.stage(one.stage).map(|stage| stage.name.clone()),
            "transparent_recruiting_visible_at": null,
            "updated_at": time(one.updated),
        }),
    };
    let data = json!({"id": one.id.to_string(), "type": "job_applications", "attributes": attributes});
    tell(books, &format!("job_application.{verb}"), &data, now);
}

fn tell(books: &mut Books, event: &str, data: &Value, now: Timestamp) {
    let payload = json!({"event_name": event, "data": data});
    let id = data.pointer("/id").and_then(Value::as_str).unwrap_or_default();
    for webhook in books.account.webhooks.iter().filter(|webhook| webhook.events.iter().any(|name| name == event)) {
        let (body, signature) = signed(webhook, &payload, id, now);
        let headers = vec![("TT-Signature".to_owned(), signature)];
        books.outbox.put(&webhook.url, headers, body, now, &books.account.modes);
    }
}

/// Body and signature. With the newer scheme the body cannot contain what is computed from all of it.
fn signed(webhook: &Webhook, payload: &Value, id: &str, now: Timestamp) -> (String, String) {
    match webhook.scheme {
        SignatureScheme::V1 => {
            let signature = STANDARD.encode(digest::hmac_sha256(&webhook.key, id));
            (json!({"payload": payload, "signature": signature}).to_string(), signature)
        }
        SignatureScheme::V2 => {
            let body = json!({"payload": payload}).to_string();
            let signature = v2(&webhook.key, now.as_second(), &body);
            (body, signature)
        }
    }
}

fn v2(key: &str, time: i64, body: &str) -> String {
    let hex = digest::hmac_sha256(key, &format!("{time}.{body}"));
    STANDARD.encode(format!("t={time},v2={hex}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newer_scheme_signs_time_and_body() {
        let body =
            r#"{"payload":{"event_name":"candidate.update","data":{"id":"2","type":"candidates","attributes":{}}}}"#;
        let decoded = STANDARD.decode(v2("test-secret", 1_701_234_567, body)).unwrap();
        let hex = "e123f1cea1a22774ee6ab45e9c5f927c9b34c8571e026c9e33f89f971abdb1e9";
        assert_eq!(String::from_utf8(decoded).unwrap(), format!("t=1701234567,v2={hex}"));
    }

    #[test]
    fn the_older_scheme_signs_the_id() {
        let webhook = Webhook {
            url: String::new(),
            key: "test-secret".to_owned(),
            scheme: SignatureScheme::V1,
            events: Vec::new(),
        };
        let (_, signature) = signed(&webhook, &json!({}), "2", Timestamp::UNIX_EPOCH);
        let expected = "YWQ4MGYxNzkyMzM2OGYzZGMzNmM1MDljMGE4OWU5NDc2NWIyNTc2YzgwMjAzMWRkOThlN2Q2N2E0M2IwMWE3Nw==";
        assert_eq!(signature, expected);
    }
}
