//! How a person of this flow is found who is to be forgotten: by Personio's id, or by the address that Personio shows.

use admin::{Error, Named, ReadingContext};
use ledger::{Subject, Traces};
use vendors::personio::persons;

use super::context::{only_reading, settings};
use crate::link::KIND;

/// What stands for the person. Of one whom Personio does not show any more, the address leads nowhere, but the id does.
///
/// # Errors
/// Where file or secret cannot be used, or Personio's list cannot be read.
pub(super) async fn traces(context: ReadingContext<'_>, who: &str) -> Result<Traces, Error> {
    let named = Named::read(who, KIND)?;
    let mut traces = named.traces();
    let Named::Address(email) = named else { return Ok(traces) };
    let settings = settings(&context)?;
    let personio = only_reading(&context)?.personio(&settings);
    let mut pages = persons::list(&personio, None);
    while let Some(page) = pages.next().await? {
        let theirs = page.items.iter().filter(|person| {
            let own = person.email.as_ref();
            own.is_some_and(|own| own.folded() == email.folded())
        });
        traces.subjects.extend(theirs.map(|person| Subject::new(KIND, person.id)));
    }
    Ok(traces)
}
