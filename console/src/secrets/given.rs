//! New values of a connection's secret: from a JSON object or asked for on the terminal.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, stdin};

use admin::{Flow, SecretMaker};
use serde_json::{Map, Value};

use crate::ends::Failure;
use crate::secrets::kept::{Given, Kept, WEBHOOK_SECRET, shortest};
use crate::{flows, say};

/// Characters that need no escape in a URL, a header or a form field: six bits each.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/// Characters of a generated secret: 258 bits.
const LENGTH: usize = 43;

/// Reads the JSON object in `file`, or on standard input where that is `-`.
pub(crate) fn from_file(file: &str, flow: &Flow) -> Result<Given, Failure> {
    let mut piped = String::new();
    let text = match file {
        "-" => stdin().read_to_string(&mut piped).map(|_| piped),
        path => fs::read_to_string(path),
    };
    let text = text.map_err(|error| Failure::Refused(format!("{file} cannot be read ({error}); check the path")))?;
    read(&text, flow).map_err(|what| Failure::Refused(format!("{file}: {what}; nothing was written")))
}

fn read(text: &str, flow: &Flow) -> Result<Given, String> {
    // serde_json's own message may quote a value
    let object: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
        format!(
            "this is no JSON object (line {}, column {}); it must be {{\"key\": \"value\"}}",
            error.line(),
            error.column()
        )
    })?;
    let mut given = Given::default();
    for (key, value) in object {
        let known = keys(flow);
        if !known.contains(&key.as_str()) {
            return Err(format!("`{key}` is no secret of {}; {}", flow.name, flows::meant(&key, known.into_iter())));
        }
        let Value::String(value) = value else { return Err(format!("`{key}` must be a text in quotes")) };
        fits(flow, &key, &value)?;
        match key.as_str() {
            WEBHOOK_SECRET => given.webhook_secret = Some(value),
            _ => drop(given.keys.insert(key, value)),
        }
    }
    Ok(given)
}

fn keys(flow: &Flow) -> Vec<&'static str> {
    let incoming = flow.webhook.is_some().then_some(WEBHOOK_SECRET);
    incoming.into_iter().chain(flow.secrets.iter().map(|it| it.name)).collect()
}

/// Vendors decide how long their own secrets are; of ours a short one would never count.
fn fits(flow: &Flow, key: &str, value: &str) -> Result<(), String> {
    let shortest = if key == WEBHOOK_SECRET { shortest(flow) } else { 1 };
    if value.len() < shortest {
        return Err(match shortest {
            1 => format!("`{key}` is empty"),
            _ => format!("`{key}` is too short: it needs {shortest} characters or more"),
        });
    }
    if value.trim() != value || value.chars().any(char::is_control) {
        return Err(format!("`{key}` begins or ends with a blank, or holds a line break; copy it again"));
    }
    Ok(())
}

/// Asks for each key on the terminal. The second value is the webhook secret where it was generated: it has to be shown
/// once, for nobody knows it yet.
pub(crate) fn ask(flow: &Flow, kept: &Kept) -> Result<(Given, Option<String>), Failure> {
    let mut given = Given::default();
    let mut generated = None;
    if let Some(hint) = &flow.webhook {
        let answer = answered(flow, WEBHOOK_SECRET, webhook_prompt(kept, hint.made_by))?;
        given.webhook_secret = match meant(answer, kept, hint.made_by) {
            Meant::Secret(secret) => Some(secret),
            Meant::Nothing => None,
            Meant::Generated => {
                generated = Some(generate()?);
                generated.clone()
            }
        };
    }
    given.keys = ask_keys(flow, kept)?;
    Ok((given, generated))
}

/// Asks for each of the flow's keys. Those with an empty answer are left out.
pub(crate) fn ask_keys(flow: &Flow, kept: &Kept) -> Result<BTreeMap<String, String>, Failure> {
    let mut keys = BTreeMap::new();
    for key in flow.secrets {
        let empty = if kept.keys.contains_key(key.name) { "keeps the present one" } else { "leaves it unset" };
        say::aside(format!("{}: {}", key.name, key.hint));
        let answer = answered(flow, key.name, &format!("{} (empty {empty}): ", key.name))?;
        if !answer.is_empty() {
            keys.insert(key.name.to_owned(), answer);
        }
    }
    Ok(keys)
}

