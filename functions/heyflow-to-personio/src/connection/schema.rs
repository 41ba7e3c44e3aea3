//! The tables of a connection file.

use edge::Head;
use edge::head::{Address, head, object};
use http::HeaderName;
use mapping::document::{Parsed, fault, one_of, required, table};
use mapping::heyflow_to_personio::ApplicationRules;
use toml_span::de_helpers::TableHelper;
use toml_span::{DeserError, Deserialize, Span, Spanned, Value};
use vendors::heyflow::webhook::{DEFAULT_HEADER, DEFAULT_PARAMETER};
use vendors::personio::recruiting::{DEFAULT_BASE_URL, LIMIT};

/// The whole file.
pub(super) struct File {
    pub(super) head: Head,
    pub(super) heyflow: Heyflow,
    pub(super) personio: Personio,
    pub(super) uploads: Uploads,
    pub(super) application: ApplicationRules,
}

/// `[heyflow]`
#[derive(Debug, Clone)]
pub(super) struct Heyflow {
    pub(super) flows: Vec<String>,
    pub(super) secret_header: HeaderName,
    pub(super) secret_parameter: String,
}

/// `[personio]`
#[derive(Debug, Clone)]
pub(super) struct Personio {
    pub(super) base_url: Address,
    pub(super) company_id: String,
    pub(super) calls_per_minute: u32,
    pub(super) calls_span: Span,
}

/// `[uploads]`
#[derive(Debug, Clone, Default)]
pub(super) struct Uploads {
    pub(super) on_unavailable: OnUnavailable,
    pub(super) origins: Vec<(String, Span)>,
}

/// What is done about a file that cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnUnavailable {
    /// The application goes in without it, and the owner is told.
    #[default]
    Tell,
    /// The application goes in without it.
    Ignore,
    /// The response is rejected, and the owner is told.
    Reject,
}

impl<'de> Deserialize<'de> for File {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |file| {
            let head = head(file, crate::name::NAME);
            let heyflow = file.required("heyflow").ok();
            let personio = file.required("personio").ok();
            let uploads = file.optional("uploads").unwrap_or_default();
            let application = file.required("application").ok();
            Some(Self { head: head?, heyflow: heyflow?, personio: personio?, uploads, application: application? })
        })
    }
}

impl<'de> Deserialize<'de> for Heyflow {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        let span = value.span;
        let heyflow = table(value, |heyflow| {
            let flows: Option<Vec<String>> = heyflow.required("flows").ok();
            let header: Option<Parsed<HeaderName>> = heyflow.optional("secret_header");
            let parameter: Option<String> = heyflow.optional("secret_parameter");
            Some(Self {
                flows: flows?,
                secret_header: header.map_or(DEFAULT_HEADER, |header| header.0),
                secret_parameter: parameter.unwrap_or_else(|| DEFAULT_PARAMETER.to_owned()),
            })
        })?;
        if heyflow.flows.iter().all(|flow| flow.trim().is_empty()) {
            return Err(fault(span, "`flows` must list at least one flow id".to_owned()));
        }
        Ok(heyflow)
    }
}

impl<'de> Deserialize<'de> for Personio {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |personio| {
            let base_url = Address::take(personio, DEFAULT_BASE_URL);
            let company_id = required(personio, "company_id", |text| {
                let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                digits.then_some(()).ok_or_else(|| "`company_id` is a number in quotes".to_owned())
            });
            let calls = calls_per_minute(personio)?;
            Some(Self { base_url, company_id: company_id?, calls_per_minute: calls.value, calls_span: calls.span })
        })
    }
}

fn calls_per_minute(personio: &mut TableHelper<'_>) -> Option<Spanned<u32>> {
    let given: Option<Spanned<u32>> = personio.optional_s("calls_per_minute");
    let calls = given.unwrap_or_else(|| Spanned::new(LIMIT.calls));
    if calls.value == 0 {
        object(personio, calls.span, "`calls_per_minute` is at least 1");
        return None;
    }
    Some(calls)
}

impl<'de> Deserialize<'de> for Uploads {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        table(value, |uploads| {
            let on_unavailable = uploads.optional("unavailable").unwrap_or_default();
            let origins: Option<Vec<Spanned<String>>> = uploads.optional("origins");
            let origins = origins.unwrap_or_default().into_iter().map(|origin| (origin.value, origin.span));
            Some(Self { on_unavailable, origins: origins.collect() })
        })
    }
}

impl<'de> Deserialize<'de> for OnUnavailable {
    fn deserialize(value: &mut Value<'de>) -> Result<Self, DeserError> {
        one_of(value, &[("tell", Self::Tell), ("ignore", Self::Ignore), ("reject", Self::Reject)])
    }
}
