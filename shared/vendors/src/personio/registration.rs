//! A connection's own webhook at Personio: listed, registered, pinged, removed.
//!
//! A webhook is the connection's own where it goes to the connection's address. Of others' webhooks the list shows the
//! host alone, and they are removed only by their id. No secret is shown, and Personio gives none back; so a registration
//! always sends it.

use std::fmt;

use url::Url;

use super::hr::Hr;
use super::webhooks::{self, Hook, HookSecret, NewHook};
use crate::{Error, Kind};

/// Where a connection takes webhooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The address that its webhooks go to.
    pub address: Url,
    /// What the path of each of its addresses ends with, earlier ones and those of other stacks among them.
    pub path: String,
    /// The names of the events that it takes.
    pub events: &'static [&'static str],
}

/// A webhook as the connection sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Personio's id.
    pub id: String,
    /// Where it goes to, without the query. Of others' webhooks no more than the host, for the rest may hold a secret.
    pub url: String,
    /// Whether it goes to the connection's address.
    pub is_own: bool,
    /// Whether it sends at all.
    pub enabled: bool,
    /// The names of the events that it sends.
    pub events: Vec<String>,
    /// What is not as it should be. Empty for others' webhooks.
    pub deviations: Vec<Deviation>,
}

/// What is not as it should be with a webhook. `Display` is a fragment for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deviation {
    /// It sends nothing.
    Disabled,
    /// It does not send these events.
    Lacks(Vec<&'static str>),
    /// The webhook with this id goes to the same address.
    DoubleOf(String),
    /// It goes to the connection's path, but at another host or stage.
    Elsewhere,
}

/// A connection's webhook after its registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Personio's id.
    pub id: String,
    /// What the registration did.
    pub registration: Registration,
    /// The ids of further webhooks with the same address, or at an earlier one. The registration left them alone.
    pub others: Vec<String>,
}

/// What a registration did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Registration {
    /// There was no webhook to this address before.
    Created,
    /// There was one, and it was sent anew.
    Updated {
        /// What was not as it should be.
        changed: Vec<Deviation>,
    },
}

/// Which webhooks are removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal<'a> {
    /// All that go to this address.
    Own(&'a Url),
    /// The one with this id, wherever it goes to.
    Id(&'a str),
}

/// Why a webhook could not be registered.
#[derive(Debug, thiserror::Error)]
pub enum RegistrationError {
    /// A call failed.
    #[error(transparent)]
    Vendor(#[from] Error),
    /// The list does not show it, and yet Personio refuses it as there already.
    #[error(
        "{0}: Personio lists no webhook to this address and yet refuses it as one that is there already; look for it in \
         Personio's own list of webhooks and remove it"
    )]
    Unlisted(Error),
}

/// Whose a webhook is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// It goes to the connection's address.
    Own,
    /// It goes to the path of the connection's address, but elsewhere.
    Elsewhere,
    /// It is about something else.
    Foreign,
}

/// All webhooks of the account.
///
/// # Errors
/// As for all calls.
pub async fn list(hr: &Hr, endpoint: &Endpoint) -> Result<Vec<Webhook>, Error> {
    Ok(described(webhooks::list(hr).await?, endpoint))
}

/// Makes the connection's webhook, or makes the one there is what it should be. Repeating it is harmless.
///
/// # Errors
/// [`RegistrationError`].
pub async fn register(
    hr: &Hr,
    endpoint: &Endpoint,
    description: &str,
    secret: HookSecret,
) -> Result<Registered, RegistrationError> {
    let address = endpoint.address.clone();
    let new = NewHook { url: address, description: description.to_owned(), events: endpoint.events, secret };
    let listed = list(hr, endpoint).await?;
    let (own, others): (Vec<_>, Vec<_>) = listed.into_iter().partition(|hook| hook.is_own);
    let elsewhere = others.into_iter().filter(|hook| !hook.deviations.is_empty());
    let mut own = own.into_iter();
    let Some(first) = own.next() else {
        let id = webhooks::create(hr, &new).await.map_err(not_created)?;
        return Ok(Registered { id, registration: Registration::Created, others: ids(elsewhere) });
    };
    webhooks::update(hr, &first.id, &new).await?;
    let registration = Registration::Updated { changed: first.deviations };
    Ok(Registered { id: first.id, registration, others: ids(own.chain(elsewhere)) })
}

