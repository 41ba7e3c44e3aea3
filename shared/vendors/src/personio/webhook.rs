//! Verification of Personio's webhooks. Personio signs nothing, so the sender is known by a secret in `Authorization` or
//! in up to three headers of the hook's own, set when the hook is made. Events hold ids only: what has become of the
//! thing must be read from the API, so a forged event could cause a read and no more. Source:
//! developer.personio.de/reference/webhooks and docs/attendance-and-absence-events.
//!
//! Nothing is parsed before the secret was right: only [`verify`] makes a [`Verified`], only a `Verified` can be read.

use std::fmt;

use http::{HeaderMap, HeaderName};
use jiff::Timestamp;
use serde_json::Value;

use super::json::{self, Field};
use super::model::id::{AbsenceId, PersonId};
use crate::lenient;
use crate::secret::{self, WebhookSecret};
use crate::value::Personal;

/// The events that tell of absences.
pub const ABSENCE_EVENTS: &[&str] = &[
    "absence-period.created",
    "absence-period.updated.status",
    "absence-period.updated.timerange",
    "absence-period.deleted",
];

/// What the names of all events that tell of absences begin with.
const ABSENCE: &str = "absence-period.";

/// A body whose sender has proved to know the secret.
pub struct Verified<'a>(&'a [u8]);

impl fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verified({} bytes)", self.0.len())
    }
}

/// The sender did not prove to know a secret that counts. Deliberately says no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret is missing, wrong or ended")]
pub struct Refused;

/// What a sender must present.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The headers that may hold the secret.
    pub headers: &'a [HeaderName],
    /// The secrets.
    pub secrets: &'a [WebhookSecret],
}

/// What a verified body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Something happened to an absence.
    Absence(AbsenceEvent),
    /// Any other event, `ping` among them: at most 40 plain characters of its name. To be answered as accepted.
    Other(String),
}

/// What happened to an absence. Carries no order: the absence itself must be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceEvent {
    /// The company's id, at most 40 plain characters of it; empty where the event names none.
    pub company: String,
    /// What happened.
    pub name: AbsenceChange,
    /// The absence.
    pub absence: AbsenceId,
    /// Whose it is, where the event says so: whether events do is not documented.
    pub person: Option<PersonId>,
    /// When it happened.
    pub occurred_at: Timestamp,
}

/// What can happen to an absence. `Display` is the vendor's name of the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AbsenceChange {
    /// It was made.
    Created,
    /// Its approval changed.
    Status,
    /// It was moved; also met without any visible change. Unknown changes count as this one.
    Timerange,
    /// It was deleted, or its request turned down.
    Deleted,
}

/// The body is no event that can be read. Never shows a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Not JSON, or cut off.
    #[error("the body is not JSON")]
    NotJson,
    /// An event lacks something, or it cannot be read.
    #[error("`{0}` is missing or cannot be read")]
    Field(&'static str),
}

impl From<Field> for Unreadable {
    fn from(field: Field) -> Self {
        Self::Field(field.0)
    }
}

/// Checks each expected header against the secrets that count at `now`; one that fits is enough: with its whole
/// value, or with what follows `Bearer `. A header that comes twice fits nothing, also where a gateway has joined the
/// two with a comma.
///
/// # Errors
/// [`Refused`].
pub fn verify<'a>(
    headers: &HeaderMap,
    body: &'a [u8],
    expected: Expected<'_>,
    now: Timestamp,
) -> Result<Verified<'a>, Refused> {
    let values = expected.headers.iter().filter_map(|name| single(headers, name));
    let presented = values.flat_map(|value| [Some(value), after_bearer(value)]).flatten();
    let fits = presented.filter(|presented| secret::any_matches(expected.secrets, presented, now)).count();
    if fits > 0 { Ok(Verified(body)) } else { Err(Refused) }
}

fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a [u8]> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => Some(value.as_bytes()),
        _ => None,
    }
}

fn after_bearer(value: &[u8]) -> Option<&[u8]> {
    let (scheme, token) = value.split_at_checked(7)?;
    scheme.eq_ignore_ascii_case(b"bearer ").then_some(token)
}

