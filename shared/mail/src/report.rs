//! What is reported, and its text.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

/// What happened; each kind has a template of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The target already holds it.
    Duplicate,
    /// The record cannot be mapped.
    Unmappable,
    /// The target refuses the content.
    Refused,
    /// The target took it, but a file could not be had.
    WithoutFile,
    /// It was tried again and again without success.
    Dead,
    /// The whole connection stands still.
    Halted,
    /// It works again.
    Mended,
}

/// One report to one owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report<'a> {
    /// What happened.
    pub kind: Kind,
    /// The connection it happened in.
    pub connection: &'a str,
    /// Its flow, e.g. `heyflow-to-personio`.
    pub flow: &'a str,
    /// The failure's id, as the console knows it.
    pub failure: &'a str,
    /// The stack, as the console knows it.
    pub stack: &'a str,
    /// The record's ids in the vendors' systems.
    pub records: Vec<Record<'a>>,
    /// Why, one line each.
    pub reasons: &'a [String],
    /// When, RFC 3339 in UTC.
    pub at: String,
}

/// A record's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Record<'a> {
    /// What it is the id of.
    pub name: &'a str,
    /// The id.
    pub value: &'a str,
}

/// A rendered report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

/// A template that cannot be rendered: a defect, found by the tests.
#[derive(Debug, thiserror::Error)]
#[error("the mail's template cannot be rendered")]
pub struct BadTemplate(#[from] minijinja::Error);

const TEMPLATES: &[(&str, &str)] = &[
    ("duplicate", include_str!("../templates/duplicate.txt")),
    ("unmappable", include_str!("../templates/unmappable.txt")),
    ("refused", include_str!("../templates/refused.txt")),
    ("without-file", include_str!("../templates/without-file.txt")),
    ("dead", include_str!("../templates/dead.txt")),
    ("halted", include_str!("../templates/halted.txt")),
    ("mended", include_str!("../templates/mended.txt")),
    ("record", include_str!("../templates/record.txt")),
];

impl Report<'_> {
    /// Renders the report. A template's first line is the subject; the text begins after a blank line.
    ///
    /// # Errors
    /// [`BadTemplate`].
    pub fn render(&self) -> Result<Mail, BadTemplate> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).build()?);
        for (name, source) in TEMPLATES {
            environment.add_template(name, source)?;
        }
        let whole = environment.get_template(self.kind.template())?.render(Serde(self))?;
        let (subject, text) = whole.split_once('\n').unwrap_or((whole.as_str(), ""));
        Ok(Mail { subject: subject.trim().to_owned(), text: format!("{}\n", text.trim()) })
    }
}

impl Kind {
    fn template(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::Unmappable => "unmappable",
            Self::Refused => "refused",
            Self::WithoutFile => "without-file",
            Self::Dead => "dead",
            Self::Halted => "halted",
            Self::Mended => "mended",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(kind: Kind, reasons: &[&str]) -> String {
        let reasons: Vec<String> = reasons.iter().map(|reason| (*reason).to_owned()).collect();
        let records = vec![
            Record { name: "flow", value: "Vho2vAPoENipbDaRusGU" },
            Record { name: "response", value: "8f14e45f-ceea-4c37-8f1e-0c5d5b8c2a11" },
        ];
        let report = Report {
            kind,
            connection: "careers",
            flow: "heyflow-to-personio",
            failure: "e9b3a731f54cfed559c4cbfb76a55ace-0",
            stack: "hrsync",
            records,
            reasons: &reasons,
            at: "2026-03-01T10:00:00Z".to_owned(),
        };
        let mail = report.render().unwrap();
        format!("Subject: {}\n\n{}", mail.subject, mail.text)
    }

    #[test]
    fn a_duplicate() {
        insta::assert_snapshot!(rendered(
            Kind::Duplicate,
            &["personio: email: errors.applicant-already-exists (this address has applied for this job before)"]
        ));
    }

    #[test]
    fn an_unmappable_record() {
        insta::assert_snapshot!(rendered(
            Kind::Unmappable,
            &[
                "`application.email`: the input `E-mail` is empty",
                "`application.last_name`: the input `Last name` is empty"
            ]
        ));
    }

    #[test]
    fn a_refused_record() {
        insta::assert_snapshot!(rendered(
            Kind::Refused,
            &["personio: job_position_id: errors.job-position.not-published"]
        ));
    }

    #[test]
    fn a_record_that_went_in_without_a_file() {
        insta::assert_snapshot!(rendered(
            Kind::WithoutFile,
            &["`application.files` cv, input `CV`: the link answers 404"]
        ));
    }

    #[test]
    fn a_dead_record() {
        insta::assert_snapshot!(rendered(
            Kind::Dead,
            &["received 2026-02-20T08:00:00Z, tried until it came to the dead-letter queue"]
        ));
    }

    #[test]
    fn a_halted_and_a_mended_connection() {
        insta::assert_snapshot!(rendered(Kind::Halted, &["personio create application: login-refused"]));
        insta::assert_snapshot!(rendered(Kind::Mended, &[]));
    }
}
