//! "Did you mean": the candidate nearest to a word that was mistyped.

/// The candidate most like `word`, if any is like it at all.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f64 = 0.7;
    let score = |candidate: &str| strsim::jaro_winkler(&word.to_lowercase(), &candidate.to_lowercase());
    let scored = candidates.into_iter().map(|candidate| (score(candidate), candidate));
    let best = scored.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (best.0 >= ALIKE).then_some(best.1)
}

/// `; did you mean ...?`, or nothing.
pub(crate) fn hint<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_recognised_and_a_foreign_word_is_not() {
        let keys = ["first_name", "last_name", "email"];
        assert_eq!(nearest("fist_name", keys), Some("first_name"));
        assert_eq!(nearest("Email", keys), Some("email"));
        assert_eq!(nearest("zzz", keys), None);
        assert_eq!(nearest("email", []), None);
    }
}
