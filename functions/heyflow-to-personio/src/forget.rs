//! How an applicant is found who is to be forgotten: by the response's id, or by the e-mail address.

use std::collections::BTreeSet;
use std::sync::Arc;

use admin::{Error, Named, ReadingContext};
use edge::connections::LoadError;
use edge::event_id;
use edge::verdict::Fault;
use ledger::Traces;
use vendors::Http;
use vendors::personio::model::JobId;
use vendors::personio::recruiting::Recruiting;

use crate::connection::Settings;

/// The kind of what is named by an id alone.
const RESPONSE: &str = "response";

/// What stands for the applicant. A failure's message holds the address; an intent holds a keyed hash of job and address, and
/// leads to the receipt. Any number in the file may be a job: the hash of another one finds nothing.
///
/// # Errors
/// Where file or secret cannot be used.
pub(crate) async fn traces(context: ReadingContext<'_>, who: &str) -> Result<Traces, Error> {
    let unusable = |lines| Error::from(Fault::Connection(Arc::new(LoadError::Unusable(lines))));
    let settings = Settings::read(context.document, context.secret, context.local).map_err(unusable)?;
    let named = Named::read(who, RESPONSE)?;
    let mut traces = named.traces();
    match named {
        Named::Object(response) => {
            let id = response.id.as_str();
            traces.events = settings.flows.iter().map(|flow| event_id(&[flow, id])).collect();
        }
        Named::Address(email) => {
            let http = Http::reading().map_err(|error| Error::Refused(format!("no call can be made ({error})")))?;
            let personio = Recruiting::new(http, settings.account.clone());
            traces.things = jobs(context.document).iter().map(|job| personio.applicant_key(*job, &email)).collect();
        }
    }
    Ok(traces)
}

/// All that may be a job in a file.
fn jobs(document: &str) -> BTreeSet<JobId> {
    document.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
}
