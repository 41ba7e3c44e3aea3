//! What would become of a saved response: read, mapped and judged as receiver and pusher do it, with nothing fetched, called
//! or written.

use ::admin::{Error, Explanation, PayloadEnd, PayloadReading, SavedPayload};
use mapping::Problem;
use mapping::heyflow_to_personio::{Desired, apply};
use vendors::heyflow::model::Submission;
use vendors::heyflow::webhook::{Delivery, Verified};
use vendors::personio::model::Application;

use crate::connection::{Connection, OnUnavailable};
use crate::files::{category_name, left_out_unfetched};
use crate::response::UNLISTED;

/// Reads a saved response.
///
/// # Errors
/// Where the connection's file cannot be used.
pub(crate) fn read(payload: &SavedPayload<'_>) -> Result<PayloadReading, Error> {
    let connection = payload.connection(Connection::read)?;
    Ok(match Verified::saved(payload.body).read() {
        Err(error) => PayloadReading::unreadable(error.to_string()),
        Ok(Delivery::Test(flow)) => {
            let listed = if connection.takes(&flow) { "is listed" } else { "is not listed in `heyflow.flows`" };
            PayloadReading::dropped(format!("a test of the form {flow}, which {listed}"), "a test is no response")
        }
        Ok(Delivery::Response(response, _)) => judged(payload, &connection, &response),
    })
}

fn judged(payload: &SavedPayload<'_>, connection: &Connection, response: &Submission) -> PayloadReading {
    let mut told = Explanation::default();
    told.add("read as", format!("a response of the form {}", response.flow_id));
    let end = if connection.takes(&response.flow_id) {
        mapped(payload, connection, response, &mut told)
    } else {
        told.add("stands in the way", UNLISTED);
        PayloadEnd::Rejected
    };
    PayloadReading { object: format!("response/{}", response.response_id), end, explanation: told }
}

fn mapped(
    payload: &SavedPayload<'_>,
    connection: &Connection,
    response: &Submission,
    told: &mut Explanation,
) -> PayloadEnd {
    let desired = match apply(connection.rules(), response, payload.now) {
        Ok(desired) => desired,
        Err(unmappable) => {
            unmappable.problems.iter().for_each(|problem| tell(told, "stands in the way", problem));
            return PayloadEnd::Rejected;
        }
    };
    tell_application(told, &desired.application);
    for upload in &desired.uploads {
        let what = format!("{} of input `{}`", category_name(upload.category), upload.input);
        told.add_value("file, if it can be fetched", what, upload.link.reveal().as_str());
    }
    desired.notices.iter().for_each(|notice| told.add("noticed", notice.as_str()));
    tell_left_out(told, &desired, connection.on_unavailable())
}

fn tell_application(told: &mut Explanation, application: &Application) {
    told.add("job", application.job_position_id.to_string());
    told.add_value("first name", "", application.first_name.reveal().as_str());
    told.add_value("last name", "", application.last_name.reveal().as_str());
    told.add_value("e-mail address", "", application.email.reveal());
    if let Some(channel) = &application.recruiting_channel_id {
        told.add("recruiting channel", channel.to_string());
    }
    if let Some(posting) = &application.external_posting_id {
        told.add_value("external posting", "", posting.as_str());
    }
    if let Some(message) = &application.message {
        told.add_value("message", "", message.reveal().as_str());
    }
    if let Some(date) = application.application_date {
        told.add_value("application date", "", date.to_string());
    }
    if let Some(phase) = &application.phase {
        told.add("phase", phase.to_string());
    }
    application.tags.iter().for_each(|tag| told.add_value("tag", "", tag.as_str()));
    for attribute in &application.attributes {
        told.add_value("attribute", attribute.id.as_str(), attribute.value.reveal().as_str());
    }
}

