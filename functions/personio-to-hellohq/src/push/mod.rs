//! The pusher: one absence at a time is brought in line in helloHQ.
//!
//! A signal only says which absence to look at. What Personio says now, what the link says is entered and the connection's
//! mapping decide; so signals that are late, doubled or out of order are harmless, and a webhook and a sweep end here
//! alike. Entries that people made by hand are neither adopted nor touched: only ids in links are.

mod apply;
mod fetch;

use std::time::Duration;

use edge::batch::{Ended, Record};
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::{Done, Without, Worker};
use jiff::Timestamp;
use ledger::{Glance, Link};
use vendors::personio::model::absence::AbsencePeriod;
use vendors::personio::model::id::AbsenceId;

use crate::connection::Settings;
use crate::link::{OPEN, Obstacle, State};
use crate::signal::{Signal, Why};
use crate::version;
use crate::wanted::{Accounts, Kept, Mapper, Told, Wanted};
use fetch::Source;

/// Who has answered well when a push ends without a call of helloHQ.
const PERSONIO: &[&str] = &["personio", "personio read absence"];

/// The pusher.
#[derive(Debug)]
pub struct Pusher {
    /// What all pushers have in common.
    pub worker: Worker<Settings>,
    /// Works out what should be there.
    pub mapper: Mapper,
}

/// One absence on its way: what its beats share.
struct Work<'a> {
    record: &'a Record<'a>,
    signal: Signal,
    accounts: Accounts<'a>,
}

impl Work<'_> {
    fn connection(&self) -> &str {
        self.accounts.connection
    }

    fn settings(&self) -> &Settings {
        self.accounts.settings
    }

    fn absence(&self) -> AbsenceId {
        self.signal.absence
    }
}

impl Pusher {
    /// Handles one signal.
    pub async fn push(&self, record: Record<'_>) -> Ended {
        self.worker.handle(record, async |record, connection| self.beats(record, connection).await).await
    }

    async fn beats(&self, record: &Record<'_>, connection: &Loaded<Settings>) -> Result<Done, Fault> {
        let work = self.begin(record, connection)?;
        let object = work.absence().to_string();
        let link: Option<Link<State>> = self.worker.ledger.link(work.connection(), &object).await?;
        if self.is_outlived(&work) {
            return Ok(Done::skipped("a later sweep signals it again", &[]));
        }
        let (source, lags) = self.fetch(&work, link.as_ref()).await?;
        let absence = match source {
            Source::Found(absence) => absence,
            Source::Gone => return self.gone(&work, link).await,
            Source::Unreadable(reasons) => return self.tell(&work, vec![Told::unreadable(&object, reasons)]).await,
        };
        let done = match self.is_settled(&work, link.as_ref(), &absence) {
            Some(done) => self.wait_no_more(&work, &object).await.map(|()| done)?,
            None => self.deal_with(&work, link, &absence).await?,
        };
        if lags { Err(Fault::Lagging) } else { Ok(done) }
    }

    /// Works out what should be there, and brings it about.
    async fn deal_with(
        &self,
        work: &Work<'_>,
        link: Option<Link<State>>,
        absence: &AbsencePeriod,
    ) -> Result<Done, Fault> {
        // nothing of it is dealt with yet: only its end says that
        let unseen = || Glance { seen: Timestamp::UNIX_EPOCH, version: 0, judged: 0, ..glance(absence, work) };
        let mut link = link.unwrap_or_else(|| Link::new(unseen(), State::default()));
        let adopted = self.resolve(work, &mut link).await?;
        let entered = link.state.entered.as_ref();
        match self.mapper.wanted(&work.accounts, absence, entered, kept(&link, absence)).await? {
            Ok(wanted) => {
                let done = self.bring_in_line(work, link, absence, wanted).await?;
                let nothing_else = matches!(done, Done::Without(Without::Skipped, ..));
                Ok(if adopted && nothing_else { Done::Earlier } else { done })
            }
            Err(told) => {
                // what stands stays; what it has superseded does not
                let standing = link.state.entered.as_ref().map(|entered| entered.entry.clone());
                let refused = self.apply(work, &mut link, standing.as_ref()).await?;
                let all = std::iter::once(told).chain(refused).collect();
                self.leave(work, link, absence, all).await
            }
        }
    }

    /// A sweep's signal that has waited for longer than it takes to the next sweeps, which signal the same again: while a
    /// connection is halted, its signals would otherwise multiply.
    fn is_outlived(&self, work: &Work<'_>) -> bool {
        let hours = u32::from(work.settings().sync.every_hours) * 2;
        let is_old = self.worker.clock.since(work.record.message.received) > Duration::from_secs(60 * 60) * hours;
        is_old && work.record.message.generation == 0 && !matches!(work.signal.why, Why::Told { .. })
    }

