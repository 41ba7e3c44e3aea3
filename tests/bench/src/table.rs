//! What people see: a table of figures, what falls short, and the calls behind the numbers.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::thread::available_parallelism;

use comfy_table::Table;
use comfy_table::presets::UTF8_FULL_CONDENSED;

use crate::figures::{Figure, Limit, Metric, Report, per_event};
use crate::measure::{Extent, Measured};
use crate::stand_ins::Calls;

/// The whole text.
pub(crate) fn text(report: &Report, measured: &[Measured], extent: Extent) -> String {
    [machine(extent), figures(report), short(report), calls(measured)].join("\n")
}

/// Figures mean little without it.
fn machine(extent: Extent) -> String {
    let cores = available_parallelism().map_or_else(|_| "an unknown number of".to_owned(), |cores| cores.to_string());
    let (system, architecture) = (std::env::consts::OS, std::env::consts::ARCH);
    let Extent { starts, events } = extent;
    let without = if cfg!(target_os = "linux") { "" } else { "; peak memory is told on Linux only" };
    format!("{cores} cores, {system} {architecture}; medians of {starts} starts, {events} warm events each{without}")
}

fn figures(report: &Report) -> String {
    let mut table = Table::new();
    let header = |metric: &Metric| format!("{}\n{}", metric.name().replacen(' ', "\n", 1), metric.unit());
    let metrics = Metric::ALL.iter().filter(|metric| report.figures.iter().any(|figure| figure.metric == **metric));
    let metrics: Vec<_> = metrics.collect();
    table
        .load_style(UTF8_FULL_CONDENSED)
        .set_header(["".to_owned()].into_iter().chain(metrics.into_iter().map(header)));
    for group in report.figures.chunk_by(|a, b| a.function == b.function) {
        let name = group.first().map_or_else(String::new, |figure| figure.function.to_owned());
        table.add_row([name].into_iter().chain(group.iter().map(cell)));
    }
    table.to_string()
}

/// The figure, how many times the empty function's it is, and below that what is wanted.
fn cell(figure: &Figure) -> String {
    let value = number(figure);
    let is_time = figure.metric.unit() == "ms";
    let times = if is_time { format!(" {:.1}x", figure.value / figure.empty) } else { String::new() };
    match figure.limit {
        Some(limit) if figure.is_short() => format!("{value}{times}\n{} SHORT", words(limit)),
        Some(limit) => format!("{value}{times}\n{} ok", words(limit)),
        None => format!("{value}{times}"),
    }
}

fn number(figure: &Figure) -> String {
    match figure.metric {
        Metric::Package | Metric::Init | Metric::Cold => format!("{:.2}", figure.value),
        Metric::WarmMedian | Metric::WarmWorst => format!("{:.3}", figure.value),
        Metric::Memory => format!("{:.1}", figure.value),
        Metric::ColdCalls | Metric::WarmCalls => count(figure.value),
    }
}

/// A whole number, or two digits behind the point.
fn count(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0)
}

fn words(limit: Limit) -> String {
    match limit {
        Limit::Exactly(value) => format!("= {value}"),
        Limit::AtMost(value) => format!("<= {value}"),
        Limit::TimesOneSend(times) => format!("<= {times}x one-send"),
    }
}

fn short(report: &Report) -> String {
    let mut text = String::new();
    for figure in report.short() {
        let (value, unit, wanted) =
            (number(figure), figure.metric.unit(), figure.limit.map_or_else(String::new, words));
        // writing to a text cannot fail
        let _ = writeln!(
            text,
            "falls short: {} of {}: {value} {unit}, wanted {wanted}",
            figure.metric.name(),
            figure.function
        );
    }
    if text.is_empty() { "every figure that is wanted is kept\n".to_owned() } else { text }
}

/// The calls of one event, cold and warm.
fn calls(measured: &[Measured]) -> String {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(["calls of an event", "", "cold", "warm"]);
    for measured in measured {
        let mut function = measured.function;
        let kinds: BTreeSet<_> = measured.cold_calls.keys().chain(measured.warm_calls.keys()).collect();
        for kind in kinds {
            let of = |calls: &Calls| calls.get(kind).copied().unwrap_or_default();
            let warm = per_event(of(&measured.warm_calls), measured);
            table.add_row([function, kind, &of(&measured.cold_calls).to_string(), &count(warm)]);
            function = "";
        }
    }
    format!("{table}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_falls_short_is_marked_where_it_stands_and_named_below() {
        let figure =
            |function, metric, value, empty, limit| Figure { function, metric, value, empty, one_send: empty, limit };
        let figures = vec![
            figure("empty", Metric::Package, 0.5, 0.5, None),
            figure("empty", Metric::Cold, 1.0, 1.0, None),
            figure("a-to-b-webhook", Metric::Package, 2.0, 0.5, Some(Limit::AtMost(2.5))),
            figure("a-to-b-webhook", Metric::Cold, 5.0, 1.0, Some(Limit::TimesOneSend(4.0))),
        ];
        let report = Report { figures };
        insta::assert_snapshot!(super::figures(&report), @r"
        ┌────────────────┬───────────┬──────────────────────┐
        │                ┆ zip       ┆ cold                 │
        │                ┆ MB        ┆ start                │
        │                ┆           ┆ ms                   │
        ╞════════════════╪═══════════╪══════════════════════╡
        │ empty          ┆ 0.50      ┆ 1.00 1.0x            │
        │ a-to-b-webhook ┆ 2.00      ┆ 5.00 5.0x            │
        │                ┆ <= 2.5 ok ┆ <= 4x one-send SHORT │
        └────────────────┴───────────┴──────────────────────┘
        ");
        insta::assert_snapshot!(short(&report), @"falls short: cold start of a-to-b-webhook: 5.00 ms, wanted <= 4x one-send");
    }
}
