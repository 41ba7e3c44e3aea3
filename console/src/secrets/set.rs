//! `hrsync secrets set`. A webhook secret that was generated here is shown once, after it is in force; no other value is
//! shown.

use admin::{Context, Flow};
use jiff::Timestamp;
use ledger::{Connection, Ledger};
use secrecy::SecretString;

use crate::ends::{End, Failure};
use crate::parameter::off;
use crate::secrets::given;
use crate::secrets::kept::{Earlier, Kept};
use crate::stack::Stack;
use crate::{doubled, ready, remarks, say};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The connection's name; it must be applied already
    connection: String,
    /// A JSON object with any of `webhook_secret` (a new one) and the flow's keys; - for standard input
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
    /// How many hours earlier webhook secrets still count once there is a new one
    #[arg(long, value_name = "HOURS", default_value_t = 24, value_parser = clap::value_parser!(i64).range(1..=8760))]
    keep: i64,
    /// End earlier webhook secrets now: for one that has leaked
    #[arg(long, conflicts_with = "keep")]
    revoke: bool,
}

pub(super) async fn run(args: &Args, stack: &Stack, now: Timestamp) -> Result<End, Failure> {
    let name = args.connection.as_str();
    let (connection, flow) = stack.connection(name).await?;
    if !stack.runs(flow.name) {
        say::aside(off(flow.name, stack.name()));
    }
    let standing = stack.secrets().read(flow, name).await?;
    let before = standing.clone().unwrap_or_default();
    let (given, generated) = match &args.from {
        Some(file) => (given::from_file(file, flow)?, None),
        None => given::ask(flow, &before)?,
    };
    if args.revoke && given.webhook_secret.is_none() {
        say::aside(format!(
            "{name}: no new webhook secret is given, so the present one stays and only earlier ones end"
        ));
    }
    let earlier = if args.revoke { Earlier::Revoke } else { Earlier::Keep(args.keep) };
    let after = before.changed(flow, given, earlier, now);
    if standing.is_some() && after == before {
        say::line(format!("{name}: unchanged"))?;
    } else {
        let ledger = stack.ledger();
        let secret = ready::usable(Some(&after), flow, name).ok();
        let context = secret.as_ref().map(|secret| context(stack, &ledger, &connection, secret, now));
        // with its keys, a connection begins to work
        if let Some(context) = &context {
            doubled::refuse(stack, flow, context).await?;
        }
        stack.secrets().write(name, flow, &after, standing.is_none()).await?;
        tell(name, flow, &before, &after, now)?;
        if let Some(generated) = generated {
            paste(&generated, stack.webhook(flow, name).as_deref())?;
        }
        if stack.ledger().probe_now(name, now).await? {
            say::line(format!("{name}: is halted and will be tried at once"))?;
        }
        say::line("functions read it within a minute")?;
        if let Some(context) = context {
            remarks::tell(flow, context).await;
        }
    }
    tell_missing(name, flow, &after, now);
    Ok(End::Fine)
}

/// What the flow's commands work with once the secret is in force.
fn context<'a>(
    stack: &Stack,
    ledger: &'a Ledger,
    connection: &'a Connection,
    secret: &'a SecretString,
    now: Timestamp,
) -> Context<'a> {
    let Connection { name, document, .. } = connection;
    Context { name, document, secret, local: stack.is_local(), ledger, now, progress: &ready::progress }
}

fn tell(name: &str, flow: &Flow, before: &Kept, after: &Kept, now: Timestamp) -> Result<(), Failure> {
    for key in after.keys.keys().filter(|key| before.keys.get(*key) != after.keys.get(*key)) {
        say::line(format!("{name}: {key} is set"))?;
    }
    for key in before.unknown(flow) {
        say::line(format!("{name}: {key} is removed, for {} does not know it", flow.name))?;
    }
    if before.incoming != after.incoming {
        after.states(flow, now).into_iter().try_for_each(|[key, state]| say::line(format!("{name}: {key} {state}")))?;
    }
    Ok(())
}

fn paste(generated: &str, url: Option<&str>) -> Result<(), Failure> {
    say::line(
        "the new webhook secret, shown only now; set it in the vendor's webhook settings as the secret it sends:",
    )?;
    say::line(format!("  secret   {generated}"))?;
    url.map_or(Ok(()), |url| say::line(format!("  address  {url}")))
}

fn tell_missing(name: &str, flow: &Flow, kept: &Kept, now: Timestamp) {
    for (key, hint) in kept.missing(flow, now) {
        say::aside(format!("{name}: still missing: {key} ({hint})"));
    }
}
