//! What would become of one person, step by step. Reads what that takes as the pusher does, and cannot write.

use admin::{Error, ExplainedStep, Explanation, ReadingContext};

use super::budgets::Copies;
use super::context::{only_reading, settings};
use super::desk::{Desk, subject};
use super::judge::{Judged, judge};

/// Explains the person with this id.
///
/// # Errors
/// Where it is no person's id; what the accounts refuse.
pub(super) async fn explain(context: ReadingContext<'_>, person: &str) -> Result<Explanation, Error> {
    let id = person.parse().map_err(|_| Error::Refused(format!("`{person}` is no id of a person in Personio")))?;
    let settings = settings(&context)?;
    let reader = only_reading(&context)?;
    let mut budgets = Copies::of(&context, &settings).await?;
    let source = reader.read(&reader.personio(&settings), &settings, id).await?;
    let desk = Desk { context, settings: &settings, scim: reader.scim(&settings) };
    let mut told = Explanation::default();
    match judge(&desk, source, &mut told).await? {
        Judged::Gone => told.add("then", "the person's deletion, or two sweeps, end what the link holds"),
        Judged::Refused(why) => told.add("stands in the way", why),
        Judged::Steps { plan, values, .. } => {
            told.steps.push(ExplainedStep { what: "steps", seen: plan.to_string(), value: values });
            if let Some(taken) = budgets.take(&plan, &subject(person)) {
                let then = if taken.is_held { "held until a person confirms" } else { "they go" };
                told.add("budget", format!("{}: {then}", taken.state));
            }
        }
    }
    Ok(told)
}
