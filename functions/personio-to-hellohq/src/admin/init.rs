//! What a new connection file may name: the absence types of the Personio account, each with its home in helloHQ, and who
//! has no counterpart.

use std::collections::BTreeSet;

use admin::{Certainty, Context, Entry, Error, Findings, List, People, Place, Proposal, Proposed, matchable};
use jiff::tz::TimeZone;
use vendors::Http;
use vendors::hellohq::client::HelloHq;
use vendors::hellohq::model::{AbsenceType as Kind, User};
use vendors::personio::hr::{Hr, Tokens};
use vendors::personio::model::absence::{AbsenceType, Unit};
use vendors::personio::model::person::{Person, PersonStatus};
use vendors::personio::{absences, persons};

use super::context::settings;

const MAPPING: &str = "mapping";
const IGNORE: &str = "ignore";

/// What absence types are often called in German and English accounts, and what helloHQ calls them. Offered, never assumed.
const OFTEN: &[(&str, Kind)] = &[
    ("Krankheit", Kind::SickLeave),
    ("Krank", Kind::SickLeave),
    ("Sick leave", Kind::SickLeave),
    ("Sick days", Kind::SickLeave),
    ("Kind krank", Kind::ChildSick),
    ("Sick child", Kind::ChildSick),
    ("Überstundenabbau", Kind::OvertimeCompensation),
    ("Überstundenausgleich", Kind::OvertimeCompensation),
    ("Overtime", Kind::OvertimeCompensation),
    ("Home Office", Kind::RemoteWork),
    ("Mobiles Arbeiten", Kind::RemoteWork),
    ("Dienstreise", Kind::CompanyAbsence),
    ("Business trip", Kind::CompanyAbsence),
    ("Arzttermin", Kind::PrivateAbsence),
    ("Weiterbildung", Kind::ProfessionalEducation),
    ("Fortbildung", Kind::ProfessionalEducation),
    ("Training", Kind::ProfessionalEducation),
    ("Berufsschule", Kind::TradeSchool),
    ("Mutterschutz", Kind::MaternityLeave),
    ("Maternity protection", Kind::MaternityLeave),
    ("Elternzeit", Kind::ParentalLeave),
    ("Urlaub", Kind::Vacation),
    ("Vacation", Kind::Vacation),
    ("Paid vacation", Kind::Vacation),
    ("Unbezahlter Urlaub", Kind::VacationUnpaid),
    ("Unpaid vacation", Kind::VacationUnpaid),
    ("Sonderurlaub", Kind::SpecialLeave),
    ("Special vacation", Kind::SpecialLeave),
];

/// Asks both accounts.
///
/// # Errors
/// The vendors'; and where file or secret cannot be used.
pub(super) async fn init(context: Context<'_, ()>, people: People) -> Result<Findings, Error> {
    let settings = settings(&context)?;
    let http = Http::reading().map_err(|error| Error::Refused(format!("no call can be made ({error})")))?;
    let personio = Hr::new(http.clone(), settings.personio.clone(), Tokens::default(), context.now);
    let hellohq = HelloHq::new(http, settings.hellohq.clone());
    (context.progress)("personio: absence types and persons are read");
    let types = absences::types(&personio).await?;
    let persons = all(&personio).await?;
    (context.progress)("hellohq: users are read");
    let users = hellohq.users().await?;
    let today = context.now.to_zoned(TimeZone::UTC).date();
    let mut findings = Findings {
        emptied: &[MAPPING],
        proposals: vec![Proposal {
            about: "today".to_owned(),
            place: Place { table: "sync", key: "start_date".to_owned() },
            value: Proposed::Text(today.to_string()),
            certainty: Certainty::Exact,
            otherwise: None,
        }],
        lists: vec![alone(&persons, &users, people)],
        ..Findings::default()
    };
    for absence_type in &types {
        let proposal = home(absence_type, &types);
        if proposal.place.key == IGNORE {
            let what = "has no counterpart by name in helloHQ and stands under `ignore`; give it a home";
            findings.remarks.push(format!("{} {what}", proposal.about));
        }
        findings.proposals.push(proposal);
    }
    Ok(findings)
}

async fn all(personio: &Hr) -> Result<Vec<Person>, Error> {
    let mut persons = Vec::new();
    let mut listing = persons::list(personio, None);
    while let Some(page) = listing.next().await? {
        persons.extend(page.items);
    }
    Ok(persons)
}

