//! What a saved event of Personio is read as.

use admin::{Error, PayloadReading, SavedPayload};
use ledger::Subject;
use vendors::personio::people_webhook::{self, PeopleDelivery};
use vendors::personio::webhook::Verified;

use crate::link::{KIND, PART};

/// Reads a saved event.
///
/// # Errors
/// None.
pub(super) fn read(payload: &SavedPayload<'_>) -> Result<PayloadReading, Error> {
    Ok(match people_webhook::read(&Verified::saved(payload.body)) {
        Ok(PeopleDelivery::Person(event)) => {
            PayloadReading::queued(event.name, Subject::new(KIND, event.person).to_string())
        }
        Ok(PeopleDelivery::Absence(event)) => {
            PayloadReading::queued(event.name.to_string(), Subject::new(PART, event.absence).to_string())
        }
        Ok(PeopleDelivery::NoPerson(event)) => PayloadReading::dropped(event.name, "it names no person"),
        Ok(PeopleDelivery::Other(name)) => {
            PayloadReading::dropped(name, "it is no event of a person, an employment or an absence")
        }
        Err(error) => PayloadReading::unreadable(error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use admin::PayloadEnd;

    use super::*;

    const EXAMPLE: &str = include_str!("../../connection.example.toml");

    fn ended(body: &str) -> (PayloadEnd, String) {
        let now = "2026-03-02T10:00:00Z".parse().unwrap();
        let payload = SavedPayload { document: EXAMPLE, local: false, body: body.as_bytes(), now };
        let PayloadReading { end, object, .. } = read(&payload).unwrap();
        (end, object)
    }

    #[test]
    fn a_saved_event_is_queued_dropped_or_rejected_as_the_receiver_does_it() {
        let table = [
            (
                r#"{"event_name":"person.updated","company_id":"12345","occurred_at":"2026-03-01T10:00:00Z","payload":{"person":{"id":"3001"}}}"#,
                PayloadEnd::Queued,
                "person/3001",
            ),
            (
                r#"{"event_name":"absence-period.created","company_id":"12345","occurred_at":"2026-03-01T10:00:00Z","payload":{"absence_period":{"id":"1d8e3f7a-5b0c-4c53-9a57-0d1c2e3f4a5b"}}}"#,
                PayloadEnd::Queued,
                "absence/1d8e3f7a-5b0c-4c53-9a57-0d1c2e3f4a5b",
            ),
            (
                r#"{"event_name":"employment.updated","company_id":"12345","occurred_at":"2026-03-01T10:00:00Z","payload":{}}"#,
                PayloadEnd::Dropped,
                "",
            ),
            (
                r#"{"event_name":"document.created","company_id":"12345","occurred_at":"2026-03-01T10:00:00Z","payload":{}}"#,
                PayloadEnd::Dropped,
                "",
            ),
            (r#"{"#, PayloadEnd::Rejected, ""),
        ];
        for (body, end, object) in table {
            assert_eq!(ended(body), (end, object.to_owned()), "{body}");
        }
    }
}
