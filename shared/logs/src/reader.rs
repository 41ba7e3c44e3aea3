//! Reads the log groups of a stack's functions.
//! <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html>

use std::fmt;

use aws_config::SdkConfig;
use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::error::ProvideErrorMetadata;
use jiff::Timestamp;

use crate::line::Line;
use crate::pattern::Pattern;

/// The logs of one stack. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Logs {
    client: Client,
    stack: String,
}

/// A log group could not be read. `Debug` leaves the SDK's raw answer out.
#[derive(thiserror::Error)]
#[error("the log of {function} could not be read ({code})")]
pub struct ReadError {
    /// Whose log it is.
    pub function: String,
    /// AWS's code for what went wrong.
    pub code: String,
    #[source]
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl fmt::Debug for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { function, code, .. } = self;
        f.debug_struct("ReadError").field("function", function).field("code", code).finish_non_exhaustive()
    }
}

impl Logs {
    /// The logs of the functions of this stack.
    #[must_use]
    pub fn new(config: &SdkConfig, stack: impl Into<String>) -> Self {
        Self { client: Client::new(config), stack: stack.into() }
    }

    /// The lines that a function has written since then, the oldest first.
    ///
    /// # Errors
    /// Where CloudWatch refuses or cannot be reached.
    pub async fn read(&self, function: &str, pattern: &Pattern, since: Timestamp) -> Result<Vec<Line>, ReadError> {
        let group = format!("/aws/lambda/{}-{function}", self.stack);
        let request = self.client.filter_log_events().log_group_name(group).filter_pattern(pattern.as_str());
        let mut pages = request.start_time(since.as_millisecond()).into_paginator().send();
        let mut lines = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|error| {
                let code = error.code().unwrap_or("no answer").to_owned();
                ReadError { function: function.to_owned(), code, source: error.into() }
            })?;
            let texts = page.events().iter().filter_map(|event| event.message());
            lines.extend(texts.filter_map(|text| Line::read(function, text)));
        }
        // by the function's own time: CloudWatch keeps an order by stream only
        lines.sort_by_key(|line| line.at);
        Ok(lines)
    }
}
