//! What is found before deployment.

use jiff::civil::time;
use toml_span::Deserialize;

use super::*;
use crate::document;

fn faults<T: for<'de> Deserialize<'de> + std::fmt::Debug>(text: &str) -> String {
    let faults = document::read::<T>(text).unwrap_err();
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// One setting, as it stands in a table.
#[derive(Debug, PartialEq)]
struct Setting<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Setting<T> {
    fn deserialize(value: &mut toml_span::Value<'de>) -> Result<Self, toml_span::DeserError> {
        document::table(value, |it| it.required("it").ok().map(Self))
    }
}

#[test]
fn every_fault_of_a_mapping_is_listed_with_its_line() {
    insta::assert_snapshot!(faults::<TypeMapping>(r#""Holydays" = ["Urlaub", " "]
"Sickness" = ["Krankheit", " krankheit"]
"Child sick" = []
"Zebra" = ["Safari"]
"Corporate reasons" = "Dienstreise"
"Personal reasons" = ["7C5B1B3E-0000-4000-8000-0000000000A1", 3]
"Special leave" = ["7c5b1b3e-0000-4000-8000-0000000000a1", "7C5B1B3E-0000-4000-8000-0000000000A1"]
SickLeave = ["Kur"]
ignore = ["URLAUB "]
"#), @r#"
    line 1: `Holydays` is no absence type of helloHQ, nor `ignore`; did you mean `Holiday`?
    line 1: must not be empty
    line 2: `krankheit` is listed already, under `Sickness`
    line 3: must list at least one absence type of Personio
    line 4: `Zebra` is no absence type of helloHQ, nor `ignore`
    line 5: expected an array, found string; put it in brackets: `["Dienstreise"]`
    line 6: expected a string, found integer; put it in quotes: `"3"`
    line 7: `7C5B1B3E-0000-4000-8000-0000000000A1` is listed already, under `Special leave`
    line 8: `SickLeave` is the same absence type as `Sickness`
    line 9: `URLAUB` is listed already, under `Holydays`
    "#);
}

#[test]
fn a_mapping_names_at_least_one_type() {
    insta::assert_snapshot!(faults::<TypeMapping>("ignore = [\"Urlaub\"]"), @"line 1: must name at least one absence type of helloHQ");
    insta::assert_snapshot!(faults::<TypeMapping>(""), @"line 1: must name at least one absence type of helloHQ");
}

#[test]
fn keys_are_labels_or_wire_names_in_any_case() {
    for key in ["Holiday", "holiday", "\" HOLIDAY \"", "Vacation", "vacation"] {
        let rules: TypeMapping = document::read(&format!("{key} = [\"Urlaub\"]\nignore = []")).unwrap();
        assert_eq!(rules.mapped(&absence_type("Urlaub", Unit::Day, "a1")), Mapped::To(Kind::Vacation), "{key}");
    }
}

#[test]
fn working_hours_have_defaults() {
    let read = |text: &str| document::read::<WorkingHours>(text).unwrap();
    assert_eq!(read(""), WorkingHours::default());
    assert_eq!(WorkingHours::default().midday, time(13, 0, 0, 0));
    assert_eq!(WorkingHours::default().zone.iana_name(), Some("Europe/Berlin"));
    let own = read("from = \"08:00\"\nto = \"16:30\"\ntime_zone = \"Europe/Vienna\"");
    assert_eq!((own.from, own.to, own.midday), (time(8, 0, 0, 0), time(16, 30, 0, 0), time(12, 15, 0, 0)));
    assert_eq!(own.zone.iana_name(), Some("Europe/Vienna"));
    assert_eq!(read("midday = \"12:00\"").midday, time(12, 0, 0, 0));
}

#[test]
fn every_fault_of_the_working_hours_is_listed_with_its_line() {
    insta::assert_snapshot!(faults::<WorkingHours>(concat!(
        "from = \"9:00\"\n",
        "to = \"24:00\"\n",
        "midday = 13\n",
        "time_zone = \"Europe/Berln\"\n",
        "form = \"09:00\"\n",
    )), @r#"
    line 1: `9:00` is no time of day, as in `09:00`
    line 2: `24:00` is no time of day, as in `09:00`
    line 3: expected a string, found integer; put it in quotes: `"13"`
    line 4: `Europe/Berln` is no IANA time zone; did you mean `Europe/Berlin`?
    line 5: unknown key `form`; did you mean `from`?
    "#);
    let one = faults::<WorkingHours>;
    insta::assert_snapshot!(one("from = \"09:00\"\nto = \"09:00\""), @"line 2: `to` must be later than `from`");
    insta::assert_snapshot!(one("midday = \"12:00\"\nfrom = \"18:00\""), @"line 1: `to` must be later than `from`");
    insta::assert_snapshot!(one("from = \"08:00\"\nto = \"12:00\"\nmidday = \"13:00\""), @"line 3: `midday` must lie between `from` and `to`");
    insta::assert_snapshot!(one("\nmidday = \"09:00\""), @"line 2: `midday` must lie between `from` and `to`");
}

#[test]
fn settings_are_one_of_their_words() {
    let end = |text: &str| document::read::<Setting<AbsenceEnd>>(text).unwrap().0;
    assert_eq!(end("it = \"exclusive\""), AbsenceEnd::default());
    assert_eq!(end("it = \"inclusive\""), AbsenceEnd::Inclusive);
    let unstated = |text: &str| document::read::<Setting<UnstatedHalves>>(text).unwrap().0;
    assert_eq!(unstated("it = \"tell\""), UnstatedHalves::default());
    assert_eq!(unstated("it = \"half\""), UnstatedHalves::Half);
    assert_eq!(unstated("it = \"whole\""), UnstatedHalves::Whole);
    let half = |text: &str| document::read::<Setting<HalfDayEnd>>(text).unwrap().0;
    assert_eq!(half("it = \"same-day-noon\""), HalfDayEnd::default());
    assert_eq!(half("it = \"next-day-noon\""), HalfDayEnd::NextDayNoon);
    let hours = |text: &str| document::read::<Setting<HoursAs>>(text).unwrap().0;
    assert_eq!(hours("it = \"refuse\""), HoursAs::default());
    assert_eq!(hours("it = \"days\""), HoursAs::Days);
    insta::assert_snapshot!(faults::<Setting<HalfDayEnd>>("it = \"same_day_noon\""), @"line 1: `same_day_noon` is none of `same-day-noon`, `next-day-noon`; did you mean `same-day-noon`?");
    insta::assert_snapshot!(faults::<Setting<HoursAs>>("it = true"), @"line 1: expected a string, found boolean");
}
