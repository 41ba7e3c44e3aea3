//! What an item of the table shows of a person who is to be forgotten. Pure: an item in, a judgement out.

use std::collections::BTreeSet;
use std::fmt;

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::Value;

use crate::subject::Subject;
use crate::table::{Item, text};

/// What stands for a person in a connection's items. Grows while items are read: one names the next. Its `Debug` shows
/// nothing of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Traces {
    /// Names as people use them, above all e-mail addresses; in lower case.
    pub words: BTreeSet<String>,
    /// Objects of the source.
    pub subjects: BTreeSet<Subject>,
    /// Ids of events.
    pub events: BTreeSet<String>,
    /// What intents are about: of submissions the target's applicants, as keyed hashes.
    pub things: BTreeSet<String>,
    /// Ids of failures.
    pub failures: BTreeSet<String>,
}

/// What a link says of itself: whose it is in other words than its subject's, and which objects are its parts. Its `Debug`
/// shows nothing of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct LinkNames {
    /// Whose the link is.
    pub words: Vec<String>,
    /// Its parts.
    pub parts: Vec<Subject>,
}

/// Reads what a link's state says of itself.
pub type NamesOf = fn(&Value) -> LinkNames;

/// What becomes of an item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Judged {
    /// It shows nothing of the person.
    Stays,
    /// It goes. Its kind: the first part of its key.
    Goes(&'static str),
    /// The person's part of it goes.
    Shrinks(Item),
}

const WHOLE: [&str; 13] = [
    "link", "claim", "pending", "waiting", "decision", "told", "open", "failure", "receipt", "upload", "replays",
    "intent", "unmailed",
];

impl fmt::Debug for LinkNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LinkNames").finish_non_exhaustive()
    }
}

impl fmt::Debug for Traces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Traces").finish_non_exhaustive()
    }
}

