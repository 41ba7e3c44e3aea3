//! Heyflow's own fields of a response: not answers, but where it came from. Only ids and time are documented parts of
//! the body; the rest is read where it is found, at the top level or among the fields, and never required.

use url::Url;

use super::{Answer, Submission};

/// A field that Heyflow itself fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnField {
    /// The flow's id ("Heyflow ID").
    FlowId,
    /// The response's id.
    ResponseId,
    /// When it was submitted.
    SubmittedAt,
    /// The page that led to the form.
    Referrer,
    /// The form's address.
    Url,
    /// The same with its parameters.
    UrlWithParameters,
    /// The A/B test.
    AbTestId,
    /// The test's version.
    AbTestVersion,
}

impl OwnField {
    /// All of them, with the name that a connection file uses.
    pub const ALL: &[(&'static str, Self)] = &[
        ("heyflow-id", Self::FlowId),
        ("response-id", Self::ResponseId),
        ("submitted-at", Self::SubmittedAt),
        ("referrer", Self::Referrer),
        ("url", Self::Url),
        ("url-with-parameters", Self::UrlWithParameters),
        ("ab-test-id", Self::AbTestId),
        ("ab-test-version", Self::AbTestVersion),
    ];

    /// The spellings met: in JSON, and as a column of Heyflow's other routines.
    fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::FlowId => &["flowID", "Heyflow ID"],
            Self::ResponseId => &["id", "Response ID"],
            Self::SubmittedAt => &["createdAt", "Submitted at"],
            Self::Referrer => &["referrer", "Referrer"],
            Self::Url => &["url", "URL"],
            Self::UrlWithParameters => &["urlWithParameters", "URL with parameters"],
            Self::AbTestId => &["abTestId", "A/B Test ID"],
            Self::AbTestVersion => &["abTestVersion", "A/B Test Version"],
        }
    }
}

impl Submission {
    /// One of Heyflow's own fields, where the response has it.
    #[must_use]
    pub fn own(&self, field: OwnField) -> Option<String> {
        match field {
            OwnField::FlowId => Some(self.flow_id.clone()),
            OwnField::ResponseId => Some(self.response_id.clone()),
            OwnField::SubmittedAt => self.created_at.clone(),
            _ => field.aliases().iter().find_map(|alias| self.other(alias)),
        }
    }

    fn other(&self, name: &str) -> Option<String> {
        let top = self.others.reveal().get(name).and_then(|value| Answer::of(value).text(", "));
        top.or_else(|| self.field(name)?.answer().text(", "))
    }

    /// A parameter of the form's address, for example `utm_source`, percent-decoded.
    #[must_use]
    pub fn url_parameter(&self, name: &str) -> Option<String> {
        let address = self.own(OwnField::UrlWithParameters).or_else(|| self.own(OwnField::Url))?;
        let url = Url::parse(&address).ok()?;
        let value = url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        value.filter(|value| !value.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_fields_are_found_at_the_top_and_among_the_fields() {
        let body = br#"{"flowID":"F","id":"R","createdAt":"2026-03-01T10:00:00Z","referrer":"https://search.example/",
            "fields":{"URL with parameters":"https://form.example/x?utm_source=news%20letter&utm_medium=&a=1#part","A/B Test ID":7}}"#;
        let response = Submission::read(body).unwrap();
        let own = |field| response.own(field).unwrap_or_default();
        assert_eq!((own(OwnField::FlowId), own(OwnField::ResponseId)), ("F".to_owned(), "R".to_owned()));
        assert_eq!(own(OwnField::Referrer), "https://search.example/");
        assert_eq!(own(OwnField::AbTestId), "7");
        assert_eq!(response.own(OwnField::AbTestVersion), None);
        assert_eq!(response.url_parameter("utm_source").as_deref(), Some("news letter"));
        assert_eq!(response.url_parameter("utm_medium"), None);
        assert_eq!(response.url_parameter("utm_campaign"), None);
    }
}
