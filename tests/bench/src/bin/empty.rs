//! The yardstick: a function that reads nothing of its event and answers 200, built like all others.

use lambda_runtime::{LambdaEvent, service_fn};
use serde::de::IgnoredAny;
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    let nothing = async |_: LambdaEvent<IgnoredAny>| Ok::<Value, lambda_runtime::Error>(json!({"statusCode": 200}));
    lambda_runtime::run(service_fn(nothing)).await
}
