//! The yardstick: a function that does nothing, built like all others.

use lambda_runtime::{LambdaEvent, service_fn};
use serde::de::IgnoredAny;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_runtime::Error> {
    let nothing = async |_: LambdaEvent<IgnoredAny>| Ok::<_, lambda_runtime::Error>(());
    lambda_runtime::run(service_fn(nothing)).await
}
