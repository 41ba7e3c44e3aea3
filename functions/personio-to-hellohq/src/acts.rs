//! What this flow can do for the console, and what these acts have in common.

use std::sync::Arc;

use edge::connections::Trouble;
use edge::verdict::Fault;
use edge::{Acts, Asked, Clock, Confirmation, Message, Sweep, Webhooks};
use jiff::ToSpan;
use vendors::Http;
use vendors::personio::hr::AbsenceQuery;

use crate::connection::Settings;
use crate::sweep::{Task, confirmation, tasks};
use crate::{Mapper, hooks, live, remap};

/// How many years ahead absences are read.
const YEARS_AHEAD: i64 = 10;

/// All of them.
pub(crate) const ACTS: Acts = Acts {
    check_live: Some(|asked| Box::pin(live::check(asked))),
    webhooks: Some(Webhooks {
        list: |asked, url| Box::pin(hooks::list(asked, url)),
        register: |asked, url| Box::pin(hooks::register(asked, url)),
        ping: |asked, url| Box::pin(hooks::ping(asked, url)),
        remove: |asked, which| Box::pin(hooks::remove(asked, which)),
    }),
    sweep: Some(Sweep {
        start,
        is_for_it: |message| Task::read(&message.body).is_ok(),
        confirm: |asked| Box::pin(confirm(asked)),
    }),
    remap: Some(|asked| Box::pin(remap::remap(asked))),
};

fn start(asked: Asked<'_>, whole: bool) -> Result<Vec<Message>, Fault> {
    let run = format!("manual-{:.0}", asked.now);
    tasks(asked.name, &settings(&asked)?.sync, &run, whole, asked.now).map_err(defect)
}

async fn confirm(asked: Asked<'_>) -> Result<Option<Confirmation>, Fault> {
    let Some(held) = asked.ledger.held(asked.name).await? else { return Ok(None) };
    let message = confirmation(asked.name, &held.run, asked.now).map_err(defect)?;
    Ok(Some(Confirmation { held, message }))
}

fn defect(error: serde_json::Error) -> Fault {
    Fault::Unexpected(format!("a task cannot be written ({error})"))
}

/// File and secret as the functions read them.
pub(crate) fn settings(asked: &Asked<'_>) -> Result<Settings, Fault> {
    Settings::read(asked.document, asked.secret, asked.local).map_err(unusable)
}

pub(crate) fn unusable(lines: Vec<String>) -> Fault {
    Fault::Connection(Arc::new(Trouble::Unusable(lines)))
}

/// Works out what should be there, as the pusher does, and makes the clients of the accounts.
pub(crate) fn mapper(asked: &Asked<'_>) -> Result<Mapper, Fault> {
    let http = Http::new().map_err(|error| Fault::Unexpected(format!("no call can be made ({error})")))?;
    let now = asked.now;
    Ok(Mapper::new(http, Clock::new(move || now)))
}

/// All absences that matter.
pub(crate) fn since_the_start(settings: &Settings, asked: &Asked<'_>) -> AbsenceQuery {
    let today = asked.now.to_zoned(jiff::tz::TimeZone::UTC).date();
    AbsenceQuery::Overlapping { from: settings.sync.start_date, to: today.saturating_add(YEARS_AHEAD.years()) }
}
