//! `hrsync secrets show`: states, never values.

use admin::Flow;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ends::{End, Failure};
use crate::say;
use crate::secrets::kept::Kept;
use crate::stack::Stack;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The connection's name
    connection: String,
    /// Say it in JSON
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: &Args, stack: &Stack, now: Timestamp) -> Result<End, Failure> {
    let name = args.connection.as_str();
    let (_, flow) = stack.connection(name).await?;
    let kept = stack.secrets().read(flow, name).await?.unwrap_or_default();
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
    kept.states(flow, now).into_iter().chain(set).chain(missing).chain(unknown).collect()
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
