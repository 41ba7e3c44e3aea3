//! A connection's secret as it is kept, and how it changes. Pure: time is a parameter. No type here can be shown, so no
//! value of a secret reaches a message by mistake.

use std::collections::BTreeMap;

use admin::{Flow, SecretMaker, WebhookHint};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use vendors::secret::WebhookSecret;

/// The key that holds the webhook secrets.
pub(crate) const WEBHOOK_SECRETS: &str = "webhook_secrets";
/// The key under which a new webhook secret is given.
pub(crate) const WEBHOOK_SECRET: &str = "webhook_secret";

/// The fewest characters of a webhook secret that counts. A vendor decides how long its own are.
pub(crate) fn shortest(flow: &Flow) -> usize {
    match flow.webhook.as_ref().map(|hint| hint.made_by) {
        Some(SecretMaker::Vendor) => 1,
        Some(SecretMaker::Us) | None => WebhookSecret::SHORTEST,
    }
}

/// The JSON object in Secrets Manager.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The newest first.
    pub(crate) incoming: Vec<Incoming>,
    /// The flow's keys.
    pub(crate) keys: BTreeMap<String, String>,
}

/// A webhook secret, which counts until it ends.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Incoming {
    value: String,
    /// None: it does not end.
    #[serde(default)]
    pub(crate) not_after: Option<Timestamp>,
}

/// New values.
#[derive(Default)]
pub(crate) struct Given {
    /// A new webhook secret.
    pub(crate) webhook_secret: Option<String>,
    /// Values of the flow's keys.
    pub(crate) keys: BTreeMap<String, String>,
}

/// What becomes of the webhook secrets before the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Earlier {
    /// They count for so many hours more.
    Keep(i64),
    /// They end now.
    Revoke,
}

impl Kept {
    /// Reads what Secrets Manager holds. `None`: it is not the object it must be.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut object: Map<String, Value> = serde_json::from_str(text).ok()?;
        let incoming = match object.remove(WEBHOOK_SECRETS) {
            Some(list) => serde_json::from_value(list).ok()?,
            None => Vec::new(),
        };
        let text = |(key, value)| match value {
            Value::String(value) => Some((key, value)),
            _ => None,
        };
        Some(Self { incoming, keys: object.into_iter().map(text).collect::<Option<_>>()? })
    }

    /// What Secrets Manager shall hold.
    pub(crate) fn write(&self, flow: &Flow) -> String {
        let keys = self.keys.iter().map(|(key, value)| (key.clone(), Value::from(value.as_str())));
        let mut object: Map<String, Value> = keys.collect();
        if flow.webhook.is_some() {
            let list = self.incoming.iter().map(|it| serde_json::json!({"value": it.value, "not_after": it.not_after}));
            object.insert(WEBHOOK_SECRETS.to_owned(), list.collect());
        }
        Value::Object(object).to_string()
    }

    /// With the new values, without what has ended, and without what the flow does not know: functions refuse a secret
    /// with keys they do not know.
    pub(crate) fn changed(&self, flow: &Flow, given: Given, earlier: Earlier, now: Timestamp) -> Self {
        let known = |key: &String| flow.secrets.iter().any(|it| it.name == key);
        let mut keys = self.keys.clone();
        keys.extend(given.keys);
        keys.retain(|key, _| known(key));
        let standing = if flow.webhook.is_some() { self.incoming.clone() } else { Vec::new() };
        let mut incoming = rotated(standing, given.webhook_secret, earlier, now);
        incoming.retain(|it| it.not_after.is_none_or(|end| now < end));
        Self { incoming, keys }
    }

    /// The webhook secrets' numbers and states, the newest first.
    pub(crate) fn states(&self, flow: &Flow, now: Timestamp) -> Vec<[String; 2]> {
        let numbered = self.incoming.iter().enumerate();
        let state = |it: &Incoming| it.state(shortest(flow), now);
        numbered.map(|(number, it)| [format!("{WEBHOOK_SECRETS}[{number}]"), state(it)]).collect()
    }

    /// What the flow needs and does not have, with where a person finds it.
    pub(crate) fn missing(&self, flow: &Flow, now: Timestamp) -> Vec<(&'static str, &'static str)> {
        const FREE: &str = "any text of 16 characters or more that is also set in the vendor's webhook settings";
        let where_from = |hint: &WebhookHint| match hint.made_by {
            SecretMaker::Us => FREE,
            SecretMaker::Vendor => hint.secret,
        };
        let counts = self.incoming.iter().any(|it| it.counts(shortest(flow), now));
        let incoming = flow.webhook.as_ref().filter(|_| !counts).map(where_from);
        let incoming = incoming.map(|hint| (WEBHOOK_SECRET, hint));
        incoming.into_iter().chain(self.missing_keys(flow)).collect()
    }

    /// The same without the webhook secret, which nothing but receivers and registrations of webhooks need.
    pub(crate) fn missing_keys(&self, flow: &Flow) -> Vec<(&'static str, &'static str)> {
        let keys = flow.secrets.iter().filter(|it| self.keys.get(it.name).is_none_or(String::is_empty));
        keys.map(|it| (it.name, it.hint)).collect()
    }

    /// Keys that the flow does not know.
    pub(crate) fn unknown<'a>(&'a self, flow: &Flow) -> Vec<&'a str> {
        let unknown = self.keys.keys().filter(|key| flow.secrets.iter().all(|it| it.name != key.as_str()));
        let incoming = (flow.webhook.is_none() && !self.incoming.is_empty()).then_some(WEBHOOK_SECRETS);
        unknown.map(String::as_str).chain(incoming).collect()
    }
}

