//! A number, kept digit by digit: what was read is written again.

use std::fmt;

use super::formats::DecimalMark;
use super::misfit::Misfit;

/// How many digits are kept exactly on the way through JSON.
const MOST_DIGITS: usize = 15;

/// A number of at most 15 digits. Without zeros that say nothing, so that equal numbers are equal texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decimal(String);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Decimal {
    /// A number as programs write it: digits with a point at most.
    pub(super) fn plain(text: &str) -> Result<Self, Misfit> {
        let (sign, digits) = match text.trim().strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", text.trim()),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !are_digits(whole) || !are_digits(fraction) {
            return Err(Misfit::NotANumber);
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        if whole.len() + fraction.len() > MOST_DIGITS {
            return Err(Misfit::NotANumber);
        }
        let whole = if whole.is_empty() { "0" } else { whole };
        let sign = if whole == "0" && fraction.is_empty() { "" } else { sign };
        let point = if fraction.is_empty() { "" } else { "." };
        Ok(Self(format!("{sign}{whole}{point}{fraction}")))
    }

    /// A number as people write it: blanks and apostrophes part thousands, points and commas may.
    pub(super) fn read(text: &str, mark: Option<DecimalMark>) -> Result<Self, Misfit> {
        let is_filling = |c: char| c.is_whitespace() || c == '\'' || c == '’';
        let text: String = text.trim().chars().filter(|c| !is_filling(*c)).collect();
        let marks: Vec<char> = text.chars().filter(|c| *c == '.' || *c == ',').collect();
        let decimal = match marks.as_slice() {
            [] => None,
            [only] => decimal_mark(&text, *only, mark)?,
            // the same several times parts thousands; of two the last parts decimals
            [first, .., last] => (first != last).then_some(*last),
        };
        let (whole, fraction) = match decimal.and_then(|decimal| text.rsplit_once(decimal)) {
            Some((whole, fraction)) if !fraction.is_empty() => (whole, Some(fraction)),
            Some(_) => return Err(Misfit::NotANumber),
            None => (text.as_str(), None),
        };
        let whole = without_thousands(whole)?;
        Self::plain(&fraction.map_or_else(|| whole.clone(), |fraction| format!("{whole}.{fraction}")))
    }

    /// The number as it is written. Three decimals would look like thousands where no mark is agreed on.
    pub(super) fn write(&self, mark: Option<DecimalMark>) -> String {
        let text = self.0.replace('.', &mark.unwrap_or(DecimalMark::Point).char().to_string());
        let decimals = self.0.split_once('.').map(|(_, decimals)| decimals.len());
        if decimals == Some(3) && mark.is_none() { format!("{text}0") } else { text }
    }

    /// The number as JSON has it.
    pub(super) fn json(&self) -> Option<serde_json::Number> {
        match self.0.parse::<i64>() {
            Ok(whole) => Some(whole.into()),
            Err(_) => serde_json::Number::from_f64(self.0.parse().ok()?),
        }
    }
}

/// Whether the only mark parts decimals.
fn decimal_mark(text: &str, only: char, mark: Option<DecimalMark>) -> Result<Option<char>, Misfit> {
    let (whole, rest) = text.split_once(only).unwrap_or((text, ""));
    let may_part_thousands = rest.len() == 3 && (1..=3).contains(&whole.trim_start_matches('-').len());
    match mark {
        Some(mark) if mark.char() == only => Ok(Some(only)),
        Some(_) => Ok(None),
        None if may_part_thousands && !whole.trim_start_matches('-').starts_with('0') => Err(Misfit::AmbiguousNumber),
        None => Ok(Some(only)),
    }
}

/// Groups of three digits, all but the first.
fn without_thousands(whole: &str) -> Result<String, Misfit> {
    let mut groups = whole.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let is_parted = !rest.is_empty();
    let first_digits = first.trim_start_matches('-').len();
    if rest.iter().any(|group| group.len() != 3) || (is_parted && !(1..=3).contains(&first_digits)) {
        return Err(Misfit::NotANumber);
    }
    Ok(format!("{first}{}", rest.concat()))
}
