//! One subject's link during one attempt.
//!
//! What the target holds is written down around every step. A step that the target cannot make idempotent is preceded by an
//! intent: its answer clears the intent, and an intent that stands without an answer is resolved by a look-up before
//! anything else is done. No closures: the call of the vendor stands in the flow, between two lines that must be there.

use std::time::Duration;

use edge::verdict::{self, Fault};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::fmt::serde::timestamp::millisecond;
use ledger::{ClaimChanges, Link, LinkSummary, LinkWrite, RateLimit, Subject, WokenBy};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use vendors::Error;

use crate::freshness::{Evidence, Gone, OnNewSettings, Settled, Shown, Situation, Standing, gone, settled};
use crate::notices::{Notice, tell_blocked};
use crate::turn::{self, Taken};
use crate::{Attempt, Trigger};

/// What a link keeps: the flow's own state, and what every flow keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Memory<S, I> {
    /// The flow's own.
    pub state: S,
    /// A step that was begun and whose end is not known.
    pub intent: Option<Intent<I>>,
    /// What ends a blocker that the owner was told of. `None`: nothing blocks the object.
    pub blocked: Option<Blocked>,
    /// A turn of a rate limit that is reserved for one step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    turn: Option<Turn>,
}

/// A step on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intent<I> {
    /// What was sent.
    pub sent: I,
    /// When.
    #[serde(rename = "at_ms", with = "millisecond::required")]
    pub at: Timestamp,
}

/// What can end a blocker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blocked {
    /// Something outside of the object: every sweep tries again.
    Waiting,
    /// An edit of the object, or a person's retry.
    UntilEdited,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    step: String,
    #[serde(rename = "at_ms", with = "millisecond::required")]
    at: Timestamp,
}

impl<S: Default, I> Default for Memory<S, I> {
    fn default() -> Self {
        Self { state: S::default(), intent: None, blocked: None, turn: None }
    }
}

/// How an intended step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Answered<T> {
    /// The target has done it. The flow writes the outcome into its state and saves, which clears the intent.
    Made(T),
    /// The target refuses this one object. Nothing was done, and the intent is cleared.
    Refused {
        /// The problem code.
        code: String,
        /// Why, one line each.
        reasons: Vec<String>,
    },
}

/// What a look-up for an open intent has found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Recovered<T> {
    /// No intent was open, or its step was certainly never done. There is nothing to recover.
    NothingOpen,
    /// The step was done, and this is its outcome.
    Found(T),
    /// The target may still show the outcome late: look again then.
    NotYet(Timestamp),
    /// Nobody can say: a person is told, and the step is not repeated by itself.
    Unknowable,
}

/// What an attempt has seen and brought about, for the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observed {
    /// The version of the source.
    pub shown: Shown,
    /// The day by which sweeps assign the object to a window.
    pub window: Option<Date>,
    /// From when on the object is due for a look.
    pub due: Option<Timestamp>,
    /// Whether the target holds something for the object.
    pub holds: bool,
}

/// One subject's link during one attempt. `S` is the flow's state, `I` is what an intent has sent.
#[derive(Debug)]
pub struct Object<'a, S, I> {
    pub(crate) attempt: &'a Attempt<'a>,
    pub(crate) link: Link<Memory<S, I>>,
    claims: ClaimChanges,
}

