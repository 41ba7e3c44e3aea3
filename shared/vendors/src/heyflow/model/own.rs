//! Heyflow's own fields of a response: not answers, but where it came from. Only ids and time are documented parts of
//! the body; the rest is read where it is found, at the top level or among the fields, and never required.

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
    pub(super) fn aliases(self) -> &'static [&'static str] {
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
