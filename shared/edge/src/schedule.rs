//! A function that a schedule wakes. The event itself says nothing.

use lambda_runtime::{LambdaEvent, service_fn};
use serde::de::IgnoredAny;

/// Runs a function whose events are a schedule's. Ends only with the function. A failed run is reported to Lambda,
/// which tries it again.
///
/// # Errors
/// Where Lambda's runtime API fails.
pub async fn serve<E: std::error::Error>(run: impl AsyncFn() -> Result<(), E>) -> Result<(), lambda_runtime::Error> {
    let run = &run;
    // boxed: the types of nested futures would otherwise outgrow the compiler's limit
    let answer = async |_: LambdaEvent<IgnoredAny>| Box::pin(run()).await.map_err(|error| brief(&error));
    lambda_runtime::run(service_fn(answer)).await
}

/// The runtime logs an error with all it holds, an SDK's raw answers included: only its words are handed on.
fn brief(error: &impl std::error::Error) -> lambda_runtime::Error {
    error.to_string().into()
}