fn not_created(error: Error) -> RegistrationError {
    match error.kind {
        Kind::Conflict(_) => RegistrationError::Unlisted(error),
        _ => RegistrationError::Vendor(error),
    }
}

/// Has Personio send a ping through every webhook to this address. Their ids; empty where there is none.
///
/// # Errors
/// As for all calls.
pub async fn ping(hr: &Hr, address: &Url) -> Result<Vec<String>, Error> {
    let own = own_ids(hr, address).await?;
    for id in &own {
        webhooks::ping(hr, id).await?;
    }
    Ok(own)
}

/// Removes webhooks, and gives the ids of those that are gone now.
///
/// # Errors
/// [`Kind::Gone`]: none has the id that was named. Otherwise as for all calls.
pub async fn remove(hr: &Hr, removal: Removal<'_>) -> Result<Vec<String>, Error> {
    match removal {
        Removal::Own(address) => remove_own(hr, address).await,
        Removal::Id(id) => webhooks::delete(hr, id).await.map(|()| vec![id.to_owned()]),
    }
}

/// One that somebody else has removed meanwhile counts as removed.
async fn remove_own(hr: &Hr, address: &Url) -> Result<Vec<String>, Error> {
    let own = own_ids(hr, address).await?;
    for id in &own {
        match webhooks::delete(hr, id).await {
            Err(error) if error.kind != Kind::Gone => return Err(error),
            _ => {}
        }
    }
    Ok(own)
}

/// The ids of all webhooks to this address.
///
/// # Errors
/// As for all calls.
pub async fn own_ids(hr: &Hr, address: &Url) -> Result<Vec<String>, Error> {
    let hooks = webhooks::list(hr).await?;
    Ok(hooks.into_iter().filter(|hook| goes_to(&hook.url, address)).map(|hook| hook.id).collect())
}

fn ids(hooks: impl Iterator<Item = Webhook>) -> Vec<String> {
    hooks.map(|hook| hook.id).collect()
}

fn described(hooks: Vec<Hook>, endpoint: &Endpoint) -> Vec<Webhook> {
    let mut first_own: Option<String> = None;
    let mut described = Vec::new();
    for hook in hooks {
        let webhook = describe(hook, endpoint, first_own.as_deref());
        if webhook.is_own && first_own.is_none() {
            first_own = Some(webhook.id.clone());
        }
        described.push(webhook);
    }
    described
}

/// `first_own`: the connection's own webhook that stands before this one.
fn describe(hook: Hook, endpoint: &Endpoint, first_own: Option<&str>) -> Webhook {
    let owner = owner(&hook.url, endpoint);
    let deviations = match owner {
        Owner::Own => deviations(&hook, endpoint, first_own),
        Owner::Elsewhere => vec![Deviation::Elsewhere],
        Owner::Foreign => Vec::new(),
    };
    let url = shown_address(&hook.url, owner);
    let Hook { id, enabled, events, .. } = hook;
    Webhook { id, url, is_own: owner == Owner::Own, enabled, events, deviations }
}

fn deviations(hook: &Hook, endpoint: &Endpoint, first_own: Option<&str>) -> Vec<Deviation> {
    let sends = |event: &str| hook.events.iter().any(|sent| sent == event);
    let lacking: Vec<_> = endpoint.events.iter().copied().filter(|event| !sends(event)).collect();
    let disabled = (!hook.enabled).then_some(Deviation::Disabled);
    let lacks = (!lacking.is_empty()).then_some(Deviation::Lacks(lacking));
    let double = first_own.map(|first| Deviation::DoubleOf(first.to_owned()));
    [disabled, lacks, double].into_iter().flatten().collect()
}

