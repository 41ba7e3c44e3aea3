//! Which periods `GET /v2/absence-periods` gives.
//!
//! All filters hold together, and what is compared is what the period shows. An open end satisfies no bound on `ends_at`. One exception
//! is documented, "the start/end range filters together return periods that overlap the range"; taken as: a lower bound on one end
//! and an upper bound on the other ask for overlap, and a period without an end overlaps everything after its start.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::DateTime;
use uuid::Uuid;

use super::absence::Absence;
use super::errors::Problem;
use super::query::Query;
use super::quirks::Quirks;
use super::view;

pub(super) const NAMES: [&str; 9] = [
    "id",
    "person.id",
    "absence_type.id",
    "starts_from.date_time.gte",
    "starts_from.date_time.lte",
    "ends_at.date_time.gte",
    "ends_at.date_time.lte",
    "updated_at.gte",
    "updated_at.lte",
];

/// What a period must be like.
pub(super) struct Filter {
    /// The shelf looks these up.
    pub(super) ids: Option<Vec<Uuid>>,
    persons: Option<HashSet<u64>>,
    types: Option<Vec<Uuid>>,
    range: Range,
    updated: (Option<Timestamp>, Option<Timestamp>),
}

/// Bounds on start and end.
#[derive(Clone, Copy, Debug, Default)]
struct Range {
    start_from: Option<DateTime>,
    start_to: Option<DateTime>,
    end_from: Option<DateTime>,
    end_to: Option<DateTime>,
}

impl Filter {
    pub(super) fn read(query: &Query) -> Result<Self, Problem> {
        Ok(Self {
            ids: query.many("id")?,
            persons: query.many("person.id")?.map(HashSet::from_iter),
            types: query.many("absence_type.id")?,
            range: Range {
                start_from: query.local("starts_from.date_time.gte")?,
                start_to: query.local("starts_from.date_time.lte")?,
                end_from: query.local("ends_at.date_time.gte")?,
                end_to: query.local("ends_at.date_time.lte")?,
            },
            updated: (query.moment("updated_at.gte")?, query.moment("updated_at.lte")?),
        })
    }

    pub(super) fn fits(&self, absence: &Absence, quirks: &Quirks) -> bool {
        let (since, until) = self.updated;
        self.persons.as_ref().is_none_or(|persons| persons.contains(&absence.person))
            && self.types.as_ref().is_none_or(|types| types.contains(&absence.type_id))
            && since.is_none_or(|since| absence.updated_at >= since)
            && until.is_none_or(|until| absence.updated_at <= until)
            && self.range.fits(view::start(&absence.span), view::end(&absence.span, quirks))
    }
}

impl Range {
    fn fits(&self, start: DateTime, end: Option<DateTime>) -> bool {
        let overlaps = |from: DateTime, to: DateTime| start <= to && end.is_none_or(|end| end >= from);
        let mut plain = *self;
        let mut fits = true;
        if let (Some(from), Some(to)) = (self.end_from, self.start_to) {
            fits &= overlaps(from, to);
            (plain.end_from, plain.start_to) = (None, None);
        }
        if let (Some(from), Some(to)) = (self.start_from, self.end_to) {
            fits &= overlaps(from, to);
            (plain.start_from, plain.end_to) = (None, None);
        }
        fits && plain.holds(start, end)
    }

    /// Every bound by itself.
    fn holds(&self, start: DateTime, end: Option<DateTime>) -> bool {
        self.start_from.is_none_or(|from| start >= from)
            && self.start_to.is_none_or(|to| start <= to)
            && self.end_from.is_none_or(|from| end.is_some_and(|end| end >= from))
            && self.end_to.is_none_or(|to| end.is_some_and(|end| end <= to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i8) -> DateTime {
        jiff::civil::date(2026, 3, number).at(0, 0, 0, 0)
    }

    /// From the 10th to the 12th, and from the 10th on.
    fn fits(range: Range) -> (bool, bool) {
        (range.fits(day(10), Some(day(12))), range.fits(day(10), None))
    }

    #[test]
    fn a_lone_bound_is_a_comparison() {
        let none = Range::default();
        assert_eq!(fits(none), (true, true));
        assert_eq!(fits(Range { start_from: Some(day(10)), ..none }), (true, true));
        assert_eq!(fits(Range { start_from: Some(day(11)), ..none }), (false, false));
        assert_eq!(fits(Range { start_to: Some(day(9)), ..none }), (false, false));
        assert_eq!(fits(Range { end_from: Some(day(12)), ..none }), (true, false));
        assert_eq!(fits(Range { end_to: Some(day(12)), ..none }), (true, false));
        assert_eq!(fits(Range { end_to: Some(day(11)), ..none }), (false, false));
    }

    #[test]
    fn bounds_on_one_end_are_two_comparisons() {
        let none = Range::default();
        assert_eq!(fits(Range { start_from: Some(day(9)), start_to: Some(day(11)), ..none }), (true, true));
        assert_eq!(fits(Range { start_from: Some(day(11)), start_to: Some(day(20)), ..none }), (false, false));
        assert_eq!(fits(Range { end_from: Some(day(1)), end_to: Some(day(31)), ..none }), (true, false));
    }

    #[test]
    fn bounds_on_both_ends_ask_for_overlap() {
        let crossed = |from, to| {
            let none = Range::default();
            let one = Range { end_from: Some(day(from)), start_to: Some(day(to)), ..none };
            let other = Range { start_from: Some(day(from)), end_to: Some(day(to)), ..none };
            assert_eq!(fits(one), fits(other), "{from} to {to}");
            fits(one)
        };
        assert_eq!(crossed(1, 31), (true, true));
        assert_eq!(crossed(11, 11), (true, true));
        assert_eq!(crossed(12, 31), (true, true));
        assert_eq!(crossed(13, 31), (false, true));
        assert_eq!(crossed(1, 9), (false, false));
    }
}
