//! For every kind: what is read, written and read again is equal, on both sides.

use proptest::prelude::*;
use proptest::sample::subsequence;
use vendors::teamtailor::model::CustomFieldOption;

use super::support::{options, shown};
use crate::oneflow_teamtailor::{
    DateFormat, DecimalMark, FieldKind, FieldValue, Formats, read_oneflow, read_teamtailor, write_oneflow,
    write_teamtailor,
};

const KINDS: [FieldKind; 9] = [
    FieldKind::Text,
    FieldKind::Email,
    FieldKind::Url,
    FieldKind::Phone,
    FieldKind::Date,
    FieldKind::Checkbox,
    FieldKind::Number,
    FieldKind::Select,
    FieldKind::MultiSelect,
];

const LABELS: [&str; 6] = ["Full time", "Part time", "Nights, weekends", "A; B", "å ä ö", "12"];

fn formats() -> impl Strategy<Value = Formats> {
    let dates = [
        None,
        Some(DateFormat::YearFirst),
        Some(DateFormat::DaySlash),
        Some(DateFormat::DayDot),
        Some(DateFormat::DayDash),
        Some(DateFormat::MonthSlash),
    ];
    let marks = [None, Some(DecimalMark::Point), Some(DecimalMark::Comma)];
    let pair = (prop::sample::select(dates.to_vec()), prop::sample::select(marks.to_vec()));
    pair.prop_map(|(date, decimal)| Formats { date, decimal })
}

/// Texts as people enter them for a field of a kind.
fn text(kind: FieldKind) -> BoxedStrategy<String> {
    let number = |least: u32, most: u32| least..=most;
    match kind {
        FieldKind::Text => "\\PC{0,40}".boxed(),
        FieldKind::Email => "[a-zA-Z]{1,10}@[a-z]{1,8}\\.com".boxed(),
        FieldKind::Url => "https://[a-z]{1,8}\\.com/[a-zA-Z0-9]{0,9}".boxed(),
        FieldKind::Phone => "\\+?[0-9 ()-]{0,6}[0-9]{1,9}".boxed(),
        FieldKind::Date => (number(1900, 2100), number(1, 12), number(1, 28))
            .prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
            .boxed(),
        FieldKind::Checkbox => prop::sample::select(vec!["0".to_owned(), "1".to_owned(), "true".to_owned()]).boxed(),
        FieldKind::Number => "-?[0-9]{1,9}([.,][0-9]{1,5})?".boxed(),
        FieldKind::Select => prop::sample::select(LABELS.map(ToOwned::to_owned).to_vec()).boxed(),
        FieldKind::MultiSelect => subsequence(LABELS.to_vec(), 0..=3).prop_map(|some| some.join("; ")).boxed(),
    }
}

fn case() -> impl Strategy<Value = (FieldKind, String, Formats)> {
    prop::sample::select(KINDS.to_vec()).prop_flat_map(|kind| (Just(kind), text(kind), formats()))
}

fn through_oneflow(value: &FieldValue, kind: FieldKind, labels: &[CustomFieldOption], formats: Formats) -> FieldValue {
    let written = write_oneflow(value, kind, labels, formats).unwrap();
    read_oneflow(written.reveal(), kind, labels, formats).unwrap()
}

fn through_teamtailor(value: &FieldValue, kind: FieldKind, labels: &[CustomFieldOption]) -> FieldValue {
    let sent = write_teamtailor(value).unwrap();
    read_teamtailor(&shown(&sent, kind, labels), kind, labels).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_is_kept_on_both_sides((kind, text, formats) in case()) {
        let labels = options(&LABELS);
        // a text that does not fit is told by name, and nothing is written
        let Ok(value) = read_oneflow(&text, kind, &labels, formats) else { return Ok(()) };
        let there = through_teamtailor(&value, kind, &labels);
        prop_assert!(there.is(&value), "teamtailor: {kind:?} {text:?}");
        prop_assert!(through_oneflow(&there, kind, &labels, formats).is(&value), "oneflow: {kind:?} {text:?}");
    }
}

/// Every kind's texts fit as a rule, so that the test above tests something.
#[test]
fn texts_of_every_kind_fit() {
    let samples = [
        (FieldKind::Text, "Engineer"),
        (FieldKind::Email, "dora@example.com"),
        (FieldKind::Url, "https://example.com"),
        (FieldKind::Phone, "+46 70 123"),
        (FieldKind::Date, "2026-04-03"),
        (FieldKind::Checkbox, "1"),
        (FieldKind::Number, "1200,5"),
        (FieldKind::Select, "Full time"),
        (FieldKind::MultiSelect, "Full time; å ä ö"),
    ];
    let labels = options(&LABELS);
    for (kind, text) in samples {
        let value = read_oneflow(text, kind, &labels, Formats::default()).unwrap();
        assert!(!value.is_empty() && through_teamtailor(&value, kind, &labels).is(&value), "{kind:?}");
    }
}
