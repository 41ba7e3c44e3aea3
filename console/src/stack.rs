//! The stack to work on: its table, its queues and its door, as its CloudFormation outputs name them.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html>

use admin::{Flow, webhook_path};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_cloudformation::Client;
use aws_sdk_cloudformation::config::ProvideCredentials;
use aws_sdk_cloudformation::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_cloudformation::operation::describe_stacks::DescribeStacksError;
use aws_sdk_cloudformation::types::Stack as Described;
use edge::Queue;
use ledger::{Calls, Connection, Ledger};
use logs::Logs;

use crate::ends::Failure;
use crate::parameter::{off, queue_output};
use crate::secrets::store::Store;
use crate::{aws, flows};

/// The account that the environment leads to, or a local cloud.
pub(crate) struct Cloud(SdkConfig);

/// A deployed stack.
pub(crate) struct Stack {
    name: String,
    config: SdkConfig,
    table: String,
    door: String,
    described: Described,
}

/// Reads `--stack`: what CloudFormation takes as a name.
pub(crate) fn name(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let good = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(fits) && text.len() <= 128;
    good.then(|| text.to_owned())
        .ok_or_else(|| "a stack's name is letters, digits and \"-\", a letter first".to_owned())
}

impl Cloud {
    /// Reads the environment and the AWS profile.
    pub(crate) async fn load() -> Self {
        Self(aws_config::defaults(BehaviorVersion::v2026_01_12()).load().await)
    }

    /// Reads no more of them than an endpoint needs: neither region nor credentials are looked for.
    pub(crate) async fn endpoint_only() -> Self {
        let loader = aws_config::defaults(BehaviorVersion::v2026_01_12());
        Self(loader.region(Region::from_static("eu-central-1")).no_credentials().load().await)
    }

    /// Whether the endpoint is on this machine, so that the stack is local.
    pub(crate) fn is_local(&self) -> bool {
        is_local(&self.0)
    }

    /// The stack called `name`.
    pub(crate) async fn stack(self, name: &str) -> Result<Stack, Failure> {
        let region = self.ready().await?;
        let answer = Client::new(&self.0).describe_stacks().stack_name(name).send().await;
        let stacks = answer.map_err(|error| not_described(name, &region, &error))?.stacks.unwrap_or_default();
        let described = stacks.into_iter().next().ok_or_else(|| missing(name, &region))?;
        let door = match self.0.endpoint_url().filter(|_| self.is_local()) {
            // the local cloud's host names would need a resolver that knows *.localhost, so routes are called by path
            Some(endpoint) => {
                let api = output(&described, name, "ApiId")?;
                format!("{}/_aws/execute-api/{api}/$default", endpoint.trim_end_matches('/'))
            }
            None => output(&described, name, "ApiUrl")?.trim_end_matches('/').to_owned(),
        };
        let table = output(&described, name, "TableName")?.to_owned();
        Ok(Stack { name: name.to_owned(), config: self.0, table, door, described })
    }

    /// Looks for region and credentials first: what the clients say without them is hard to read.
    async fn ready(&self) -> Result<String, Failure> {
        let region = self.0.region().map(ToString::to_string);
        let region =
            region.ok_or_else(|| Failure::Aws("no AWS region is set; set AWS_REGION or AWS_PROFILE".to_owned()))?;
        let provider = self.0.credentials_provider();
        let found = match &provider {
            Some(provider) => provider.provide_credentials().await.is_ok(),
            None => false,
        };
        let without = "no AWS credentials can be had; set AWS_PROFILE, or log in again if its session has ended";
        found.then_some(region).ok_or_else(|| Failure::Aws(without.to_owned()))
    }
}

fn not_described(name: &str, region: &str, error: &SdkError<DescribeStacksError>) -> Failure {
    // CloudFormation has no code of its own for this
    let unknown = error.as_service_error().is_some_and(|error| {
        error.code() == Some("ValidationError") && error.message().is_some_and(|what| what.contains("does not exist"))
    });
    if unknown { missing(name, region) } else { Failure::Aws(aws::failed("CloudFormation DescribeStacks", error)) }
}

fn missing(name: &str, region: &str) -> Failure {
    Failure::Aws(format!("the stack `{name}` does not exist in {region}; deploy it or name another with --stack"))
}

fn output<'a>(stack: &'a Described, name: &str, key: &str) -> Result<&'a str, Failure> {
    let found = stack.outputs().iter().find(|output| output.output_key() == Some(key));
    found.and_then(|output| output.output_value()).ok_or_else(|| {
        let status = stack.stack_status().map_or("of unknown status", |status| status.as_str());
        let what = format!("the stack `{name}` ({status}) has no output {key}, so it is no whole hrsync stack");
        Failure::Aws(format!("{what}; deploy it again or name another with --stack"))
    })
}

impl Stack {
    /// Its name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// How AWS is reached.
    pub(crate) fn config(&self) -> &SdkConfig {
        &self.config
    }

    /// What CloudFormation says of it.
    pub(crate) fn described(&self) -> &Described {
        &self.described
    }

    /// What it was deployed with. `None`: it has no such parameter.
    pub(crate) fn parameter(&self, key: &str) -> Option<&str> {
        let found = self.described.parameters().iter().find(|parameter| parameter.parameter_key() == Some(key));
        found.and_then(|parameter| parameter.parameter_value())
    }

