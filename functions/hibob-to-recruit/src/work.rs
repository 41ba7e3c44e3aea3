//! One opening on its way: what the steps of an attempt share.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use edge::verdict::Fault;
use edge::{Clock, Queue};
use jiff::Timestamp;
use ledger::{Decision, Subject};
use reconcile::{Attempt, Signal};
use vendors::hibob::client::Hibob;
use vendors::hibob::model::OpeningId;
use vendors::recruit::client::Recruit;
use vendors::{Error, Http, Operation};

use crate::connection::Settings;
use crate::link::GroupLink;

/// How many calls of Recruit an attempt makes as a rule: a look-up, a write, and one that follows from it.
const CALLS: u32 = 3;

/// What a call needs: its own time limit, and some time for its outcome to be written down.
pub(crate) const A_CALL: Duration = Http::TIMEOUT.saturating_add(Duration::from_secs(5));

/// What all attempts of a process share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) http: Http,
    pub(crate) clock: Clock,
    /// The pusher's own queue: a part wakes its owner.
    pub(crate) queue: Queue,
}

/// One opening on its way.
pub(crate) struct Work<'a> {
    pub(crate) attempt: &'a Attempt<'a>,
    pub(crate) settings: &'a Settings,
    pub(crate) shared: &'a Shared,
    pub(crate) hibob: Hibob,
    pub(crate) recruit: Recruit,
    pub(crate) opening: OpeningId,
    answered: RefCell<Vec<Operation>>,
    has_turns: Cell<bool>,
}

impl<'a> Work<'a> {
    /// The work on the opening of a signal.
    ///
    /// # Errors
    /// [`Fault::Malformed`]: the signal is about no opening.
    pub(crate) fn of_signal(
        shared: &'a Shared,
        attempt: &'a Attempt<'a>,
        settings: &'a Settings,
        signal: &Signal,
    ) -> Result<Self, Fault> {
        let malformed = |_| Fault::Malformed(format!("`{}` is no opening", signal.about.kind));
        let opening = signal.about.id.as_str().parse().map_err(malformed)?;
        let now = shared.clock.now();
        let hibob = Hibob::new(shared.http.clone(), settings.hibob.clone(), now);
        let recruit = settings.recruit(&shared.http, now);
        let (answered, has_turns) = (RefCell::default(), Cell::new(false));
        Ok(Self { attempt, settings, shared, hibob, recruit, opening, answered, has_turns })
    }

    /// Takes the attempt's turns of Recruit's limit before its first call. They are one block, kept in the group's link: an
    /// attempt that comes back makes its look-ups anew, so single turns could send it in a circle.
    ///
    /// # Errors
    /// [`Fault::Throttled`]: come back then. [`Fault::OutOfTime`]; where the table fails.
    pub(crate) async fn turn(&self, group: &mut GroupLink<'_>) -> Result<(), Fault> {
        self.needs_a_call()?;
        if self.has_turns.get() {
            return Ok(());
        }
        group.turns(&self.settings.recruit_limit(), "calls", CALLS).await?;
        self.has_turns.set(true);
        Ok(())
    }

    /// Fails where too little time is left for another call.
    ///
    /// # Errors
    /// [`Fault::OutOfTime`].
    pub(crate) fn needs_a_call(&self) -> Result<(), Fault> {
        self.attempt.needs(A_CALL)
    }

    /// A vendor's answer to an operation. A good one ends a halt that is about it.
    pub(crate) fn note<T>(&self, operation: Operation, answer: Result<T, Error>) -> Result<T, Error> {
        if answer.is_ok() {
            self.answered.borrow_mut().push(operation);
        }
        answer
    }

    /// The operations that were answered well.
    pub(crate) fn answered(&self) -> Vec<Operation> {
        self.answered.borrow().clone()
    }

    /// What a person has decided about what a failure with this code tells of. `since`: when the step was begun whose end
    /// nobody could find out; what was decided before is about an earlier one.
    pub(crate) async fn decision(
        &self,
        about: &Subject,
        code: &str,
        since: Option<Timestamp>,
    ) -> Result<Option<Decision>, Fault> {
        // only a retry of a person's brings one
        if !self.attempt.is_replay() {
            return Ok(None);
        }
        let decided = self.attempt.ledger.decision(self.attempt.connection(), about).await?;
        let decided = decided.filter(|it| it.code == code && since.is_none_or(|since| it.at >= since));
        Ok(decided.map(|decided| decided.decision))
    }

    /// What was decided is done.
    pub(crate) async fn forget_decision(&self, about: &Subject) -> Result<(), Fault> {
        if !self.attempt.is_replay() {
            return Ok(());
        }
        Ok(self.attempt.ledger.forget_decision(self.attempt.connection(), about).await?)
    }
}
