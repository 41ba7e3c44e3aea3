//! Why a call is refused: RFC 7644, section 3.12.

use std::borrow::Cow;

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) status: u16,
    pub(super) kind: Option<&'static str>,
    pub(super) detail: Cow<'static, str>,
    /// Seconds for `Retry-After`.
    pub(super) wait: Option<i64>,
}

type Detail = Cow<'static, str>;

impl Problem {
    /// Without a `scimType`.
    pub(super) fn plain(status: u16, detail: impl Into<Detail>) -> Self {
        Self { status, kind: None, detail: detail.into(), wait: None }
    }

    fn bad(kind: &'static str, detail: impl Into<Detail>) -> Self {
        Self { kind: Some(kind), ..Self::plain(400, detail) }
    }

    pub(super) fn syntax(detail: impl Into<Detail>) -> Self {
        Self::bad("invalidSyntax", detail)
    }

    pub(super) fn value(detail: impl Into<Detail>) -> Self {
        Self::bad("invalidValue", detail)
    }

    pub(super) fn filter(detail: impl Into<Detail>) -> Self {
        Self::bad("invalidFilter", detail)
    }

    pub(super) fn path(detail: impl Into<Detail>) -> Self {
        Self::bad("invalidPath", detail)
    }

    pub(super) fn target(detail: impl Into<Detail>) -> Self {
        Self::bad("noTarget", detail)
    }

    pub(super) fn mutability(name: &str) -> Self {
        Self::bad("mutability", format!("{name} cannot be changed this way."))
    }

    pub(super) fn taken(name: &str) -> Self {
        Self { kind: Some("uniqueness"), ..Self::plain(409, format!("Another user has this {name}.")) }
    }

    pub(super) fn login(detail: &'static str) -> Self {
        Self::plain(401, detail)
    }

    pub(super) fn later(status: u16, detail: &'static str, wait: Option<i64>) -> Self {
        Self { wait, ..Self::plain(status, detail) }
    }
}