impl<'a> Verified<'a> {
    /// A body that somebody has kept, to be looked at: whoever delivers has not been asked for the secret, so nothing that is
    /// read of it may be queued.
    #[must_use]
    pub const fn saved(body: &'a [u8]) -> Self {
        Self(body)
    }
}

impl Verified<'_> {
    /// Reads the body, leniently.
    ///
    /// # Errors
    /// [`Unreadable`]: no event at all, or one that tells of an absence and does not say of which or when.
    pub fn read(&self) -> Result<Delivery, Unreadable> {
        Ok(delivery(&self.body()?)?)
    }

    /// The body as JSON, read leniently.
    pub(super) fn body(&self) -> Result<Value, Unreadable> {
        serde_json::from_str(&lenient::json(self.0)).map_err(|_| Unreadable::NotJson)
    }

    /// The members of a body that may be cut off.
    pub(super) fn members(&self) -> Value {
        Value::Object(lenient::members(&lenient::json(self.0)))
    }

    /// What a body that cannot be used says of its absence, by its name.
    #[must_use]
    pub fn ids(&self) -> Vec<(&'static str, String)> {
        let body = self.members();
        let id = periods(&body).find_map(|period| json::id(period, "id").ok());
        id.map(|id| ("absence", id)).into_iter().collect()
    }

    /// What arrived, to be kept where it cannot be used.
    #[must_use]
    pub fn content(&self) -> Personal<String> {
        Personal::new(String::from_utf8_lossy(self.0).into_owned())
    }
}

/// What an event is.
pub(super) fn delivery(body: &Value) -> Result<Delivery, Field> {
    let name = json::text(body, "event_name")?;
    match name.strip_prefix(ABSENCE) {
        Some(change) => Ok(Delivery::Absence(absence_event(body, change)?)),
        None => Ok(Delivery::Other(json::plain(name))),
    }
}

fn absence_event(body: &Value, change: &str) -> Result<AbsenceEvent, Field> {
    Ok(AbsenceEvent {
        company: json::plain(&company(body)?),
        name: AbsenceChange::of(change),
        absence: absence_id(body)?,
        person: person_id(body),
        occurred_at: json::moment(body, "occurred_at")?,
    })
}

/// The account is known by the connection; the company only tells events apart.
pub(super) fn company(body: &Value) -> Result<String, Field> {
    match json::member(body, "company_id") {
        None => Ok(String::new()),
        Some(_) => json::id_text(body, "company_id"),
    }
}

fn absence_id(body: &Value) -> Result<AbsenceId, Field> {
    periods(body).find_map(|period| json::id(period, "id").ok()).ok_or(Field("payload.absence_period.id"))
}

fn person_id(body: &Value) -> Option<PersonId> {
    let beside = ["payload.person.id", "data.person.id"].into_iter().find_map(|path| json::id(body, path).ok());
    beside.or_else(|| periods(body).find_map(|period| json::id(period, "person.id").ok()))
}

/// The documentation has a hyphen in the key, real deliveries have an underscore. `data` is tried as for persons, whose
/// payloads are not documented.
fn periods(body: &Value) -> impl Iterator<Item = &Value> {
    let spellings = ["payload.absence_period", "payload.absence-period", "data.absence_period", "data.absence-period"];
    spellings.into_iter().filter_map(|path| json::member(body, path))
}

impl AbsenceChange {
    fn of(change: &str) -> Self {
        match change {
            "created" => Self::Created,
            "updated.status" => Self::Status,
            "deleted" => Self::Deleted,
            _ => Self::Timerange,
        }
    }
}

