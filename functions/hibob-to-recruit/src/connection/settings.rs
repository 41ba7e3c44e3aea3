//! A connection of this flow: its file (TOML) and its secret (JSON), read into types.

use std::time::Duration;

use edge::Head;
use edge::connections::read_secret;
use jiff::Timestamp;
use ledger::RateLimit;
use mapping::document::{self, Fault};
use mapping::hibob_to_recruit::{OpeningRules, WhenLastGone};
use secrecy::SecretString;
use serde::Deserialize;
use vendors::Http;
use vendors::hibob::account as hibob;
use vendors::hibob::webhook::Event;
use vendors::recruit::Tokens;
use vendors::recruit::account as recruit;
use vendors::recruit::careers::Feed;
use vendors::recruit::client::Recruit;
use vendors::recruit::way::Ways;
use vendors::secret::WebhookSecret;
use vendors::value::BaseUrl;

use super::budgets::Budgets;
use super::file::{self, File};
use super::read_fields::ReadFields;
use super::sweep_settings::SweepSettings;

/// A connection file.
#[derive(Debug, Clone)]
pub struct Connection {
    /// What every connection has.
    pub head: Head,
    /// What Recruit gets.
    pub rules: OpeningRules,
    /// The fields that are asked of HiBob.
    pub fields: ReadFields,
    /// How many steps one day may bring.
    pub budgets: Budgets,
    /// How often the connection is swept.
    pub sweeps: SweepSettings,
    hibob: file::Hibob,
    hibob_url: BaseUrl,
    recruit: file::Recruit,
    recruit_url: BaseUrl,
    careers: Option<Feed>,
}

/// What the functions work with: file and secret together.
#[derive(Debug)]
pub struct Settings {
    /// What Recruit gets.
    pub rules: OpeningRules,
    /// The fields that are asked of HiBob.
    pub fields: ReadFields,
    /// How many steps one day may bring.
    pub budgets: Budgets,
    /// How often the connection is swept.
    pub sweeps: SweepSettings,
    /// The company's account at HiBob.
    pub hibob: hibob::Account,
    /// The webhook secrets, which are HiBob's.
    pub webhook_secrets: Vec<WebhookSecret>,
    /// How late Recruit may show something new.
    pub visible_within: Duration,
    /// Whether Recruit shows hrsync the positions that hrsync has made.
    pub sees_new_positions: bool,
    /// Whether positions are made with an id of ours.
    pub sends_custom_id: bool,
    /// How what Recruit does not document is done.
    pub ways: Ways,
    /// The public feed that tells locations.
    pub careers: Option<Feed>,
    recruit: recruit::Account,
    tokens: Tokens,
    hibob_calls: u32,
    recruit_calls: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Secret {
    webhook_secrets: Vec<WebhookSecret>,
    hibob_service_user: String,
    hibob_token: SecretString,
    recruit_api_key: String,
    recruit_secret: SecretString,
}

impl Connection {
    /// Reads a connection file. `local`: the stack itself is local, so vendors may be twins on loopback.
    ///
    /// # Errors
    /// Every fault, by line.
    pub fn read(document: &str, local: bool) -> Result<Self, Vec<Fault>> {
        let File { head, hibob, recruit, careers, rules, budgets, sweeps } = document::read(document)?;
        let hibob_url = hibob.base_url.parse(document, local);
        let recruit_url = recruit.base_url.parse(document, local);
        let fields = ReadFields::of(&rules).map_err(|error| Fault { line: 1, what: error.to_string() });
        let careers = careers.map(|careers| feed(careers, document, local)).transpose();
        match (hibob_url, recruit_url, careers, fields) {
            (Ok(hibob_url), Ok(recruit_url), Ok(careers), Ok(fields)) => {
                Ok(Self { head, rules, fields, budgets, sweeps, hibob, hibob_url, recruit, recruit_url, careers })
            }
            (hibob, recruit, careers, fields) => {
                Err([hibob.err(), recruit.err(), careers.err(), fields.err()].into_iter().flatten().collect())
            }
        }
    }

