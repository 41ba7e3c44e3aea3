//! Where in a response a value is found.

use std::fmt;

use vendors::heyflow::model::{Answer, Answers, OwnField, Submission};
use vendors::text::is_blank;

use crate::nearest::hint;

/// Between several choices, and what Heyflow itself puts there.
pub(super) const SEPARATOR: &str = ", ";

/// A place of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lookup {
    /// The answer to an input, or a part of it. Hidden inputs are inputs.
    Input {
        /// System label, variable or block id; of several the first that was answered.
        keys: Vec<String>,
        /// e.g. `street` of an address.
        part: Option<String>,
    },
    /// A field that Heyflow itself fills, with its name in connection files.
    Own(OwnField, &'static str),
    /// A parameter of the form's address.
    UrlParameter(String),
}

/// What counts where several fields of one name are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    /// The first: for a single value.
    First,
    /// All of them: for files, tags and whatever is joined.
    All,
}

/// What was found.
#[derive(PartialEq, Eq)]
pub(super) struct Found {
    /// At least one.
    pub(super) texts: Vec<String>,
    /// What kind of value it was, in words.
    pub(super) kind: &'static str,
    /// What the log says of how it was found. Never holds a value.
    pub(super) notices: Vec<String>,
}

impl Found {
    /// A text that no form has asked for.
    pub(super) fn text(text: String) -> Self {
        Self { texts: vec![text], kind: "a text", notices: Vec::new() }
    }
}

/// Why there is no value. Never holds one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Missing {
    /// Left out, null or blank: fine where the target is optional.
    Absent(String),
    /// There is one that cannot be used.
    Unusable(String),
    /// There is one that the connection file declares to be a problem of the whole response.
    Problem(String),
}

impl Lookup {
    /// The own field with this name.
    pub(super) fn own(name: &str) -> Option<Self> {
        OwnField::ALL.iter().find(|(known, _)| *known == name).map(|(known, field)| Self::Own(*field, known))
    }

    /// The input of this one name.
    pub(super) fn input(key: &str) -> Self {
        Self::Input { keys: vec![key.to_owned()], part: None }
    }

    /// The texts found there.
    pub(super) fn find(&self, response: &Submission, take: Take) -> Result<Found, Missing> {
        match self {
            Self::Input { keys, part } => match answers(keys, part.as_deref(), response) {
                Answers::Unknown => Err(self.unknown(response)),
                Answers::Skipped => Err(Missing::Absent(format!("{self} is empty"))),
                Answers::Given(answers) => self.taken(answers, take),
            },
            Self::Own(field, _) => self.text(response.own(*field)),
            Self::UrlParameter(name) => self.text(response.url_parameter(name)),
        }
    }

    /// At least one answer was given.
    fn taken(&self, mut answers: Vec<Answer>, take: Take) -> Result<Found, Missing> {
        let given = answers.len();
        if take == Take::First {
            answers.truncate(1);
        }
        let mut kinds = answers.iter().map(Answer::kind);
        let first = kinds.next().unwrap_or_default();
        let kind = kinds.next().map_or(first, |_| "a list");
        let mut texts = Vec::new();
        for answer in answers {
            match answer {
                Answer::Nothing => {}
                Answer::One(text) => texts.push(text),
                Answer::Many(more) => texts.extend(more),
                parts @ Answer::Parts(_) => {
                    let what = format!("{self} holds {}, a text is needed; see `part`", parts.kind());
                    return Err(Missing::Unusable(what));
                }
            }
        }
        let notices = repeated(self, given, take).into_iter().collect();
        Ok(Found { texts, kind, notices })
    }

    fn text(&self, text: Option<String>) -> Result<Found, Missing> {
        let texts: Vec<String> = text.into_iter().filter(|text| !is_blank(text)).collect();
        if texts.is_empty() {
            return Err(Missing::Absent(format!("{self} is not in this response")));
        }
        Ok(Found { texts, kind: "a text", notices: Vec::new() })
    }

    fn unknown(&self, response: &Submission) -> Missing {
        let near = match self {
            Self::Input { keys, part } => {
                let spelled =
                    |key: &String| part.as_ref().map_or_else(|| key.clone(), |part| format!("{key} [{part}]"));
                let hints = keys.iter().map(|key| hint(&spelled(key), response.labels()));
                hints.into_iter().find(|hint| !hint.is_empty()).unwrap_or_default()
            }
            Self::Own(..) | Self::UrlParameter(_) => String::new(),
        };
        Missing::Absent(format!("{self} is not in this response{near}"))
    }
}

/// The answers under the first of the names that was answered.
fn answers(keys: &[String], part: Option<&str>, response: &Submission) -> Answers {
    let mut found = Answers::Unknown;
    for key in keys {
        let answers = match part {
            Some(part) => response.part_answers(key, part),
            None => response.answers(key),
        };
        match answers {
            Answers::Given(_) => return answers,
            Answers::Skipped => found = Answers::Skipped,
            Answers::Unknown => {}
        }
    }
    found
}

/// What the log says of an input that was answered more than once.
pub(super) fn repeated(lookup: &Lookup, given: usize, take: Take) -> Option<String> {
    let counts = match take {
        Take::First => "the first answer counts",
        Take::All => "all of them count",
    };
    (given > 1).then(|| format!("{lookup} is answered {given} times; {counts}"))
}

/// What is wrong with a name that no own field has.
pub(super) fn unknown_own_field(name: &str) -> String {
    let names: Vec<&str> = OwnField::ALL.iter().map(|(name, _)| *name).collect();
    match hint(name, names.iter().copied()) {
        near if near.is_empty() => format!("`{name}` is none of Heyflow's own fields: {}", names.join(", ")),
        near => format!("`{name}` is none of Heyflow's own fields{near}"),
    }
}

impl fmt::Display for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input { keys, part: None } => write!(f, "the input `{}`", keys.join("` or `")),
            Self::Input { keys, part: Some(part) } => {
                write!(f, "the part `{part}` of the input `{}`", keys.join("` or `"))
            }
            Self::Own(_, name) => write!(f, "Heyflow's own field `{name}`"),
            Self::UrlParameter(name) => write!(f, "the URL parameter `{name}`"),
        }
    }
}
