//! What the stack is made of, as CloudFormation lists it.

use aws_sdk_cloudformation::Client;

use crate::aws;
use crate::ends::Failure;
use crate::stack::Stack;

/// The type of a function.
pub(super) const FUNCTION: &str = "AWS::Lambda::Function";
/// The type of a queue.
pub(super) const QUEUE: &str = "AWS::SQS::Queue";
/// The type of a schedule.
pub(super) const SCHEDULE: &str = "AWS::Scheduler::Schedule";

/// One resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resource {
    /// Its type.
    pub(super) kind: String,
    /// Its name in the template, e.g. `HeyflowToPersonioPush`.
    pub(super) logical: String,
    /// What AWS calls it: a function's name, a queue's URL.
    pub(super) physical: String,
}

/// All of the stack.
///
/// # Errors
/// AWS's.
pub(super) async fn read(stack: &Stack) -> Result<Vec<Resource>, Failure> {
    let client = Client::new(stack.config());
    let mut pages = client.list_stack_resources().stack_name(stack.name()).into_paginator().items().send();
    let mut resources = Vec::new();
    while let Some(listed) = pages.next().await {
        let listed = listed.map_err(|error| Failure::Aws(aws::failed("CloudFormation ListStackResources", &error)))?;
        let (Some(kind), Some(logical)) = (listed.resource_type, listed.logical_resource_id) else { continue };
        // one that is being made has no name yet
        let Some(physical) = listed.physical_resource_id else { continue };
        resources.push(Resource { kind, logical, physical });
    }
    Ok(resources)
}