    /// What Recruit is not told because the file names no call for it, in sentences for whoever applies the file.
    #[must_use]
    pub fn unsupported(&self) -> Vec<String> {
        let Ways { update_opening, cancel_opening, list_openings, read_opening, set_position_status } =
            &self.recruit.ways;
        let ends_positions = self.rules.policies.last_opening_gone != WhenLastGone::Leave;
        let rows = [
            (update_opening.is_none(), "update_opening", "changes of openings are told to the owner and not written"),
            (
                cancel_opening.is_none(),
                "cancel_opening",
                "cancelled openings are told to the owner and stay open in Recruit",
            ),
            (
                list_openings.is_none(),
                "list_openings",
                "an opening whose creation got no answer waits for a person, and openings made by hand are not reported",
            ),
            (read_opening.is_none(), "read_opening", "only HiBob is asked whether somebody was hired"),
            (
                set_position_status.is_none() && ends_positions,
                "set_position_status",
                "a position whose last opening is cancelled stays as it is, and the owner is told",
            ),
        ];
        let missing = rows.into_iter().filter(|(is_missing, ..)| *is_missing);
        missing.map(|(_, key, what)| format!("`recruit.{key}` is \"unsupported\": {what}")).collect()
    }
}

impl Settings {
    /// Reads file and secret.
    ///
    /// # Errors
    /// Everything wrong with the first of them that is wrong.
    pub fn read(document: &str, secret: &SecretString, local: bool) -> Result<Self, Vec<String>> {
        let lines = |faults: Vec<Fault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
        let connection = Connection::read(document, local).map_err(lines)?;
        let secret: Secret = read_secret(secret)?;
        let Connection { rules, fields, budgets, sweeps, hibob, hibob_url, recruit, recruit_url, careers, .. } =
            connection;
        Ok(Self {
            rules,
            fields,
            budgets,
            sweeps,
            hibob: hibob::Account {
                base_url: hibob_url,
                service_user: secret.hibob_service_user,
                token: secret.hibob_token,
            },
            webhook_secrets: secret.webhook_secrets,
            visible_within: recruit.visible_within,
            sees_new_positions: recruit.sees_new_positions,
            sends_custom_id: recruit.sends_custom_id,
            ways: recruit.ways,
            careers,
            recruit: recruit::Account {
                base_url: recruit_url,
                api_key: secret.recruit_api_key,
                secret: secret.recruit_secret,
            },
            tokens: Tokens::default(),
            hibob_calls: hibob.calls_per_minute,
            recruit_calls: recruit.calls_per_minute,
        })
    }

    /// Whether an event may be about a field that the connection reads.
    #[must_use]
    pub fn reads_what_changed(&self, event: &Event) -> bool {
        self.fields.hold_what_changed(event)
    }

    /// A client of the connection's account at Recruit.
    #[must_use]
    pub fn recruit(&self, http: &Http, now: Timestamp) -> Recruit {
        Recruit::new(http.clone(), self.recruit.clone(), self.tokens.clone(), self.ways.clone(), now)
    }

    /// How far apart calls of Recruit are that follow one another without a turn of their own.
    #[must_use]
    pub fn between_recruit_calls(&self) -> Duration {
        spacing(self.recruit_calls)
    }

    /// What tells the account at Recruit from others.
    #[must_use]
    pub fn recruit_key(&self) -> String {
        self.recruit.key()
    }

    /// HiBob's limit, which all connections to the account share. Its limits are per endpoint: this one holds for each.
    #[must_use]
    pub fn hibob_limit(&self) -> RateLimit {
        RateLimit::new(format!("hibob#{}", self.hibob.key()), spacing(self.hibob_calls))
    }

    /// How far apart calls of HiBob are that follow one another without a turn of their own.
    #[must_use]
    pub fn between_hibob_calls(&self) -> Duration {
        spacing(self.hibob_calls)
    }

