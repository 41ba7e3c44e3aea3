//! What a response holds under a name. A form can have several blocks of one name, of which a visitor sees one.

use super::answer::Answer;

/// What a response holds under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answers {
    /// No field has this name.
    Unknown,
    /// Fields have it, and none was answered.
    Skipped,
    /// The answered fields, in the order of the response: at least one.
    Given(Vec<Answer>),
}

impl Answers {
    /// The answered fields of the first group that has any: a skipped field hides no answered one.
    pub(super) fn first_of(groups: impl IntoIterator<Item = Vec<Answer>>) -> Self {
        let mut found = Self::Unknown;
        for group in groups {
            if !group.is_empty() {
                found = Self::Skipped;
            }
            let answered: Vec<Answer> = group.into_iter().filter(Answer::is_given).collect();
            if !answered.is_empty() {
                return Self::Given(answered);
            }
        }
        found
    }

    /// The first answered field.
    #[must_use]
    pub fn first(self) -> Option<Answer> {
        match self {
            Self::Unknown | Self::Skipped => None,
            Self::Given(answers) => answers.into_iter().next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Answer {
        Answer::One(text.to_owned())
    }

    #[test]
    fn the_first_group_with_an_answer_counts() {
        let skipped = || vec![Answer::Nothing];
        assert_eq!(Answers::first_of([Vec::new(), Vec::new()]), Answers::Unknown);
        assert_eq!(Answers::first_of([skipped(), Vec::new()]), Answers::Skipped);
        assert_eq!(Answers::first_of([skipped(), vec![one("a")]]), Answers::Given(vec![one("a")]));
        let group = vec![Answer::Nothing, one("a"), one("b")];
        assert_eq!(Answers::first_of([group, vec![one("c")]]), Answers::Given(vec![one("a"), one("b")]));
    }
}
