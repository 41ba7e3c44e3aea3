//! What stands in the way of an opening, in words for the owner: ids, keys and fixed words. What people have entered in HiBob
//! is kept apart: it is told, and not logged.

use std::fmt;

use jiff::civil::Date;
use ledger::{Cause, Fingerprint, Subject};
use mapping::hibob_to_recruit::CancelReason;
use mapping::{Problem, Unmappable};
use reconcile::guard::Effect;
use reconcile::{Blocked, Notice};
use vendors::hibob::model::{OpeningId, PositionId};
use vendors::recruit::model::{OpeningUid, PositionStatus, PositionUid};
use vendors::value::Personal;

/// What stands in the way of an opening.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Blocker {
    /// What can end it.
    pub(crate) ends: Blocked,
    /// What the owner is told of it.
    pub(crate) notice: Notice,
    /// What people have entered in HiBob that this is about, a line each: the owner is told, and no log line holds it.
    pub(crate) entered: Vec<Personal<String>>,
}

/// What Recruit documents no call for, and the connection names none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsupported {
    Update,
    Cancel,
    PositionStatus,
}

const LEFT_OUT: &str = "left-out";
const BY_HAND: &str = "made-by-hand";
/// The codes of what a person can decide about.
pub(crate) const UNKNOWABLE_POSITION: &str = "unknowable-position";
pub(crate) const UNKNOWABLE_OPENING: &str = "unknowable-opening";
pub(crate) const UNKNOWN_UID: &str = "unknown-uid";

impl Blocker {
    /// Whether the owner is told of something that holds up nothing.
    pub(crate) fn is_by_the_way(&self) -> bool {
        [LEFT_OUT, BY_HAND].contains(&self.notice.code.as_str())
    }

    /// The opening cannot be mapped. The connection's settings may change that, or an edit.
    pub(crate) fn unmappable(opening: &OpeningId, unmappable: &Unmappable) -> Self {
        let reasons = unmappable.problems.iter().map(|problem| format!("opening {opening}: {problem}")).collect();
        let code = unmappable.problems.first().map_or("unmappable", |problem| problem.key.as_str());
        let blocker = Self::until_edited(format!("{opening}-unmappable"), code, Cause::Unmappable, reasons);
        Self { entered: unmappable.problems.iter().filter_map(entered).collect(), ..blocker }
    }

    /// Something of the opening cannot be read: what is there stays.
    pub(crate) fn unreadable(opening: &OpeningId, reasons: Vec<String>) -> Self {
        let reasons = reasons.iter().map(|reason| format!("opening {opening}: {reason}")).collect();
        let notice = Notice {
            key: format!("{opening}-unreadable"),
            code: "unreadable".to_owned(),
            cause: Cause::Unmappable,
            reasons,
        };
        Self::waiting(notice)
    }

    /// A field stays empty although it is mapped. Nothing is blocked; the owner is told once for the same word.
    pub(crate) fn left_out(problem: &Problem) -> Self {
        // the key stands in commands and log lines
        let of_word = Fingerprint::of(&problem.for_owner()).to_string();
        let of_field = problem.key.replace(char::is_whitespace, "-");
        let key = format!("left-out-{of_field}-{}", of_word.get(..8).unwrap_or_default());
        let what = format!("{problem}. It was left empty in Recruit; all else was written.");
        let blocker = Self::until_edited(key, LEFT_OUT, Cause::Unmappable, vec![what]);
        Self { entered: entered(problem).into_iter().collect(), ..blocker }
    }

    /// Somebody holds the opening that is to be cancelled. A search that is closed because somebody was found is no
    /// cancellation at all, and the owner hears so.
    pub(crate) fn held_by_somebody(opening: &OpeningId, why: CancelReason) -> Self {
        let what = match why {
            CancelReason::RecruitmentClosed => format!(
                "somebody was found for opening {opening}, and HiBob has closed its recruiting. It is not cancelled, although \
                 `policies.recruitment_closed` is \"cancel\": mark it as hired in Recruit, where that is not done yet."
            ),
            _ => format!(
                "{why} (opening {opening}), and by HiBob somebody holds it. A hired opening is never cancelled: look at it in \
                 Recruit."
            ),
        };
        Self::by_hand(format!("{opening}-held"), "hired", what)
    }

    /// Whether somebody holds the opening HiBob does not show.
    pub(crate) fn holder_unknown(opening: &OpeningId, why: CancelReason) -> Self {
        let what = format!(
            "{why} (opening {opening}), and HiBob does not show whether somebody holds it (`/positionOpening/filledBy`), so it was not \
             cancelled in Recruit. Cancel it there if nobody was hired."
        );
        Self::by_hand(format!("{opening}-holder-unknown"), "holder-unknown", what)
    }

    /// Recruit says that somebody was hired for the opening that is to be cancelled.
    pub(crate) fn hired(opening: &OpeningId, why: CancelReason) -> Self {
        let what =
            format!("{why} (opening {opening}), and by Recruit somebody was hired for it, so it stays as it is.");
        Self::by_hand(format!("{opening}-hired"), "hired", what)
    }

    /// A cancelled opening is open again.
    pub(crate) fn reopened(opening: &OpeningId) -> Self {
        let what = format!(
            "opening {opening} was cancelled and is open again in HiBob. `policies.reopened` is \"tell\": open it in Recruit by hand."
        );
        Self::by_hand(format!("{opening}-reopened"), "reopened", what)
    }

