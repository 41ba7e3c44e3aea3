//! What all commands of this flow begin with: settings, clients, and which absences matter.

use std::fmt::Display;
use std::sync::Arc;

use admin::{Context, Error};
use edge::Clock;
use edge::connections::LoadError;
use edge::verdict::Fault;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use vendors::Http;
use vendors::personio::absences::AbsenceQuery;

use crate::Mapper;
use crate::connection::Settings;

/// How many years ahead absences are read.
const YEARS_AHEAD: i64 = 10;

/// File and secret as the functions read them.
pub(super) fn settings<L>(context: &Context<'_, L>) -> Result<Settings, Error> {
    Settings::read(context.document, context.secret, context.local).map_err(unusable)
}

/// File or secret cannot be used, for these reasons.
pub(super) fn unusable(lines: Vec<String>) -> Error {
    Fault::Connection(Arc::new(LoadError::Unusable(lines))).into()
}

/// Works out what should be there, as the pusher does, and makes the clients of the accounts.
pub(super) fn mapper(context: &Context<'_>) -> Result<Mapper, Error> {
    made(context, Http::new())
}

/// The same with clients that cannot write.
pub(super) fn only_reading<L>(context: &Context<'_, L>) -> Result<Mapper, Error> {
    made(context, Http::reading())
}

/// The same with these calls.
pub(super) fn calling<L>(context: &Context<'_, L>, http: Http) -> Mapper {
    let now = context.now;
    Mapper::new(http, Clock::new(move || now))
}

fn made<L, E: Display>(context: &Context<'_, L>, http: Result<Http, E>) -> Result<Mapper, Error> {
    let http = http.map_err(|error| Error::Refused(format!("no call can be made ({error})")))?;
    Ok(calling(context, http))
}

/// All absences that matter.
pub(super) fn since_the_start<L>(settings: &Settings, context: &Context<'_, L>) -> AbsenceQuery {
    since_day(settings.sweeps.start_date, context)
}

/// The absences that overlap that day or a later one.
pub(super) fn since_day<L>(from: Date, context: &Context<'_, L>) -> AbsenceQuery {
    let today = context.now.to_zoned(TimeZone::UTC).date();
    AbsenceQuery::Overlapping { from, to: today.saturating_add(YEARS_AHEAD.years()) }
}
