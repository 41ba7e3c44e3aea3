//! The connection's webhook at Personio: made, looked at, tried and removed through Personio's management of webhooks.
//!
//! A hook is the connection's own where it goes to the connection's address. Others' hooks are shown by their host alone and
//! removed only by their id. No secret is shown, and none can be read back; so a registration always sends it.

use edge::connections::read_secret;
use edge::verdict::Fault;
use edge::{Asked, Hook, Registered, Removal};
use http::HeaderName;
use http::header::AUTHORIZATION;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;
use vendors::Kind;
use vendors::personio::hr::Hr;
use vendors::personio::webhook::ABSENCE_EVENTS;
use vendors::personio::webhooks::{self, HookSecret, NewHook};
use vendors::secret::{WebhookSecret, any_matches};

use crate::FLOW;
use crate::acts::{mapper, settings, unusable};
use crate::connection::Settings;

/// Whose a hook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// It goes to the connection's address.
    Ours,
    /// It goes to the path of the connection's address, but elsewhere.
    Elsewhere,
    /// It is about something else.
    Foreign,
}

/// The connection's address.
struct Address<'a> {
    url: Url,
    connection: &'a str,
}

/// The secret's own part about the door, for the values: what the functions read of it can only compare.
#[derive(Deserialize)]
struct Door {
    webhook_secrets: Vec<Shown>,
}

#[derive(Deserialize)]
struct Shown {
    value: SecretString,
}

/// All hooks of the account.
///
/// # Errors
/// What Personio refuses.
pub(crate) async fn list(asked: Asked<'_>, url: &str) -> Result<Vec<Hook>, Fault> {
    let address = Address::read(url, asked.name)?;
    let hooks = client(&asked, &settings(&asked)?)?.webhooks().await?;
    Ok(described(&hooks, &address))
}

/// Makes the connection's hook, or makes the one there is what it should be. Repeating it is harmless.
///
/// # Errors
/// What Personio refuses, and where no webhook secret counts.
pub(crate) async fn register(asked: Asked<'_>, url: &str) -> Result<Registered, Fault> {
    let (address, settings) = (Address::read(url, asked.name)?, settings(&asked)?);
    let (personio, new) = (client(&asked, &settings)?, new_hook(&asked, &settings, &address)?);
    let hooks = described(&personio.webhooks().await?, &address);
    let (ours, others): (Vec<_>, Vec<_>) =
        hooks.into_iter().filter(|hook| hook.ours || !hook.wrong.is_empty()).partition(|hook| hook.ours);
    let mut ours = ours.into_iter();
    let Some(Hook { id, wrong, .. }) = ours.next() else {
        let made = personio.create_webhook(&new).await.map_err(not_made)?;
        return Ok(Registered { id: made.id, made: true, mended: Vec::new(), others: ids(others) });
    };
    personio.update_webhook(&id, &new).await?;
    Ok(Registered { id, made: false, mended: wrong, others: ids(ours.chain(others)) })
}

/// Has Personio send a ping through the connection's hooks.
///
/// # Errors
/// What Personio refuses, and where there is no such hook.
pub(crate) async fn ping(asked: Asked<'_>, url: &str) -> Result<Vec<String>, Fault> {
    let (address, settings) = (Address::read(url, asked.name)?, settings(&asked)?);
    let personio = client(&asked, &settings)?;
    let ours = ours(&personio, &address).await?;
    if ours.is_empty() {
        let name = asked.name;
        let what =
            format!("Personio has no webhook to this connection; make it with `hrsync webhooks register {name}`");
        return Err(Fault::Unexpected(what));
    }
    for id in &ours {
        personio.ping_webhook(id).await?;
    }
    Ok(ours)
}

/// Removes hooks. One that is gone already counts as removed, unless it was asked for by its id.
///
/// # Errors
/// What Personio refuses, and where none has the id.
pub(crate) async fn remove(asked: Asked<'_>, which: Removal<'_>) -> Result<Vec<String>, Fault> {
    let settings = settings(&asked)?;
    let personio = client(&asked, &settings)?;
    let url = match which {
        Removal::To(url) => url,
        Removal::Id(id) => {
            let none = || Fault::Unexpected(format!("Personio has no webhook with the id `{id}`"));
            let removed = personio.delete_webhook(id).await;
            removed.map_err(|error| if error.kind == Kind::Gone { none() } else { error.into() })?;
            return Ok(vec![id.to_owned()]);
        }
    };
    let ours = ours(&personio, &Address::read(url, asked.name)?).await?;
    for id in &ours {
        match personio.delete_webhook(id).await {
            Err(error) if error.kind != Kind::Gone => return Err(error.into()),
            _ => {}
        }
    }
    Ok(ours)
}

