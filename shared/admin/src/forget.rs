//! Forget one person: what a flow knows of how a person is named, in the table and at the vendors.

use ledger::{NamesOf, Subject, Traces};
use vendors::value::Email;

use crate::command::ReadingObjectCommand;
use crate::error::Error;

/// How a flow's persons are found.
#[derive(Debug, Clone, Copy)]
pub struct ForgetCommand {
    /// What a person is named by, for people.
    pub named_by: &'static str,
    /// What stands for the person whom the text names. Cannot write.
    pub traces: ReadingObjectCommand<Traces>,
    /// What a link of the flow says of itself.
    pub names_of: NamesOf,
}

/// How a person is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// By an e-mail address.
    Address(Email),
    /// By an object of the source.
    Object(Subject),
}

impl Named {
    /// Reads what a person has typed: an address, `<kind>/<id>`, or an id of `kind`.
    ///
    /// # Errors
    /// Where an address is none.
    pub fn read(text: &str, kind: &'static str) -> Result<Self, Error> {
        let text = text.trim();
        if text.contains('@') {
            let email = text.parse().map_err(|_| Error::Refused("this is no e-mail address".to_owned()))?;
            return Ok(Self::Address(email));
        }
        Ok(Self::Object(text.parse().unwrap_or_else(|_| Subject::new(kind, text))))
    }

    /// The traces that it is itself.
    #[must_use]
    pub fn traces(&self) -> Traces {
        let mut traces = Traces::default();
        match self {
            Self::Address(email) => traces.words.insert(email.folded()),
            Self::Object(subject) => traces.subjects.insert(subject.clone()),
        };
        traces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_named_by_address_or_object() {
        let read = |text: &str| Named::read(text, "person").map(|named| named.traces().names());
        assert_eq!(read(" Dora@Agency.example").unwrap(), ["dora@agency.example"]);
        assert_eq!(read("3002").unwrap(), ["person/3002"]);
        assert_eq!(read("absence/1d8e").unwrap(), ["absence/1d8e"]);
        assert!(!read("a b@").unwrap_err().to_string().contains("a b"), "what was typed is personal");
    }
}
