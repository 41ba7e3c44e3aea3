//! The connection's webhook at Personio, for the console: this flow's settings, its secret and its events around
//! [`registration`].

use admin::{Context, Error, ReadingContext, Registered, Removal, Webhook, webhook_path};
use edge::connections::read_secret;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;
use vendors::Kind;
use vendors::personio::hr::Hr;
use vendors::personio::registration::{self, Deviation, Endpoint, Registration, RegistrationError};
use vendors::personio::webhook::ABSENCE_EVENTS;
use vendors::personio::webhook_log;
use vendors::personio::webhooks::HookSecret;
use vendors::secret::{WebhookSecret, any_matches};

use super::context::{mapper, only_reading, settings, unusable};
use crate::connection::Settings;
use crate::name::NAME;

/// The webhook secrets with their values: what the functions read of them can only compare.
#[derive(Deserialize)]
struct Secrets {
    webhook_secrets: Vec<Secret>,
}

#[derive(Deserialize)]
struct Secret {
    value: SecretString,
}

/// All webhooks of the account.
///
/// # Errors
/// What Personio refuses.
pub(super) async fn list(context: ReadingContext<'_>, url: &str) -> Result<Vec<Webhook>, Error> {
    let endpoint = endpoint(url, context.name)?;
    let personio = reading_client(&context, &settings(&context)?)?;
    let webhooks = registration::list(&personio, &endpoint).await?;
    Ok(webhooks.into_iter().map(webhook).collect())
}

/// When the newest event happened that Personio was to tell the connection's webhooks at or after `since`.
///
/// # Errors
/// What Personio refuses.
pub(super) async fn last_told(
    context: ReadingContext<'_>,
    url: &str,
    since: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let personio = reading_client(&context, &settings(&context)?)?;
    let hooks = registration::own_ids(&personio, &address(url)?).await?;
    Ok(webhook_log::newest(&personio, &hooks, since).await?)
}

/// Makes the connection's webhook, or makes the one there is what it should be. Repeating it is harmless.
///
/// # Errors
/// What Personio refuses, and where no webhook secret counts.
pub(super) async fn register(context: Context<'_>, url: &str) -> Result<Registered, Error> {
    let endpoint = endpoint(url, context.name)?;
    let settings = settings(&context)?;
    let personio = client(&context, &settings)?;
    let secret = newest_secret(&context, &settings)?;
    let secret = HookSecret::in_headers(&settings.webhook_headers, &secret);
    let description = format!("hrsync: absences of the connection {}", context.name);
    let registered = registration::register(&personio, &endpoint, &description, secret).await;
    registered.map(in_the_consoles_words).map_err(not_registered)
}

/// Has Personio send a ping through the connection's webhooks.
///
/// # Errors
/// What Personio refuses, and where there is no such webhook.
pub(super) async fn ping(context: Context<'_>, url: &str) -> Result<Vec<String>, Error> {
    let address = address(url)?;
    let personio = client(&context, &settings(&context)?)?;
    let pinged = registration::ping(&personio, &address).await?;
    if pinged.is_empty() { Err(no_webhook(context.name)) } else { Ok(pinged) }
}

/// Nothing calls the connection.
pub(super) fn no_webhook(name: &str) -> Error {
    Error::Refused(format!(
        "Personio has no webhook to this connection; make it with `hrsync webhooks register {name}`"
    ))
}

/// Removes webhooks. One that is gone already counts as removed, unless it was asked for by its id.
///
/// # Errors
/// What Personio refuses, and where none has the id.
pub(super) async fn remove(context: Context<'_>, which: Removal<'_>) -> Result<Vec<String>, Error> {
    let personio = client(&context, &settings(&context)?)?;
    match which {
        Removal::To(url) => Ok(registration::remove(&personio, registration::Removal::Own(&address(url)?)).await?),
        Removal::Id(id) => match registration::remove(&personio, registration::Removal::Id(id)).await {
            Err(error) if error.kind == Kind::Gone => {
                Err(Error::Refused(format!("Personio has no webhook with the id `{id}`")))
            }
            removed => Ok(removed?),
        },
    }
}

pub(super) fn client(context: &Context<'_>, settings: &Settings) -> Result<Hr, Error> {
    Ok(mapper(context)?.accounts(context.name, 0, settings).personio)
}

/// The same that cannot write.
fn reading_client(context: &ReadingContext<'_>, settings: &Settings) -> Result<Hr, Error> {
    Ok(only_reading(context)?.accounts(context.name, 0, settings).personio)
}

fn endpoint(url: &str, connection: &str) -> Result<Endpoint, Error> {
    let path = webhook_path(NAME, connection);
    Ok(Endpoint { address: address(url)?, path, events: ABSENCE_EVENTS })
}

pub(super) fn address(url: &str) -> Result<Url, Error> {
    Url::parse(url).map_err(|error| Error::Refused(format!("the connection's address is no URL ({error})")))
}

fn newest_secret(context: &Context<'_>, settings: &Settings) -> Result<SecretString, Error> {
    let name = context.name;
    newest(context.secret, &settings.webhook_secrets, context.now)?.ok_or_else(|| {
        let what = format!("no webhook secret of `{name}` counts any more; make one with `hrsync secrets set {name}`");
        Error::Refused(what)
    })
}

/// The first of those that count now: the newest stands first.
fn newest(secret: &SecretString, counting: &[WebhookSecret], now: Timestamp) -> Result<Option<SecretString>, Error> {
    let Secrets { webhook_secrets } = read_secret(secret).map_err(unusable)?;
    let counts = |secret: &Secret| any_matches(counting, secret.value.expose_secret().as_bytes(), now);
    Ok(webhook_secrets.into_iter().find(counts).map(|secret| secret.value))
}

fn not_registered(error: RegistrationError) -> Error {
    match error {
        RegistrationError::Vendor(error) => error.into(),
        RegistrationError::Unlisted(_) => Error::Refused(error.to_string()),
    }
}

fn webhook(found: registration::Webhook) -> Webhook {
    let registration::Webhook { id, url, is_own, enabled, events, deviations } = found;
    Webhook { id, url, is_own, enabled, events, wrong: in_words(&deviations) }
}

fn in_the_consoles_words(registered: registration::Registered) -> Registered {
    let registration::Registered { id, registration, others } = registered;
    match registration {
        Registration::Created => Registered { id, made: true, changed: Vec::new(), others },
        Registration::Updated { changed } => Registered { id, made: false, changed: in_words(&changed), others },
    }
}

fn in_words(deviations: &[Deviation]) -> Vec<String> {
    deviations.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_secret_that_counts_is_given() {
        let now = "2026-03-01T10:00:00Z".parse().unwrap();
        let given = |secret: &str| {
            #[derive(Deserialize)]
            struct Counting {
                webhook_secrets: Vec<WebhookSecret>,
            }
            let Counting { webhook_secrets } = serde_json::from_str(secret).unwrap();
            let newest = newest(&secret.into(), &webhook_secrets, now).unwrap();
            newest.map(|newest| newest.expose_secret().to_owned())
        };
        let rotated = r#"{"webhook_secrets": [{"value": "short"}, {"value": "the-new-secret-value"},
            {"value": "the-old-secret-value", "not_after": "2026-03-02T10:00:00Z"}], "hellohq_token": "t"}"#;
        assert_eq!(given(rotated).as_deref(), Some("the-new-secret-value"));
        let ended = r#"{"webhook_secrets": [{"value": "the-old-secret-value", "not_after": "2026-03-01T10:00:00Z"}]}"#;
        assert_eq!(given(ended), None);
    }
}