/// A secret that is given again moves to the front and no longer ends. An end that was set before is never put off.
fn rotated(standing: Vec<Incoming>, new: Option<String>, earlier: Earlier, now: Timestamp) -> Vec<Incoming> {
    let Some(new) = new else {
        let revoking = earlier == Earlier::Revoke;
        return standing.into_iter().filter(|it| !revoking || it.not_after.is_none()).collect();
    };
    let before = standing.into_iter().filter(|it| it.value != new);
    let before: Vec<Incoming> = match earlier {
        Earlier::Revoke => Vec::new(),
        Earlier::Keep(hours) => before.map(|it| it.ending(now + SignedDuration::from_hours(hours))).collect(),
    };
    std::iter::once(Incoming { value: new, not_after: None }).chain(before).collect()
}

impl Incoming {
    fn ending(self, end: Timestamp) -> Self {
        Self { not_after: Some(self.not_after.map_or(end, |set| set.min(end))), ..self }
    }

    fn counts(&self, shortest: usize, now: Timestamp) -> bool {
        self.value.len() >= shortest && self.not_after.is_none_or(|end| now < end)
    }

    /// When it ends, in words. A vendor's own that is easily guessed is pointed out, and counts.
    fn state(&self, shortest: usize, now: Timestamp) -> String {
        let end = self.end(shortest, now);
        let is_guessable = (shortest..WebhookSecret::SHORTEST).contains(&self.value.len());
        if is_guessable { format!("{end}; it is so short that it may be guessed") } else { end }
    }