impl<'a, S, I> Object<'a, S, I>
where
    S: Default + Serialize + DeserializeOwned,
    I: Serialize + DeserializeOwned,
{
    /// Loads the link of `subject`; an empty one where there is none.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn load(attempt: &'a Attempt<'a>, subject: &Subject) -> Result<Self, Fault> {
        let link = attempt.ledger.link(attempt.connection(), subject).await?;
        let link = link.unwrap_or_else(|| Link::new(LinkSummary::unseen(subject.clone()), Memory::default()));
        Ok(Self { attempt, link, claims: ClaimChanges::default() })
    }

    /// The subject.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        &self.link.summary.subject
    }

    /// What a sweep sees of the link. `None`: the object has no link yet.
    #[must_use]
    pub fn summary(&self) -> Option<&LinkSummary> {
        (self.link.rev > 0).then_some(&self.link.summary)
    }

    /// The flow's state.
    #[must_use]
    pub fn state(&self) -> &S {
        &self.link.state.state
    }

    /// The flow's state, to be changed; [`Self::save`] and what saves write it down.
    pub fn state_mut(&mut self) -> &mut S {
        &mut self.link.state.state
    }

    /// The step whose end is not known.
    #[must_use]
    pub fn intent(&self) -> Option<&Intent<I>> {
        self.link.state.intent.as_ref()
    }

    /// What can end the blocker that the owner was told of.
    #[must_use]
    pub fn blocked(&self) -> Option<Blocked> {
        self.link.state.blocked
    }

    /// Whether the source's version is another than the one that was processed.
    #[must_use]
    pub fn is_edited(&self, shown: &Shown) -> bool {
        self.link.summary.fingerprint != Some(shown.fingerprint)
    }

    /// Whether the object needs no work. `has_leftovers`: whether the flow's state holds steps that are still to be done.
    #[must_use]
    pub fn settled(&self, shown: &Shown, has_leftovers: bool, on_new_settings: OnNewSettings) -> Option<Settled> {
        let link = self.summary()?;
        let standing = Standing {
            link,
            is_unfinished: has_leftovers || self.intent().is_some(),
            is_waiting: self.blocked() == Some(Blocked::Waiting),
            is_blocked: self.blocked().is_some(),
        };
        let situation = Situation {
            revision: self.attempt.revision,
            on_new_settings,
            is_replay: self.attempt.is_replay(),
            now: self.attempt.now(),
        };
        settled(standing, shown, situation)
    }

    /// Waits for the turn of `step`, where the turn is near. Otherwise the turn is kept in the link, and the record comes
    /// back for it. Each vendor's call takes a turn of its own, so any limit costs at most one receive for each call.
    ///
    /// # Errors
    /// [`Fault::Throttled`]: come back then. Where the table fails.
    pub async fn turn(&mut self, limit: &RateLimit, step: &str) -> Result<(), Fault> {
        self.turns(limit, step, 1).await
    }

    /// The same of `calls` turns that follow one another: for steps whose calls are all made again when the record comes back.
    ///
    /// # Errors
    /// As for [`Self::turn`].
    pub async fn turns(&mut self, limit: &RateLimit, step: &str, calls: u32) -> Result<(), Fault> {
        let kept = self.link.state.turn.take_if(|turn| turn.step == step).map(|turn| turn.at);
        let Taken::Later(at) = turn::take_several(self.attempt, limit, calls, kept).await? else { return Ok(()) };
        self.link.state.turn = Some(Turn { step: step.to_owned(), at });
        if kept.is_none() {
            self.save().await?;
        }
        Err(Fault::Throttled { until: at })
    }

    /// Writes down what is about to be sent. The call follows at once, and [`Self::answered`] gets its answer.
    ///
    /// # Errors
    /// Where the table fails, or another worker has the object; then the call must not be made.
    pub async fn intend(&mut self, sent: I) -> Result<(), Fault> {
        self.link.state.intent = Some(Intent { sent, at: self.attempt.now() });
        self.save().await
    }

    /// What the answer to an intended call means.
    ///
    /// # Errors
    /// The vendor's, where the call may have been carried out: the intent stands, and the next attempt looks for it. Also
    /// what is no refusal of this one object; then the intent is cleared where the call was certainly not carried out.
    pub async fn answered<T>(&mut self, answer: Result<T, Error>) -> Result<Answered<T>, Fault> {
        let error = match answer {
            Ok(made) => {
                self.link.state.intent = None;
                return Ok(Answered::Made(made));
            }
            Err(error) => error,
        };
        if !error.kind.certainly_not_done() {
            return Err(error.into());
        }
        self.link.state.intent = None;
        self.save().await?;
        let is_refusal = error.kind.is_refusal();
        let fault = Fault::from(error);
        if !is_refusal {
            return Err(fault);
        }
        Ok(Answered::Refused { code: verdict::code(&fault), reasons: verdict::reasons(&fault) })
    }

    /// The look-up for the open intent has found what was made. The flow writes it into its state and saves.
    pub fn found<T>(&mut self, made: T) -> Recovered<T> {
        self.link.state.intent = None;
        Recovered::Found(made)
    }

    /// The look-up has not found anything. The target may show a new object as late as `visible_within` after the step;
    /// afterwards the step counts as never done.
    pub fn not_found<T>(&mut self, visible_within: Duration) -> Recovered<T> {
        let Some(intent) = &self.link.state.intent else { return Recovered::NothingOpen };
        let visible_by = intent.at + visible_within;
        if self.attempt.now() < visible_by {
            return Recovered::NotYet(visible_by);
        }
        self.link.state.intent = None;
        Recovered::NothingOpen
    }

    /// The target's id belongs to this object from the next save on.
    pub fn claim(&mut self, target: impl Into<String>) {
        self.claims.claim.push(target.into());
    }

    /// The target's id belongs to nobody from the next save on.
    pub fn release(&mut self, target: impl Into<String>) {
        self.claims.release.push(target.into());
    }

    /// Writes the link, with its claims, over the revision that was read. Another writer can only be an earlier worker of
    /// this record that outlived its time: what that one has done shows in the link, so all is worked out again.
    ///
    /// # Errors
    /// [`Fault::Overtaken`], [`Fault::Claimed`]; where the table fails.
    pub async fn save(&mut self) -> Result<(), Fault> {
        let by = self.writer();
        let connection = self.attempt.connection();
        match self.attempt.ledger.put_link(connection, &mut self.link, by, &self.claims).await? {
            LinkWrite::Done => {
                self.claims = ClaimChanges::default();
                Ok(())
            }
            LinkWrite::Overtaken => Err(Fault::Overtaken),
            LinkWrite::Claimed { target, by } => Err(Fault::Claimed { target, by: by.to_string() }),
        }
    }

    /// Differs with each write.
    pub(crate) fn writer(&self) -> String {
        let record = self.attempt.record;
        format!("{}-{}-{}", record.receive, record.deadline.0.as_millisecond(), self.link.rev)
    }

    /// The target holds what it should: the version counts as processed, and nothing blocks the object any more.
    ///
    /// # Errors
    /// As for [`Self::save`].
    pub async fn settle(&mut self, observed: Observed) -> Result<(), Fault> {
        let was_blocked = self.blocked().is_some();
        self.link.state.blocked = None;
        self.observe(observed);
        self.save().await?;
        if was_blocked {
            self.unblock().await?;
        }
        Ok(())
    }

    /// Something blocks the object; what the target holds stays. The owner is told.
    ///
    /// # Errors
    /// As for [`Self::save`].
    pub async fn block(&mut self, blocked: Blocked, notices: Vec<Notice>, observed: Observed) -> Result<(), Fault> {
        let woken_by = match blocked {
            Blocked::Waiting => WokenBy::Sweeps,
            Blocked::UntilEdited => WokenBy::Edit,
        };
        tell_blocked(self.attempt, self.subject(), notices, woken_by).await?;
        self.link.state.blocked = Some(blocked);
        self.observe(observed);
        self.save().await
    }

    /// The object stays blocked by what its owner was told of before.
    ///
    /// # Errors
    /// As for [`Self::save`].
    pub async fn stay_blocked(&mut self, observed: Observed) -> Result<(), Fault> {
        self.link.state.blocked = Some(Blocked::UntilEdited);
        self.observe(observed);
        self.save().await
    }

    /// A step waits for a person, and nothing new was seen of the object. The owner is told.
    ///
    /// # Errors
    /// As for [`Self::save`].
    pub async fn hold(&mut self, notices: Vec<Notice>) -> Result<(), Fault> {
        tell_blocked(self.attempt, self.subject(), notices, WokenBy::Sweeps).await?;
        self.link.state.blocked = Some(Blocked::Waiting);
        self.save().await
    }

    /// Something is in the way of which the link keeps nothing: the owner is told, and every sweep looks again.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn reject(&self, notices: Vec<Notice>) -> Result<(), Fault> {
        tell_blocked(self.attempt, self.subject(), notices, WokenBy::Sweeps).await
    }

    /// Nothing blocks the object any more: failures that told of it alone are resolved.
    async fn unblock(&self) -> Result<(), Fault> {
        let attempt = self.attempt;
        Ok(attempt.ledger.remove_pending(attempt.connection(), self.subject(), attempt.now()).await?)
    }

    fn observe(&mut self, observed: Observed) {
        let Observed { shown, window, due, holds } = observed;
        let taken = if self.is_edited(&shown) { Some(self.attempt.began) } else { self.link.summary.taken };
        self.link.summary = LinkSummary {
            subject: self.link.summary.subject.clone(),
            fingerprint: Some(shown.fingerprint),
            taken,
            seen: shown.changed,
            settings_revision: self.attempt.revision,
            due,
            window,
            holds,
            missing_since: None,
        };
    }

    /// Whether the object counts as gone. That a sweep has missed it is written down: only a later sweep's signal makes it
    /// two, and never the same one that comes again.
    ///
    /// # Errors
    /// As for [`Self::save`].
    pub async fn missed(&mut self, evidence: Evidence) -> Result<Gone, Fault> {
        let received = self.attempt.record.message.received;
        let earlier = self.link.summary.missing_since.filter(|since| *since < received);
        let judged = gone(evidence, &LinkSummary { missing_since: earlier, ..self.link.summary.clone() });
        if judged == Gone::NotYet && self.link.summary.missing_since.is_none() {
            self.link.summary.missing_since = Some(received);
            self.save().await?;
        }
        Ok(judged)
    }

    /// The link is as if the object had never been looked at: no state, no version, nothing that blocks it. Claims stay.
    ///
    /// # Errors
    /// As for [`Self::save`].
    pub async fn begin_anew(&mut self) -> Result<(), Fault> {
        self.unblock().await?;
        self.link.summary = LinkSummary::unseen(self.subject().clone());
        self.link.state = Memory::default();
        self.save().await
    }

    /// When the object is due for a look, as the link has it.
    #[must_use]
    pub fn due(&self) -> Option<Timestamp> {
        self.link.summary.due
    }

    /// A settled object waits no more. The attempt that settled the object may have failed before that was written down.
    /// Then the same record comes back, or a sweep wakes the object again.
    ///
    /// # Errors
    /// Where the table fails.
    pub async fn wait_no_more(&self, trigger: &Trigger) -> Result<(), Fault> {
        let may_be_left_over = *trigger == Trigger::Pending || self.attempt.record.receive > 1;
        if may_be_left_over && self.blocked().is_none() {
            self.unblock().await?;
        }
        Ok(())
    }

    /// The object is gone and the target holds nothing for it: the link goes, and the claims that were released.
    ///
    /// # Errors
    /// [`Fault::Overtaken`]; where the table fails.
    pub async fn forget(self) -> Result<(), Fault> {
        let connection = self.attempt.connection();
        self.unblock().await?;
        match self.attempt.ledger.remove_link(connection, &self.link, &self.claims.release).await? {
            LinkWrite::Done => Ok(()),
            LinkWrite::Overtaken | LinkWrite::Claimed { .. } => Err(Fault::Overtaken),
        }
    }
}