/// What the owner is told of an application that does not go in just as the response has it, or of one that does not go in.
fn tell_left_out(told: &mut Explanation, desired: &Desired, on_unavailable: OnUnavailable) -> PayloadEnd {
    desired.left_out.iter().for_each(|problem| tell(told, "left out, and told to the owner", problem));
    match left_out_unfetched(desired, on_unavailable) {
        Ok(files) => {
            files.into_iter().for_each(|file| told.add("left out, and told to the owner", file));
            PayloadEnd::Created
        }
        Err(why) => {
            told.add("stands in the way", why);
            PayloadEnd::Rejected
        }
    }
}

fn tell(told: &mut Explanation, what: &'static str, problem: &Problem) {
    match &problem.word {
        Some(word) => told.add_value(what, problem.to_string(), word.reveal().as_str()),
        None => told.add(what, problem.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use ::admin::ExplainedStep;

    use super::*;

    const EXAMPLE: &str = include_str!("../connection.example.toml");

    fn reading(document: &str, body: &str) -> PayloadReading {
        let now = "2026-03-02T10:00:00Z".parse().unwrap();
        read(&SavedPayload { document, local: false, body: body.as_bytes(), now }).unwrap()
    }

    /// A form that asks little, so that a body fits into a line.
    fn document() -> String {
        let (before, _) = EXAMPLE.split_once("[application]").unwrap();
        let input = |key: &str, input: &str| format!("{key} = {{ input = \"{input}\" }}\n");
        let inputs = [("first_name", "first"), ("last_name", "last"), ("email", "mail"), ("job_position_id", "job")];
        let inputs: String = inputs.map(|(key, name)| input(key, name)).concat();
        format!("{before}[application]\ntime_zone = \"Europe/Berlin\"\n{inputs}tags = [{{ input = \"town\" }}]\n")
    }

    fn body(flow: &str, fields: &str) -> String {
        format!(r#"{{"flowID": "{flow}", "id": "r-1", "fields": {{{fields}}}}}"#)
    }

    const LISTED: &str = "Vho2vAPoENipbDaRusGU";
    const DORA: &str =
        r#""first": "Dora", "last": "Sample", "mail": "dora@applicant.example", "job": "4711", "town": "Ulm""#;

    fn seen<'a>(reading: &'a PayloadReading, what: &str) -> Vec<&'a ExplainedStep> {
        reading.explanation.steps.iter().filter(|step| step.what == what).collect()
    }

    #[test]
    fn a_saved_response_is_mapped_and_its_values_stand_apart() {
        let found = reading(&document(), &body(LISTED, DORA));
        assert_eq!((found.end, found.object.as_str()), (PayloadEnd::Created, "response/r-1"), "{found:?}");
        assert_eq!(seen(&found, "job")[0].seen, "4711");
        let name = seen(&found, "first name")[0].value.as_ref().unwrap();
        assert_eq!(name.reveal(), "Dora");
        let shown: String = found.explanation.steps.iter().map(|step| step.seen.as_str()).collect();
        for personal in ["Dora", "Sample", "dora@", "Ulm"] {
            assert!(!shown.contains(personal) && !format!("{found:?}").contains(personal), "{personal}: {shown}");
        }
    }

    #[test]
    fn what_stands_in_the_way_is_told_as_the_owner_would_be_told() {
        let found = reading(&document(), &body(LISTED, &DORA.replace("dora@", "dora ")));
        assert_eq!(found.end, PayloadEnd::Rejected);
        assert!(seen(&found, "stands in the way")[0].seen.starts_with("`application.email`"), "{found:?}");
        let other = reading(&document(), &body("another", DORA));
        assert_eq!((other.end, seen(&other, "stands in the way")[0].seen.as_str()), (PayloadEnd::Rejected, UNLISTED));
        let broken = reading(&document(), "{");
        assert_eq!((broken.end, broken.object.as_str()), (PayloadEnd::Rejected, ""));
    }

    #[test]
    fn a_press_of_the_test_button_is_dropped() {
        let found = reading(&document(), &body(LISTED, DORA).replace("r-1", "demo-response-id"));
        assert_eq!(found.end, PayloadEnd::Dropped);
    }
}