    /// The opening went to another position.
    pub(crate) fn moved(opening: &OpeningId, from: Option<&PositionId>, to: &PositionId) -> Self {
        let from = from.map(ToString::to_string).unwrap_or_default();
        let what = format!(
            "opening {opening} went from position {from} to position {to} in HiBob. Recruit moves no openings: it stays where it is. With \
             `policies.moved = \"recreate\"` it is cancelled and made anew."
        );
        Self::by_hand(format!("{opening}-moved"), "moved", what)
    }

    /// Recruit has no documented call for the step, and the connection names none.
    ///
    /// `of`: what tells the step from others of the kind.
    pub(crate) fn unsupported(opening: &OpeningId, what: Unsupported, detail: &dyn fmt::Display, of: &str) -> Self {
        let (setting, asked) = match what {
            Unsupported::Update => ("recruit.update_opening", "was changed"),
            Unsupported::Cancel => ("recruit.cancel_opening", "is to be cancelled"),
            Unsupported::PositionStatus => ("recruit.set_position_status", "was its position's last"),
        };
        let what = format!(
            "opening {opening} {asked} ({detail}), and `{setting}` is \"unsupported\": do it in Recruit by hand. This is told once."
        );
        Self::by_hand(format!("{opening}-{setting}-{of}"), "unsupported", what)
    }

    /// The opening was made together with its position, and which one it is no answer has shown.
    pub(crate) fn unknown_uid(opening: &OpeningId, detail: &dyn fmt::Display) -> Self {
        let what = format!(
            "opening {opening} is to be changed ({detail}), and which opening of Recruit it is hrsync does not know: it was made \
             together with its position. Look its uid up in Recruit, then `hrsync failures retry <connection> <failure> --adopt UID`."
        );
        Self::by_hand(format!("{opening}-unknown-uid"), UNKNOWN_UID, what)
    }

    /// Whether the group's position was made cannot be found out. All of its openings wait for one decision.
    pub(crate) fn unknowable_position(group: &Subject) -> Self {
        let what = format!(
            "whether the position for {group} was made cannot be found out, so it is not made again. Look in Recruit: if it is there, \
             `hrsync failures retry <connection> <failure> --adopt UID` with the position's uid; if not, the same with `--create`."
        );
        // a group's id may hold blanks, and the key stands in commands
        let key = format!("{}-unknowable", Fingerprint::of(&group.to_string()));
        Self::waiting(Notice { key, code: UNKNOWABLE_POSITION.to_owned(), cause: Cause::Refused, reasons: vec![what] })
    }

    /// Whether the opening was made cannot be found out.
    pub(crate) fn unknowable_opening(opening: &OpeningId) -> Self {
        let what = format!(
            "whether opening {opening} was made cannot be found out, so it is not made again. Look in Recruit: if it is there, \
             `hrsync failures retry <connection> <failure> --adopt UID` with the opening's uid; if not, the same with `--create`."
        );
        Self::refused(format!("{opening}-unknowable"), UNKNOWABLE_OPENING, what)
    }

    /// A position ends whose open openings of ours are none, and recruiters have added some of their own.
    pub(crate) fn made_by_hand(position: &PositionUid, status: PositionStatus, by_hand: &[OpeningUid]) -> Self {
        let uids: Vec<String> = by_hand.iter().map(ToString::to_string).collect();
        let what = format!(
            "Recruit's position {position} is \"{status}\" now, as `policies.last_opening_gone` says: its last opening from HiBob is \
             gone. Openings that were added to it by hand do not count and stay as they are: {}. Look at them in Recruit.",
            uids.join(", ")
        );
        Self::by_hand(format!("{position}-by-hand"), BY_HAND, what)
    }

    /// Recruit refuses a step.
    pub(crate) fn step_refused(opening: &OpeningId, step: &str, reasons: &[String]) -> Self {
        let why = if reasons.is_empty() { "without a reason".to_owned() } else { reasons.join("; ") };
        let what = format!("Recruit refuses to {step} for opening {opening}: {why}");
        Self::refused(format!("{opening}-{}", step.replace(' ', "-")), "refused", what)
    }

    /// The day's budget of steps of a kind is used up: told once a day.
    pub(crate) fn budget_used_up(connection: &str, effect: Effect, today: Date, most: u32) -> Self {
        let (word, key) = match effect {
            Effect::Create => ("created", "creations"),
            Effect::Deactivate | Effect::Remove => ("cancelled", "cancellations"),
        };
        let what = format!(
            "more than {most} openings would be {word} today, which is more than `guard.{key}` allows; the others wait. If that \
             is meant: `hrsync sweep {connection} --confirm-deletions`."
        );
        let (code, key) = (format!("{key}-held"), effect.held_key(today));
        Self::waiting(Notice { key, code, cause: Cause::Held, reasons: vec![what] })
    }

    /// Nothing was refused: a person has to look at it.
    fn by_hand(key: String, code: &str, what: String) -> Self {
        Self::until_edited(key, code, Cause::ByHand, vec![what])
    }

    fn refused(key: String, code: &str, what: String) -> Self {
        Self::until_edited(key, code, Cause::Refused, vec![what])
    }

    fn until_edited(key: String, code: &str, cause: Cause, reasons: Vec<String>) -> Self {
        let notice = Notice { key, code: code.to_owned(), cause, reasons };
        Self { ends: Blocked::UntilEdited, notice, entered: Vec::new() }
    }

    fn waiting(notice: Notice) -> Self {
        Self { ends: Blocked::Waiting, notice, entered: Vec::new() }
    }
}

/// The word that a problem is about, in a line for the owner.
fn entered(problem: &Problem) -> Option<Personal<String>> {
    let word = problem.word.as_ref()?;
    Some(Personal::new(format!("`{}`: HiBob shows \"{}\"", problem.key, word.reveal())))
}
