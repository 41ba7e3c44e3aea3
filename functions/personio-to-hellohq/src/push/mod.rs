//! The pusher: one absence at a time is brought in line in helloHQ.
//!
//! A signal only says which absence to look at. What Personio says now, what the link says is entered and the connection's
//! mapping decide; so signals that are late, doubled or out of order are harmless, and a webhook and a sweep end here
//! alike. Entries that people made by hand are neither adopted nor touched: only ids in links are.

mod apply;
mod fetch;

use edge::batch::{Ended, Record};
use edge::connections::Loaded;
use edge::verdict::Fault;
use edge::worker::{Done, Without, Worker};
use jiff::Timestamp;
use ledger::{Glance, Link};
use vendors::personio::model::absence::AbsencePeriod;
use vendors::personio::model::id::AbsenceId;

use crate::connection::Settings;
use crate::link::{OPEN, State};
use crate::signal::{Signal, Why};
use crate::wanted::{Accounts, Kept, Mapper, Told, Wanted};
use fetch::Source;

/// The vendors that a push has heard of well when it ends without a call of helloHQ.
const PERSONIO: &[&str] = &["personio"];

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
        let source = self.fetch(&work, link.as_ref()).await?;
        let absence = match source {
            Source::Found(absence) => absence,
            Source::Gone => return self.gone(&work, link).await,
            Source::Unreadable(reasons) => return self.tell(&work, &Told::unreadable(&object, reasons)).await,
        };
        if let Some(done) = self.is_settled(&work, link.as_ref(), &absence) {
            self.wait_no_more(&work, &object).await?;
            return Ok(done);
        }
        // nothing of it is dealt with yet: only its end says that
        let unseen = || Glance { seen: Timestamp::UNIX_EPOCH, ..glance(&absence, &work) };
        let mut link = link.unwrap_or_else(|| Link::new(unseen(), State::default()));
        let adopted = self.resolve(&work, &mut link).await?;
        let entered = link.state.entered.as_ref();
        match self.mapper.wanted(&work.accounts, &absence, entered, kept(&link, &absence)).await? {
            Ok(wanted) => {
                let done = self.bring_in_line(&work, link, &absence, wanted).await?;
                let nothing_else = matches!(done, Done::Without(Without::Skipped, ..));
                Ok(if adopted && nothing_else { Done::Earlier } else { done })
            }
            Err(told) => self.leave(&work, link, &absence, told).await,
        }
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
        if let Err(told) = self.apply(work, &mut link, None).await? {
            return self.tell(work, &told).await;
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
        if let Err(told) = self.apply(work, &mut link, wanted.entry.as_ref()).await? {
            return self.leave(work, link, absence, told).await;
        }
        let waited = link.state.problem.is_some_and(|problem| problem.waits());
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
        told: Told,
    ) -> Result<Done, Fault> {
        let done = self.tell(work, &told).await?;
        if told.obstacle.waits() {
            self.worker.ledger.add_waiting(work.connection(), &link.glance.object).await?;
        }
        link.state.problem = Some(told.obstacle);
        link.glance = Glance { entered: link.state.entered.is_some(), due: link.glance.due, ..glance(absence, work) };
        self.write(work, &mut link).await?;
        Ok(done)
    }

    async fn tell(&self, work: &Work<'_>, told: &Told) -> Result<Done, Fault> {
        self.worker.tell(work.record, told.id.clone(), told.cause, told.reasons.clone()).await?;
        Ok(Done::Without(Without::Rejected, told.reasons.join("; "), PERSONIO))
    }
}

fn glance(absence: &AbsencePeriod, work: &Work<'_>) -> Glance {
    let last_day = mapping::personio_to_hellohq::last_day(absence, work.settings().shape.end).unwrap_or(OPEN);
    Glance { object: absence.id.to_string(), seen: fetch::version(absence), last_day, due: None, entered: false }
}

/// What the entry keeps: its absence has not been edited since, so the present mapping does not touch it.
fn kept(link: &Link<State>, absence: &AbsencePeriod) -> Option<Kept> {
    let is_edited = link.glance.seen != fetch::version(absence) || link.state.problem.is_some();
    let entered = link.state.entered.as_ref().filter(|_| !is_edited)?;
    Some(Kept::of(&entered.entry))
}
