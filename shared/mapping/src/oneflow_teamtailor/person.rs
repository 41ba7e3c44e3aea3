//! Whom a contract is made with.

use std::fmt;

use vendors::teamtailor::model::Candidate;
use vendors::text::trimmed;
use vendors::value::{Email, Personal};

/// Whom a contract is made with. Oneflow's own integration asks for the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// First and last name.
    pub name: Personal<String>,
    /// The address that the invitation goes to.
    pub email: Email,
    /// The telephone number.
    pub phone: Personal<String>,
}

/// What a candidate lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FirstName => "first name",
            Self::LastName => "last name",
            Self::Email => "e-mail address",
            Self::Phone => "telephone number",
        })
    }
}

impl Person {
    /// The candidate as a contract needs them.
    ///
    /// # Errors
    /// All that is missing.
    pub fn of(candidate: &Candidate) -> Result<Self, Vec<Missing>> {
        let first = given(candidate.first_name.as_ref());
        let last = given(candidate.last_name.as_ref());
        let phone = given(candidate.phone.as_ref());
        match (first, last, candidate.email.clone(), phone) {
            (Some(first), Some(last), Some(email), Some(phone)) => {
                let name = Personal::new(format!("{first} {last}"));
                Ok(Self { name, email, phone: Personal::new(phone.to_owned()) })
            }
            (first, last, email, phone) => {
                let missing = [
                    (first.is_none(), Missing::FirstName),
                    (last.is_none(), Missing::LastName),
                    (email.is_none(), Missing::Email),
                    (phone.is_none(), Missing::Phone),
                ];
                Err(missing.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, what)| what).collect())
            }
        }
    }
}

fn given(text: Option<&Personal<String>>) -> Option<&str> {
    text.map(|text| trimmed(text.reveal())).filter(|text| !text.is_empty())
}
