//! Which way a value goes.

use crate::oneflow_teamtailor::{FieldValue, Flow, News, Side, Ways, flow};

/// `=`: as it was, `*`: another, `?`: never the same on both.
fn side<'a>(news: &str, value: &'a FieldValue) -> Side<'a> {
    let news = match news {
        "=" => News::Unchanged,
        "*" => News::Changed,
        _ => News::First,
    };
    Side { value, news }
}

#[test]
fn what_has_changed_goes_to_the_other_side() {
    let both = Ways { to_teamtailor: true, to_oneflow: true, clears: false };
    let clearing = Ways { clears: true, ..both };
    let into_teamtailor = Ways { to_oneflow: false, ..both };
    let into_oneflow = Ways { to_teamtailor: false, ..both };
    let neither = Ways { to_teamtailor: false, ..into_teamtailor };
    let table = [
        ("? a", "? a", both, Flow::Same),
        ("? a", "? ", both, Flow::ToTeamtailor),
        ("? a", "? b", both, Flow::ToTeamtailor),
        ("? ", "? b", both, Flow::ToOneflow),
        ("* a", "= b", both, Flow::ToTeamtailor),
        ("= a", "* b", both, Flow::ToOneflow),
        ("* a", "* b", both, Flow::ToTeamtailor),
        ("* a", "* a", both, Flow::Same),
        ("= a", "= b", both, Flow::Apart),
        ("* ", "= b", both, Flow::Apart),
        ("* ", "* b", both, Flow::ToOneflow),
        ("* ", "= b", clearing, Flow::ToTeamtailor),
        ("= a", "* ", clearing, Flow::ToOneflow),
        ("= a", "* ", both, Flow::Apart),
        ("? ", "? b", clearing, Flow::ToOneflow),
        ("= a", "* b", into_teamtailor, Flow::Apart),
        ("* a", "* b", into_oneflow, Flow::Apart),
        ("? a", "? b", into_oneflow, Flow::Apart),
        ("= a", "* b", into_oneflow, Flow::ToOneflow),
        ("* a", "= b", into_oneflow, Flow::Apart),
        ("* a", "* b", neither, Flow::Apart),
    ];
    for (oneflow, teamtailor, ways, wanted) in table {
        let (news, of_oneflow) = oneflow.split_once(' ').unwrap();
        let (other_news, of_teamtailor) = teamtailor.split_once(' ').unwrap();
        let (of_oneflow, of_teamtailor) = (FieldValue::text(of_oneflow), FieldValue::text(of_teamtailor));
        let went = flow(side(news, &of_oneflow), side(other_news, &of_teamtailor), ways);
        assert_eq!(went, wanted, "oneflow {oneflow:?}, teamtailor {teamtailor:?}, {ways:?}");
    }
}