    fn begin<'a>(&self, record: &'a Record<'a>, connection: &'a Loaded<Settings>) -> Result<Work<'a>, Fault> {
        let signal = Signal::read(&record.message.body).map_err(Fault::Unexpected)?;
        let name = &record.message.connection;
        let accounts = self.mapper.accounts(name, connection.revision, &connection.settings);
        Ok(Work { record, signal, accounts })
    }

    /// A sweep goes on waking an absence that waits until it is told that it does not; a crash may have come in between.
    async fn wait_no_more(&self, work: &Work<'_>, object: &str) -> Result<(), Fault> {
        if work.signal.why == Why::Waiting {
            self.worker.ledger.remove_waiting(work.connection(), object).await?;
        }
        Ok(())
    }

    /// The absence is not there any more: what was entered for it is removed, then forgotten.
    async fn gone(&self, work: &Work<'_>, link: Option<Link<State>>) -> Result<Done, Fault> {
        let Some(mut link) = link else {
            self.wait_no_more(work, &work.absence().to_string()).await?;
            return Ok(Done::skipped("gone, and nothing was entered", PERSONIO));
        };
        self.resolve(work, &mut link).await?;
        let had_entered = link.state.entered.is_some() || link.state.is_unfinished();
        let refused = self.apply(work, &mut link, None).await?;
        if !refused.is_empty() {
            self.write(work, &mut link).await?;
            return self.tell(work, refused).await;
        }
        self.worker.ledger.remove_waiting(work.connection(), &link.glance.object).await?;
        if !self.worker.ledger.remove_link(work.connection(), &link).await? {
            return Err(Fault::Overtaken);
        }
        Ok(if had_entered { Done::Now } else { Done::skipped("gone, and nothing was entered", PERSONIO) })
    }

    /// What helloHQ holds becomes what it should; an equal result makes no call of helloHQ.
    async fn bring_in_line(
        &self,
        work: &Work<'_>,
        mut link: Link<State>,
        absence: &AbsencePeriod,
        wanted: Wanted,
    ) -> Result<Done, Fault> {
        let is_change = link.state.is_unfinished()
            || link.state.entered.as_ref().map(|entered| &entered.entry) != wanted.entry.as_ref();
        let refused = self.apply(work, &mut link, wanted.entry.as_ref()).await?;
        if !refused.is_empty() {
            return self.leave(work, link, absence, refused).await;
        }
        let waited = link.state.problem.is_some_and(Obstacle::waits);
        link.state.problem = None;
        link.state.open_until = wanted.open_until;
        link.glance = Glance { due: wanted.due, ..glance(absence, work) };
        link.glance.entered = link.state.entered.is_some();
        self.write(work, &mut link).await?;
        if waited {
            self.worker.ledger.remove_waiting(work.connection(), &link.glance.object).await?;
        }
        Ok(if is_change { Done::Now } else { Done::skipped(wanted.why_not.unwrap_or("as it should be"), PERSONIO) })
    }

    /// Something stands in the way: what is entered stays, the owner is told, and the link says so.
    async fn leave(
        &self,
        work: &Work<'_>,
        mut link: Link<State>,
        absence: &AbsencePeriod,
        all: Vec<Told>,
    ) -> Result<Done, Fault> {
        link.state.problem = all.first().map(|told| told.obstacle);
        let done = self.tell(work, all).await?;
        if link.state.problem.is_some_and(Obstacle::waits) {
            self.worker.ledger.add_waiting(work.connection(), &link.glance.object).await?;
        }
        link.glance = Glance { entered: link.state.entered.is_some(), due: link.glance.due, ..glance(absence, work) };
        self.write(work, &mut link).await?;
        Ok(done)
    }

    async fn tell(&self, work: &Work<'_>, all: Vec<Told>) -> Result<Done, Fault> {
        let mut reasons = Vec::new();
        for told in all {
            self.worker.tell(work.record, told.id, told.cause, told.reasons.clone()).await?;
            reasons.extend(told.reasons);
        }
        Ok(Done::Without(Without::Rejected, reasons.join("; "), PERSONIO))
    }
}

fn glance(absence: &AbsencePeriod, work: &Work<'_>) -> Glance {
    let last_day = mapping::personio_to_hellohq::last_day(absence, work.settings().shape.end).unwrap_or(OPEN);
    Glance {
        object: absence.id.to_string(),
        seen: version::time(absence),
        version: version::of(absence),
        judged: work.accounts.revision,
        last_day,
        due: None,
        entered: false,
    }
}

/// What the entry keeps: its absence has not been edited since, so the present mapping does not touch it.
fn kept(link: &Link<State>, absence: &AbsencePeriod) -> Option<Kept> {
    let is_edited = link.glance.version != version::of(absence) || link.state.problem.is_some();
    let entered = link.state.entered.as_ref().filter(|_| !is_edited)?;
    Some(Kept::of(&entered.entry))
}
