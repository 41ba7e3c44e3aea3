//! The parts of a function, made from its declared environment at cold start: what every main repeats.
//!
//! Each part fails where the function does not declare what the part needs.

use std::time::Duration;

use aws_config::SdkConfig;
use jiff::tz::TimeZone;
use ledger::{Calls, Ledger};
use vendors::Http;

use crate::aws;
use crate::batch::BatchContext;
use crate::clock::Clock;
use crate::connections::{Connections, Read};
use crate::environment::Environment;
use crate::function::Function;
use crate::queue::Queue;
use crate::rejections::Rejections;
use crate::secrets::Secrets;
use crate::setup_error::SetupError;
use crate::telemetry;
use crate::variable::{
    DEAD_QUEUES, FAILURE_DAYS, FAILURES_QUEUE, FLOWS, LOCAL, LOG, MAIL_TIME_ZONE, POLLED_FLOWS, PUSH_QUEUE, QUEUE,
    RETRY_SECONDS, SENDER, STACK, SUMMARY_MINUTES, SWEEP_QUEUE, TABLE,
};
use crate::worker::Worker;

/// What a function is made from.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Counts AWS requests of every part.
    pub calls: Calls,
    /// The system's clock.
    pub clock: Clock,
    environment: Environment,
    config: SdkConfig,
}

impl Setup {
    /// Reads the environment, starts the log, prepares AWS clients. Calls nobody.
    ///
    /// # Errors
    /// Where a declared variable is not set.
    pub async fn of(function: &Function) -> Result<Self, SetupError> {
        let environment = Environment::read(function)?;
        telemetry::start(environment.get(LOG)?, environment.get(STACK)?);
        Ok(Self { calls: Calls::default(), clock: Clock::system(), environment, config: aws::config()? })
    }