fn client(asked: &Asked<'_>, settings: &Settings) -> Result<Hr, Fault> {
    Ok(mapper(asked)?.accounts(asked.name, 0, settings).personio)
}

async fn ours(personio: &Hr, address: &Address<'_>) -> Result<Vec<String>, Fault> {
    let hooks = personio.webhooks().await?;
    Ok(hooks.into_iter().filter(|hook| address.of(&hook.url) == Whose::Ours).map(|hook| hook.id).collect())
}

fn ids(hooks: impl IntoIterator<Item = Hook>) -> Vec<String> {
    hooks.into_iter().map(|hook| hook.id).collect()
}

/// It was not in the list and yet is refused as there already.
fn not_made(error: vendors::Error) -> Fault {
    if !matches!(error.kind, Kind::Conflict(_)) {
        return error.into();
    }
    let what = "Personio lists no webhook to this address and yet refuses it as one that is there already";
    Fault::Unexpected(format!("{error}: {what}; look for it in Personio's own list of webhooks and remove it"))
}

fn new_hook(asked: &Asked<'_>, settings: &Settings, address: &Address<'_>) -> Result<NewHook, Fault> {
    let name = asked.name;
    let secret = newest(asked.secret, &settings.webhook_secrets, asked.now)?.ok_or_else(|| {
        let what = format!("no webhook secret of `{name}` counts any more; make one with `hrsync secrets set {name}`");
        Fault::Unexpected(what)
    })?;
    let shown = shown_in(&settings.webhook_headers, &secret);
    let description = format!("hrsync: absences of the connection {name}");
    Ok(NewHook { url: address.url.clone(), description, events: ABSENCE_EVENTS, shown })
}

/// The first of those that open the door now: the newest stands first.
fn newest(secret: &SecretString, door: &[WebhookSecret], now: Timestamp) -> Result<Option<SecretString>, Fault> {
    let Door { webhook_secrets } = read_secret(secret).map_err(unusable)?;
    let opens = |shown: &Shown| any_matches(door, shown.value.expose_secret().as_bytes(), now);
    Ok(webhook_secrets.into_iter().find(opens).map(|shown| shown.value))
}

/// Personio shows a secret either in `Authorization` or in headers of one's own, `Authorization` among them.
fn shown_in(headers: &[HeaderName], secret: &SecretString) -> HookSecret {
    match headers {
        [only] if *only == AUTHORIZATION => HookSecret::Authorization(secret.clone()),
        headers => HookSecret::Headers(headers.iter().map(|name| (name.clone(), secret.clone())).collect()),
    }
}

fn described(hooks: &[webhooks::Hook], address: &Address<'_>) -> Vec<Hook> {
    let mut first: Option<&str> = None;
    let describe = |hook| {
        let described = describe(hook, address, first);
        if described.ours {
            first = first.or(Some(&hook.id));
        }
        described
    };
    hooks.iter().map(describe).collect()
}

/// `first`: the connection's own hook that was met before this one.
fn describe(hook: &webhooks::Hook, address: &Address<'_>, first: Option<&str>) -> Hook {
    let whose = address.of(&hook.url);
    let wrong = match whose {
        Whose::Ours => wrong(hook, first),
        Whose::Elsewhere => vec!["at an earlier address of this connection, or that of another stack".to_owned()],
        Whose::Foreign => Vec::new(),
    };
    let url = address_shown(&hook.url, whose);
    let webhooks::Hook { id, enabled, events, .. } = hook.clone();
    Hook { id, url, ours: whose == Whose::Ours, enabled, events, wrong }
}

fn wrong(hook: &webhooks::Hook, first: Option<&str>) -> Vec<String> {
    let disabled = (!hook.enabled).then(|| "disabled".to_owned());
    let lacks: Vec<&str> =
        ABSENCE_EVENTS.iter().copied().filter(|event| !hook.events.iter().any(|has| has == event)).collect();
    let lacks = (!lacks.is_empty()).then(|| format!("without {}", lacks.join(", ")));
    let doubles = first.map(|first| format!("a double of {first}"));
    [disabled, lacks, doubles].into_iter().flatten().collect()
}

/// No more of others' addresses than the host, and of none the query: the rest may hold a secret.
fn address_shown(url: &str, whose: Whose) -> String {
    let Ok(url) = Url::parse(url) else { return "(no address)".to_owned() };
    let path = if whose == Whose::Foreign { "/..." } else { url.path() };
    format!("{}{path}", url.origin().ascii_serialization())
}

