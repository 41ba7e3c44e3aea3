//! One vendor's account, looked at right by right. Each check is tried on its own, so that one fault hides no other; only
//! what lies behind a door that is shut is not looked at.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use vendors::{Http, Kind, Right};

use crate::error::{Error, mend_of};
use crate::finding::Finding;

/// How far a vendor's clock may be off before it is told. Vendors' signatures count for minutes.
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// How far it may be off before signatures and tokens are refused.
const TOO_FAR: SignedDuration = SignedDuration::from_mins(5);

/// An account that is being looked at, by calls that cannot write.
#[derive(Debug)]
pub struct AccountCheck {
    vendor: &'static str,
    credential: &'static str,
    http: Http,
    now: Timestamp,
    begun: Instant,
    door: Door,
    findings: Vec<Finding>,
}

/// What is known of the way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    Untried,
    Open,
    /// For this reason.
    Shut(&'static str),
}

impl AccountCheck {
    /// Begins with a vendor's account at `now`. `credential`: where in its settings a person finds it.
    ///
    /// # Errors
    /// Where no call can be made at all.
    pub fn begin(vendor: &'static str, credential: &'static str, now: Timestamp) -> Result<Self, Error> {
        let http = Http::reading().map_err(|error| Error::Refused(format!("no call can be made ({error})")))?;
        Ok(Self { vendor, credential, http, now, begun: Instant::now(), door: Door::Untried, findings: Vec::new() })
    }

    /// What calls the account. It cannot write.
    #[must_use]
    pub fn http(&self) -> Http {
        self.http.clone()
    }

    /// Tries a right by a call that needs it. What was read, where that went well.
    pub async fn right<T>(&mut self, right: Right, call: impl Future<Output = Result<T, vendors::Error>>) -> Option<T> {
        if let Door::Shut(why) = self.door {
            self.not_looked_at(right, why);
            return None;
        }
        match call.await {
            Ok(read) => {
                self.is_open();
                self.ok(right.opens, format!("can be read: {}", right.name));
                Some(read)
            }
            Err(error) => {
                self.refused(right, &error);
                None
            }
        }
    }

    /// Tells of a right that cannot be tried, for this reason.
    pub fn not_looked_at(&mut self, right: Right, why: &str) {
        self.unknown(right.opens, format!("not looked at: {why}"), "mend that first, then look again");
    }

    /// Tells of something that is well.
    pub fn ok(&mut self, about: &str, seen: impl Into<String>) {
        self.findings.push(Finding::ok(self.about(about), seen));
    }

    /// Tells of something that nobody can know by reading.
    pub fn unknown(&mut self, about: &str, why: impl Into<String>, mend: impl Into<String>) {
        self.findings.push(Finding::warning(self.about(about), why, mend));
    }

    /// Tells of something that is wrong.
    pub fn fault(&mut self, about: &str, seen: impl Into<String>, mend: impl Into<String>) {
        self.findings.push(Finding::fault(self.about(about), seen, mend));
    }

    /// Tells of each problem that a comparison has found, or that it has found none.
    pub fn compared(&mut self, about: &str, well: impl Into<String>, problems: &[String], mend: &str) {
        if problems.is_empty() {
            self.ok(about, well);
        }
        for problem in problems {
            self.fault(about, problem.as_str(), mend);
        }
    }

    /// All that was found, with what the vendor's clock says.
    #[must_use]
    pub fn end(mut self) -> Vec<Finding> {
        let passed = SignedDuration::try_from(self.begun.elapsed()).unwrap_or_default();
        match self.http.first_date() {
            Some(date) => self.findings.push(clock(self.about("clock"), date, self.now, passed)),
            None if self.door == Door::Open => {
                let mend = "compare this machine's time with a time server";
                self.unknown("clock", "not known: no answer has a date", mend);
            }
            None => {}
        }
        self.findings
    }

    fn about(&self, what: &str) -> String {
        format!("{}: {what}", self.vendor)
    }

    /// The first answer from behind the door shows that the login is good.
    fn is_open(&mut self) {
        if self.door == Door::Untried {
            self.door = Door::Open;
            self.ok("login", "accepted");
        }
    }

    fn refused(&mut self, right: Right, error: &vendors::Error) {
        // without what mends it, which stands beside it
        let said = vendors::Error::new(error.operation, error.kind.clone()).to_string();
        match &error.kind {
            Kind::LoginRefused => {
                self.fault("login", said, format!("set it anew with `hrsync secrets set`: {}", self.credential));
                self.shut("the login is refused", right);
            }
            Kind::Network => {
                self.fault("address", said, "check `base_url` in the file, and this machine's network");
                self.shut("nobody answers at the address", right);
            }
            Kind::RightMissing(_) => {
                self.is_open();
                self.fault(right.opens, format!("the right is missing: {} ({said})", right.name), right.given);
            }
            Kind::RateLimited { .. }
            | Kind::Unavailable { .. }
            | Kind::Unanswered
            | Kind::Unexplained { .. }
            | Kind::Endless
            | Kind::Incomplete => {
                self.unknown(right.opens, format!("not known: {said}"), "try again in a few minutes");
            }
            _ => self.fault(right.opens, said, mend_of(&error.kind)),
        }
    }

