//! `hrsync secrets`: sets and shows a connection's secret. Values are never shown, but for a webhook secret that was
//! generated here: that one is shown once, after it is in force.

mod given;
pub(crate) mod kept;
pub(crate) mod store;

use edge::Flow;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ends::{End, Failure};
use crate::say;
use crate::secrets::kept::{Earlier, Kept, WEBHOOK_SECRETS};
use crate::stack::{Cloud, Stack};

/// Set or show the secrets of a connection
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Set secrets: asks for each on the terminal, or reads them with --from
    Set(Set),
    /// Show which secrets are set and when webhook secrets end, never their values
    Show(Show),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Set {
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

#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// The connection's name
    connection: String,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(verb: &Verb, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let stack = Cloud::load().await.stack(stack).await?;
    match verb {
        Verb::Set(args) => set(args, &stack, now).await,
        Verb::Show(args) => show(args, &stack, now).await,
    }
}

async fn set(args: &Set, stack: &Stack, now: Timestamp) -> Result<End, Failure> {
    let name = args.connection.as_str();
    let (_, flow) = stack.connection(name).await?;
    let standing = stack.secrets().read(name).await?;
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
        stack.secrets().write(name, flow, &after, standing.is_none()).await?;
        tell(name, flow, &before, &after, now)?;
        if let Some(generated) = generated {
            paste(&generated, stack.webhook(flow, name).as_deref())?;
        }
        if stack.ledger().probe_now(name, now).await? {
            say::line(format!("{name}: is halted and will be tried at once"))?;
        }
        say::line("functions read it within a minute")?;
    }
    tell_missing(name, flow, &after, now);
    Ok(End::Fine)
}

fn tell(name: &str, flow: &Flow, before: &Kept, after: &Kept, now: Timestamp) -> Result<(), Failure> {
    for key in after.keys.keys().filter(|key| before.keys.get(*key) != after.keys.get(*key)) {
        say::line(format!("{name}: {key} is set"))?;
    }
    for key in before.unknown(flow) {
        say::line(format!("{name}: {key} is removed, for {} does not know it", flow.name))?;
    }
    if before.incoming != after.incoming {
        incoming(after, now).into_iter().try_for_each(|[key, state]| say::line(format!("{name}: {key} {state}")))?;
    }
    Ok(())
}

fn incoming(kept: &Kept, now: Timestamp) -> Vec<[String; 2]> {
    let numbered = kept.incoming.iter().enumerate();
    numbered.map(|(number, it)| [format!("{WEBHOOK_SECRETS}[{number}]"), it.state(now)]).collect()
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

async fn show(args: &Show, stack: &Stack, now: Timestamp) -> Result<End, Failure> {
    let name = args.connection.as_str();
    let (_, flow) = stack.connection(name).await?;
    let kept = stack.secrets().read(name).await?.unwrap_or_default();
    if args.json {
        say::json(&as_json(name, flow, &kept, now))?;
    } else {
        say::line(format!("{name} ({})", flow.name))?;
        say::line(say::columns(&rows(flow, &kept, now)))?;
    }
    Ok(End::Fine)
}

fn rows(flow: &Flow, kept: &Kept, now: Timestamp) -> Vec<[String; 2]> {
    let missing = kept.missing(flow, now).into_iter().map(|(key, hint)| [key.to_owned(), format!("missing ({hint})")]);
    let unknown = kept.unknown(flow);
    let unknown =
        unknown.iter().map(|key| [(*key).to_owned(), "not known to the flow: functions refuse it".to_owned()]);
    let set = flow.secrets.iter().filter(|key| kept.keys.get(key.name).is_some_and(|value| !value.is_empty()));
    let set = set.map(|key| [key.name.to_owned(), "set".to_owned()]);
    incoming(kept, now).into_iter().chain(set).chain(missing).chain(unknown).collect()
}

fn as_json(name: &str, flow: &Flow, kept: &Kept, now: Timestamp) -> Value {
    let missing: Vec<_> = kept.missing(flow, now).into_iter().map(|(key, _)| key).collect();
    let set: Vec<_> = kept.keys.keys().collect();
    let ends: Vec<_> = kept.incoming.iter().map(|it| json!({"not_after": it.not_after})).collect();
    json!({
        "connection": name, "flow": flow.name, "set": set, "webhook_secrets": ends,
        "missing": missing, "unknown": kept.unknown(flow),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOW: Flow = heyflow_to_personio::FLOW;

    fn kept() -> Kept {
        let text = r#"{"webhook_secrets": [
            {"value": "hunter2hunter2hunter2"}, {"value": "hunter1hunter1hunter1", "not_after": "2026-03-02T10:00:00Z"}
        ], "old_token": "hunter3"}"#;
        Kept::read(text).unwrap()
    }

    fn now() -> Timestamp {
        "2026-03-01T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn what_is_shown_is_states_and_never_values() {
        let said = say::columns(&rows(&FLOW, &kept(), now()));
        let expected = "\
webhook_secrets[0]         does not end
webhook_secrets[1]         ends 2026-03-02T10:00:00Z
personio_recruiting_token  missing (Personio > Settings > API credentials > Recruiting API > access token)
old_token                  not known to the flow: functions refuse it";
        assert_eq!(said, expected);
    }

    #[test]
    fn scripts_see_the_same() {
        let expected = json!({
            "connection": "careers", "flow": "heyflow-to-personio", "set": ["old_token"],
            "webhook_secrets": [{"not_after": null}, {"not_after": "2026-03-02T10:00:00Z"}],
            "missing": ["personio_recruiting_token"], "unknown": ["old_token"],
        });
        assert_eq!(as_json("careers", &FLOW, &kept(), now()), expected);
    }
}