    /// One of its queues, by its URL.
    pub(crate) fn queue_of(&self, url: &str) -> Queue {
        Queue::new(&self.config, url, Calls::default())
    }

    /// Whether it is local, so that vendors may be twins on loopback.
    pub(crate) fn is_local(&self) -> bool {
        is_local(&self.config)
    }

    /// The queue of a flow's pusher.
    pub(crate) fn queue(&self, flow: &str) -> Result<Queue, Failure> {
        self.must_run(flow)?;
        self.queue_at(&queue_output(flow, ""))
    }

    /// The queue of a flow's sweeper.
    pub(crate) fn sweep_queue(&self, flow: &str) -> Result<Queue, Failure> {
        self.must_run(flow)?;
        self.queue_at(&queue_output(flow, "Sweep"))
    }

    /// Whether the stack's parameters switch a flow on: every flow has a pusher's queue.
    pub(crate) fn runs(&self, flow: &str) -> bool {
        let key = queue_output(flow, "");
        self.described.outputs().iter().any(|output| output.output_key() == Some(&key))
    }

    /// The same, where nothing can be done without.
    ///
    /// # Errors
    /// Names the parameter that switches it on.
    pub(crate) fn must_run(&self, flow: &str) -> Result<(), Failure> {
        if self.runs(flow) { Ok(()) } else { Err(Failure::Refused(off(flow, &self.name))) }
    }

    fn queue_at(&self, key: &str) -> Result<Queue, Failure> {
        let url = output(&self.described, &self.name, key)?;
        Ok(Queue::new(&self.config, url, Calls::default()))
    }

    /// Its table.
    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::new(&self.config, &self.table, Calls::default())
    }

    /// The logs of its functions.
    pub(crate) fn logs(&self) -> Logs {
        Logs::new(&self.config, &self.name)
    }

    /// How many messages the pusher's queue of a flow holds.
    pub(crate) async fn depth(&self, flow: &str) -> Result<u64, Failure> {
        let answer = self.queue_at(&queue_output(flow, ""))?.depth().await;
        let depth = answer
            .map_err(|error| Failure::Aws(format!("{error}; give your AWS identity sqs:GetQueueAttributes on it")))?;
        Ok(depth.all())
    }

    /// Its connections' secrets.
    pub(crate) fn secrets(&self) -> Store {
        Store::new(&self.config, &self.name)
    }

    /// The webhook address of a connection, where its flow has a webhook.
    pub(crate) fn webhook(&self, flow: &Flow, connection: &str) -> Option<String> {
        flow.webhook.map(|_| format!("{}{}", self.door, webhook_path(flow.name, connection)))
    }

    /// A connection that is applied, with its flow.
    pub(crate) async fn connection(&self, name: &str) -> Result<(Connection, &'static Flow), Failure> {
        let ledger = self.ledger();
        if let Some(connection) = ledger.connection(name).await? {
            let flow = flows::of(&connection)?;
            return Ok((connection, flow));
        }
        let others = ledger.connections().await?.items;
        let meant = flows::meant(name, others.iter().map(|it| it.name.as_str()));
        let what = format!("no connection `{name}` is applied to the stack `{}` ({meant})", self.name);
        Err(Failure::Refused(format!("{what}; write it with `hrsync apply` first")))
    }
}

fn is_local(config: &SdkConfig) -> bool {
    config.endpoint_url().is_some_and(is_loopback)
}

/// Whether a URL's host is this machine.
fn is_loopback(url: &str) -> bool {
    match url::Url::parse(url).as_ref().map(url::Url::host) {
        Ok(Some(url::Host::Domain(name))) => name == "localhost" || name.ends_with(".localhost"),
        Ok(Some(url::Host::Ipv4(address))) => address.is_loopback(),
        Ok(Some(url::Host::Ipv6(address))) => address.is_loopback(),
        Ok(None) | Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_is_local_where_its_endpoint_is_on_this_machine() {
        let here = [
            "http://127.0.0.1:4566",
            "http://localhost:4566/",
            "http://[::1]:4566",
            "http://aws.localhost",
            "https://LOCALHOST",
        ];
        for url in here {
            assert!(is_loopback(url), "{url}");
        }
        let away = [
            "https://dynamodb.eu-central-1.amazonaws.com",
            "http://10.0.0.1:4566",
            "http://localhost.example.com",
            "http://127.0.0.1@example.com/",
            "http://example.com/localhost",
            "",
        ];
        for url in away {
            assert!(!is_loopback(url), "{url}");
        }
    }

    #[test]
    fn a_stacks_name_is_what_cloudformation_takes() {
        assert_eq!(name("hrsync-test"), Ok("hrsync-test".to_owned()));
        for bad in ["", "2nd", "a_b", "arn:aws:cloudformation:eu-central-1:1:stack/a"] {
            assert!(name(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_stack_without_the_outputs_is_no_hrsync_stack() {
        let error = output(&Described::builder().build(), "other", "TableName").unwrap_err();
        assert!(error.to_string().starts_with("the stack `other` (of unknown status) has no output TableName"));
    }
}
