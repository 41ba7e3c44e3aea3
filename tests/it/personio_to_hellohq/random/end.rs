//! What must hold when all is quiet again: an account of the rules of its own, not the flow's.

use jiff::ToSpan;
use jiff::civil::Date;
use twins::Vendor as _;
use twins::hellohq::SEED_ACCOUNT;
use twins::personio::v2::{Absence, Days, Half, SEED_CLIENT, Span, Status, kinds};
use vendors::personio::model::id::AbsenceId;

use super::super::house::House;
use super::Tally;
use super::run::Run;

/// Checks the end of a run and counts it.
pub(super) fn check(run: &Run<'_>) -> Tally {
    let house = run.house;
    let absences = house.twins.personio().absences(SEED_CLIENT);
    let mut wanted: Vec<String> = absences.iter().filter_map(entry).collect();
    wanted.sort();
    let mut held: Vec<String> = house.held().iter().map(|entry| without_open_end(house, entry)).collect();
    held.sort();
    assert_eq!(held, wanted);
    let mut by_hand = run.by_hand.clone();
    by_hand.sort();
    assert_eq!(house.by_hand(), by_hand, "what people entered is as they entered it");
    for absence in &run.absences {
        let reference = mapping::personio_to_hellohq::reference(AbsenceId::from_uuid(*absence));
        for user in 11..=13 {
            let stood = house.twins.hellohq().stood(SEED_ACCOUNT, user, &reference);
            assert!(stood.iter().all(|count| *count <= 2), "more than two at once: {stood:?}");
        }
    }
    let faulty = |desk: &twins::desk::Desk| desk.calls().iter().filter(|call| call.fault.is_some()).count();
    Tally {
        absences: run.absences.len(),
        entered: held.len(),
        troubled: house.proxy().calls().iter().filter(|(_, trouble)| trouble.is_some()).count(),
        faulty: faulty(house.twins.personio().desk()) + faulty(house.twins.hellohq().desk()),
        ..run.tally
    }
}

/// The entry that the rules want, as the house spells it.
fn entry(absence: &Absence) -> Option<String> {
    if ![Status::Approved, Status::DeletionPending].contains(&absence.status) {
        return None;
    }
    let user = absence.person - 2990;
    let Span::Days(Days { first, last, start_half, end_half }) = absence.span else { panic!("no absence in hours") };
    let (from_midday, until_midday) = (start_half == Half::SecondHalf, end_half == Half::FirstHalf && last.is_some());
    let (kind, halves) = match absence.type_id {
        id if id == kinds::URLAUB => ("Vacation", true),
        id if id == kinds::KRANKHEIT => ("SickLeave", true),
        id if id == kinds::ELTERNZEIT => ("ParentalLeave", false),
        id if id == kinds::DIENSTREISE => {
            let start = in_utc(first, if from_midday { 13 } else { 9 });
            let end = last.map(|last| in_utc(last, if until_midday { 13 } else { 17 }));
            return Some(format!("{user} CompanyAbsence {start}..{}", end.unwrap_or_else(|| "open".to_owned())));
        }
        _ => return None,
    };
    let start = first.at(if halves && from_midday { 12 } else { 0 }, 0, 0, 0);
    let end = last.map(|last| match halves && until_midday {
        true => last.at(12, 0, 0, 0).to_string(),
        false => last.saturating_add(1.day()).at(0, 0, 0, 0).to_string(),
    });
    Some(format!("{user} {kind} {start}..{}", end.unwrap_or_else(|| "open".to_owned())))
}

fn in_utc(day: Date, hour: i8) -> String {
    day.at(hour, 0, 0, 0).in_tz("Europe/Berlin").unwrap().timestamp().to_string()
}

/// An end that lies further ahead than any absence's own is an open one.
fn without_open_end(house: &House, entry: &str) -> String {
    let (rest, end) = entry.split_once("..").unwrap();
    let day: Date = end[..10].parse().unwrap();
    if day > house.day(55) { format!("{rest}..open") } else { entry.to_owned() }
}
