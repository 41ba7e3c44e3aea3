//! A connection's first sweep: what was approved before is made or left as `policies.backfill` says.

use edge::verdict::Fault;
use mapping::hibob_to_recruit::Row;
use reconcile::Sweep;

use crate::connection::Settings;
use crate::desired::{Desired, Known, decide};
use crate::link::{self, OpeningLink, OpeningState};
use crate::processed::observed;
use crate::register::know;
use crate::source::shown;

/// Whether a sweep is the connection's first.
pub(crate) struct FirstSweep {
    is_first: bool,
}

impl FirstSweep {
    /// Looks whether an earlier sweep has ended.
    pub(crate) async fn of(sweep: &Sweep<'_>) -> Result<Self, Fault> {
        let ended = sweep.attempt.ledger.cursor(sweep.connection()).await?;
        Ok(Self { is_first: ended.is_none() })
    }

    /// Whether nothing is to be done about an opening that the first sweep meets.
    pub(crate) fn leaves(&self, settings: &Settings, row: Row<'_>) -> bool {
        self.is_first && !matches!(wanted(settings, row), Wanted::Something)
    }

    /// Writes down what needs nothing, so that later sweeps do not take it for new: to wake the pusher for every opening that
    /// was ever cancelled would keep what is new waiting for hours.
    pub(crate) async fn leave<'a>(
        &self,
        sweep: &Sweep<'_>,
        settings: &Settings,
        rows: impl Iterator<Item = Row<'a>>,
    ) -> Result<(), Fault> {
        for row in rows.filter(|row| self.leaves(settings, *row)) {
            let mut link = OpeningLink::load(&sweep.attempt, &link::opening(&row.opening.id)).await?;
            // a link may hold nothing but a turn that an event keeps
            if link.summary().is_some_and(|link| link.fingerprint.is_some()) {
                continue;
            }
            know(&sweep.attempt, &row.position.id, &row.opening.id).await?;
            link.state_mut().is_left = matches!(wanted(settings, row), Wanted::Left);
            let observed = observed(&link, shown(row));
            link.settle(observed).await?;
        }
        Ok(())
    }

    /// The end of the first sweep is written down: what comes later is new.
    pub(crate) async fn note_end(&self, sweep: &Sweep<'_>) -> Result<(), Fault> {
        if self.is_first {
            sweep.attempt.ledger.move_cursor(sweep.connection(), sweep.attempt.now()).await?;
        }
        Ok(())
    }
}

/// What is wanted of an opening that nothing is known of.
enum Wanted {
    Something,
    Nothing,
    /// Nothing, for the opening was there before.
    Left,
}

fn wanted(settings: &Settings, row: Row<'_>) -> Wanted {
    match decide(row, &OpeningState::default(), &settings.rules, Known::BeforeFirstSweep) {
        Ok(Desired::Left) => Wanted::Left,
        Ok(Desired::AsItStands(_)) => Wanted::Nothing,
        _ => Wanted::Something,
    }
}
