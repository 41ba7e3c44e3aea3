//! `hrsync connections remove`: the webhook goes first, so that nothing new comes; then the connection; then, once no function
//! works for it any more, what is remembered of its objects. What was begun and broken off goes on when it is repeated, and
//! waits as long.

use std::time::Duration;

use admin::{Context, Flow, Removal};
use edge::Secrets;
use jiff::Timestamp;
use ledger::{Connection, Remains};
use serde_json::json;

use crate::ends::{End, Failure};
use crate::stack::Stack;
use crate::{flows, ready, say};

/// By when every function has read that the connection is gone.
const UNTIL_READ: Duration = Duration::from_secs(65);

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// Do it; without this, what would go and what would stay is said
    #[arg(long)]
    yes: bool,
    /// Leave the webhook at the vendor: for a vendor who does not let hrsync in any more
    #[arg(long)]
    keep_webhook: bool,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: &Args, stack: &Stack, now: Timestamp) -> Result<End, Failure> {
    let name = args.connection.as_str();
    let ledger = stack.ledger();
    let applied = ledger.connection(name).await?;
    let remains = ledger.remains(name).await?;
    if applied.is_none() && remains.is_empty() {
        return Err(stack.connection(name).await.err().unwrap_or_else(|| nothing(name)));
    }
    let flow = applied.as_ref().map(flows::of).transpose()?;
    if let Some(flow) = flow {
        let webhook = flow.commands.webhooks.is_some() && !args.keep_webhook;
        about(name, flow, remains, webhook, stack.name()).into_iter().for_each(say::aside);
    }
    if !args.yes {
        return Err(Failure::Refused("nothing was removed; do it with --yes".to_owned()));
    }
    let mut webhooks = Vec::new();
    if let (Some(applied), Some(flow)) = (&applied, flow) {
        if !args.keep_webhook {
            webhooks = remove_webhooks(stack, flow, applied, now).await?;
        }
        if !ledger.remove_connection(applied, now).await? {
            return Err(Failure::Refused(format!("somebody has applied `{name}` meanwhile; look at it and try again")));
        }
    }
    if let Some(removed) = ledger.removed(name).await? {
        let passed = Timestamp::now().duration_since(removed.at).unsigned_abs();
        say::aside(format!("{name}: is removed; in a minute, when no function works for it any more, it is forgotten"));
        tokio::time::sleep(UNTIL_READ.saturating_sub(passed)).await;
    }
    // what the new one has entered is not to be forgotten
    if ledger.connection(name).await?.is_some() {
        return Err(Failure::Refused(format!(
            "`{name}` was applied again meanwhile, so its objects were not forgotten"
        )));
    }
    let forgotten = ledger.forget_objects(name).await?;
    tell(args, &webhooks, forgotten)
}

fn nothing(name: &str) -> Failure {
    Failure::Refused(format!("nothing is left of `{name}`"))
}

/// What goes and what stays.
fn about(name: &str, flow: &Flow, remains: Remains, webhook: bool, stack: &str) -> Vec<String> {
    let Remains { links, claims, pending } = remains;
    let hook = if webhook { ", and its webhook at the vendor" } else { "" };
    vec![
        format!(
            "{name}: the connection goes{hook}; {links} objects are forgotten, for {claims} of which something stands in the \
             target, and {pending} that wait"
        ),
        format!("{name}: {}", flow.stays),
        format!(
            "{name}: its failures stay until they expire, and its secret stays in Secrets Manager as `{}`",
            Secrets::name(stack, flow.name, name)
        ),
    ]
}

async fn remove_webhooks(
    stack: &Stack,
    flow: &'static Flow,
    applied: &Connection,
    now: Timestamp,
) -> Result<Vec<String>, Failure> {
    let name = applied.name.as_str();
    let (Some(commands), Some(url)) = (flow.commands.webhooks, stack.webhook(flow, name)) else {
        return Ok(Vec::new());
    };
    let (local, ledger, progress) = (stack.is_local(), &stack.ledger(), &ready::progress);
    let secret = ready::secret(stack, flow, name).await.map_err(|failure| webhook_stays(&failure))?;
    let context = Context { name, document: &applied.document, secret: &secret, local, ledger, now, progress };
    let removed = (commands.remove)(context, Removal::To(&url)).await;
    removed.map_err(|error| webhook_stays(&Failure::from(error)))
}

fn webhook_stays(failure: &Failure) -> Failure {
    Failure::Refused(format!(
        "its webhook cannot be removed, so nothing was: {failure}. Or leave it with --keep-webhook"
    ))
}

fn tell(args: &Args, webhooks: &[String], forgotten: Remains) -> Result<End, Failure> {
    let name = &args.connection;
    let Remains { links, claims, pending } = forgotten;
    if args.json {
        say::json(&json!({
            "connection": name, "webhooks": webhooks, "links": links, "claims": claims, "pending": pending,
        }))?;
        return Ok(End::Fine);
    }
    webhooks.iter().map(|id| format!("{name}: webhook {id} is removed")).try_for_each(say::line)?;
    say::line(format!("{name}: {links} objects are forgotten"))?;
    Ok(End::Fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_and_what_stays_is_said_before() {
        let remains = Remains { links: 812, claims: 790, pending: 3 };
        let said = about("absences", &personio_to_hellohq::FLOW, remains, true, "hrsync");
        let expected = "absences: the connection goes, and its webhook at the vendor; 812 objects are forgotten, for 790 of \
            which something stands in the target, and 3 that wait";
        assert_eq!(said[0], expected);
        assert!(said[1].starts_with("absences: The entries in helloHQ stay as they are."), "{said:?}");
        assert!(said[2].ends_with("as `hrsync/hrsync/personio-to-hellohq/absences`"), "{said:?}");
    }
}