/// Where absences of a type may belong. One without a home by name is left out until a person decides: then nothing is entered
/// where it does not belong.
fn home(absence_type: &AbsenceType, all: &[AbsenceType]) -> Proposal {
    let AbsenceType { id, name, unit, .. } = absence_type;
    let name = name.trim();
    let place = |key: &str| Place { table: MAPPING, key: key.to_owned() };
    let is_alone = all.iter().filter(|other| matchable(&other.name) == matchable(name)).count() == 1;
    // a name that several have, or that is none, does not say which is meant
    let text = if is_alone && !name.is_empty() { name.to_owned() } else { id.to_string() };
    let takes = |kind: &Kind| kind.in_hours() || *unit != Some(Unit::Hour);
    let found = |(kind, certainty): (Kind, Certainty)| takes(&kind).then_some((kind, certainty));
    let matched = matched(name).and_then(found);
    let likely = matches!(matched, Some((_, Certainty::Likely)));
    Proposal {
        about: format!("Personio's absence type `{name}`"),
        place: place(matched.map_or(IGNORE, |(kind, _)| kind.label())),
        value: Proposed::Entry(text),
        certainty: matched.map_or(Certainty::Exact, |(_, certainty)| certainty),
        otherwise: likely.then(|| place(IGNORE)),
    }
}

fn matched(name: &str) -> Option<(Kind, Certainty)> {
    let name = matchable(name);
    let exact = Kind::ALL.iter().find(|kind| [kind.label(), kind.wire()].iter().any(|it| matchable(it) == name));
    let likely = || OFTEN.iter().find(|(often, _)| matchable(often) == name);
    exact.map(|kind| (*kind, Certainty::Exact)).or_else(|| likely().map(|(_, kind)| (*kind, Certainty::Likely)))
}

/// Whose absences cannot be entered: nobody in helloHQ has their address at work.
fn alone(persons: &[Person], users: &[User], people: People) -> List {
    let known: BTreeSet<String> = users.iter().filter_map(|user| Some(user.work.as_ref()?.folded())).collect();
    let is_there = |person: &&Person| person.status != Some(PersonStatus::Inactive);
    let has_none = |person: &&Person| !person.email.as_ref().is_some_and(|email| known.contains(&email.folded()));
    let entry = |person: &Person| {
        let address = person.email.as_ref().filter(|_| people == People::Addresses);
        Entry { id: person.id.to_string(), name: address.map(|it| it.reveal().to_owned()).unwrap_or_default() }
    };
    List {
        title: "persons of Personio without a user in helloHQ".to_owned(),
        table: "hellohq",
        entries: persons.iter().filter(is_there).filter(has_none).map(entry).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, unit: Unit) -> AbsenceType {
        let id = "7c5b1b3e-0000-4000-8000-000000000001".parse().unwrap();
        AbsenceType { id, name: name.to_owned(), category: None, unit: Some(unit) }
    }

    fn homes(name: &str, unit: Unit) -> (String, Certainty, Option<String>) {
        let absence_type = named(name, unit);
        let Proposal { place, certainty, otherwise, .. } = home(&absence_type, std::slice::from_ref(&absence_type));
        (place.key, certainty, otherwise.map(|place| place.key))
    }

    #[test]
    fn the_same_name_is_taken_a_usual_one_is_offered_and_any_other_is_left_out() {
        let ignored = Some(IGNORE.to_owned());
        assert_eq!(homes(" parental Leave", Unit::Day), ("Parental leave".to_owned(), Certainty::Exact, None));
        assert_eq!(homes("Ueberstundenabbau", Unit::Day).0, "Overtime compensation");
        assert_eq!(homes("Urlaub", Unit::Day), ("Holiday".to_owned(), Certainty::Likely, ignored));
        assert_eq!(homes("Betriebsfest", Unit::Day), (IGNORE.to_owned(), Certainty::Exact, None));
    }

    #[test]
    fn hours_have_no_home_in_a_type_kept_in_days() {
        assert_eq!(homes("Holiday", Unit::Hour).0, IGNORE);
        assert_eq!(homes("Personal reasons", Unit::Hour).0, "Personal reasons");
    }

    #[test]
    fn of_types_with_one_name_each_is_listed_by_its_id() {
        let types = [named("Holiday", Unit::Day), named("holiday ", Unit::Day)];
        assert_eq!(home(&types[0], &types).value, Proposed::Entry(types[0].id.to_string()));
    }
}
