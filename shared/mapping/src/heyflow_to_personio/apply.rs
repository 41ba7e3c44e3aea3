//! The rules, applied to one response.

use jiff::Timestamp;
use vendors::heyflow::model::Submission;
use vendors::personio::model::{Application, Attribute, AttributeId};
use vendors::value::Personal;

use super::date;
use super::desired::{Desired, DesiredUpload, MOST_FILES};
use super::response_reader::ResponseReader;
use super::rules::ApplicationRules;
use super::source::ValueSource;
use super::target::Target;
use crate::unmappable::Unmappable;

/// What a response asks for. `now` decides what "later than today" is for the application's date.
///
/// # Errors
/// [`Unmappable`] with every problem of the response, those among them that alone would only be told.
pub fn apply(rules: &ApplicationRules, response: &Submission, now: Timestamp) -> Result<Desired, Unmappable> {
    let mut reader = ResponseReader::new(response);
    let application = application(rules, &mut reader, now);
    let mut uploads: Vec<DesiredUpload> = rules.files.iter().flat_map(|rule| reader.uploads(rule)).collect();
    let uploads_left_out = uploads.len().saturating_sub(MOST_FILES);
    uploads.truncate(MOST_FILES);
    let notices = reader.log();
    let ResponseReader { problems, no_files, left_out, .. } = reader;
    match application {
        Some(application) if problems.is_empty() => {
            Ok(Desired { application, uploads, uploads_left_out, no_files, left_out, notices })
        }
        _ => Err(Unmappable { problems: [problems, left_out, no_files].concat() }),
    }
}

/// The application; `None` only beside a problem.
fn application(rules: &ApplicationRules, reader: &mut ResponseReader<'_>, now: Timestamp) -> Option<Application> {
    let first_name = reader.required("first_name", &rules.first_name);
    let last_name = reader.required("last_name", &rules.last_name);
    let email = reader.required("email", &rules.email);
    let job_position_id = reader.required("job_position_id", &rules.job_position_id);
    let recruiting_channel_id = reader.optional("recruiting_channel_id", rules.recruiting_channel_id.as_ref());
    let external_posting_id = reader.optional("external_posting_id", rules.external_posting_id.as_ref());
    let message = reader.optional("message", rules.message.as_ref());
    let format = rules.application_date.as_ref().and_then(ValueSource::date);
    let application_date = reader.checked("application_date", rules.application_date.as_ref(), |text| {
        date::not_later_than(now, text, &rules.time_zone, format)
    });
    let tags = reader.tags(&rules.tags);
    let attributes = rules.attributes.iter().filter_map(|(id, source)| attribute(reader, id, source)).collect();
    Some(Application {
        first_name: Personal::new(first_name?),
        last_name: Personal::new(last_name?),
        email: email?,
        job_position_id: job_position_id?,
        recruiting_channel_id,
        external_posting_id,
        message: message.map(Personal::new),
        application_date,
        phase: rules.phase,
        tags,
        files: Vec::new(),
        attributes,
    })
}

fn attribute(reader: &mut ResponseReader<'_>, id: &AttributeId, source: &ValueSource) -> Option<Attribute> {
    let key = format!("attributes.{}", id.as_str());
    let target = Target::of_attribute(id);
    let value = reader.checked(&key, Some(source), |text| target.attribute(text, source.date()))?;
    Some(Attribute { id: id.clone(), value: Personal::new(value) })
}
