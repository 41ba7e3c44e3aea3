//! Whether the vendor calls the connection: registered, enabled, at the right address, with all events, and of what it was to
//! tell last.

use admin::{Error, Finding, Flow, ReadingContext, Webhook, WebhookHint};
use edge::verdict::Fault;
use jiff::{SignedDuration, Timestamp};
use vendors::{Kind, Right};

const ABOUT: &str = "webhook";
const EVENT: &str = "webhook: last event";
/// How far back the vendor's log is read.
const BACK: SignedDuration = SignedDuration::from_hours(24);

/// `url`: the connection's own address. Nothing of a flow that nobody calls.
pub(super) async fn look(flow: &Flow, context: &ReadingContext<'_>, url: Option<&str>) -> Vec<Finding> {
    let (Some(hint), Some(url)) = (flow.webhook, url) else { return Vec::new() };
    let Some(commands) = flow.commands.webhooks else { return vec![only_in_settings(&hint)] };
    let hooks = match (commands.list)(*context, url).await {
        Ok(hooks) => hooks,
        Err(error) => return vec![not_listed(&error, commands.right)],
    };
    let mut findings = judged(context.name, &hooks);
    if hooks.iter().any(|hook| hook.is_own) {
        findings.push(last_event((commands.last_told)(*context, url, context.now - BACK).await));
    }
    findings
}

/// The vendor has no call that shows webhooks.
fn only_in_settings(hint: &WebhookHint) -> Finding {
    let mend = format!("compare the address that `hrsync urls` prints with {}", hint.url);
    Finding::warning(ABOUT, "not known: the vendor shows webhooks only in its settings", mend)
}

/// A refused login has a line of its own.
fn not_listed(error: &Error, right: Right) -> Finding {
    match error {
        Error::Fault(Fault::Vendor(vendors::Error { kind: Kind::RightMissing(_), .. })) => {
            Finding::fault(ABOUT, format!("the right is missing: {}", right.name), right.given)
        }
        error => Finding::warning(ABOUT, "not looked at: webhooks cannot be listed", error.to_string()),
    }
}

fn judged(name: &str, hooks: &[Webhook]) -> Vec<Finding> {
    let register = format!("`hrsync webhooks register {name}` brings it up to date");
    let told = |hook: &Webhook| match (hook.is_own, hook.wrong.is_empty()) {
        (true, true) => {
            Some(Finding::ok(ABOUT, format!("{} is enabled, goes to the connection and has all events", hook.id)))
        }
        (true, false) => {
            Some(Finding::fault(ABOUT, format!("{}: {}", hook.id, hook.wrong.join("; ")), register.as_str()))
        }
        (false, false) => {
            let mend = format!("if nothing needs it any more, `hrsync webhooks remove {name} --id {} --yes`", hook.id);
            Some(Finding::warning(
                "webhook of an earlier address",
                format!("{}: {}", hook.id, hook.wrong.join("; ")),
                mend,
            ))
        }
        (false, true) => None,
    };
    let mut findings: Vec<Finding> = hooks.iter().filter_map(told).collect();
    if !hooks.iter().any(|hook| hook.is_own) {
        let mend = format!("`hrsync webhooks register {name}` makes it");
        findings.push(Finding::fault(ABOUT, "no webhook of the vendor goes to the connection", mend));
    }
    findings
}

fn last_event(told: Result<Option<Timestamp>, Error>) -> Finding {
    match told {
        Ok(Some(at)) => {
            Finding::ok(EVENT, format!("the vendor was last to tell of {}", at.strftime("%Y-%m-%d %H:%M UTC")))
        }
        Ok(None) => Finding::ok(EVENT, "the vendor had nothing to tell within a day"),
        Err(error) => Finding::warning(EVENT, "not known", error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use admin::Level;

    use super::*;

    const RIGHT: Right = vendors::personio::rights::WEBHOOKS;

    fn hook(is_own: bool, wrong: &[&str]) -> Webhook {
        Webhook {
            id: "h-1".to_owned(),
            url: "https://example.com".to_owned(),
            is_own,
            enabled: true,
            events: Vec::new(),
            wrong: wrong.iter().map(ToString::to_string).collect(),
        }
    }

    fn levels(hooks: &[Webhook]) -> Vec<Level> {
        judged("absences", hooks).iter().map(|finding| finding.level).collect()
    }

    #[test]
    fn a_webhook_that_is_missing_or_wrong_is_a_fault() {
        assert_eq!(levels(&[hook(true, &[]), hook(false, &[])]), [Level::Ok]);
        assert_eq!(levels(&[hook(true, &["it is disabled"])]), [Level::Fault]);
        assert_eq!(levels(&[hook(false, &[])]), [Level::Fault]);
        assert_eq!(levels(&[hook(true, &[]), hook(false, &["it goes elsewhere"])]), [Level::Ok, Level::Warning]);
    }

    #[test]
    fn a_missing_right_is_named_and_a_refused_login_told_elsewhere() {
        let refused = |kind| Error::from(vendors::Error::new(vendors::personio::operations::LIST_WEBHOOKS, kind));
        let missing = not_listed(&refused(Kind::RightMissing(Vec::new())), RIGHT);
        assert_eq!((missing.level, missing.mend.as_deref()), (Level::Fault, Some(RIGHT.given)));
        assert!(missing.seen.contains("scope personio:webhooks:read"), "{missing:?}");
        assert_eq!(not_listed(&refused(Kind::LoginRefused), RIGHT).level, Level::Warning);
    }

    #[test]
    fn what_cannot_be_listed_is_said_with_where_to_look() {
        let hint = heyflow_to_personio::FLOW.webhook.unwrap();
        assert!(only_in_settings(&hint).mend.unwrap().ends_with("with Heyflow > flow > Integrate > Hooks > URL"));
    }
}
