//! From a report to its texts. The template files are part of the program.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use crate::marked::marked;

/// A rendered report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as a page without images or styles from elsewhere.
    pub html: String,
    /// The part before the `@` of its Message-ID.
    pub(crate) id: String,
    /// The same of the thread's root, which no mail is: SES gives each mail a Message-ID of its own.
    pub(crate) thread: String,
}

/// A template that cannot be rendered: a defect, found by the tests.
#[derive(Debug, thiserror::Error)]
#[error("the mail's template cannot be rendered")]
pub struct BadTemplate(#[from] minijinja::Error);

/// What names a mail, the same each time that it is sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) stack: &'a str,
    pub(crate) connection: &'a str,
    pub(crate) mail: &'a str,
    pub(crate) thread: &'a str,
}

/// By name; those that end in `.html` are escaped.
const TEMPLATES: &[(&str, &str)] = &[
    ("altered.html", include_str!("../templates/altered.html")),
    ("altered.txt", include_str!("../templates/altered.txt")),
    ("by-hand.html", include_str!("../templates/by-hand.html")),
    ("by-hand.txt", include_str!("../templates/by-hand.txt")),
    ("dead.html", include_str!("../templates/dead.html")),
    ("dead.txt", include_str!("../templates/dead.txt")),
    ("digest-next.txt", include_str!("../templates/digest-next.txt")),
    ("digest.html", include_str!("../templates/digest.html")),
    ("digest.txt", include_str!("../templates/digest.txt")),
    ("duplicate.html", include_str!("../templates/duplicate.html")),
    ("duplicate.txt", include_str!("../templates/duplicate.txt")),
    ("halted.html", include_str!("../templates/halted.html")),
    ("halted.txt", include_str!("../templates/halted.txt")),
    ("held.html", include_str!("../templates/held.html")),
    ("held.txt", include_str!("../templates/held.txt")),
    ("individual.html", include_str!("../templates/individual.html")),
    ("layout.html", include_str!("../templates/layout.html")),
    ("record.html", include_str!("../templates/record.html")),
    ("record.txt", include_str!("../templates/record.txt")),
    ("refused.html", include_str!("../templates/refused.html")),
    ("refused.txt", include_str!("../templates/refused.txt")),
    ("resumed.html", include_str!("../templates/resumed.html")),
    ("resumed.txt", include_str!("../templates/resumed.txt")),
    ("retry.html", include_str!("../templates/retry.html")),
    ("retry.txt", include_str!("../templates/retry.txt")),
    ("unmappable.html", include_str!("../templates/unmappable.html")),
    ("unmappable.txt", include_str!("../templates/unmappable.txt")),
    ("unreadable.html", include_str!("../templates/unreadable.html")),
    ("unreadable.txt", include_str!("../templates/unreadable.txt")),
    ("who.txt", include_str!("../templates/who.txt")),
    ("why.txt", include_str!("../templates/why.txt")),
    ("without-file.html", include_str!("../templates/without-file.html")),
    ("without-file.txt", include_str!("../templates/without-file.txt")),
    ("words.txt", include_str!("../templates/words.txt")),
];

/// Renders the pair of templates called `kind`. The text's first line is the subject; what follows it begins after a
/// blank line.
pub(crate) fn render(kind: &str, report: &impl Serialize, named: Named<'_>) -> Result<Mail, BadTemplate> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_filter("marked", marked);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).build()?);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    let rendered = |ending| environment.get_template(&format!("{kind}.{ending}"))?.render(Serde(report));
    let whole = rendered("txt")?;
    let (subject, text) = whole.trim_start().split_once('\n').unwrap_or((whole.as_str(), ""));
    let Named { stack, connection, mail, thread } = named;
    Ok(Mail {
        subject: subject.trim().to_owned(),
        text: format!("{}\n", text.trim()),
        html: format!("{}\n", rendered("html")?.trim()),
        id: local_part(&[mail, connection, stack]),
        thread: local_part(&[thread, "thread", connection, stack]),
    })
}

/// What may stand before the `@` of a Message-ID, from parts that may hold other things.
fn local_part(parts: &[&str]) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    parts.iter().map(|part| part.chars().map(plain).collect::<String>()).collect::<Vec<_>>().join(".")
}
