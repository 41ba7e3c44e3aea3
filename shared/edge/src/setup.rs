//! The parts of a function, made from its declared environment at cold start.

use std::time::Duration;

use aws_config::SdkConfig;
use ledger::{Calls, Ledger};

use crate::connections::{Connections, Read};
use crate::{Clock, Environment, Function, MissingVariable, Queue, Secrets, aws, telemetry};

/// What a function is made from.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The function's declared variables.
    pub environment: Environment,
    /// Counts AWS requests of every part.
    pub calls: Calls,
    /// The system's clock.
    pub clock: Clock,
    config: SdkConfig,
}

/// A function that cannot start.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// A variable is missing.
    #[error(transparent)]
    Variable(#[from] MissingVariable),
    /// A variable's value cannot be used.
    #[error("the environment variable {0} is no number")]
    NoNumber(&'static str),
    /// A variable that Lambda sets itself is missing.
    #[error("the environment variable {0} is not set (Lambda sets it)")]
    NotInLambda(&'static str),
    /// The HTTP client of AWS's SDK cannot be made.
    #[error("TLS cannot be set up")]
    Tls(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Setup {
    /// Reads the environment, starts the log, prepares AWS clients. Calls nobody.
    ///
    /// # Errors
    /// Where a declared variable is not set.
    pub async fn of(function: &Function) -> Result<Self, SetupError> {
        let environment = Environment::read(function)?;
        telemetry::start(environment.get("HRSYNC_LOG")?);
        Ok(Self { environment, calls: Calls::default(), clock: Clock::system(), config: aws::config()? })
    }

    /// The ledger.
    ///
    /// # Errors
    /// Where the function does not declare `HRSYNC_TABLE`.
    pub fn ledger(&self) -> Result<Ledger, SetupError> {
        Ok(Ledger::new(&self.config, self.environment.get("HRSYNC_TABLE")?, self.calls.clone()))
    }

    /// The ledger of a function that stores failures: they are kept for as long as the stack says.
    ///
    /// # Errors
    /// Where the function does not declare what it needs.
    pub fn ledger_of_failures(&self) -> Result<Ledger, SetupError> {
        const DAY: u64 = 24 * 60 * 60;
        let kept = Duration::from_secs(self.failure_days()?.saturating_mul(DAY));
        Ok(self.ledger()?.keeping_failures(kept))
    }

    /// For how many days failures are kept.
    ///
    /// # Errors
    /// Where the function does not declare it, or it is no number.
    pub fn failure_days(&self) -> Result<u64, SetupError> {
        self.number("HRSYNC_FAILURE_DAYS")
    }

    /// For how many minutes failures of one cause are told together; none: each is told alone.
    ///
    /// # Errors
    /// Where the function does not declare it, or it is no number.
    pub fn summary_minutes(&self) -> Result<u64, SetupError> {
        self.number("HRSYNC_SUMMARY_MINUTES")
    }

    fn number(&self, variable: &'static str) -> Result<u64, SetupError> {
        self.environment.get(variable)?.parse().map_err(|_| SetupError::NoNumber(variable))
    }

    /// The queue whose URL is in `variable`.
    ///
    /// # Errors
    /// Where the function does not declare it.
    pub fn queue(&self, variable: &str) -> Result<Queue, SetupError> {
        Ok(Queue::new(&self.config, self.environment.get(variable)?, self.calls.clone()))
    }

    /// The connections of `flow`.
    ///
    /// # Errors
    /// Where the function does not declare what they need.
    pub fn connections<C>(&self, flow: &'static str, read: Read<C>) -> Result<Connections<C>, SetupError> {
        let secrets = Secrets::new(&self.config, self.environment.get("HRSYNC_STACK")?, self.calls.clone());
        Ok(Connections::new(flow, self.ledger()?, secrets, read, self.is_local()?, self.clock.clone()))
    }

    /// Whether the stack itself is local, where vendors may be twins on loopback.
    ///
    /// # Errors
    /// Where the function does not declare `HRSYNC_LOCAL`.
    pub fn is_local(&self) -> Result<bool, SetupError> {
        Ok(self.environment.get("HRSYNC_LOCAL")? == "true")
    }

    /// How long the first retry waits.
    ///
    /// # Errors
    /// Where the function does not declare it, or it is no number.
    pub fn first_retry(&self) -> Result<Duration, SetupError> {
        self.number("HRSYNC_RETRY_SECONDS").map(Duration::from_secs)
    }

    /// The AWS configuration, for the one crate that sends mail.
    #[must_use]
    pub fn config(&self) -> &SdkConfig {
        &self.config
    }
}
