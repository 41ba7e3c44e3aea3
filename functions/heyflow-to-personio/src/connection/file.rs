//! A connection file, and what can be said of it without its secret.

use edge::Head;
use mapping::document::{self, Fault};
use mapping::heyflow_to_personio::ApplicationRules;
use vendors::heyflow::upload::Origin;
use vendors::personio::recruiting::LIMIT;
use vendors::value::BaseUrl;

use super::schema::{File, Heyflow, OnUnavailable, Personio, Uploads};

/// A connection file.
#[derive(Debug, Clone)]
pub struct Connection {
    /// What every connection has.
    pub head: Head,
    pub(super) heyflow: Heyflow,
    pub(super) personio: Personio,
    pub(super) uploads: Uploads,
    pub(super) origins: Vec<Origin>,
    pub(super) application: ApplicationRules,
    pub(super) base_url: BaseUrl,
}

impl Connection {
    /// Reads a connection file. `local`: the stack itself is local, so vendors may be twins on loopback.
    ///
    /// # Errors
    /// Every fault, by line.
    pub fn read(document: &str, local: bool) -> Result<Self, Vec<Fault>> {
        let File { head, heyflow, personio, uploads, application } = document::read(document)?;
        let mut faults = Vec::new();
        let origins = origins(&uploads, document, local, &mut faults);
        faults.extend(too_many_calls(&personio, document, local));
        let base_url = personio.base_url.parse(document, local).map_err(|fault| faults.push(fault));
        match base_url {
            Ok(base_url) if faults.is_empty() => {
                Ok(Self { head, heyflow, personio, uploads, origins, application, base_url })
            }
            _ => Err(faults),
        }
    }

    /// Whether responses of this form are taken.
    #[must_use]
    pub fn takes(&self, flow: &str) -> bool {
        self.heyflow.flows.iter().any(|listed| listed == flow)
    }

    /// Where each part of an application comes from.
    #[must_use]
    pub const fn rules(&self) -> &ApplicationRules {
        &self.application
    }

    /// What is done about a file that cannot be had.
    #[must_use]
    pub const fn on_unavailable(&self) -> OnUnavailable {
        self.uploads.on_unavailable
    }
}

/// The origins that can be used; a fault for each of the others.
fn origins(uploads: &Uploads, document: &str, local: bool, faults: &mut Vec<Fault>) -> Vec<Origin> {
    let mut origins = Vec::new();
    for (text, span) in &uploads.origins {
        match Origin::parse(text, local) {
            Ok(origin) => origins.push(origin),
            Err(error) => faults.push(Fault::at(document, *span, format!("`origins`: {error}"))),
        }
    }
    origins
}

/// Twins take as many calls as one likes.
fn too_many_calls(personio: &Personio, document: &str, local: bool) -> Option<Fault> {
    let too_many = personio.calls_per_minute > LIMIT.calls && !local;
    too_many.then(|| {
        let what = format!("`calls_per_minute` is at most {}, which is what Personio takes", LIMIT.calls);
        Fault::at(document, personio.calls_span, what)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../connection.example.toml");

    fn faults(document: &str) -> String {
        let faults = Connection::read(document, false).unwrap_err();
        faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_example_is_a_whole_connection() {
        let connection = Connection::read(EXAMPLE, false).unwrap();
        assert_eq!((connection.head.name.as_str(), connection.head.flow.as_str()), ("careers", crate::name::NAME));
    }

    #[test]
    fn everything_wrong_is_listed_at_once_with_its_line() {
        let wrong = EXAMPLE
            .replace("name = \"careers\"", "name = \"Careers DE\"")
            .replace("people-team@example.com", "people team")
            .replace("company_id = \"48151\"", "company_id = \"ACME\"\ncompany = 1")
            .replace("calls_per_minute = 20", "calls_per_minute = 0")
            .replace("flows = [\"Vho2vAPoENipbDaRusGU\"]", "flows = []")
            .replace("unavailable = \"tell\"", "unavailable = \"mail\"")
            .replace("last_name = ", "lastname = ");
        insta::assert_snapshot!(faults(&wrong), @r#"
        line 9: a name is 1 to 40 of a-z, 0-9 and "-", beginning with a letter
        line 12: `owner` is not an e-mail address
        line 14: `flows` must list at least one flow id
        line 30: `company_id` is a number in quotes
        line 31: unknown key `company`; did you mean `company_id`?
        line 35: `calls_per_minute` is at least 1
        line 44: `mail` is none of `tell`, `ignore`, `reject`
        line 50: the key `last_name` is missing here
        line 52: unknown key `lastname`; did you mean `last_name`?
        "#);
    }

    #[test]
    fn a_twin_on_loopback_is_for_local_stacks_only() {
        let twin = EXAMPLE.replace("https://api.personio.de", "http://127.0.0.1:4600/personio");
        insta::assert_snapshot!(faults(&twin), @"line 27: `base_url`: only https and a public host name may be used, unless the stack itself is local");
        assert!(Connection::read(&twin, true).is_ok());
    }

    #[test]
    fn another_flows_file_is_recognised() {
        let other = EXAMPLE.replace("flow = \"heyflow-to-personio\"", "flow = \"personio-to-scim\"");
        assert!(faults(&other).contains("this is a connection of `heyflow-to-personio`, not of `personio-to-scim`"));
    }
}