    fn shut(&mut self, why: &'static str, right: Right) {
        self.door = Door::Shut(why);
        self.not_looked_at(right, why);
    }
}

/// `passed`: since `now`, which is as old as the check.
fn clock(about: String, date: Timestamp, now: Timestamp, passed: SignedDuration) -> Finding {
    let behind = now.duration_since(date);
    // the answer came at some time between the check's begin and its end
    let off = if behind.is_negative() { (behind + passed).min(SignedDuration::ZERO) } else { behind };
    let seconds = off.abs().as_secs();
    let direction = if off.is_negative() { "behind" } else { "ahead of" };
    let seen = format!("this machine is {seconds} s {direction} the vendor");
    let mend =
        "set this machine's clock by a time server; if it is right, signatures and tokens of the vendor may be refused";
    match off.abs() {
        off if off < MINUTE => Finding::ok(about, "as this machine's"),
        off if off < TOO_FAR => Finding::warning(about, seen, mend),
        _ => Finding::fault(about, seen, mend),
    }
}

#[cfg(test)]
mod tests {
    use vendors::personio::operations::{GET_TOKEN, LIST_ABSENCES};
    use vendors::personio::rights::{ABSENCES, PERSONS};

    use super::*;
    use crate::finding::Level;

    fn check() -> AccountCheck {
        AccountCheck::begin("personio", "Personio > Settings", Timestamp::UNIX_EPOCH).unwrap()
    }

    /// What is found where the first right is answered so, and the second is granted.
    async fn found(first: Result<(), vendors::Error>) -> Vec<(Level, String)> {
        let mut check = check();
        check.right(ABSENCES, async { first }).await;
        check.right(PERSONS, async { Ok(()) }).await;
        let findings = check.findings.into_iter();
        findings.map(|finding| (finding.level, finding.about.replace("personio: ", ""))).collect()
    }

    fn refused(kind: Kind) -> Result<(), vendors::Error> {
        Err(vendors::Error::new(LIST_ABSENCES, kind))
    }

    fn told(lines: &[(Level, &str)]) -> Vec<(Level, String)> {
        lines.iter().map(|(level, about)| (*level, (*about).to_owned())).collect()
    }

    #[tokio::test]
    async fn each_right_is_a_line_of_its_own() {
        use Level::{Fault, Ok as Well, Warning};
        let granted = told(&[(Well, "login"), (Well, "absences"), (Well, "persons")]);
        assert_eq!(found(Ok(())).await, granted);
        let missing = found(refused(Kind::RightMissing(Vec::new()))).await;
        assert_eq!(missing, told(&[(Well, "login"), (Fault, "absences"), (Well, "persons")]));
        // an answer that says nothing of the login
        let silent = found(refused(Kind::Unavailable { retry_after: None })).await;
        assert_eq!(silent, told(&[(Warning, "absences"), (Well, "login"), (Well, "persons")]));
        let wrong = found(refused(Kind::WrongAddress)).await;
        assert_eq!(wrong, told(&[(Fault, "absences"), (Well, "login"), (Well, "persons")]));
    }

    #[tokio::test]
    async fn what_lies_behind_a_shut_door_is_no_fault() {
        use Level::{Fault, Warning};
        let login = found(Err(vendors::Error::new(GET_TOKEN, Kind::LoginRefused))).await;
        assert_eq!(login, told(&[(Fault, "login"), (Warning, "absences"), (Warning, "persons")]));
        let network = found(refused(Kind::Network)).await;
        assert_eq!(network, told(&[(Fault, "address"), (Warning, "absences"), (Warning, "persons")]));
    }

    #[tokio::test]
    async fn a_missing_right_is_named_with_where_it_is_given() {
        let mut check = check();
        check.right(ABSENCES, async { refused(Kind::RightMissing(Vec::new())) }).await;
        let finding = check.findings.pop().unwrap();
        let expected = "the right is missing: scope personio:absences:read (personio list absences: right-missing)";
        assert_eq!((finding.seen.as_str(), finding.mend.as_deref()), (expected, Some(ABSENCES.given)));
    }

    #[test]
    fn a_clock_may_be_off_by_less_than_a_minute() {
        let level = |date: i64, passed: i64| {
            let date = Timestamp::from_second(date).unwrap();
            let now = Timestamp::from_second(10_000).unwrap();
            clock("clock".to_owned(), date, now, SignedDuration::from_secs(passed)).level
        };
        assert_eq!([level(10_000, 0), level(10_059, 0), level(9_941, 0)], [Level::Ok; 3]);
        assert_eq!([level(10_060, 0), level(9_940, 0)], [Level::Warning; 2]);
        assert_eq!([level(10_300, 0), level(9_700, 0)], [Level::Fault; 2]);
        // the vendor was slow, and is no further ahead than the check has lasted
        assert_eq!(level(10_070, 90), Level::Ok);
    }
}