    fn end(&self, shortest: usize, now: Timestamp) -> String {
        match self.not_after {
            _ if self.value.len() < shortest => "is too short, so it never counts".to_owned(),
            None => "does not end".to_owned(),
            Some(end) if now < end => format!("ends {end:.0}"),
            Some(end) => format!("ended {end:.0}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOW: Flow = heyflow_to_personio::FLOW;
    const TOKEN: &str = "personio_recruiting_token";

    fn now() -> Timestamp {
        "2026-03-01T10:00:00Z".parse().unwrap()
    }

    fn kept(text: &str) -> Kept {
        Kept::read(text).unwrap()
    }

    fn new(webhook_secret: &str) -> Given {
        Given { webhook_secret: Some(webhook_secret.to_owned()), ..Given::default() }
    }

    /// What functions would read after the change.
    fn after(before: &str, given: Given, earlier: Earlier) -> Value {
        serde_json::from_str(&kept(before).changed(&FLOW, given, earlier, now()).write(&FLOW)).unwrap()
    }

    #[test]
    fn a_first_webhook_secret_does_not_end() {
        let expected = serde_json::json!({"webhook_secrets": [{"value": "the-first-secret", "not_after": null}]});
        assert_eq!(after("{}", new("the-first-secret"), Earlier::Keep(24)), expected);
    }

    #[test]
    fn a_new_one_goes_first_and_the_earlier_ones_end_a_day_later() {
        let before = r#"{"webhook_secrets": [{"value": "the-first-secret"}], "personio_recruiting_token": "token"}"#;
        let expected = serde_json::json!({
            "webhook_secrets": [
                {"value": "the-second-secret", "not_after": null},
                {"value": "the-first-secret", "not_after": "2026-03-02T10:00:00Z"},
            ],
            "personio_recruiting_token": "token",
        });
        assert_eq!(after(before, new("the-second-secret"), Earlier::Keep(24)), expected);
    }

    #[test]
    fn what_was_to_end_sooner_still_does_and_what_has_ended_goes() {
        let before = r#"{"webhook_secrets": [
            {"value": "sooner-than-that", "not_after": "2026-03-01T11:00:00Z"},
            {"value": "has-just-now-ended", "not_after": "2026-03-01T10:00:00Z"}
        ]}"#;
        let after = after(before, new("the-newest-secret"), Earlier::Keep(24));
        assert_eq!(after["webhook_secrets"][1]["not_after"], "2026-03-01T11:00:00Z");
        assert_eq!(after["webhook_secrets"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn a_leaked_one_ends_at_once() {
        let before = r#"{"webhook_secrets": [{"value": "the-first-secret"}]}"#;
        let expected = serde_json::json!([{"value": "the-second-secret", "not_after": null}]);
        assert_eq!(after(before, new("the-second-secret"), Earlier::Revoke)["webhook_secrets"], expected);
    }

    #[test]
    fn revoking_without_a_new_one_ends_those_that_were_to_end() {
        let before = r#"{"webhook_secrets": [
            {"value": "the-second-secret"}, {"value": "the-first-secret", "not_after": "2026-03-02T10:00:00Z"}
        ]}"#;
        let expected = serde_json::json!([{"value": "the-second-secret", "not_after": null}]);
        assert_eq!(after(before, Given::default(), Earlier::Revoke)["webhook_secrets"], expected);
    }

    #[test]
    fn the_same_one_again_changes_nothing() {
        let before = kept(r#"{"webhook_secrets": [{"value": "the-first-secret"}], "personio_recruiting_token": "t"}"#);
        assert!(before.changed(&FLOW, new("the-first-secret"), Earlier::Keep(24), now()) == before);
    }

    #[test]
    fn other_keys_stay_and_those_the_flow_does_not_know_go() {
        let before =
            r#"{"webhook_secrets": [], "personio_recruiting_token": "old", "personio_token": "from long ago"}"#;
        assert_eq!(kept(before).unknown(&FLOW), ["personio_token"]);
        let given = Given { keys: [(TOKEN.to_owned(), "new".to_owned())].into(), ..Given::default() };
        let expected = serde_json::json!({"webhook_secrets": [], "personio_recruiting_token": "new"});
        assert_eq!(after(before, given, Earlier::Keep(24)), expected);
    }

    #[test]
    fn a_flow_without_webhook_has_no_webhook_secrets() {
        let silent = Flow { webhook: None, ..FLOW };
        let before = kept(r#"{"webhook_secrets": [{"value": "the-first-secret"}]}"#);
        assert_eq!(before.unknown(&silent), ["webhook_secrets"]);
        assert_eq!(before.changed(&silent, Given::default(), Earlier::Keep(24), now()).write(&silent), "{}");
        assert_eq!(Kept::default().missing(&silent, now()).len(), 1);
    }

    #[test]
    fn what_is_missing_is_told() {
        let missing = |text: &str| kept(text).missing(&FLOW, now()).into_iter().map(|it| it.0).collect::<Vec<_>>();
        assert_eq!(missing("{}"), [WEBHOOK_SECRET, TOKEN]);
        assert_eq!(missing(r#"{"webhook_secrets": [{"value": "long-enough-to-count"}]}"#), [TOKEN]);
        let ended = r#"{"webhook_secrets": [{"value": "long-enough-to-count", "not_after": "2026-03-01T10:00:00Z"}]}"#;
        assert_eq!(missing(ended), [WEBHOOK_SECRET, TOKEN]);
        assert_eq!(
            missing(r#"{"webhook_secrets": [{"value": "short"}], "personio_recruiting_token": "t"}"#),
            [WEBHOOK_SECRET]
        );
    }

    #[test]
    fn what_is_not_such_an_object_is_not_read() {
        for text in [
            "",
            "[]",
            "\"text\"",
            r#"{"a": 1}"#,
            r#"{"webhook_secrets": "text"}"#,
            r#"{"webhook_secrets": [{"v": "x"}]}"#,
        ] {
            assert!(Kept::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn its_end_is_told_and_never_its_value() {
        let state = |not_after| Incoming { value: "the-first-secret".to_owned(), not_after }.state(16, now());
        assert_eq!(state(None), "does not end");
        assert_eq!(state("2026-03-01T10:00:01Z".parse().ok()), "ends 2026-03-01T10:00:01Z");
        assert_eq!(state(Some(now())), "ended 2026-03-01T10:00:00Z");
    }

    #[test]
    fn a_short_secret_counts_where_the_vendor_makes_it_and_is_pointed_out() {
        let flow = hibob_to_recruit::FLOW;
        let short = kept(r#"{"webhook_secrets": [{"value": "short"}]}"#);
        let states = |flow: &Flow| short.states(flow, now()).into_iter().map(|[_, state]| state).collect::<Vec<_>>();
        assert_eq!(states(&flow), ["does not end; it is so short that it may be guessed"]);
        assert_eq!(states(&FLOW), ["is too short, so it never counts"]);
        assert!(short.missing(&flow, now()).iter().all(|(key, _)| *key != WEBHOOK_SECRET));
        let (_, hint) = Kept::default().missing(&flow, now())[0];
        assert_eq!(hint, flow.webhook.unwrap().secret);
    }
}
