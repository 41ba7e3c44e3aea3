//! A user as it is read: with `schemas`, `id` and `meta`, and without what the server drops.

use serde_json::{Value, json};

use super::account::{Account, Dropped};
use super::attributes::{ENTERPRISE, USER};
use super::resource::Attributes;
use super::user::User;

/// Where the user can be read.
pub(super) fn location(user: &User, base: &str) -> String {
    format!("{base}/Users/{}", user.id)
}

/// Everything that the server knows: what filters look at.
pub(super) fn full(user: &User, base: &str) -> Attributes {
    let mut shown = user.attributes.clone();
    let schemas = if shown.contains_key(ENTERPRISE) { json!([USER, ENTERPRISE]) } else { json!([USER]) };
    let meta = json!({
        "resourceType": "User",
        "created": format!("{:.3}", user.created),
        "lastModified": format!("{:.3}", user.modified),
        "location": location(user, base),
    });
    shown.extend(
        [("schemas", schemas), ("id", json!(user.id)), ("meta", meta)].map(|(name, value)| (name.to_owned(), value)),
    );
    shown
}

/// What the server tells.
pub(super) fn shown(user: &User, base: &str, account: &Account) -> Attributes {
    let mut shown = full(user, base);
    if account.display_name_follows_name {
        let display = display_name(&shown);
        shown.insert("displayName".to_owned(), json!(display));
    }
    account.drops.iter().for_each(|dropped| drop_from(&mut shown, *dropped));
    let meta = shown.get_mut("meta").and_then(Value::as_object_mut).filter(|_| account.no_location);
    meta.into_iter().for_each(|meta| drop(meta.remove("location")));
    shown
}

fn display_name(shown: &Attributes) -> String {
    let part = |name: &str| shown.get("name").and_then(|names| names.get(name)).and_then(Value::as_str);
    let names: Vec<_> = ["givenName", "familyName"].into_iter().filter_map(part).collect();
    part("formatted").map_or_else(|| names.join(" "), str::to_owned)
}

fn drop_from(shown: &mut Attributes, dropped: Dropped) {
    match dropped {
        Dropped::Title => drop(shown.remove("title")),
        Dropped::ExternalId => drop(shown.remove("externalId")),
        Dropped::Meta => drop(shown.remove("meta")),
        Dropped::Enterprise => {
            shown.remove(ENTERPRISE);
            shown.insert("schemas".to_owned(), json!([USER]));
        }
        Dropped::EmailType => {
            let emails = shown.get_mut("emails").and_then(Value::as_array_mut);
            for email in emails.into_iter().flatten().filter_map(Value::as_object_mut) {
                email.remove("type");
            }
        }
    }
}
