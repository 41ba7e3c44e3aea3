//! One person on their way: what the steps of an attempt share.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use edge::verdict::Fault;
use reconcile::{Attempt, Signal};
use vendors::personio::hr::Hr;
use vendors::personio::model::id::PersonId;
use vendors::scim::client::Scim;
use vendors::{Http, Operation};

use crate::account_count::AccountCounts;
use crate::connection::Settings;
use crate::link::{Object, WriteBy};
use crate::reader::Reader;
use crate::write_ways::WriteWays;

/// How many calls an attempt makes as a rule: two look-ups and a creation, a change that is read back, a PUT between
/// two reads.
const CALLS: u32 = 4;
/// What a call needs: its own time limit, and some time for its outcome to be written down.
const A_CALL: Duration = Http::TIMEOUT.saturating_add(Duration::from_secs(5));

/// What all attempts of a process share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) reader: Reader,
    pub(crate) write_ways: WriteWays,
    pub(crate) counts: AccountCounts,
}

/// One person on their way.
pub(crate) struct Work<'a> {
    pub(crate) attempt: &'a Attempt<'a>,
    pub(crate) settings: &'a Settings,
    pub(crate) shared: &'a Shared,
    pub(crate) personio: Hr,
    pub(crate) scim: Scim,
    pub(crate) person: PersonId,
    answered: RefCell<Vec<Operation>>,
    has_turns: Cell<bool>,
}

impl<'a> Work<'a> {
    /// The work on a signal of this attempt.
    ///
    /// # Errors
    /// [`Fault::Malformed`]: the signal is about no person.
    pub(crate) fn new(
        shared: &'a Shared,
        attempt: &'a Attempt<'a>,
        signal: &Signal,
        settings: &'a Settings,
    ) -> Result<Self, Fault> {
        let person = signal.about.id.as_str().parse();
        let person = person.map_err(|_| Fault::Malformed(format!("`{}` is no person", signal.about.kind)))?;
        let personio = shared.reader.personio(settings);
        let scim = shared.reader.scim(settings);
        let has_turns = Cell::new(false);
        Ok(Self { attempt, settings, shared, personio, scim, person, answered: RefCell::default(), has_turns })
    }

    /// Takes the attempt's turns of the partner's limit before its first call. They are one block: an attempt that
    /// comes back makes its look-ups anew, so single turns could send it in a circle.
    ///
    /// # Errors
    /// [`Fault::Throttled`]: come back then. [`Fault::OutOfTime`]; where the table fails.
    pub(crate) async fn turn(&self, object: &mut Object<'_>) -> Result<(), Fault> {
        self.attempt.needs(A_CALL)?;
        if self.has_turns.get() {
            return Ok(());
        }
        object.turns(&self.settings.scim_limit(), "calls", CALLS).await?;
        self.has_turns.set(true);
        Ok(())
    }

    /// A vendor has answered an operation well: a halt that is about it ends.
    pub(crate) fn has_answered(&self, operation: Operation) {
        self.answered.borrow_mut().push(operation);
    }

    /// The operations that were answered well.
    pub(crate) fn answered(&self) -> Vec<Operation> {
        self.answered.borrow().clone()
    }

    /// How the partner lets accounts be changed, as far as its answers have taught.
    pub(crate) fn write_by(&self, object: &Object<'_>) -> Option<WriteBy> {
        self.shared.write_ways.of(&self.settings.scim.key()).or(object.state().write_by)
    }

    /// An answer has taught how accounts are changed: the process and the link remember it.
    pub(crate) fn learn(&self, object: &mut Object<'_>, way: WriteBy) {
        self.shared.write_ways.learn(self.settings.scim.key(), way);
        object.state_mut().write_by = Some(way);
    }
}