impl Traces {
    /// All names by which a queued message may know the person.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let subjects = self.subjects.iter().map(ToString::to_string);
        let events = self.events.iter().map(|event| format!("event/{event}"));
        self.words.iter().cloned().chain(subjects).chain(events).collect()
    }

    /// How much is known.
    pub(crate) fn len(&self) -> usize {
        [self.words.len(), self.subjects.len(), self.events.len(), self.things.len(), self.failures.len()].iter().sum()
    }

    fn has_word(&self, value: &str) -> bool {
        self.words.contains(&value.trim().to_lowercase())
    }

    fn has_subject(&self, value: &str) -> bool {
        value.parse().is_ok_and(|subject: Subject| self.subjects.contains(&subject))
    }

    /// Whether a text says one of the words, as a word of its own.
    fn is_said_in(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        let part = |c: char| c.is_alphanumeric() || "@.-_+%".contains(c);
        let stands_alone = |word: &String, at: usize| {
            let before = text.get(..at).and_then(|it| it.chars().next_back());
            let after = text.get(at + word.len()..).and_then(|it| it.chars().next());
            !before.is_some_and(part) && !after.is_some_and(|c| part(c) && c != '.')
        };
        self.words.iter().any(|word| text.match_indices(word.as_str()).any(|(at, _)| stands_alone(word, at)))
    }

    /// What becomes of an item of `connection`. What it names beside is learned.
    pub(crate) fn judge(&mut self, connection: &str, item: &Item, names_of: NamesOf) -> Judged {
        let (pk, sk) = (string(item, "pk"), string(item, "sk"));
        let mut parts = pk.split('#');
        let kind = parts.next().unwrap_or_default();
        let owned = match kind {
            "unmailed" => sk.split_once('/').map(|(owner, _)| owner),
            "intent" => string(item, "event").split_once('#').map(|(owner, _)| owner),
            _ => parts.next(),
        };
        if owned != Some(connection) {
            return Judged::Stays;
        }
        let goes = match kind {
            "link" => self.is_links(item, sk, names_of),
            "claim" => self.is_claims(item, sk),
            "pending" | "waiting" | "decision" | "told" => self.has_subject(sk),
            "open" => self.failures.contains(string(item, "failure")),
            "failure" => self.is_failures(item, sk),
            "receipt" | "upload" | "replays" => parts.next().is_some_and(|event| self.events.contains(event)),
            "intent" => self.is_intents(item, parts.next().unwrap_or_default()),
            "unmailed" => sk.split_once('/').is_some_and(|(_, failure)| self.failures.contains(failure)),
            "guard" | "sweep" => return self.shrunk(item, sk),
            _ => false,
        };
        match WHOLE.iter().find(|known| **known == kind) {
            Some(kind) if goes => Judged::Goes(kind),
            _ => Judged::Stays,
        }
    }

    fn is_links(&mut self, item: &Item, sk: &str, names_of: NamesOf) -> bool {
        let names = item.get("state").map(|state| names_of(&json(state))).unwrap_or_default();
        let is_said = names.words.iter().any(|word| self.has_word(word));
        if !is_said && !self.has_subject(sk) {
            return false;
        }
        self.subjects.extend(sk.parse());
        self.subjects.extend(names.parts);
        true
    }

    fn is_claims(&mut self, item: &Item, sk: &str) -> bool {
        let subject = string(item, "subject");
        // some targets make ids of addresses
        if self.has_word(sk) {
            self.subjects.extend(subject.parse());
        }
        self.has_word(sk) || self.has_subject(subject)
    }

    fn is_intents(&mut self, item: &Item, thing: &str) -> bool {
        let event = string(item, "event").split_once('#').map(|(_, event)| event).unwrap_or_default();
        if self.things.contains(thing) {
            self.events.insert(event.to_owned());
        }
        self.events.contains(event)
    }

    fn is_failures(&mut self, item: &Item, id: &str) -> bool {
        let message = string(item, "message");
        // what a receiver could not read is no message
        let read: Value = serde_json::from_str(message).unwrap_or_default();
        let event = read.get("event").and_then(Value::as_str).map(str::to_owned);
        let about = ["/body/about", "/body/owner"].map(|place| read.pointer(place).and_then(Value::as_str));
        let is_theirs = event.as_ref().is_some_and(|event| self.events.contains(event))
            || about.into_iter().flatten().any(|subject| self.has_subject(subject))
            || self.is_told_by_id(item)
            || [message, string(item, "original")].iter().any(|text| self.is_said_in(text));
        if is_theirs {
            self.failures.insert(id.to_owned());
            self.events.extend(event);
        }
        is_theirs
    }

    /// Failures name their objects by kind and id.
    fn is_told_by_id(&self, item: &Item) -> bool {
        let ids = item.get("ids").and_then(|ids| ids.as_l().ok());
        ids.into_iter().flatten().filter_map(|id| id.as_m().ok()).any(|id| {
            let subject = format!("{}/{}", string(id, "name"), string(id, "value"));
            self.has_subject(&subject)
        })
    }

    /// Lists of many objects: budgets, and what sweeps keep.
    fn shrunk(&self, item: &Item, sk: &str) -> Judged {
        if sk.split_once("#go#").is_some_and(|(_, subject)| self.has_subject(subject)) {
            return Judged::Goes("guard");
        }
        let mut kept = item.clone();
        for name in ["subjects", "lines"] {
            let Some(value) = item.get(name) else { continue };
            match self.without(value) {
                Some(value) => kept.insert(name.to_owned(), value),
                None => kept.remove(name),
            };
        }
        if kept == *item { Judged::Stays } else { Judged::Shrinks(kept) }
    }

    /// A list without the person's objects. `None`: nothing is left, and DynamoDB takes no empty sets.
    fn without(&self, value: &AttributeValue) -> Option<AttributeValue> {
        match value {
            AttributeValue::Ss(all) => {
                let kept: Vec<_> = all.iter().filter(|it| !self.has_subject(it)).cloned().collect();
                (!kept.is_empty()).then_some(AttributeValue::Ss(kept))
            }
            AttributeValue::L(all) => {
                let theirs = |it: &&AttributeValue| it.as_s().is_ok_and(|it| self.has_subject(it));
                Some(AttributeValue::L(all.iter().filter(|it| !theirs(it)).cloned().collect()))
            }
            AttributeValue::S(lines) => Some(text(self.without_lines(lines))),
            other => Some(other.clone()),
        }
    }

    /// Lines of what a census expects: the fourth word and all behind it is an id.
    fn without_lines(&self, lines: &str) -> String {
        let theirs = |line: &str| {
            let id = line.trim_end_matches('\n').splitn(4, ' ').nth(3).unwrap_or_default();
            self.subjects.iter().any(|subject| subject.id.as_str() == id)
        };
        lines.split_inclusive('\n').filter(|line| !theirs(line)).collect()
    }
}

fn string<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}

