//! Figures: what the measurements come to, and whether that is what was wanted.

use std::time::Duration;

use anyhow::bail;
use serde::Serialize;

use crate::cases::Case;
use crate::measure::Measured;
use crate::stand_ins::{Calls, is_of_aws};

/// What a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Metric {
    Package,
    Init,
    Cold,
    WarmMedian,
    WarmWorst,
    Memory,
    ColdCalls,
    WarmCalls,
}

impl Metric {
    /// All of them, in the order of the table.
    pub(crate) const ALL: [Self; 8] = [
        Self::Package,
        Self::Init,
        Self::Cold,
        Self::WarmMedian,
        Self::WarmWorst,
        Self::Memory,
        Self::ColdCalls,
        Self::WarmCalls,
    ];

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Package => "zip",
            Self::Init => "init",
            Self::Cold => "cold start",
            Self::WarmMedian => "warm p50",
            Self::WarmWorst => "warm p99",
            Self::Memory => "peak memory",
            Self::ColdCalls => "AWS calls cold",
            Self::WarmCalls => "AWS calls warm",
        }
    }

    /// The unit of its figures. MB are millions of bytes.
    pub(crate) fn unit(self) -> &'static str {
        match self {
            Self::Package | Self::Memory => "MB",
            Self::Init | Self::Cold | Self::WarmMedian | Self::WarmWorst => "ms",
            Self::ColdCalls | Self::WarmCalls => "calls",
        }
    }

    /// The figure, where the system tells it.
    fn of(self, measured: &Measured) -> Option<f64> {
        match self {
            Self::Package => Some(megabytes(measured.package)),
            Self::Init => percentile(&measured.init, 50),
            Self::Cold => percentile(&measured.cold, 50),
            Self::WarmMedian => percentile(&measured.warm, 50),
            Self::WarmWorst => percentile(&measured.warm, 99),
            Self::Memory => measured.memory.map(megabytes),
            Self::ColdCalls => Some(of_aws(&measured.cold_calls) as f64),
            Self::WarmCalls => Some(per_event(of_aws(&measured.warm_calls), measured)),
        }
    }
}

/// A figure that is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) metric: Metric,
    pub(crate) limit: Limit,
}

/// What it may be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Limit {
    Exactly(f64),
    AtMost(f64),
    /// So many times the figure of the function that sends one message.
    TimesOneSend(f64),
}

impl Limit {
    fn holds(self, value: f64, one_send: f64) -> bool {
        match self {
            Self::Exactly(limit) => (value - limit).abs() < 1e-9,
            Self::AtMost(limit) => value <= limit,
            Self::TimesOneSend(times) => value <= times * one_send,
        }
    }
}

/// One figure beside those of the two yardsticks, and what is wanted of it.
#[derive(Clone, Copy)]
pub(crate) struct Figure {
    pub(crate) function: &'static str,
    pub(crate) metric: Metric,
    pub(crate) value: f64,
    pub(crate) empty: f64,
    pub(crate) one_send: f64,
    pub(crate) limit: Option<Limit>,
}

impl Figure {
    /// Whether it is not what is wanted.
    pub(crate) fn is_short(&self) -> bool {
        self.limit.is_some_and(|limit| !limit.holds(self.value, self.one_send))
    }
}

/// All figures, the yardsticks' first.
pub(crate) struct Report {
    pub(crate) figures: Vec<Figure>,
}

/// A figure as it is written down.
#[derive(Clone, Serialize)]
pub(crate) struct Line {
    name: String,
    metric: &'static str,
    value: f64,
    unit: &'static str,
}

impl Line {
    pub(crate) fn new(name: impl Into<String>, metric: &'static str, value: f64, unit: &'static str) -> Self {
        // more digits than these would be noise
        Self { name: name.into(), metric, value: (value * 1000.0).round() / 1000.0, unit }
    }
}

