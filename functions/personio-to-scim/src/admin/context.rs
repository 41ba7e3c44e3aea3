//! What all commands of this flow begin with: settings and clients.

use std::fmt::Display;
use std::sync::Arc;

use admin::{Context, Error};
use edge::Clock;
use edge::connections::LoadError;
use edge::verdict::Fault;
use vendors::Http;

use crate::Reader;
use crate::connection::Settings;

/// File and secret as the functions read them.
pub(super) fn settings<L>(context: &Context<'_, L>) -> Result<Settings, Error> {
    Settings::read(context.document, context.secret, context.local).map_err(unusable)
}

/// File or secret cannot be used, for these reasons.
pub(super) fn unusable(lines: Vec<String>) -> Error {
    Fault::Connection(Arc::new(LoadError::Unusable(lines))).into()
}

/// Reads Personio as the functions do, and makes the clients of both accounts.
pub(super) fn reader(context: &Context<'_>) -> Result<Reader, Error> {
    made(context, Http::new())
}

/// The same with clients that cannot write.
pub(super) fn only_reading<L>(context: &Context<'_, L>) -> Result<Reader, Error> {
    made(context, Http::reading())
}

/// The same with these calls.
pub(super) fn calling<L>(context: &Context<'_, L>, http: Http) -> Reader {
    let now = context.now;
    Reader::new(http, Clock::new(move || now))
}

fn made<L, E: Display>(context: &Context<'_, L>, http: Result<Http, E>) -> Result<Reader, Error> {
    let http = http.map_err(|error| Error::Refused(format!("no call can be made ({error})")))?;
    Ok(calling(context, http))
}