fn json(value: &AttributeValue) -> Value {
    serde_dynamo::from_attribute_value(value.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Key;

    fn item(pk: &str, sk: &str, content: &Value) -> Item {
        Key::new(pk, sk).with("test", content).unwrap()
    }

    fn traces() -> Traces {
        let subjects = [Subject::new("person", 3002)].into();
        Traces { words: ["dora@agency.example".to_owned()].into(), subjects, ..Traces::default() }
    }

    fn judged(known: &mut Traces, pk: &str, sk: &str, content: &Value) -> Judged {
        let names = |state: &Value| LinkNames {
            words: state["user"].as_u64().map(|user| format!("user/{user}")).into_iter().collect(),
            parts: vec![Subject::new("contract", 7)],
        };
        known.judge("accounts", &item(pk, sk, content), names)
    }

    #[test]
    fn what_is_the_persons_goes_and_what_is_anothers_stays() {
        let none = serde_json::json!({});
        let of = serde_json::json!({"subject": "person/3002"});
        let mut known = traces();
        let mut goes = |pk: &str, sk: &str, content: &Value| judged(&mut known, pk, sk, content);
        for kind in ["link", "pending", "waiting", "decision", "told"] {
            let pk = if kind == "told" { "told#accounts#user-1".to_owned() } else { format!("{kind}#accounts") };
            assert_eq!(goes(&pk, "person/3002", &none), Judged::Goes(kind));
            assert_eq!(goes(&pk, "person/30021", &none), Judged::Stays, "{kind}");
            assert_eq!(goes(&pk.replace("accounts", "others"), "person/3002", &none), Judged::Stays, "{kind}");
        }
        assert_eq!(goes("claim#accounts", "2819", &of), Judged::Goes("claim"));
        assert_eq!(goes("claim#accounts", "Dora@Agency.example", &none), Judged::Goes("claim"));
        assert_eq!(goes("guard#accounts", "2026-03-02#remove#go#person/3002", &none), Judged::Goes("guard"));
        assert_eq!(goes("connection", "accounts", &none), Judged::Stays);
        assert_eq!(goes("forgotten#accounts", "ab12", &none), Judged::Stays);
    }

    #[test]
    fn one_item_names_the_next() {
        let mut known = traces();
        let message = r#"{"v":1,"event":"e9b3","body":{"E-mail":"Dora@agency.example"}}"#;
        let intent = serde_json::json!({"event": "accounts#e9b3"});
        let failure = serde_json::json!({"message": message});
        assert_eq!(judged(&mut known, "intent#5f1d", "intent", &intent), Judged::Stays, "not known yet");
        assert_eq!(judged(&mut known, "failure#accounts", "e9b3-0", &failure), Judged::Goes("failure"));
        assert_eq!(judged(&mut known, "intent#5f1d", "intent", &intent), Judged::Goes("intent"));
        let none = serde_json::json!({});
        assert_eq!(judged(&mut known, "receipt#accounts#e9b3", "0", &none), Judged::Goes("receipt"));
        assert_eq!(judged(&mut known, "unmailed", "accounts/e9b3-0", &none), Judged::Goes("unmailed"));
        assert_eq!(judged(&mut known, "unmailed", "others/e9b3-0", &none), Judged::Stays);
        let open = serde_json::json!({"failure": "e9b3-0"});
        assert_eq!(judged(&mut known, "open#accounts", "user-1", &open), Judged::Goes("open"));
        // a link's own words, and its parts
        known.words.insert("user/11".to_owned());
        let state = serde_json::json!({"state": {"user": 11}});
        assert_eq!(judged(&mut known, "link#accounts", "absence/1d8e", &state), Judged::Goes("link"));
        assert_eq!(judged(&mut known, "pending#accounts", "contract/7", &none), Judged::Goes("pending"));
        let expected = ["dora@agency.example", "user/11", "absence/1d8e", "contract/7", "person/3002", "event/e9b3"];
        assert_eq!(known.names(), expected);
    }

    #[test]
    fn an_address_within_another_is_anothers() {
        let known = traces();
        for theirs in ["<dora@agency.example>", "DORA@agency.example.", "a dora@agency.example, b"] {
            assert!(known.is_said_in(theirs), "{theirs}");
        }
        for anothers in ["isidora@agency.example", "x.dora@agency.example", "dora@agency.exampleton", ""] {
            assert!(!known.is_said_in(anothers), "{anothers}");
        }
    }

    #[test]
    fn of_lists_only_the_persons_part_goes() {
        let mut known = traces();
        let mut budget = item("guard#accounts", "2026-03-02#remove", &serde_json::json!({}));
        let both = ["person/3001", "person/3002"].map(str::to_owned);
        budget.insert("subjects".to_owned(), AttributeValue::Ss(both.to_vec()));
        let Judged::Shrinks(kept) = known.judge("accounts", &budget, |_| LinkNames::default()) else { panic!() };
        assert_eq!(kept["subjects"], AttributeValue::Ss(vec!["person/3001".to_owned()]));
        budget.insert("subjects".to_owned(), AttributeValue::Ss(vec!["person/3002".to_owned()]));
        let Judged::Shrinks(kept) = known.judge("accounts", &budget, |_| LinkNames::default()) else { panic!() };
        assert!(!kept.contains_key("subjects"));
        let lines = serde_json::json!({"lines": "00 3 he 3001\n00 3 he 3002\n- 3 he a 3002\n"});
        let chunk = item("sweep#accounts#run#slice", "list#000000#000000", &lines);
        let Judged::Shrinks(kept) = known.judge("accounts", &chunk, |_| LinkNames::default()) else { panic!() };
        assert_eq!(kept["lines"], text("00 3 he 3001\n- 3 he a 3002\n"));
        let missing = serde_json::json!({"subjects": ["person/3002", "person/3003"]});
        let missing = item("sweep#accounts#run#missing", "slice#000000", &missing);
        let Judged::Shrinks(kept) = known.judge("accounts", &missing, |_| LinkNames::default()) else { panic!() };
        assert_eq!(kept["subjects"], AttributeValue::L(vec![text("person/3003")]));
    }
}