    /// Recruit's limit, which all connections to the account share.
    #[must_use]
    pub fn recruit_limit(&self) -> RateLimit {
        RateLimit::new(format!("recruit#{}", self.recruit.key()), spacing(self.recruit_calls))
    }
}

fn feed(careers: file::Careers, document: &str, local: bool) -> Result<Feed, Fault> {
    let file::Careers { base_url, company, token } = careers;
    Ok(Feed { base_url: base_url.parse(document, local)?, company, token })
}

fn spacing(calls_per_minute: u32) -> Duration {
    Duration::from_secs(60) / calls_per_minute.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../connection.example.toml");
    const LEAST: &str = "flow = \"hibob-to-recruit\"\nname = \"openings\"\nowner = \"a@example.com\"\n";
    const SECRET: &str = r#"{"webhook_secrets": [{"value": "0123456789abcdef"}], "hibob_service_user": "SERVICE-1",
        "hibob_token": "tok-2", "recruit_api_key": "key", "recruit_secret": "s"}"#;

    fn faults(document: &str) -> String {
        let faults = Connection::read(document, false).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    /// What is told of a file with these tables.
    fn unsupported(tables: &str) -> Vec<String> {
        let told = Connection::read(&format!("{LEAST}{tables}"), false).unwrap().unsupported();
        told.iter().map(|told| told.split('`').nth(1).unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn the_example_is_a_whole_connection() {
        let connection = Connection::read(EXAMPLE, false).unwrap();
        assert_eq!((connection.head.name.as_str(), connection.head.flow.as_str()), ("openings", crate::name::NAME));
        let settings = Settings::read(EXAMPLE, &SECRET.into(), false).unwrap();
        assert_eq!((settings.sweeps.every_hours, settings.budgets), (1, Budgets::default()));
        assert_eq!((settings.visible_within.as_secs(), settings.sees_new_positions), (120, true));
        assert_eq!(settings.ways, Ways::default());
    }

    #[test]
    fn the_least_file_has_the_examples_defaults() {
        let (least, example) = (Connection::read(LEAST, false).unwrap(), Connection::read(EXAMPLE, false).unwrap());
        assert_eq!(least.rules, example.rules);
        assert_eq!(least.rules, OpeningRules::default());
        assert_eq!((least.fields, least.budgets), (example.fields, example.budgets));
        assert_eq!(format!("{:?}", least.sweeps), format!("{:?}", example.sweeps));
        assert_eq!((least.hibob_url, least.recruit_url), (example.hibob_url, example.recruit_url));
        assert_eq!(format!("{:?}", least.recruit.ways), format!("{:?}", example.recruit.ways));
        assert_eq!(least.recruit.visible_within, example.recruit.visible_within);
        assert_eq!(least.hibob.calls_per_minute, example.hibob.calls_per_minute);
        assert_eq!(least.recruit.calls_per_minute, example.recruit.calls_per_minute);
    }

    /// A line of the example, without the mark of a comment where it is a key that is left out.
    fn given(line: &str) -> &str {
        let is_key = |(key, _): (&str, &str)| key.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_');
        let is_table = |line: &str| line.starts_with('[') && line.ends_with(']');
        let is_left_out = |line: &&str| is_table(line) || line.split_once(" = ").is_some_and(is_key);
        line.strip_prefix("# ").filter(is_left_out).unwrap_or(line)
    }

    #[test]
    fn the_keys_that_the_example_leaves_out_can_be_given() {
        let lines = EXAMPLE.lines().filter(|line| !line.ends_with("= \"unsupported\""));
        let whole: Vec<&str> = lines.map(given).collect();
        let connection = Connection::read(&whole.join("\n"), false).unwrap();
        assert_eq!(connection.unsupported(), Vec::<String>::new());
        let rules = connection.rules;
        assert!(rules.position.clones() && rules.position.reads_manager() && rules.approval.field.is_some());
        assert!(rules.opening_fields().iter().any(|field| field.as_str() == "/positionOpening/id"));
    }

    #[test]
    fn everything_wrong_is_listed_at_once_with_its_line() {
        let wrong = EXAMPLE
            .replace("calls_per_minute = 90", "calls_per_minute = 0")
            .replace("shows_within_seconds = 120", "shows_within_seconds = 3601")
            .replace("cancel_opening = \"unsupported\"", "cancel_opening = \"no\"")
            .replace("statuses = [\"vacant\"", "statuses = [\"vacated\"")
            .replace("moved = \"tell\"", "moved = \"keep\"")
            .replace("cancellations = 50", "cancellations = -1")
            .replace("every_hours = 1", "every_hours = 5");
        insta::assert_snapshot!(faults(&wrong), @r"
        line 25: `calls_per_minute` is from 1 to 60000
        line 37: `shows_within_seconds` is from 0 to 3600
        line 52: `no` is neither `unsupported` nor a table of `method`, `path` and `body`
        line 72: `vacated` is none of `vacant`, `starting`, `filled`, `departing`, `onHold`, `cancelledSoon`, `canceledSoon`, `cancelled`, `canceled`; did you mean `vacant`?
        line 122: `keep` is none of `tell`, `recreate`
        line 134: out of range of 'u32'
        line 139: `every_hours` is 1, 2, 3, 4, 6, 8, 12 or 24
        ");
    }

    #[test]
    fn addresses_are_those_of_vendors() {
        let odd = |url: &str| format!("{LEAST}[hibob]\nbase_url = \"{url}\"\n[recruit]\nbase_url = \"{url}\"\n");
        let plain = odd("http://127.0.0.1:9");
        assert_eq!(faults(&plain).lines().count(), 2, "{}", faults(&plain));
        assert!(Connection::read(&plain, true).is_ok(), "twins of a local stack");
    }

    #[test]
    fn more_fields_than_a_search_takes_are_a_fault() {
        let custom: Vec<String> =
            (0..60).map(|number| format!("f{number} = {{ field = \"/positionOpening/field_{number}\" }}")).collect();
        let many = format!("{LEAST}[opening.custom_fields]\n{}\n", custom.join("\n"));
        insta::assert_snapshot!(faults(&many), @"line 1: 68 fields, and HiBob takes at most 50 in a search, ids and start dates included");
    }

    #[test]
    fn what_recruit_is_not_told_is_said() {
        let always =
            ["recruit.update_opening", "recruit.cancel_opening", "recruit.list_openings", "recruit.read_opening"];
        assert_eq!(unsupported(""), always);
        let closing = "[policies]\nlast_opening_gone = \"close\"\n";
        assert_eq!(unsupported(closing).last().unwrap(), "recruit.set_position_status");
        let cancel = "[recruit]\ncancel_opening = { method = \"DELETE\", path = \"/openings/{uid}\" }\n";
        assert!(!unsupported(cancel).contains(&"recruit.cancel_opening".to_owned()));
    }

    #[test]
    fn a_secret_is_whole_and_nothing_of_it_is_shown() {
        let settings = Settings::read(EXAMPLE, &SECRET.into(), false).unwrap();
        let shown = format!("{settings:?}");
        for secret in ["0123456789abcdef", "tok-2", "\"s\""] {
            assert!(!shown.contains(secret), "{shown}");
        }
        for key in ["webhook_secrets", "hibob_service_user", "hibob_token", "recruit_api_key", "recruit_secret"] {
            let lacking = Settings::read(EXAMPLE, &SECRET.replace(key, "other").into(), false).unwrap_err().join("");
            assert!(lacking.contains("other") || lacking.contains(key), "{lacking}");
        }
    }

    #[test]
    fn calls_are_spaced_by_what_the_file_allows() {
        let tables = "[hibob]\ncalls_per_minute = 60\n";
        let settings = Settings::read(&format!("{LEAST}{tables}"), &SECRET.into(), false).unwrap();
        assert_eq!(settings.between_hibob_calls(), Duration::from_secs(1));
    }
}
