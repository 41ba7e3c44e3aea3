//! The verb: reads what the call is about, once by each of the files, and tells it or what differs.

use std::path::Path;

use admin::{Explanation, Preview};
use jiff::Timestamp;
use serde_json::json;

use super::args::Args;
use super::bodies::{self, Body, Read};
use super::compared;
use super::place::{Place, stored};
use super::previewed::{Previewed, is_file};
use super::record::{self, Record};
use super::shown;
use crate::ends::{End, Failure};
use crate::stack::Cloud;
use crate::{flows, say};

/// What a preview has found by one file.
enum Found {
    Changes(Preview),
    Steps(String, Explanation),
    Bodies(Vec<Read>),
}

/// What is previewed.
enum About<'a> {
    /// Everything, or what the source lists from a day on.
    Accounts(&'a Args, &'a Place),
    /// Saved deliveries.
    Bodies(&'a [Body], bool),
}

/// Shows what would be done.
pub(crate) async fn run(args: &Args, stack: &str, now: Timestamp) -> Result<End, Failure> {
    if is_file(&args.subject) && !args.body.is_empty() {
        let local = Cloud::endpoint_only().await.is_local();
        let previewed = Previewed::of_file(Path::new(&args.subject), local)?;
        return tell(args, &previewed, About::Bodies(&bodies::gather(&args.body)?, local), now).await;
    }
    let stack = Cloud::load().await.stack(stack).await?;
    let local = stack.is_local();
    let previewed = if is_file(&args.subject) {
        Previewed::of_file(Path::new(&args.subject), local)?
    } else {
        Previewed::applied(&stack, &args.subject).await?
    };
    if !args.body.is_empty() {
        return tell(args, &previewed, About::Bodies(&bodies::gather(&args.body)?, local), now).await;
    }
    if previewed.flow.commands.preview.is_none() && args.object.is_none() && args.since.is_none() {
        let ledger = stack.ledger();
        let bodies = stored((&ledger).into(), &previewed.name).await?;
        say::aside(format!("{}: nothing is listed by the source; these are its stored failures", previewed.name));
        return tell(args, &previewed, About::Bodies(&bodies, local), now).await;
    }
    let place = Place::open(stack, &previewed, now).await?;
    tell(args, &previewed, About::Accounts(args, &place), now).await
}

async fn tell(args: &Args, previewed: &Previewed, about: About<'_>, now: Timestamp) -> Result<End, Failure> {
    let local = about.is_local();
    let other = args.against.as_deref().map(|path| previewed.other(path, local)).transpose()?;
    let found = about.find(previewed, now).await?;
    match other {
        None => tell_one(args, &previewed.name, &found),
        Some(other) => {
            let after = about.find(&other, now).await?;
            tell_both(args, &previewed.name, &found.records(), &after.records())
        }
    }
}

impl About<'_> {
    fn is_local(&self) -> bool {
        match self {
            Self::Accounts(_, place) => place.is_local(),
            Self::Bodies(_, local) => *local,
        }
    }

    async fn find(&self, previewed: &Previewed, now: Timestamp) -> Result<Found, Failure> {
        let (args, place) = match self {
            Self::Bodies(bodies, local) => return Ok(Found::Bodies(bodies::read(previewed, bodies, *local, now)?)),
            Self::Accounts(args, place) => (args, place),
        };
        let (flow, context) = (previewed.flow, place.context(&previewed.document));
        if let Some(object) = &args.object {
            let explain = flows::command(flow, "explanation of one object", |commands| commands.preview?.object)?;
            return Ok(Found::Steps(object.clone(), explain(context, object).await?));
        }
        if let Some(from) = args.since {
            let since = flows::command(flow, "preview of a part of what their source lists", |it| it.preview?.since)?;
            return Ok(Found::Changes(since(context, from).await?));
        }
        let preview = flows::command(flow, "preview", |commands| commands.preview)?;
        Ok(Found::Changes((preview.everything)(context).await?))
    }
}

impl Found {
    fn records(&self) -> Vec<Record> {
        match self {
            Self::Changes(preview) => record::of_preview(preview),
            Self::Steps(id, explanation) => vec![record::of_explanation(id, explanation)],
            Self::Bodies(read) => read.iter().map(record::of_body).collect(),
        }
    }
}

fn tell_one(args: &Args, name: &str, found: &Found) -> Result<End, Failure> {
    let values = args.values;
    match found {
        Found::Changes(preview) => tell_changes(args, name, preview)?,
        Found::Steps(id, explanation) if args.json => {
            say::json(&shown::steps_as_json(name, id, explanation, values))?;
        }
        Found::Steps(_, explanation) => say::line(shown::steps(explanation, values))?,
        Found::Bodies(read) if args.json => say::json(&shown::bodies_as_json(name, read, values))?,
        Found::Bodies(read) if read.is_empty() => say::line(format!("{name}: there is no saved delivery"))?,
        Found::Bodies(read) => say::line(shown::bodies(read, values))?,
    }
    let is_rejected = matches!(found, Found::Bodies(read) if read.iter().any(Read::is_rejected));
    Ok(if is_rejected { End::Problems } else { End::Fine })
}

fn tell_changes(args: &Args, name: &str, preview: &Preview) -> Result<(), Failure> {
    if args.json {
        return say::json(&shown::changes_as_json(name, preview, args.values));
    }
    if !preview.changes.is_empty() {
        say::line(shown::changes(preview, args.values))?;
    }
    say::line(shown::summary(name, preview))?;
    if preview.unlisted > 0 {
        let unlisted = preview.unlisted;
        say::aside(format!(
            "{name}: {unlisted} more are entered and not listed by the source; a sweep looks after these"
        ));
    }
    Ok(())
}

fn tell_both(args: &Args, name: &str, before: &[Record], after: &[Record]) -> Result<End, Failure> {
    let differences = compared::differences(before, after);
    let against = args.against.as_deref().map(|path| path.display().to_string()).unwrap_or_default();
    if args.json {
        let differences = compared::as_json(&differences, args.values);
        say::json(&json!({"connection": name, "against": against, "differences": differences}))?;
        return Ok(End::Fine);
    }
    if !differences.is_empty() {
        say::line(compared::table(&differences, args.values))?;
    }
    say::line(format!("{name}: {against} would treat {} records differently; nothing was written", differences.len()))?;
    if compared::is_hidden(&differences) && !args.values {
        say::aside("what fields hold is hidden; --values shows it");
    }
    Ok(End::Fine)
}
