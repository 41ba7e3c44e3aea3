//! `hrsync urls`: the addresses to paste into vendors' webhook settings.

use std::collections::BTreeMap;

use admin::WebhookHint;
use ledger::Connection;

use crate::ends::{End, Failure};
use crate::parameter::off;
use crate::stack::{Cloud, Stack};
use crate::{flows, say};

/// Show each connection's webhook address, to paste into the vendor's settings
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Say it in JSON: {"connection": "address"}
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(args: &Args, stack: &str) -> Result<End, Failure> {
    let stack = Cloud::load().await.stack(stack).await?;
    let listing = stack.ledger().connections().await?;
    let connections = listing.items;
    let known = connections.iter().filter_map(|connection| address(&stack, connection)).collect::<BTreeMap<_, _>>();
    let all_known = connections.iter().all(|connection| flows::of(connection).is_ok());
    if args.json {
        say::json(&known)?;
    } else if !known.is_empty() {
        let rows: Vec<_> = known.into_iter().map(|(name, url)| [name.to_owned(), url]).collect();
        say::line(say::columns(&rows))?;
        hints(&connections);
    } else if all_known && listing.unreadable.is_empty() {
        say::aside("no connection with a webhook is applied; write one with `hrsync apply`");
    }
    let all_read = say::unreadable(&listing.unreadable);
    Ok(if all_known { all_read } else { End::Problems })
}

/// Where the addresses and the secrets go, once per flow.
fn hints(connections: &[Connection]) {
    let known: BTreeMap<_, _> =
        connections.iter().filter_map(|it| flows::of(it).ok()).map(|it| (it.name, it)).collect();
    for (name, hint) in known.into_iter().filter_map(|(name, flow)| Some((name, flow.webhook?))) {
        remarks(name, &hint).into_iter().for_each(say::aside);
    }
}

fn remarks(name: &str, hint: &WebhookHint) -> [String; 2] {
    [
        format!("{name}: {}", sentence("the address", hint.url)),
        format!("{name}: {}", sentence("the webhook secret", hint.secret)),
    ]
}

/// A hint is a path through the vendor's settings, or says itself what becomes of it.
fn sentence(what: &str, hint: &str) -> String {
    let is_path = hint.contains(" > ");
    if is_path { format!("{what} goes to {hint}") } else { format!("{what} is {hint}") }
}

fn address<'a>(stack: &Stack, connection: &'a Connection) -> Option<(&'a str, String)> {
    match flows::of(connection) {
        Ok(flow) if !stack.runs(flow.name) => {
            say::aside(format!("{}: {}", connection.name, off(flow.name, stack.name())));
            None
        }
        Ok(flow) => stack.webhook(flow, &connection.name).map(|url| (connection.name.as_str(), url)),
        Err(failure) => {
            say::aside(failure);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_sentences() {
        let said = |flow: &str| {
            let flow = flows::named(flow).unwrap();
            remarks(flow.name, &flow.webhook.unwrap())
        };
        assert_eq!(
            said("personio-to-scim"),
            [
                "personio-to-scim: the address is set up by `hrsync webhooks register`",
                "personio-to-scim: the webhook secret is given to Personio by the same command",
            ]
        );
        assert_eq!(
            said("heyflow-to-personio")[0],
            "heyflow-to-personio: the address goes to Heyflow > flow > Integrate > Hooks > URL"
        );
        assert!(said("hibob-to-recruit")[1].contains("the webhook secret is shown by HiBob"));
    }
}
