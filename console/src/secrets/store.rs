//! Secrets Manager: one secret per connection, a JSON object.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html>

use std::error::Error;

use admin::Flow;
use aws_config::SdkConfig;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueError;
use edge::Secrets;

use crate::aws;
use crate::ends::Failure;
use crate::secrets::kept::Kept;

/// The secrets of a stack.
pub(crate) struct Store {
    client: Client,
    stack: String,
}

impl Store {
    /// The secrets of `stack`.
    pub(crate) fn new(config: &SdkConfig, stack: &str) -> Self {
        Self { client: Client::new(config), stack: stack.to_owned() }
    }

    /// The connection's secret; none where there is none yet.
    pub(crate) async fn read(&self, flow: &Flow, connection: &str) -> Result<Option<Kept>, Failure> {
        let name = Secrets::name(&self.stack, flow.name, connection);
        let text = match self.client.get_secret_value().secret_id(&name).send().await {
            Ok(answer) => answer.secret_string.unwrap_or_default(),
            Err(error)
                if error.as_service_error().is_some_and(GetSecretValueError::is_resource_not_found_exception) =>
            {
                return Ok(None);
            }
            Err(error) => return Err(failed("GetSecretValue", &error)),
        };
        let kept = Kept::read(&text).ok_or_else(|| {
            let what = format!("the secret `{name}` is not the JSON object it must be");
            Failure::Refused(format!("{what}; put it right or delete it in AWS's Secrets Manager console"))
        })?;
        Ok(Some(kept))
    }

    /// Writes the connection's secret. `new`: there is none yet.
    pub(crate) async fn write(&self, connection: &str, flow: &Flow, kept: &Kept, new: bool) -> Result<(), Failure> {
        let name = Secrets::name(&self.stack, flow.name, connection);
        let text = kept.write(flow);
        if new {
            let about = format!(
                "hrsync: secrets of the connection {connection} ({}); set with `hrsync secrets set`",
                flow.name
            );
            let request = self.client.create_secret().name(name).description(about).secret_string(text);
            request.send().await.map_err(|error| failed("CreateSecret", &error))?;
        } else {
            let request = self.client.put_secret_value().secret_id(name).secret_string(text);
            request.send().await.map_err(|error| failed("PutSecretValue", &error))?;
        }
        Ok(())
    }
}

fn failed<E>(operation: &str, error: &SdkError<E>) -> Failure
where
    E: ProvideErrorMetadata + Error + 'static,
{
    Failure::Aws(aws::failed(&format!("Secrets Manager {operation}"), error))
}
