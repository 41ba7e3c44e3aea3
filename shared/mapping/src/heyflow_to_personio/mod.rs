//! A Heyflow form response becomes a Personio job application.
//!
//! [`Rules`] is the table `[application]` of a connection file. Reading it finds everything that can be known without a
//! response: ids, dates, categories, attributes, templates, names of Heyflow's own fields. [`Rules::apply`] finds the
//! rest, all of it at once, and never shows a value. Targets and their rules:
//! developer.personio.de/reference/post_v1-recruiting-applications.

mod date;
mod files;
mod lookup;
mod read;
mod reading;
mod source;
mod target;
mod template;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use vendors::heyflow::model::Submission;
use vendors::personio::model::{Application, Attribute, AttributeId, FileCategory, Phase};
use vendors::value::Personal;

use self::files::FileRule;
use self::reading::Reading;
use self::source::Source;
use self::target::Target;
use crate::Unmappable;

/// Where each part of an application comes from: the table `[application]` of a connection file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    first_name: Source,
    last_name: Source,
    email: Source,
    job_position_id: Source,
    recruiting_channel_id: Option<Source>,
    external_posting_id: Option<Source>,
    message: Option<Source>,
    application_date: Option<Source>,
    time_zone: TimeZone,
    phase: Option<Phase>,
    tags: Vec<Source>,
    attributes: Vec<(AttributeId, Source)>,
    files: Vec<FileRule>,
}

/// What a response asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The application; its `files` are empty until [`Wanted::uploads`] are uploaded.
    pub application: Application,
    /// The files to attach, in the order of the rules.
    pub uploads: Vec<WantedUpload>,
}

/// A file that the applicant uploaded to the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedUpload {
    /// What kind of document it is.
    pub category: FileCategory,
    /// The input it was uploaded to, as the rule spells it.
    pub input: String,
    /// An http or https link. Chosen by outsiders: nothing is known of its host.
    pub link: Personal<String>,
}

impl Rules {
    /// What a response asks for. `now` decides what "later than today" is for the application's date.
    ///
    /// # Errors
    /// [`Unmappable`] with every problem of the response.
    pub fn apply(&self, response: &Submission, now: Timestamp) -> Result<Wanted, Unmappable> {
        let mut reading = Reading::new(response);
        let application = self.application(&mut reading, now);
        let uploads = self.files.iter().flat_map(|rule| reading.uploads(rule)).collect();
        match application {
            Some(application) if reading.problems.is_empty() => Ok(Wanted { application, uploads }),
            _ => Err(Unmappable { problems: reading.problems }),
        }
    }

    /// The application; `None` only beside a problem.
    fn application(&self, reading: &mut Reading<'_>, now: Timestamp) -> Option<Application> {
        let first_name = reading.required("first_name", &self.first_name);
        let last_name = reading.required("last_name", &self.last_name);
        let email = reading.required("email", &self.email);
        let job_position_id = reading.required("job_position_id", &self.job_position_id);
        let recruiting_channel_id = reading.optional("recruiting_channel_id", self.recruiting_channel_id.as_ref());
        let external_posting_id = reading.optional("external_posting_id", self.external_posting_id.as_ref());
        let message = reading.optional("message", self.message.as_ref());
        let application_date = reading.checked("application_date", self.application_date.as_ref(), |text| {
            date::not_later_than(now, text, &self.time_zone)
        });
        let tags = reading.tags(&self.tags);
        let attributes = self.attributes.iter().filter_map(|(id, source)| attribute(reading, id, source)).collect();
        Some(Application {
            first_name: Personal::new(first_name?),
            last_name: Personal::new(last_name?),
            email: email?,
            job_position_id: job_position_id?,
            recruiting_channel_id,
            external_posting_id,
            message: message.map(Personal::new),
            application_date,
            phase: self.phase,
            tags,
            files: Vec::new(),
            attributes,
        })
    }
}

fn attribute(reading: &mut Reading<'_>, id: &AttributeId, source: &Source) -> Option<Attribute> {
    let key = format!("attributes.{}", id.as_str());
    let target = Target::of_attribute(id);
    let value = reading.checked(&key, Some(source), |text| target.check(text).map(|()| text.to_owned()))?;
    Some(Attribute { id: id.clone(), value: Personal::new(value) })
}
