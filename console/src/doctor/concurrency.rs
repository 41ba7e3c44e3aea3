//! Whether the account lets as many functions run at once as the stack may take.

use admin::Finding;
use aws_sdk_lambda::Client;

use super::not_known::not_known;
use super::resources::{FUNCTION, Resource, SCHEDULE};
use crate::stack::Stack;

const ABOUT: &str = "lambda: concurrency";

/// What is left for webhooks: one instance answers some hundred deliveries a second, but a burst starts several.
const DOORS: i32 = 10;

/// Compares the account's quota with what the functions' queues and schedules may start.
pub(super) async fn look(stack: &Stack, resources: &[Resource]) -> Finding {
    let client = Client::new(stack.config());
    let mut workers = 0;
    for function in resources.iter().filter(|it| it.kind == FUNCTION) {
        match maximum(&client, &function.physical).await {
            Ok(maximum) => workers += maximum,
            Err(finding) => return finding,
        }
    }
    let schedules = resources.iter().filter(|it| it.kind == SCHEDULE).count();
    let needed = workers + i32::try_from(schedules).unwrap_or(i32::MAX) + DOORS;
    match client.get_account_settings().send().await {
        Ok(settings) => {
            let limit = settings.account_limit;
            judged(limit.and_then(|it| it.unreserved_concurrent_executions.or(Some(it.concurrent_executions))), needed)
        }
        Err(error) => not_known(ABOUT, "Lambda GetAccountSettings", &error),
    }
}

/// How many instances the queues of a function may start.
async fn maximum(client: &Client, function: &str) -> Result<i32, Finding> {
    let mut pages = client.list_event_source_mappings().function_name(function).into_paginator().items().send();
    let mut maximum = 0;
    while let Some(mapping) = pages.next().await {
        let mapping = mapping.map_err(|error| not_known(ABOUT, "Lambda ListEventSourceMappings", &error))?;
        maximum += mapping.scaling_config.and_then(|it| it.maximum_concurrency).unwrap_or(1);
    }
    Ok(maximum)
}

fn judged(quota: Option<i32>, needed: i32) -> Finding {
    let Some(quota) = quota else {
        return Finding::warning(ABOUT, "not known: AWS tells no quota", "look at Service Quotas > AWS Lambda");
    };
    let seen = format!("the account has {quota}, the stack may take {needed}");
    if needed <= quota {
        return Finding::ok(ABOUT, seen);
    }
    let mend = "ask for more in Service Quotas > AWS Lambda > Concurrent executions, or deploy with a smaller MaximumConcurrency";
    Finding::warning(ABOUT, seen, mend)
}

#[cfg(test)]
mod tests {
    use admin::Level;

    use super::*;

    #[test]
    fn a_quota_below_what_the_stack_may_take_is_a_warning() {
        assert_eq!(judged(Some(1000), 36).level, Level::Ok);
        assert_eq!(judged(Some(36), 36).level, Level::Ok);
        let low = judged(Some(10), 36);
        assert_eq!((low.level, low.seen.as_str()), (Level::Warning, "the account has 10, the stack may take 36"));
        assert_eq!(judged(None, 36).level, Level::Warning);
    }
}