impl fmt::Display for AbsenceChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Created => "absence-period.created",
            Self::Status => "absence-period.updated.status",
            Self::Timerange => "absence-period.updated.timerange",
            Self::Deleted => "absence-period.deleted",
        })
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderValue, header};

    use super::*;

    const RIGHT: &str = "the-only-secret-value";
    const OWN: HeaderName = HeaderName::from_static("x-hrsync-secret");
    const ID: &str = "1d8e3f7a-0000-4000-8000-000000000001";

    fn check(presented: &[(HeaderName, &str)], names: &[HeaderName], now: &str) -> Result<(), Refused> {
        let mut headers = HeaderMap::new();
        for (name, value) in presented {
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        let end = Some("2026-03-04T10:00:00Z".parse().unwrap());
        let secrets =
            [WebhookSecret::new(RIGHT.into(), None), WebhookSecret::new("the-older-secret-value".into(), end)];
        let expected = Expected { headers: names, secrets: &secrets };
        verify(&headers, b"{}", expected, now.parse().unwrap()).map(drop)
    }

    fn today(presented: &[(HeaderName, &str)]) -> Result<(), Refused> {
        check(presented, &[header::AUTHORIZATION, OWN], "2026-03-01T10:00:00Z")
    }

    #[test]
    fn each_way_of_presenting_the_secret_is_accepted() {
        for (name, value) in [
            (header::AUTHORIZATION, RIGHT),
            (header::AUTHORIZATION, "Bearer the-only-secret-value"),
            (header::AUTHORIZATION, "bEARER the-only-secret-value"),
            (OWN, RIGHT),
            (OWN, "Bearer the-only-secret-value"),
            (OWN, "the-older-secret-value"),
        ] {
            assert_eq!(today(&[(name, value)]), Ok(()), "{value}");
        }
        assert_eq!(today(&[(header::AUTHORIZATION, "wrong"), (OWN, RIGHT)]), Ok(()));
    }

    #[test]
    fn missing_wrong_repeated_and_joined_secrets_are_refused() {
        let joined = format!("{RIGHT}, {RIGHT}");
        let joined_bearer = format!("Bearer {RIGHT},Bearer {RIGHT}");
        for value in [
            "",
            "wrong",
            "Bearer",
            "Bearer ",
            "Bearer  the-only-secret-value",
            "Basic the-only-secret-value",
            "Bearer Bearer the-only-secret-value",
            "the-only-secret-valu",
            "THE-ONLY-SECRET-VALUE",
            &joined,
            &joined_bearer,
        ] {
            assert_eq!(today(&[(header::AUTHORIZATION, value)]), Err(Refused), "{value:?}");
        }
        assert_eq!(today(&[]), Err(Refused));
        assert_eq!(today(&[(OWN, RIGHT), (OWN, RIGHT)]), Err(Refused));
        assert_eq!(today(&[(HeaderName::from_static("x-other"), RIGHT)]), Err(Refused));
    }

    #[test]
    fn only_the_expected_headers_count() {
        let now = "2026-03-01T10:00:00Z";
        assert_eq!(check(&[(header::AUTHORIZATION, RIGHT)], &[OWN], now), Err(Refused));
        assert_eq!(check(&[(OWN, RIGHT)], &[], now), Err(Refused));
    }

    #[test]
    fn a_secret_that_has_ended_is_refused() {
        let old = [(OWN, "the-older-secret-value")];
        assert_eq!(check(&old, &[OWN], "2026-03-04T09:59:59Z"), Ok(()));
        assert_eq!(check(&old, &[OWN], "2026-03-04T10:00:00Z"), Err(Refused));
    }

    fn read(body: &str) -> Result<Delivery, Unreadable> {
        Verified(body.as_bytes()).read()
    }

    fn event(name: &str, payload: &str) -> String {
        format!(
            r#"{{"company_id":"12345","event_name":"{name}","occurred_at":"2026-02-04T09:12:33.123Z","payload":{payload}}}"#
        )
    }

    fn of_absence(name: AbsenceChange) -> Result<Delivery, Unreadable> {
        of_absence_of(name, None)
    }

    fn of_absence_of(name: AbsenceChange, person: Option<&str>) -> Result<Delivery, Unreadable> {
        let occurred_at = "2026-02-04T09:12:33.123Z".parse().unwrap();
        let absence = ID.parse().unwrap();
        let company = "12345".to_owned();
        let person = person.map(|id| id.parse().unwrap());
        Ok(Delivery::Absence(AbsenceEvent { company, name, absence, person, occurred_at }))
    }

    #[test]
    fn events_of_absences_are_read_in_both_spellings() {
        use AbsenceChange::{Created, Deleted, Status, Timerange};
        for (name, change) in ABSENCE_EVENTS.iter().zip([Created, Status, Timerange, Deleted]) {
            for key in ["absence_period", "absence-period"] {
                let payload = format!(r#"{{"{key}":{{"id":"{ID}","new":1}},"person":{{"id":"3003"}}}}"#);
                assert_eq!(read(&event(name, &payload)), of_absence_of(change, Some("3003")));
            }
            assert_eq!(change.to_string(), *name);
        }
    }

    #[test]
    fn the_content_of_an_event_may_be_called_data() {
        let payload = format!(r#"{{"absence_period":{{"id":"{ID}"}}}}"#);
        let body = event("absence-period.deleted", &payload).replace("\"payload\"", "\"data\"");
        assert_eq!(read(&body), of_absence(AbsenceChange::Deleted));
    }

    #[test]
    fn an_unknown_change_of_an_absence_is_a_change() {
        let payload = format!(r#"{{"absence-period":null,"absence_period":{{"id":"{ID}"}}}}"#);
        for name in ["absence-period.updated", "absence-period.updated.substitute", "absence-period."] {
            assert_eq!(read(&event(name, &payload)), of_absence(AbsenceChange::Timerange), "{name}");
        }
    }

    #[test]
    fn other_events_are_named_and_no_more() {
        for name in ["ping", "person.updated", "employment.updated.cost-centers"] {
            assert_eq!(read(&event(name, "{}")), Ok(Delivery::Other(name.to_owned())));
        }
        assert_eq!(read(r#"{"event_name":"ping"}"#), Ok(Delivery::Other("ping".to_owned())));
        let long = event(&"ä<".repeat(50), "{}");
        assert_eq!(read(&long), Ok(Delivery::Other("?".repeat(40))));
    }

    #[test]
    fn an_event_of_an_absence_must_say_of_which_and_when() {
        const FIELD: &str = "payload.absence_period.id";
        for payload in ["{}", "null", "[]", r#"{"absence_period":{"id":"12345"}}"#, r#"{"absence_period":"x"}"#] {
            assert_eq!(read(&event("absence-period.deleted", payload)), Err(Unreadable::Field(FIELD)), "{payload}");
        }
        let whole = event("absence-period.deleted", &format!(r#"{{"absence_period":{{"id":"{ID}"}}}}"#));
        for (from, to, field) in [
            ("2026-02-04T09:12:33.123Z", "yesterday", "occurred_at"),
            ("occurred_at", "occurred", "occurred_at"),
            (r#""12345""#, "{}", "company_id"),
            ("event_name", "event", "event_name"),
        ] {
            assert_eq!(read(&whole.replace(from, to)), Err(Unreadable::Field(field)), "{to}");
        }
    }

    #[test]
    fn an_event_is_read_leniently() {
        let payload = format!(r#"{{"absence_period":{{"id":"{ID}","note":"bis bald \\ud83d","hours":1e999}}}}"#);
        let whole = event("absence-period.created", &payload);
        assert_eq!(read(&format!("\u{feff}{whole}")), of_absence(AbsenceChange::Created));
        assert_eq!(read(&whole.replace(r#""12345""#, "12345")), of_absence(AbsenceChange::Created));
        let Ok(Delivery::Absence(event)) = read(&whole.replace(r#""12345""#, "null")) else { panic!("an absence") };
        assert_eq!(event.company, "");
    }

    #[test]
    fn an_event_that_cannot_be_used_says_of_which_absence() {
        for payload in [r#"{"absence_period":{"id":"12345"}}"#, r#"{"absence-period":{"id":12345}}"#] {
            let body = event("absence-period.deleted", payload);
            assert_eq!(Verified(body.as_bytes()).ids(), [("absence", "12345".to_owned())]);
        }
        assert_eq!(Verified(b"<html>").ids(), []);
    }

    #[test]
    fn anything_else_is_no_event() {
        for body in ["", "<html>", r#"{"event_name":"ping""#] {
            assert_eq!(read(body), Err(Unreadable::NotJson), "{body}");
        }
        for body in ["[]", "null", r#""ping""#, "{}", r#"{"event_name":7}"#, r#"{"event_name":" "}"#] {
            let error = read(body).unwrap_err();
            assert_eq!(error.to_string(), "`event_name` is missing or cannot be read", "{body}");
        }
    }
}
