//! What each side's texts mean for a field of each kind.

use super::support::{many, one, options, spelled};
use crate::oneflow_teamtailor::{
    DateFormat, DecimalMark, FieldKind, FieldValue, Formats, Misfit, read_oneflow, read_teamtailor, write_oneflow,
};

const ANY: Formats = Formats { date: None, decimal: None };

fn read(text: &str, kind: FieldKind, formats: Formats) -> String {
    let labels = options(&["Full time", "Part time", "part time", "Nights, weekends", "Twin", "Twin"]);
    match read_oneflow(text, kind, &labels, formats) {
        Ok(value) => spelled(&value),
        Err(misfit) => format!("{misfit:?}"),
    }
}

#[test]
fn texts_of_oneflow() {
    let table = [
        (FieldKind::Text, " Engineer\r\nBerlin ", "text Engineer\nBerlin"),
        (FieldKind::Text, "  ", ""),
        (FieldKind::Text, "\u{200b}Engineer\u{feff} ", "text Engineer"),
        (FieldKind::Text, "\u{200b}", ""),
        (FieldKind::Select, "Full  time\u{200b}", "options 100"),
        (FieldKind::Email, "Dora@Example.com", "email dora@example.com"),
        (FieldKind::Email, "dora", "NotAnEmail"),
        (FieldKind::Url, "https://example.com/a", "text https://example.com/a"),
        (FieldKind::Url, "example.com", "NotAUrl"),
        (FieldKind::Url, "javascript:alert(1)", "NotAUrl"),
        (FieldKind::Phone, "+46 (70) 123-45", "phone +467012345"),
        (FieldKind::Checkbox, "1", "checkbox true"),
        (FieldKind::Checkbox, "0", "checkbox false"),
        (FieldKind::Checkbox, "yes", "NotACheckbox"),
        (FieldKind::Select, " full TIME ", "options 100"),
        (FieldKind::Select, "part time", "options 102"),
        (FieldKind::Select, "PART TIME", "AmbiguousOption"),
        (FieldKind::Select, "twin", "AmbiguousOption"),
        (FieldKind::Select, "Half time", "UnknownOption"),
        (FieldKind::Select, "", ""),
        (FieldKind::MultiSelect, "Full time, Part time", "options 100,101"),
        (FieldKind::MultiSelect, "Nights, weekends", "options 103"),
        (FieldKind::MultiSelect, "Nights, weekends; Full time", "options 100,103"),
        (FieldKind::MultiSelect, "Full time\nPart time", "options 100,101"),
        (FieldKind::MultiSelect, "Full time, Half time", "UnknownOption"),
    ];
    for (kind, text, wanted) in table {
        assert_eq!(read(text, kind, ANY), wanted, "{kind:?} {text:?}");
    }
}

#[test]
fn dates_of_oneflow() {
    let with = |date| Formats { date: Some(date), decimal: None };
    let (day_first, month_first) = (with(DateFormat::DaySlash), with(DateFormat::MonthSlash));
    let table = [
        (ANY, "2026-04-03", "date 2026-04-03"),
        (ANY, "2026/4/3", "date 2026-04-03"),
        (ANY, "03/04/2026", "AmbiguousDate"),
        (ANY, "13/04/2026", "date 2026-04-13"),
        (ANY, "04/13/2026", "date 2026-04-13"),
        (ANY, "04/04/2026", "date 2026-04-04"),
        (ANY, "03.04.2026", "date 2026-04-03"),
        (ANY, "3 4 2026", "AmbiguousDate"),
        (day_first, "03/04/2026", "date 2026-04-03"),
        (day_first, "2026-04-03", "date 2026-04-03"),
        (day_first, "04/13/2026", "NotADate"),
        (month_first, "03/04/2026", "date 2026-03-04"),
        (ANY, "31/02/2026", "NotADate"),
        (ANY, "03/04/26", "NotADate"),
        (ANY, "3 April 2026", "NotADate"),
        (ANY, "20260403", "NotADate"),
        (ANY, "soon", "NotADate"),
    ];
    for (formats, text, wanted) in table {
        assert_eq!(read(text, FieldKind::Date, formats), wanted, "{text} {formats:?}");
    }
}

