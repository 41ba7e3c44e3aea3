//! `hrsync webhooks`: a connection's webhook at the vendor that calls, arranged from here. Secrets are given to the vendor and
//! shown to nobody.

use admin::{Registered, Removal, Replay, Webhook, WebhookCommands};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ends::{End, Failure};
use crate::ready::Ready;
use crate::{doubled, say};

/// Register, list, ping, replay or remove a connection's webhook at the vendor
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Verb {
    /// Have the vendor call the connection, or bring its webhook up to date: enabled, right events, newest secret
    Register(One),
    /// List the webhooks of the vendor's account, and what is wrong with the connection's
    List(One),
    /// Have the vendor send a test event through the connection's webhook
    Ping(One),
    /// Queue what the vendor was to tell the connection, as if it came now
    Replay(ReplayArgs),
    /// Remove the connection's webhook, or any by its id
    Remove(Remove),
}

#[derive(Debug, clap::Args)]
pub(crate) struct One {
    /// The connection's name
    connection: String,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ReplayArgs {
    #[command(flatten)]
    one: One,
    /// From when on, e.g. 2026-03-01T10:00:00Z; Personio keeps 30 days
    #[arg(long, value_name = "TIME")]
    since: Timestamp,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Remove {
    #[command(flatten)]
    one: One,
    /// Not those that go to the connection's address, but the one with this id, whosever it is
    #[arg(long, requires = "yes")]
    id: Option<String>,
    /// Confirms --id
    #[arg(long, requires = "id")]
    yes: bool,
}

impl Verb {
    fn one(&self) -> &One {
        match self {
            Self::Register(one) | Self::List(one) | Self::Ping(one) => one,
            Self::Replay(replay) => &replay.one,
            Self::Remove(remove) => &remove.one,
        }
    }
}

pub(crate) async fn run(verb: &Verb, stack: &str, now: Timestamp) -> Result<End, Failure> {
    let One { connection: name, json } = verb.one();
    let (ready, webhooks) =
        Ready::load(stack, name, now, "webhooks that hrsync looks after", |commands| commands.webhooks).await?;
    let WebhookCommands { list, register, ping, replay, remove, .. } = webhooks;
    let context = ready.context();
    let url = ready.webhook()?;
    match verb {
        Verb::Register(_) => {
            doubled::refuse(&ready.stack, ready.flow, &context).await?;
            registered(name, &url, &register(context, &url).await?, *json)
        }
        Verb::List(_) => listed(name, &list(context.reading(), &url).await?, *json),
        Verb::Ping(_) => pinged(name, &ping(context, &url).await?, *json),
        Verb::Replay(args) => {
            let replay = replay(context, &url, args.since).await?;
            let sent = ready.stack.queue(ready.flow.name)?.send_all(&replay.messages).await;
            sent.map_err(|error| {
                Failure::Aws(format!("{error}; try again, what is in the queue already does no harm"))
            })?;
            replayed(name, args.since, &replay, *json)
        }
        Verb::Remove(args) => {
            let which = args.id.as_deref().map_or(Removal::To(&url), Removal::Id);
            removed(name, &remove(context, which).await?, *json)
        }
    }
}

fn registered(name: &str, url: &str, registered: &Registered, json: bool) -> Result<End, Failure> {
    let Registered { id, made, changed, others } = registered;
    if json {
        say::json(&json!({
            "connection": name, "id": id, "url": url, "made": made, "mended": changed, "others": others,
        }))?;
        return Ok(End::Fine);
    }
    say::line(format!("{name}: {}", became(registered)))?;
    say::line(format!("{name}: it calls {url}"))?;
    if !others.is_empty() {
        let others = others.join(", ");
        say::aside(format!("{name}: webhooks of this connection were left alone beside it: {others}; see the list"));
    }
    say::aside(format!("{name}: try it with `hrsync webhooks ping {name}`"));
    Ok(End::Fine)
}

fn became(Registered { id, made, changed, .. }: &Registered) -> String {
    if *made {
        return format!("webhook {id} is made");
    }
    let before = if changed.is_empty() { String::new() } else { format!(" (it was {})", changed.join("; ")) };
    format!("webhook {id} is brought up to date{before}")
}

/// Problems are those of the connection's own webhooks, or that there is none.
fn listed(name: &str, hooks: &[Webhook], json: bool) -> Result<End, Failure> {
    if json {
        say::json(&hooks.iter().map(as_json).collect::<Vec<_>>())?;
    } else if !hooks.is_empty() {
        say::line(table(hooks))?;
        wrongs(hooks).into_iter().try_for_each(say::line)?;
    }
    if !hooks.iter().any(|hook| hook.is_own) {
        say::aside(format!("{name}: no webhook calls it; make one with `hrsync webhooks register {name}`"));
    } else if !is_well(hooks) {
        say::aside(format!("{name}: `hrsync webhooks register {name}` mends its webhook"));
    }
    Ok(if is_well(hooks) { End::Fine } else { End::Problems })
}

fn is_well(hooks: &[Webhook]) -> bool {
    let mut ours = hooks.iter().filter(|hook| hook.is_own).peekable();
    ours.peek().is_some() && ours.all(|hook| hook.wrong.is_empty())
}

fn table(hooks: &[Webhook]) -> String {
    let head = ["ID", "WHOSE", "STATE", "ADDRESS", "EVENTS"].map(str::to_owned);
    say::columns(&std::iter::once(head).chain(hooks.iter().map(row)).collect::<Vec<_>>())
}

fn row(hook: &Webhook) -> [String; 5] {
    let whose = if hook.is_own { "ours" } else { "other" };
    let state = if hook.enabled { "enabled" } else { "disabled" };
    [hook.id.clone(), whose.to_owned(), state.to_owned(), hook.url.clone(), hook.events.join(" ")]
}

fn wrongs(hooks: &[Webhook]) -> Vec<String> {
    let wrong = hooks.iter().filter(|hook| !hook.wrong.is_empty());
    wrong.map(|hook| format!("{} is {}", hook.id, hook.wrong.join("; "))).collect()
}

fn as_json(Webhook { id, url, is_own, enabled, events, wrong }: &Webhook) -> Value {
    json!({"id": id, "url": url, "ours": is_own, "enabled": enabled, "events": events, "wrong": wrong})
}

fn pinged(name: &str, ids: &[String], json: bool) -> Result<End, Failure> {
    if json {
        say::json(&json!({"connection": name, "pinged": ids}))?;
        return Ok(End::Fine);
    }
    let lines = ids.iter().map(|id| format!("{name}: a test is on its way through webhook {id}"));
    lines.into_iter().try_for_each(say::line)?;
    say::aside(format!("{name}: the log of its webhook function shows it arrive"));
    Ok(End::Fine)
}

/// What cannot be read is a problem: a sweep finds what it was about.
fn replayed(name: &str, since: Timestamp, replay: &Replay, json: bool) -> Result<End, Failure> {
    let Replay { messages, ignored, unreadable } = replay;
    let queued = messages.len();
    if json {
        say::json(&json!({
            "connection": name, "since": since, "queued": queued, "ignored": ignored, "unreadable": unreadable,
        }))?;
    } else {
        say::line(format!("{name}: {queued} deliveries since {since} are queued anew, {ignored} wake nobody"))?;
    }
    if *unreadable == 0 {
        return Ok(End::Fine);
    }
    say::aside(format!(
        "{name}: {unreadable} entries of the vendor's log cannot be read; `hrsync sweep {name}` finds what they tell"
    ));
    Ok(End::Problems)
}

fn removed(name: &str, ids: &[String], json: bool) -> Result<End, Failure> {
    if json {
        say::json(&json!({"connection": name, "removed": ids}))?;
    } else if ids.is_empty() {
        say::line(format!("{name}: no webhook calls it"))?;
    } else {
        ids.iter().map(|id| format!("{name}: webhook {id} is removed")).try_for_each(say::line)?;
    }
    Ok(End::Fine)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Cli {
        #[command(subcommand)]
        verb: Verb,
    }

    fn understood(call: &str) -> bool {
        Cli::try_parse_from(format!("webhooks {call}").split(' ')).is_ok()
    }

    fn hook(id: &str, is_own: bool, wrong: &[&str]) -> Webhook {
        Webhook {
            id: id.to_owned(),
            url: "https://api.example.com/...".to_owned(),
            is_own,
            enabled: wrong.is_empty(),
            events: vec!["a.created".to_owned(), "a.deleted".to_owned()],
            wrong: wrong.iter().map(|wrong| (*wrong).to_owned()).collect(),
        }
    }

    #[test]
    fn any_webhook_is_removed_by_its_id_only_with_a_confirmation() {
        assert!(understood("remove absences") && understood("remove absences --id 17 --yes"));
        assert!(!understood("remove absences --id 17"));
        assert!(!understood("remove absences --yes"));
        assert!(!understood("remove"));
    }

    #[test]
    fn a_replay_says_from_when_on() {
        assert!(understood("replay accounts --since 2026-03-01T10:00:00Z"));
        assert!(!understood("replay accounts --since yesterday"));
        assert!(!understood("replay accounts"));
    }

    #[test]
    fn the_list_shows_whose_a_webhook_is_and_what_is_wrong_with_it() {
        let hooks = [hook("17", true, &["disabled", "without b.created"]), hook("4", false, &[])];
        let expected = "\
ID  WHOSE  STATE     ADDRESS                      EVENTS
17  ours   disabled  https://api.example.com/...  a.created a.deleted
4   other  enabled   https://api.example.com/...  a.created a.deleted";
        assert_eq!(table(&hooks), expected);
        assert_eq!(wrongs(&hooks), ["17 is disabled; without b.created"]);
    }

    #[test]
    fn a_missing_or_ailing_webhook_is_a_problem_and_anothers_is_not() {
        assert!(is_well(&[hook("17", true, &[]), hook("4", false, &["disabled"])]));
        assert!(!is_well(&[hook("4", false, &[])]));
        assert!(!is_well(&[hook("17", true, &["disabled"])]));
        assert!(!is_well(&[]));
    }

    #[test]
    fn a_registration_says_what_it_has_changed() {
        let registered = |made, changed: &[&str]| Registered {
            id: "17".to_owned(),
            made,
            changed: changed.iter().map(|wrong| (*wrong).to_owned()).collect(),
            others: Vec::new(),
        };
        assert_eq!(became(&registered(true, &[])), "webhook 17 is made");
        assert_eq!(became(&registered(false, &[])), "webhook 17 is brought up to date");
        assert_eq!(became(&registered(false, &["disabled"])), "webhook 17 is brought up to date (it was disabled)");
    }

    #[test]
    fn scripts_see_the_same() {
        let expected = json!({
            "id": "17", "url": "https://api.example.com/...", "ours": true, "enabled": false,
            "events": ["a.created", "a.deleted"], "wrong": ["disabled"],
        });
        assert_eq!(as_json(&hook("17", true, &["disabled"])), expected);
    }
}
