//! One Secrets Manager secret per connection: `hrsync/<stack>/<flow>/<connection>`, a JSON object. The flow stands in the name so
//! that a function's role reaches its own flow's only.

use std::fmt;

use aws_config::SdkConfig;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::ProvideErrorMetadata;
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use ledger::Calls;
use secrecy::SecretString;

/// The secrets of one flow in a stack. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Secrets {
    client: Client,
    stack: String,
    flow: String,
}

/// Secrets Manager did not answer, or refused. `Debug` leaves the SDK's raw answer out, which may hold the secret.
#[derive(thiserror::Error)]
#[error("the secret cannot be read ({code})")]
pub struct SecretsError {
    code: String,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl fmt::Debug for SecretsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretsError").field("code", &self.code).finish_non_exhaustive()
    }
}

#[cfg(test)]
impl SecretsError {
    /// One for tests, whose source says `words`.
    pub(crate) fn planted(words: &str) -> Self {
        Self { code: "no answer".to_owned(), source: words.into() }
    }
}

impl Secrets {
    /// The secrets of `flow` in `stack`, whose requests are counted in `calls`.
    #[must_use]
    pub fn new(config: &SdkConfig, stack: impl Into<String>, flow: impl Into<String>, calls: Calls) -> Self {
        let config = aws_sdk_secretsmanager::config::Builder::from(config).interceptor(calls).build();
        Self { client: Client::from_conf(config), stack: stack.into(), flow: flow.into() }
    }

    /// The name of a connection's secret.
    #[must_use]
    pub fn name(stack: &str, flow: &str, connection: &str) -> String {
        format!("hrsync/{stack}/{flow}/{connection}")
    }

    /// The connection's secret; `None` where there is none yet.
    ///
    /// # Errors
    /// Where Secrets Manager refuses or cannot be reached.
    pub async fn read(&self, connection: &str) -> Result<Option<SecretString>, SecretsError> {
        let request = self.client.get_secret_value().secret_id(Self::name(&self.stack, &self.flow, connection));
        match request.send().await {
            Ok(answer) => Ok(answer.secret_string.map(SecretString::from)),
            Err(error)
                if error.as_service_error().is_some_and(GetSecretValueError::is_resource_not_found_exception) =>
            {
                Ok(None)
            }
            Err(error) => {
                let code = error.code().unwrap_or("no answer").to_owned();
                Err(SecretsError { code, source: error.into() })
            }
        }
    }
}