/// The answer that has a webhook secret generated in the place of the present one: shorter than any secret may be.
const NEW: &str = "new";

/// What an answer to the prompt for the webhook secret means.
#[derive(Debug, PartialEq, Eq)]
enum Meant {
    Secret(String),
    Nothing,
    /// One is to be generated.
    Generated,
}

/// An empty answer never ends what stands, and a vendor's own secret is never made up here.
fn meant(answer: String, kept: &Kept, made_by: SecretMaker) -> Meant {
    match (answer.as_str(), made_by) {
        (NEW, SecretMaker::Us) => Meant::Generated,
        ("", SecretMaker::Us) if kept.incoming.is_empty() => Meant::Generated,
        ("", SecretMaker::Us | SecretMaker::Vendor) => Meant::Nothing,
        _ => Meant::Secret(answer),
    }
}

fn webhook_prompt(kept: &Kept, made_by: SecretMaker) -> &'static str {
    match (made_by, kept.incoming.is_empty()) {
        (SecretMaker::Us, true) => "webhook_secret (empty generates one): ",
        (SecretMaker::Us, false) => {
            "webhook_secret (empty keeps the present one; `new` generates another, and the present one will end): "
        }
        (SecretMaker::Vendor, true) => "webhook_secret (the vendor's; empty leaves it unset): ",
        (SecretMaker::Vendor, false) => {
            "webhook_secret (the vendor's; empty keeps the present one, which ends otherwise): "
        }
    }
}

/// Asks until the answer fits, is empty, or asks for a new webhook secret.
fn answered(flow: &Flow, key: &str, prompt: &str) -> Result<String, Failure> {
    let is_ours = flow.webhook.as_ref().is_some_and(|hint| hint.made_by == SecretMaker::Us);
    loop {
        let answer = rpassword::prompt_password(prompt).map_err(|error| {
            Failure::Refused(format!(
                "there is no terminal to ask on ({error}); give the values with --from FILE, or --from -"
            ))
        })?;
        let free = answer.is_empty() || (key == WEBHOOK_SECRET && answer == NEW && is_ours);
        match fits(flow, key, &answer) {
            Err(what) if !free => say::aside(what),
            _ => return Ok(answer),
        }
    }
}

/// A new webhook secret from the system's random numbers.
fn generate() -> Result<String, Failure> {
    let mut random = [0; LENGTH];
    let read = fs::File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut random));
    read.map_err(|error| {
        Failure::Refused(format!("the system gives no random numbers ({error}); make up a webhook secret yourself"))
    })?;
    Ok(spelled(&random))
}

