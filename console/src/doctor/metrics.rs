//! CloudWatch, for what AWS tells nowhere else: how old a queue's oldest message is, when a function was last called.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html>

use aws_config::SdkConfig;
use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::types::{Dimension, Statistic};
use jiff::{SignedDuration, Timestamp};

use crate::aws;

/// Reads metrics.
pub(super) struct Metrics(Client);

/// A series of values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Series<'a> {
    pub(super) namespace: &'a str,
    pub(super) metric: &'a str,
    /// The one dimension: its name and value.
    pub(super) dimension: (&'a str, &'a str),
    /// What is told of each stretch of this many seconds.
    pub(super) period: i32,
}

impl Metrics {
    /// Of this account and region.
    pub(super) fn new(config: &SdkConfig) -> Self {
        Self(Client::new(config))
    }

    /// The newest stretch of the last `back` whose largest value is above 0: when it began, and the value. `None`: there is none.
    ///
    /// # Errors
    /// In words.
    pub(super) async fn newest(
        &self,
        series: Series<'_>,
        back: SignedDuration,
        now: Timestamp,
    ) -> Result<Option<(Timestamp, f64)>, String> {
        let Series { namespace, metric, dimension: (name, value), period } = series;
        let dimension = Dimension::builder().name(name).value(value).build();
        let instant = |at: Timestamp| DateTime::from_secs(at.as_second());
        let request = self.0.get_metric_statistics().namespace(namespace).metric_name(metric).dimensions(dimension);
        let request = request.start_time(instant(now - back)).end_time(instant(now)).period(period);
        let answer = request.statistics(Statistic::Maximum).send().await;
        let points = answer.map_err(|error| aws::failed("CloudWatch GetMetricStatistics", &error))?.datapoints;
        let read = |point: aws_sdk_cloudwatch::types::Datapoint| {
            let at = Timestamp::from_second(point.timestamp?.secs()).ok()?;
            point.maximum.filter(|value| *value > 0.0).map(|value| (at, value))
        };
        Ok(points.unwrap_or_default().into_iter().filter_map(read).max_by_key(|(at, _)| *at))
    }
}
