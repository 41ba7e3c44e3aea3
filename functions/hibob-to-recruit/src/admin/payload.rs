//! What a saved event of HiBob is read as.

use admin::{Error, PayloadReading, SavedPayload};
use vendors::hibob::webhook::{Change, Delivery, Verified, is_ping};

use crate::connection::Connection;
use crate::signal::subject;
use crate::webhook::UNREAD;

/// Reads a saved event.
///
/// # Errors
/// Where the connection's file cannot be used.
pub(super) fn read(payload: &SavedPayload<'_>) -> Result<PayloadReading, Error> {
    let connection = payload.connection(Connection::read)?;
    if is_ping(payload.body) {
        return Ok(PayloadReading::dropped("a ping", "HiBob tries the webhook"));
    }
    Ok(match Verified::saved(payload.body).read() {
        Ok(Delivery::Planning(event)) => {
            let object = subject(&event.about).to_string();
            if connection.fields.hold_what_changed(&event) {
                PayloadReading::queued(word(event.change), object)
            } else {
                PayloadReading { object, ..PayloadReading::dropped(word(event.change), UNREAD) }
            }
        }
        Ok(Delivery::Ping) => PayloadReading::dropped("a ping", "HiBob tries the webhook"),
        Ok(Delivery::Other(name)) => PayloadReading::dropped(name, "it is no event of a position or an opening"),
        Err(error) => PayloadReading::unreadable(error.to_string()),
    })
}

const fn word(change: Change) -> &'static str {
    match change {
        Change::Created => "created",
        Change::Updated => "updated",
        Change::Deleted => "deleted",
    }
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
                r#"{"companyId":7,"type":"workforcePlanning.positionOpening.created","data":{"positionOpeningId":8001}}"#,
                PayloadEnd::Queued,
                "opening/8001",
            ),
            (
                r#"{"companyId":7,"type":"workforcePlanning.position.updated","data":{"positionId":7001,"fieldUpdatesIds":["/position/unread"]}}"#,
                PayloadEnd::Dropped,
                "position/7001",
            ),
            (r#"Ping test"#, PayloadEnd::Dropped, ""),
            (r#"{"type":"employee.updated"}"#, PayloadEnd::Dropped, ""),
            (r#"{"#, PayloadEnd::Rejected, ""),
        ];
        for (body, end, object) in table {
            assert_eq!(ended(body), (end, object.to_owned()), "{body}");
        }
    }
}
