//! Texts that people typed or pasted: without what nobody sees, and in the form in which two of them are the same.
//!
//! Source: Unicode Standard Annex #15 (NFC), and the chapter "Special Areas and Format Characters" for letters that show
//! nothing.

use icu_normalizer::ComposingNormalizerBorrowed;

/// Whether a letter shows nothing: zero-width blanks and joiners, marks of the direction of writing, byte order marks.
/// Inside a text some of them mean something (emoji, Persian); around one they never do.
#[must_use]
pub fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// The text without blanks, control characters and invisible letters around it.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || letter.is_control() || is_invisible(letter))
}

/// Whether the text shows nothing at all.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    trimmed(text).is_empty()
}

/// The text as it travels on: trimmed, in NFC, lines ended by a newline, without other control characters than newline and
/// tab.
#[must_use]
pub fn cleaned(text: &str) -> String {
    let lines = trimmed(text).replace("\r\n", "\n").replace('\r', "\n");
    let shown: String = lines.chars().filter(|letter| matches!(letter, '\n' | '\t') || !letter.is_control()).collect();
    nfc(&shown)
}

/// The text on one line: cleaned, each newline and tab a blank.
#[must_use]
pub fn on_one_line(text: &str) -> String {
    cleaned(text).replace(['\n', '\t'], " ")
}

/// The form in which two names are the same: cleaned, a run of blanks as one, in lower case.
#[must_use]
pub fn folded(text: &str) -> String {
    cleaned(text).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The text in NFC: letters and their marks as one, however they were typed.
fn nfc(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shows_nothing_is_cut_around_a_text_and_stays_within() {
        for around in ["\u{200b}", "\u{202a}", "\u{202e}", "\u{feff}", "\u{2066}", " \u{200e}\t\u{a0}", "\0\u{7f}"] {
            assert_eq!(trimmed(&format!("{around}Mina Aydin{around}")), "Mina Aydin", "{around:?}");
            assert!(is_blank(around), "{around:?}");
        }
        let family = "👩\u{200d}👧";
        assert_eq!(cleaned(family), family);
        assert!(!is_blank("."));
    }

    #[test]
    fn control_characters_go_and_lines_stay() {
        assert_eq!(cleaned("a\0b\u{1b}[0m\u{8}c\u{7f}"), "ab[0mc");
        assert_eq!(cleaned("one\r\ntwo\rthree\n\tfour"), "one\ntwo\nthree\n\tfour");
        assert_eq!(on_one_line("one\r\ntwo\tthree"), "one two three");
    }

    #[test]
    fn marks_and_letters_become_one() {
        assert_eq!(cleaned("Mu\u{308}ller"), "Müller");
        assert_eq!(folded("  Stra\u{df}e \u{a0} Nr.\n1 "), "straße nr. 1");
        assert_eq!(folded("U\u{308}BER\u{200b}"), folded("über"));
    }
}
