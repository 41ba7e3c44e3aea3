//! The parts of a function, made from its declared environment at cold start.

use std::time::Duration;

use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use ledger::{Calls, Ledger};

use crate::connections::{Connections, Read};
use crate::{Clock, Environment, Function, MissingVariable, Queue, Secrets, telemetry};

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
    #[error("the environment variable {0} is not a number of seconds")]
    NotSeconds(&'static str),
}

/// AWS answers in milliseconds; one that hangs must not hold a door until Lambda ends it.
fn timeouts() -> TimeoutConfig {
    let (attempt, whole) = (Duration::from_secs(2), Duration::from_secs(5));
    TimeoutConfig::builder().operation_attempt_timeout(attempt).operation_timeout(whole).build()
}

impl Setup {
    /// Reads the environment, starts the log, prepares AWS clients. Calls nobody.
    ///
    /// # Errors
    /// Where a declared variable is not set.
    pub async fn of(function: &Function) -> Result<Self, SetupError> {
        let environment = Environment::read(function)?;
        telemetry::start(environment.get("HRSYNC_LOG")?);
        let config = aws_config::defaults(BehaviorVersion::v2026_01_12()).timeout_config(timeouts()).load().await;
        Ok(Self { environment, calls: Calls::default(), clock: Clock::system(), config })
    }

    /// The ledger.
    ///
    /// # Errors
    /// Where the function does not declare `HRSYNC_TABLE`.
    pub fn ledger(&self) -> Result<Ledger, SetupError> {
        Ok(Ledger::new(&self.config, self.environment.get("HRSYNC_TABLE")?, self.calls.clone()))
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
        let local = self.environment.get("HRSYNC_LOCAL")? == "true";
        Ok(Connections::new(flow, self.ledger()?, secrets, read, local, self.clock.clone()))
    }

    /// How long the first retry waits.
    ///
    /// # Errors
    /// Where the function does not declare it, or it is no number.
    pub fn first_retry(&self) -> Result<Duration, SetupError> {
        const VARIABLE: &str = "HRSYNC_RETRY_SECONDS";
        let seconds = self.environment.get(VARIABLE)?.parse().map_err(|_| SetupError::NotSeconds(VARIABLE))?;
        Ok(Duration::from_secs(seconds))
    }

    /// The AWS configuration, for the one crate that sends mail.
    #[must_use]
    pub fn config(&self) -> &SdkConfig {
        &self.config
    }
}