fn spelled(random: &[u8]) -> String {
    random.iter().filter_map(|byte| ALPHABET.get(usize::from(byte & 63))).copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOW: Flow = heyflow_to_personio::FLOW;

    fn wrong(text: &str) -> String {
        read(text, &FLOW).err().unwrap()
    }

    #[test]
    fn any_of_the_keys_may_be_given() {
        let given =
            read(r#"{"webhook_secret": "0123456789abcdef", "personio_recruiting_token": "t"}"#, &FLOW).ok().unwrap();
        assert_eq!(given.webhook_secret.as_deref(), Some("0123456789abcdef"));
        assert_eq!(given.keys["personio_recruiting_token"], "t");
        assert!(read("{}", &FLOW).ok().unwrap().webhook_secret.is_none());
    }

    #[test]
    fn a_mistyped_key_is_told_with_the_nearest() {
        let expected =
            "`personio_token` is no secret of heyflow-to-personio; did you mean `personio_recruiting_token`?";
        assert_eq!(wrong(r#"{"personio_token": "hunter2hunter2"}"#), expected);
        let silent = Flow { webhook: None, ..FLOW };
        assert!(read(r#"{"webhook_secret": "0123456789abcdef"}"#, &silent).err().unwrap().contains("is no secret of"));
    }

    #[test]
    fn a_webhook_secret_that_would_never_count_is_refused() {
        assert_eq!(
            wrong(r#"{"webhook_secret": "0123456789abcde"}"#),
            "`webhook_secret` is too short: it needs 16 characters or more"
        );
        assert!(wrong(r#"{"personio_recruiting_token": ""}"#).contains("is empty"));
        assert!(wrong(r#"{"personio_recruiting_token": "token\n"}"#).contains("line break"));
    }

    fn held(incoming: &str) -> Kept {
        Kept::read(&format!(r#"{{"webhook_secrets": [{incoming}]}}"#)).unwrap()
    }

    #[test]
    fn the_vendor_decides_how_long_its_own_webhook_secret_is() {
        let flow = hibob_to_recruit::FLOW;
        let given = read(r#"{"webhook_secret": "short"}"#, &flow).ok().unwrap();
        assert_eq!(given.webhook_secret.as_deref(), Some("short"));
        assert_eq!(read(r#"{"webhook_secret": ""}"#, &flow).err().unwrap(), "`webhook_secret` is empty");
    }

    #[test]
    fn an_empty_answer_keeps_what_stands_and_a_new_one_is_asked_for_by_word() {
        let (none, one) = (held(""), held(r#"{"value": "0123456789abcdef"}"#));
        let meant = |answer: &str, kept, made_by| meant(answer.to_owned(), kept, made_by);
        assert_eq!(meant("", &one, SecretMaker::Us), Meant::Nothing);
        assert_eq!(meant("new", &one, SecretMaker::Us), Meant::Generated);
        assert_eq!(meant("", &none, SecretMaker::Us), Meant::Generated);
        for kept in [&none, &one] {
            assert_eq!(meant("", kept, SecretMaker::Vendor), Meant::Nothing);
            for made_by in [SecretMaker::Us, SecretMaker::Vendor] {
                let secret = "0123456789abcdef";
                assert_eq!(meant(secret, kept, made_by), Meant::Secret(secret.to_owned()));
            }
        }
        let of_vendor = hibob_to_recruit::FLOW.webhook.unwrap();
        assert_eq!((of_vendor.made_by, FLOW.webhook.unwrap().made_by), (SecretMaker::Vendor, SecretMaker::Us));
    }

    #[test]
    fn the_prompt_says_what_an_empty_answer_does() {
        let one = held(r#"{"value": "0123456789abcdef"}"#);
        let none = held("");
        for (kept, made_by, said) in [
            (&none, SecretMaker::Us, "empty generates one"),
            (&one, SecretMaker::Us, "empty keeps the present one"),
            (&none, SecretMaker::Vendor, "empty leaves it unset"),
            (&one, SecretMaker::Vendor, "empty keeps the present one"),
        ] {
            let prompt = webhook_prompt(kept, made_by);
            assert!(prompt.contains(said), "{prompt}");
        }
    }

    #[test]
    fn no_message_shows_a_value() {
        for text in [
            r#""hunter2""#,
            r#"{"webhook_secret": "hunter2"}"#,
            r#"{"personio_recruiting_token": ["hunter2"]}"#,
            r#"{"a": hunter2}"#,
        ] {
            assert!(!wrong(text).contains("hunter2"), "{text}");
        }
    }

    #[test]
    fn a_generated_secret_is_long_plain_and_new_each_time() {
        let one = generate().unwrap();
        let other = generate().unwrap();
        assert_eq!(one.len(), 43);
        assert!(one.bytes().all(|byte| ALPHABET.contains(&byte)));
        assert_ne!(one, other);
    }

    #[test]
    fn every_byte_spells_a_character_and_all_characters_come_up_alike() {
        let spelled = spelled(&(0..=255).collect::<Vec<u8>>());
        assert_eq!(spelled.len(), 256);
        assert!(ALPHABET.iter().all(|letter| spelled.bytes().filter(|byte| byte == letter).count() == 4));
    }
}
