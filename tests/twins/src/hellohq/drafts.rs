//! An absence before it stands: read as narrowly as `AbsencePost` is written, then held against what the account knows.

use serde_json::{Map, Value};

use super::account::Account;
use super::kinds::Kind;
use super::problems::FieldErrors;
use super::state::Origin;
use super::times::Moment;

const MEMBERS: [&str; 6] = ["type", "userId", "start", "end", "note", "isApproved"];

/// Well-formed, but perhaps nonsense.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) kind: String,
    pub(super) user_id: i32,
    pub(super) start: String,
    pub(super) end: String,
    pub(super) note: Option<String>,
    pub(super) is_approved: bool,
}

/// An absence that makes sense.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) kind: Kind,
    pub(super) user_id: i32,
    pub(super) start: Moment,
    pub(super) end: Moment,
    pub(super) note: Option<String>,
    pub(super) is_approved: bool,
}

impl Draft {
    /// Reads a body: unknown members, missing ones, wrong types.
    pub(super) fn read(body: &[u8]) -> Result<Self, FieldErrors> {
        let members: Map<String, Value> =
            serde_json::from_slice(body).map_err(|_| FieldErrors::one("$", "The body is not a JSON object."))?;
        let mut reader = Reader { members: &members, errors: FieldErrors::default() };
        reader.refuse_unknown();
        let draft = Self {
            kind: reader.text("type"),
            user_id: reader.user_id(),
            start: reader.text("start"),
            end: reader.text("end"),
            note: reader.note(),
            is_approved: reader.is_approved(),
        };
        if reader.errors.is_empty() { Ok(draft) } else { Err(reader.errors) }
    }

    /// What the values and the account's users say against it, all of it at once.
    pub(super) fn check(self, account: &Account, by: Origin) -> Result<Checked, FieldErrors> {
        let mut errors = FieldErrors::default();
        if !account.users.contains_key(&self.user_id) {
            errors.add("userId", "The user does not exist.");
        }
        let kind = self.known_kind(by, &mut errors);
        let span = kind.and_then(|kind| self.span(kind, &mut errors));
        match (kind, span) {
            (Some(kind), Some((start, end))) if errors.is_empty() => {
                let Self { user_id, note, is_approved, .. } = self;
                Ok(Checked { kind, user_id, start, end, note, is_approved })
            }
            _ => Err(errors),
        }
    }

    fn known_kind(&self, by: Origin, errors: &mut FieldErrors) -> Option<Kind> {
        let kind = Kind::read(&self.kind);
        match kind {
            None => errors.add("type", &format!("The value '{}' is not valid.", self.kind)),
            Some(kind) if by == Origin::Api && kind.is_written_by_hand_only() => {
                errors.add("type", &format!("The type '{}' cannot be set.", self.kind));
            }
            Some(_) => {}
        }
        kind
    }

    fn span(&self, kind: Kind, errors: &mut FieldErrors) -> Option<(Moment, Moment)> {
        let mut read = |name: &str, text: &str| {
            let moment = Moment::read(kind, text).map_err(|message| errors.add(name, message)).ok()?;
            if kind.is_full_day() && moment.is_noon() {
                errors.add(name, "The type has full days only.");
            }
            Some(moment)
        };
        let (start, end) = (read("start", &self.start), read("end", &self.end));
        let (start, end) = (start?, end?);
        if end <= start {
            errors.add("end", "The end must be after the start.");
        }
        Some((start, end))
    }
}

impl Checked {
    /// What stands against it in the account: a closed month, or other absences where they may not overlap.
    pub(super) fn conflicts(&self, account: &Account, standing: &[(Moment, Moment)]) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if account.closed_months.iter().any(|month| month.is_touched(self.start, self.end)) {
            errors.add("start", "The month is closed.");
        }
        let overlaps =
            |(start, end): &(Moment, Moment)| self.start.civil() < end.civil() && start.civil() < self.end.civil();
        if account.refuses_overlaps && standing.iter().any(overlaps) {
            errors.add("start", "The user is absent already.");
        }
        errors
    }
}

/// Collects what is wrong with the members; what it gives for a wrong one is never used.
struct Reader<'a> {
    members: &'a Map<String, Value>,
    errors: FieldErrors,
}

impl Reader<'_> {
    fn refuse_unknown(&mut self) {
        for name in self.members.keys().filter(|name| !MEMBERS.contains(&name.as_str())) {
            self.errors.add(name, "There is no such member.");
        }
    }

    fn text(&mut self, name: &str) -> String {
        match self.members.get(name) {
            Some(Value::String(text)) if !text.is_empty() => text.clone(),
            None | Some(Value::Null | Value::String(_)) => self.wrong(name, "The member is required."),
            Some(_) => self.wrong(name, "The value must be a string."),
        }
    }

    fn user_id(&mut self) -> i32 {
        match self.members.get("userId") {
            None | Some(Value::Null) => self.wrong("userId", "The member is required."),
            Some(value) => match value.as_i64().map(i32::try_from) {
                Some(Ok(id)) => id,
                _ => self.wrong("userId", "The value must be an int32."),
            },
        }
    }

    fn note(&mut self) -> Option<String> {
        match self.members.get("note") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(_) => self.wrong("note", "The value must be a string."),
        }
    }

    fn is_approved(&mut self) -> bool {
        match self.members.get("isApproved") {
            None => false,
            Some(Value::Bool(approved)) => *approved,
            Some(_) => self.wrong("isApproved", "The value must be a boolean."),
        }
    }

    fn wrong<T: Default>(&mut self, name: &str, message: &str) -> T {
        self.errors.add(name, message);
        T::default()
    }
}