#[test]
fn numbers_of_oneflow() {
    let with = |mark| Formats { date: None, decimal: Some(mark) };
    let (point, comma) = (with(DecimalMark::Point), with(DecimalMark::Comma));
    let table = [
        (ANY, "1200", "number 1200"),
        (ANY, "0012.50", "number 12.5"),
        (ANY, "-0", "number 0"),
        (ANY, "-12,5", "number -12.5"),
        (ANY, "1 200,50", "number 1200.5"),
        (ANY, "1'200.50", "number 1200.5"),
        (ANY, "1,200.50", "number 1200.5"),
        (ANY, "1.200,50", "number 1200.5"),
        (ANY, "1,200", "AmbiguousNumber"),
        (ANY, "0,200", "number 0.2"),
        (ANY, "1234,567", "number 1234.567"),
        (ANY, "1,200,300", "number 1200300"),
        (ANY, "1,20,300", "NotANumber"),
        (point, "1,200", "number 1200"),
        (comma, "1,200", "number 1.2"),
        (comma, "1.20", "NotANumber"),
        (ANY, "12.", "NotANumber"),
        (ANY, ".5", "NotANumber"),
        (ANY, "1200 EUR", "NotANumber"),
        (ANY, "1234567890123456", "NotANumber"),
    ];
    for (formats, text, wanted) in table {
        assert_eq!(read(text, FieldKind::Number, formats), wanted, "{text} {formats:?}");
    }
}

#[test]
fn what_teamtailor_shows() {
    let labels = options(&["Full time", "Part time"]);
    let table = [
        (FieldKind::Checkbox, one("true"), "checkbox true"),
        (FieldKind::Checkbox, one("maybe"), "NotACheckbox"),
        (FieldKind::Date, one("2026-04-03"), "date 2026-04-03"),
        (FieldKind::Date, one("2026-04-03T00:00:00.000+02:00"), "date 2026-04-03"),
        (FieldKind::Date, one("03/04/2026"), "NotADate"),
        (FieldKind::Number, one("1200.0"), "number 1200"),
        (FieldKind::Number, one("1,2"), "NotANumber"),
        (FieldKind::Select, many(&["full time"]), "options 100"),
        (FieldKind::Select, one("Part time"), "options 101"),
        (FieldKind::Select, one("101"), "options 101"),
        (FieldKind::Select, many(&["Full time", "Part time"]), "SeveralOptions"),
        (FieldKind::Select, many(&[]), ""),
        (FieldKind::MultiSelect, many(&["100", "Part time"]), "options 100,101"),
        (FieldKind::MultiSelect, many(&["Gone"]), "UnknownOption"),
        (FieldKind::Text, many(&["one"]), "text one"),
        (FieldKind::Text, many(&["one", "two"]), "SeveralValues"),
        (FieldKind::Text, one(" "), ""),
    ];
    for (kind, content, wanted) in table {
        let read = match read_teamtailor(&content, kind, &labels) {
            Ok(value) => spelled(&value),
            Err(misfit) => format!("{misfit:?}"),
        };
        assert_eq!(read, wanted, "{kind:?} {wanted}");
    }
}

#[test]
fn oneflow_gets_what_it_would_be_read_as() {
    let labels = options(&["A", "B; C", "B", "C"]);
    let write = |value: &FieldValue, kind, formats| {
        write_oneflow(value, kind, &labels, formats).map(|text| text.reveal().clone())
    };
    let picked = |text: &str| read_oneflow(text, FieldKind::MultiSelect, &labels, ANY).unwrap();
    assert_eq!(write(&picked("A, C"), FieldKind::MultiSelect, ANY), Ok("A; C".to_owned()));
    assert_eq!(write(&picked("B; C"), FieldKind::MultiSelect, ANY), Ok("B; C".to_owned()));
    assert_eq!(write(&picked("B, C"), FieldKind::MultiSelect, ANY), Err(Misfit::Indistinct));
    assert_eq!(write(&FieldValue::text(&"x".repeat(1025)), FieldKind::Text, ANY), Err(Misfit::TooLong));
    let dotted = Formats { date: Some(DateFormat::DayDot), decimal: Some(DecimalMark::Comma) };
    let date = read_oneflow("2026-04-03", FieldKind::Date, &[], dotted).unwrap();
    assert_eq!(write(&date, FieldKind::Date, dotted), Ok("03.04.2026".to_owned()));
    let number = read_oneflow("1,234", FieldKind::Number, &[], dotted).unwrap();
    assert_eq!(write(&number, FieldKind::Number, dotted), Ok("1,234".to_owned()));
    assert_eq!(write(&number, FieldKind::Number, ANY), Ok("1.2340".to_owned()));
}
