//! A function that a schedule wakes. The event itself says nothing.

use lambda_runtime::{LambdaEvent, service_fn};
use serde::de::IgnoredAny;

/// Runs a function whose events are a schedule's. Ends only with the function. A failed run is reported to Lambda,
/// which tries it again.
///
/// # Errors
/// Where Lambda's runtime API fails.
pub async fn serve<E>(run: impl AsyncFn() -> Result<(), E>) -> Result<(), lambda_runtime::Error>
where
    E: std::error::Error + Send + Sync + 'static,
{
    let run = &run;
    // boxed: the types of nested futures would otherwise outgrow the compiler's limit
    let answer = async |_: LambdaEvent<IgnoredAny>| Box::pin(run()).await.map_err(lambda_runtime::Error::from);
    lambda_runtime::run(service_fn(answer)).await
}