fn owner(hook: &str, endpoint: &Endpoint) -> Owner {
    match Url::parse(hook) {
        Ok(url) if url == endpoint.address => Owner::Own,
        Ok(url) if url.path().ends_with(&endpoint.path) => Owner::Elsewhere,
        _ => Owner::Foreign,
    }
}

fn goes_to(hook: &str, address: &Url) -> bool {
    Url::parse(hook).is_ok_and(|hook| hook == *address)
}

/// No more of others' addresses than the host, and of none the query: the rest may hold a secret.
fn shown_address(url: &str, owner: Owner) -> String {
    let Ok(url) = Url::parse(url) else { return "(no address)".to_owned() };
    let path = if owner == Owner::Foreign { "/..." } else { url.path() };
    format!("{}{path}", url.origin().ascii_serialization())
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disabled => f.write_str("disabled"),
            Self::Lacks(events) => write!(f, "without {}", events.join(", ")),
            Self::DoubleOf(id) => write!(f, "a double of {id}"),
            Self::Elsewhere => f.write_str("at an earlier address of this connection, or that of another stack"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "https://api.example.com/webhooks/personio-to-hellohq/absences";
    const EVENTS: &[&str] = &["absence-period.created", "absence-period.deleted"];

    fn endpoint() -> Endpoint {
        let path = "/webhooks/personio-to-hellohq/absences".to_owned();
        Endpoint { address: OWN.parse().unwrap(), path, events: EVENTS }
    }

    fn hook(id: &str, url: &str) -> Hook {
        Hook {
            id: id.to_owned(),
            url: url.to_owned(),
            description: String::new(),
            enabled: true,
            events: EVENTS.iter().map(|event| (*event).to_owned()).collect(),
            auth: String::new(),
        }
    }

    fn seen(hooks: Vec<Hook>) -> Vec<(String, bool, String)> {
        let seen = described(hooks, &endpoint()).into_iter().map(|hook| {
            let deviations: Vec<_> = hook.deviations.iter().map(ToString::to_string).collect();
            (hook.url, hook.is_own, deviations.join("; "))
        });
        seen.collect()
    }

    #[test]
    fn a_webhook_is_own_by_its_address() {
        let elsewhere = "https://old.example.com/stage/webhooks/personio-to-hellohq/absences?key=hunter2";
        let others = "https://api.example.com/webhooks/personio-to-hellohq/other-absences";
        let seen = seen(vec![hook("1", OWN), hook("2", elsewhere), hook("3", others), hook("4", "nowhere")]);
        assert_eq!(seen[0], (OWN.to_owned(), true, String::new()));
        let (url, is_own, deviations) = &seen[1];
        assert_eq!(url, "https://old.example.com/stage/webhooks/personio-to-hellohq/absences");
        assert!(!is_own && deviations.starts_with("at an earlier address"), "{deviations}");
        assert_eq!(seen[2], ("https://api.example.com/...".to_owned(), false, String::new()));
        assert_eq!(seen[3], ("(no address)".to_owned(), false, String::new()));
    }

    #[test]
    fn what_is_wrong_with_own_webhooks_is_told_and_others_are_not_judged() {
        let silent = |id, url| Hook { enabled: false, events: vec!["person.created".to_owned()], ..hook(id, url) };
        let seen = seen(vec![silent("1", OWN), silent("2", "https://hooks.example.com/hunter2"), hook("3", OWN)]);
        assert_eq!(seen[0].2, format!("disabled; without {}", EVENTS.join(", ")));
        assert_eq!(seen[1], ("https://hooks.example.com/...".to_owned(), false, String::new()));
        assert_eq!(seen[2].2, "a double of 1");
    }
}
