//! What a saved event of Oneflow or Teamtailor is read as. Whose it is, the body says: here is no path that could.

use admin::{Error, PayloadReading, SavedPayload};
use jiff::Timestamp;
use vendors::oneflow::webhook::{self as oneflow, Expected};
use vendors::teamtailor::webhook as teamtailor;

use crate::connection::{Connection, Interest};
use crate::heard::{News, news_of_candidate, news_of_contract};

/// Reads a saved event.
///
/// # Errors
/// Where the connection's file cannot be used.
pub(super) fn read(payload: &SavedPayload<'_>) -> Result<PayloadReading, Error> {
    let connection = payload.connection(Connection::read)?;
    let of_oneflow = from_oneflow(payload.body, payload.now);
    let of_teamtailor = from_teamtailor(payload.body, connection.interest());
    Ok(match (of_oneflow, of_teamtailor) {
        (Ok(news), _) => reading("an event of Oneflow", news),
        (_, Ok(news)) => reading("an event of Teamtailor", news),
        (Err(oneflow), Err(teamtailor)) => {
            PayloadReading::unreadable(format!("as Oneflow's: {oneflow}; as Teamtailor's: {teamtailor}"))
        }
    })
}

fn from_oneflow(body: &[u8], now: Timestamp) -> Result<News, String> {
    let verified = oneflow::verify(body, Expected::Unsigned, now).map_err(|refused| refused.to_string())?;
    verified.read().map(|delivery| news_of_contract(&delivery)).map_err(|error| error.to_string())
}

fn from_teamtailor(body: &[u8], interest: Interest) -> Result<News, String> {
    let verified = teamtailor::Verified::saved(body);
    let delivery = verified.read().map_err(|error| error.to_string())?;
    Ok(news_of_candidate(&delivery, interest, verified.key()))
}

fn reading(event: &str, news: News) -> PayloadReading {
    match news {
        News::Signal(signal, _) => PayloadReading::queued(event, signal.about.to_string()),
        News::Ignored(why) => PayloadReading::dropped(event, why),
        News::Unreadable(why) => PayloadReading::unreadable(why),
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
                r#"{"contract":{"id":101},"callback_id":"c-1","events":[{"id":1,"type":"contract:sign"}]}"#,
                PayloadEnd::Queued,
                "contract/101",
            ),
            (r#"{"contract":{"id":101},"callback_id":"c-1","events":[]}"#, PayloadEnd::Dropped, ""),
            (
                r#"{"payload":{"event_name":"candidate.destroy","data":{"id":"501"}}}"#,
                PayloadEnd::Queued,
                "candidate/501",
            ),
            (r#"{"payload":{"event_name":"job.create","data":{"id":"1"}}}"#, PayloadEnd::Dropped, ""),
            (r#"{"#, PayloadEnd::Rejected, ""),
        ];
        for (body, end, object) in table {
            assert_eq!(ended(body), (end, object.to_owned()), "{body}");
        }
    }
}