impl<'a> Address<'a> {
    fn read(url: &str, connection: &'a str) -> Result<Self, Fault> {
        let url = Url::parse(url);
        let url = url.map_err(|error| Fault::Unexpected(format!("the connection's address is no URL ({error})")))?;
        Ok(Self { url, connection })
    }

    fn of(&self, hook: &str) -> Whose {
        match Url::parse(hook) {
            Ok(hook) if hook == self.url => Whose::Ours,
            Ok(hook) if hook.path().ends_with(&FLOW.webhook_path(self.connection)) => Whose::Elsewhere,
            _ => Whose::Foreign,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://api.example.com/webhooks/personio-to-hellohq/absences";

    fn hook(id: &str, url: &str) -> webhooks::Hook {
        webhooks::Hook {
            id: id.to_owned(),
            url: url.to_owned(),
            description: String::new(),
            enabled: true,
            events: ABSENCE_EVENTS.iter().map(|event| (*event).to_owned()).collect(),
            auth: String::new(),
        }
    }

    fn seen(hooks: &[webhooks::Hook]) -> Vec<(String, bool, String)> {
        let hooks = described(hooks, &Address::read(OURS, "absences").unwrap());
        hooks.into_iter().map(|hook| (hook.url, hook.ours, hook.wrong.join("; "))).collect()
    }

    #[test]
    fn a_hook_is_ours_by_its_address() {
        let elsewhere = "https://old.example.com/stage/webhooks/personio-to-hellohq/absences?key=hunter2";
        let others = "https://api.example.com/webhooks/personio-to-hellohq/other-absences";
        let seen = seen(&[hook("1", OURS), hook("2", elsewhere), hook("3", others), hook("4", "nowhere")]);
        assert_eq!(seen[0], (OURS.to_owned(), true, String::new()));
        let (url, ours, wrong) = &seen[1];
        assert_eq!(url, "https://old.example.com/stage/webhooks/personio-to-hellohq/absences");
        assert!(!ours && wrong.starts_with("at an earlier address"), "{wrong}");
        assert_eq!(seen[2], ("https://api.example.com/...".to_owned(), false, String::new()));
        assert_eq!(seen[3], ("(no address)".to_owned(), false, String::new()));
    }

    #[test]
    fn what_is_wrong_with_ours_is_told_and_others_are_not_judged() {
        let silent =
            |id, url| webhooks::Hook { enabled: false, events: vec!["person.created".to_owned()], ..hook(id, url) };
        let seen = seen(&[silent("1", OURS), silent("2", "https://hooks.example.com/hunter2"), hook("3", OURS)]);
        let lacks = format!("disabled; without {}", ABSENCE_EVENTS.join(", "));
        assert_eq!(seen[0].2, lacks);
        assert_eq!(seen[1], ("https://hooks.example.com/...".to_owned(), false, String::new()));
        assert_eq!(seen[2].2, "a double of 1");
    }

    #[test]
    fn the_newest_secret_that_opens_the_door_is_given() {
        let now = "2026-03-01T10:00:00Z".parse().unwrap();
        let given = |secret: &str| {
            #[derive(Deserialize)]
            struct Secrets {
                webhook_secrets: Vec<WebhookSecret>,
            }
            let Secrets { webhook_secrets } = serde_json::from_str(secret).unwrap();
            let newest = newest(&secret.into(), &webhook_secrets, now).unwrap();
            newest.map(|newest| newest.expose_secret().to_owned())
        };
        let rotated = r#"{"webhook_secrets": [{"value": "short"}, {"value": "the-new-secret-value"},
            {"value": "the-old-secret-value", "not_after": "2026-03-02T10:00:00Z"}], "hellohq_token": "t"}"#;
        assert_eq!(given(rotated).as_deref(), Some("the-new-secret-value"));
        let ended = r#"{"webhook_secrets": [{"value": "the-old-secret-value", "not_after": "2026-03-01T10:00:00Z"}]}"#;
        assert_eq!(given(ended), None);
    }

    #[test]
    fn a_secret_is_shown_as_the_file_says() {
        let secret: SecretString = "the-only-secret-value".into();
        assert!(matches!(shown_in(&[AUTHORIZATION], &secret), HookSecret::Authorization(_)));
        let own = HeaderName::from_static("hrsync-secret");
        let HookSecret::Headers(headers) = shown_in(&[own.clone(), AUTHORIZATION], &secret) else { panic!() };
        assert_eq!(headers.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), [own, AUTHORIZATION]);
        assert!(headers.iter().all(|(_, value)| value.expose_secret() == secret.expose_secret()));
    }
}
