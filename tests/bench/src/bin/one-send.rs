//! The second yardstick: what a receiver cannot do without. Lambda's runtime and one SendMessage through AWS's SDK, with
//! the client made as the functions make theirs, and nothing else.

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::SharedCredentialsProvider;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::{Value, json};

const ROOTS: &[u8] = include_bytes!("../../../../shared/edge/src/amazon-roots.pem");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let queue = std::env::var("HRSYNC_QUEUE")?;
    let client = Client::new(&config()?);
    let (client, queue) = (&client, queue.as_str());
    lambda_runtime::run(service_fn(async |event: LambdaEvent<Value>| send(client, queue, event).await)).await
}

async fn send(client: &Client, queue: &str, event: LambdaEvent<Value>) -> Result<Value, Error> {
    let body = event.payload.get("body").and_then(Value::as_str).unwrap_or_default();
    let id = event.context.request_id;
    let request = client.send_message().queue_url(queue).message_body(body);
    request.message_group_id("one").message_deduplication_id(id).send().await?;
    Ok(json!({"statusCode": 200}))
}

fn config() -> Result<SdkConfig, Error> {
    let roots = TrustStore::empty().with_pem_certificate(ROOTS);
    let tls = TlsContext::builder().with_trust_store(roots).build()?;
    let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).tls_context(tls).build_https();
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(std::env::var("AWS_REGION")?))
        .credentials_provider(SharedCredentialsProvider::new(EnvironmentVariableCredentialsProvider::new()))
        .http_client(http);
    config.set_endpoint_url(std::env::var("AWS_ENDPOINT_URL").ok());
    Ok(config.build())
}