    /// What a batch of the function's own queue needs beside its handlers. `http` counts vendors' calls.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn batch_context(&self, http: Option<&Http>) -> Result<BatchContext, SetupError> {
        Ok(BatchContext { queue: Some(self.queue()?), http: http.cloned(), ..self.drain_context() })
    }

    /// The same for a function that reads several queues by itself.
    #[must_use]
    pub fn drain_context(&self) -> BatchContext {
        BatchContext { queue: None, clock: self.clock.clone(), calls: self.calls.clone(), http: None }
    }

    /// The common part of a pusher or sweeper of `flow`.
    ///
    /// # Errors
    /// [`SetupError::Variable`], [`SetupError::NoNumber`].
    pub fn worker<C>(&self, flow: &'static str, read: Read<C>) -> Result<Worker<C>, SetupError> {
        let connections = self.connections(flow, read)?;
        let failures = self.failures_queue()?;
        Ok(Worker::new(self.failure_ledger()?, connections, failures, self.clock.clone(), self.first_retry()?))
    }

    /// The connections of `flow`.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn connections<C>(&self, flow: &'static str, read: Read<C>) -> Result<Connections<C>, SetupError> {
        let secrets = Secrets::new(&self.config, self.stack()?, flow, self.calls.clone());
        Ok(Connections::new(flow, self.ledger()?, secrets, read, self.is_local()?, self.clock.clone()))
    }

    /// Where a receiver's rejected deliveries go, with the flow's advice on them.
    ///
    /// # Errors
    /// [`SetupError::Variable`], [`SetupError::NoNumber`].
    pub fn rejections(&self, flow: &'static str, advice: &'static [&'static str]) -> Result<Rejections, SetupError> {
        let (ledger, failures) = (self.failure_ledger()?, self.failures_queue()?);
        Ok(Rejections { flow, advice, ledger, failures, clock: self.clock.clone() })
    }

    /// The ledger.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn ledger(&self) -> Result<Ledger, SetupError> {
        Ok(Ledger::new(&self.config, self.environment.get(TABLE)?, self.calls.clone()))
    }

    /// The ledger of a function that stores failures: they are kept for as long as the stack says.
    ///
    /// # Errors
    /// [`SetupError::Variable`], [`SetupError::NoNumber`].
    pub fn failure_ledger(&self) -> Result<Ledger, SetupError> {
        const DAY: u64 = 24 * 60 * 60;
        let kept = Duration::from_secs(self.failure_days()?.saturating_mul(DAY));
        Ok(self.ledger()?.keeping_failures(kept))
    }

    /// The function's own queue.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn queue(&self) -> Result<Queue, SetupError> {
        self.queue_at(QUEUE)
    }

    /// The pusher's queue.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn push_queue(&self) -> Result<Queue, SetupError> {
        self.queue_at(PUSH_QUEUE)
    }

    /// The sweeper's queue.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn sweep_queue(&self) -> Result<Queue, SetupError> {
        self.queue_at(SWEEP_QUEUE)
    }

    /// The queue of `failures-push`.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn failures_queue(&self) -> Result<Queue, SetupError> {
        self.queue_at(FAILURES_QUEUE)
    }

    /// The stack's name.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn stack(&self) -> Result<&str, SetupError> {
        Ok(self.environment.get(STACK)?)
    }

    /// Where mails come from.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn sender(&self) -> Result<&str, SetupError> {
        Ok(self.environment.get(SENDER)?)
    }

    /// Whether the stack itself is local, where vendors may be twins on loopback.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn is_local(&self) -> Result<bool, SetupError> {
        Ok(self.environment.get(LOCAL)? == "true")
    }

    /// How long the first retry waits.
    ///
    /// # Errors
    /// [`SetupError::Variable`], [`SetupError::NoNumber`].
    pub fn first_retry(&self) -> Result<Duration, SetupError> {
        self.number(RETRY_SECONDS).map(Duration::from_secs)
    }

    /// For how many days failures are kept.
    ///
    /// # Errors
    /// [`SetupError::Variable`], [`SetupError::NoNumber`].
    pub fn failure_days(&self) -> Result<u64, SetupError> {
        self.number(FAILURE_DAYS)
    }

    /// For how many minutes failures of one cause are told in one digest; 0: each gets a mail of its own.
    ///
    /// # Errors
    /// [`SetupError::Variable`], [`SetupError::NoNumber`].
    pub fn digest_minutes(&self) -> Result<u64, SetupError> {
        self.number(SUMMARY_MINUTES)
    }

    /// Whose local time stands beside UTC in mails.
    ///
    /// # Errors
    /// [`SetupError::Variable`], [`SetupError::NoTimeZone`].
    pub fn mail_time_zone(&self) -> Result<TimeZone, SetupError> {
        TimeZone::get(self.environment.get(MAIL_TIME_ZONE)?).map_err(|_| SetupError::NoTimeZone(MAIL_TIME_ZONE))
    }

    /// The flows that are on.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn flows(&self) -> Result<Vec<String>, SetupError> {
        Ok(self.listed(FLOWS)?.map(str::to_owned).collect())
    }

    /// The flows whose schedules are on.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn polled_flows(&self) -> Result<Vec<String>, SetupError> {
        Ok(self.listed(POLLED_FLOWS)?.map(str::to_owned).collect())
    }

    /// The flows' dead-letter queues.
    ///
    /// # Errors
    /// [`SetupError::Variable`].
    pub fn dead_queues(&self) -> Result<Vec<Queue>, SetupError> {
        Ok(self.listed(DEAD_QUEUES)?.map(|url| Queue::new(&self.config, url, self.calls.clone())).collect())
    }

    /// The AWS configuration, for the one crate that sends mail.
    #[must_use]
    pub fn config(&self) -> &SdkConfig {
        &self.config
    }

    fn queue_at(&self, variable: &str) -> Result<Queue, SetupError> {
        Ok(Queue::new(&self.config, self.environment.get(variable)?, self.calls.clone()))
    }

    /// What is left out by a condition of the template leaves an empty text.
    fn listed(&self, variable: &str) -> Result<impl Iterator<Item = &str>, SetupError> {
        Ok(self.environment.get(variable)?.split(',').filter(|entry| !entry.is_empty()))
    }

    fn number(&self, variable: &'static str) -> Result<u64, SetupError> {
        self.environment.get(variable)?.parse().map_err(|_| SetupError::NoNumber(variable))
    }
}