impl Report {
    /// What was measured, against what the cases want. `measured` begins with the empty function and the one that
    /// sends a message.
    ///
    /// # Errors
    /// These were not measured.
    pub(crate) fn of(cases: &[Case], measured: &[Measured]) -> anyhow::Result<Self> {
        let [empty, one_send, ..] = measured else { bail!("the yardsticks were not measured") };
        let mut figures = Vec::new();
        for measured in measured {
            let wanted =
                cases.iter().find(|case| case.function == measured.function).map_or(&[][..], |case| case.wanted);
            for metric in Metric::ALL {
                let (Some(value), Some(empty)) = (metric.of(measured), metric.of(empty)) else { continue };
                let Some(one_send) = metric.of(one_send) else { continue };
                let limit = wanted.iter().find(|wanted| wanted.metric == metric).map(|wanted| wanted.limit);
                figures.push(Figure { function: measured.function, metric, value, empty, one_send, limit });
            }
        }
        Ok(Self { figures })
    }

    /// The figures that are not what is wanted.
    pub(crate) fn short(&self) -> Vec<&Figure> {
        self.figures.iter().filter(|figure| figure.is_short()).collect()
    }

    /// The figures as they are written down.
    pub(crate) fn lines(&self) -> Vec<Line> {
        let line = |it: &Figure| Line::new(it.function, it.metric.name(), it.value, it.metric.unit());
        self.figures.iter().map(line).collect()
    }
}

/// The smallest value that so many of a hundred do not exceed, in milliseconds.
fn percentile(values: &[Duration], hundredths: usize) -> Option<f64> {
    let mut values = values.to_vec();
    values.sort_unstable();
    let rank = (values.len() * hundredths).div_ceil(100);
    values.get(rank.saturating_sub(1)).map(|value| value.as_secs_f64() * 1000.0)
}

pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn of_aws(calls: &Calls) -> u64 {
    calls.iter().filter(|(kind, _)| is_of_aws(kind)).map(|(_, count)| *count).sum()
}

/// Of so many calls, those that one warm event makes.
pub(crate) fn per_event(calls: u64, measured: &Measured) -> f64 {
    calls as f64 / measured.warm.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let values: Vec<_> = (1..=15).rev().map(Duration::from_millis).collect();
        assert_eq!(percentile(&values, 50), Some(8.0));
        let values: Vec<_> = (1..=500).map(Duration::from_millis).collect();
        assert_eq!((percentile(&values, 50), percentile(&values, 99)), (Some(250.0), Some(495.0)));
        assert_eq!(percentile(&[Duration::from_millis(3)], 99), Some(3.0));
        assert_eq!(percentile(&[], 50), None);
    }

    #[test]
    fn a_limit_holds_up_to_itself() {
        let holds = |limit: Limit, value| limit.holds(value, 2.0);
        assert!(
            holds(Limit::Exactly(3.0), 3.0) && !holds(Limit::Exactly(3.0), 2.0) && !holds(Limit::Exactly(3.0), 4.0)
        );
        assert!(holds(Limit::AtMost(2.5), 2.5) && !holds(Limit::AtMost(2.5), 2.501));
        assert!(holds(Limit::TimesOneSend(4.0), 8.0) && !holds(Limit::TimesOneSend(4.0), 8.1));
    }

    #[test]
    fn only_aws_is_counted_as_such() {
        let calls = [("SQS SendMessage".to_owned(), 2), ("POST /personio/v1/x".to_owned(), 5)].into();
        assert_eq!(of_aws(&calls), 2);
    }

    #[test]
    fn figures_are_written_with_name_metric_value_and_unit() {
        let figure = Figure {
            function: "a-to-b-push",
            metric: Metric::Cold,
            value: 2.345_67,
            empty: 1.0,
            one_send: 1.0,
            limit: None,
        };
        let read = serde_json::to_value(Report { figures: vec![figure] }.lines()).unwrap();
        let expected =
            serde_json::json!([{"name": "a-to-b-push", "metric": "cold start", "value": 2.346, "unit": "ms"}]);
        assert_eq!(read, expected);
    }
}
