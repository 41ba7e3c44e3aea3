//! Rows of a table: played at the same time, and looked through for pairs that no row has.

use std::any::Any;
use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;

use futures_util::{FutureExt as _, StreamExt as _, stream};

/// How many rows run at a time: a row mostly waits for the local AWS.
const AT_A_TIME: usize = 4;

/// Plays rows, each under its name. Every row is played; then those that failed fail the test, by name.
pub(crate) async fn play<F: Future<Output = ()>>(rows: impl IntoIterator<Item = (String, F)>) {
    let played = stream::iter(rows).map(|(name, row)| async move {
        let ended = AssertUnwindSafe(row).catch_unwind().await;
        ended.map_err(|panic| format!("{name}: {}", message(&*panic)))
    });
    let ended: Vec<Result<(), String>> = played.buffer_unordered(AT_A_TIME).collect().await;
    assert!(!ended.is_empty(), "there is no such row");
    let failed: Vec<String> = ended.into_iter().filter_map(Result::err).collect();
    assert!(failed.is_empty(), "{} rows failed\n{}", failed.len(), failed.join("\n"));
}

fn message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic without a text")
}

/// The pairs of values of two factors that stand in no row. A row has one value of each factor, in the factors' order.
pub(crate) fn missing_pairs(factors: &[Vec<String>], rows: &[Vec<String>]) -> BTreeSet<String> {
    let mut missing = BTreeSet::new();
    for (first, values) in factors.iter().enumerate() {
        for (second, others) in factors.iter().enumerate().skip(first + 1) {
            let pairs = values.iter().flat_map(|value| others.iter().map(move |other| (value, other)));
            let absent =
                pairs.filter(|(value, other)| !rows.iter().any(|row| row[first] == **value && row[second] == **other));
            missing.extend(absent.map(|(value, other)| format!("{value} with {other}")));
        }
    }
    missing
}

/// The table has every pair, and none of its rows is there for nothing.
pub(crate) fn assert_pairwise(factors: &[Vec<String>], rows: &[Vec<String>]) {
    assert_eq!(missing_pairs(factors, rows), BTreeSet::new());
    for left_out in 0..rows.len() {
        let others = [&rows[..left_out], &rows[left_out + 1..]].concat();
        assert_ne!(missing_pairs(factors, &others), BTreeSet::new(), "row {left_out} adds no pair");
    }
}

/// The values of a factor by their names.
pub(crate) fn names<T: std::fmt::Debug>(factor: &str, values: &[T]) -> Vec<String> {
    values.iter().map(|value| format!("{factor} {value:?}")).collect()
}
