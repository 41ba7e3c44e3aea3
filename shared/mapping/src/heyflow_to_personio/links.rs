//! Takes the links out of what an input for files states, of which Heyflow documents no form.

use url::Url;
use vendors::heyflow::model::begins_link;
use vendors::text::{is_invisible, trimmed};

/// What a text for a file is made of.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Links {
    pub(super) links: Vec<String>,
    /// How many pieces are no link.
    pub(super) others: usize,
}

/// The links of `text`. Several stand on lines of their own, or with a blank, a comma or the like between them; whatever else
/// follows a link, blanks included, is part of it.
pub(super) fn links(text: &str) -> Links {
    let mut found = Links::default();
    for piece in text.lines().flat_map(pieces) {
        if is_link(piece) {
            found.links.push(piece.to_owned());
        } else {
            found.others += 1;
        }
    }
    if found == Links::default() {
        found.others = 1;
    }
    found
}

/// What stands before, between and behind the beginnings of links on one line. Nothing blank.
fn pieces(line: &str) -> Vec<&str> {
    let begins = line.char_indices().filter(|(at, _)| begins_at(line, *at)).map(|(at, _)| at);
    let mut pieces = Vec::new();
    let mut rest = line;
    let mut offset = 0;
    for at in begins {
        let (before, after) = rest.split_at(at - offset);
        pieces.push(before);
        rest = after;
        offset = at;
    }
    pieces.push(rest);
    pieces.into_iter().map(|piece| piece.trim_matches(is_around)).filter(|piece| !piece.is_empty()).collect()
}

/// Whether a link begins here: one within another link has a letter before it.
fn begins_at(line: &str, at: usize) -> bool {
    let Some((before, link)) = line.split_at_checked(at) else { return false };
    let begins = link.starts_with(['h', 'H']) && begins_link(link);
    begins && before.chars().next_back().is_none_or(is_around)
}

fn is_around(letter: char) -> bool {
    letter.is_whitespace() || is_invisible(letter) || ",;|<>\"'".contains(letter)
}

/// Whether a text is a link once its blanks and foreign letters are encoded.
fn is_link(text: &str) -> bool {
    begins_link(trimmed(text)) && Url::parse(text).is_ok_and(|url| url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_links_are_taken_apart_and_what_belongs_to_a_link_is_not() {
        for (text, expected) in [
            ("https://a.example/1", &["https://a.example/1"][..]),
            (" https://a.example/1, HTTP://b.example/2 ", &["https://a.example/1", "HTTP://b.example/2"]),
            ("https://a.example/1,https://b.example/2,", &["https://a.example/1", "https://b.example/2"]),
            ("https://a.example/1\nhttps://b.example/2\r\n", &["https://a.example/1", "https://b.example/2"]),
            (
                "https://a.example/1 https://b.example/2;https://c.example",
                &["https://a.example/1", "https://b.example/2", "https://c.example"],
            ),
            ("\u{200b}<https://a.example/1>", &["https://a.example/1"]),
            (
                "https://a.example/cv,final.pdf,https://b.example/2",
                &["https://a.example/cv,final.pdf", "https://b.example/2"],
            ),
            ("https://a.example/Lebenslauf Mina.pdf", &["https://a.example/Lebenslauf Mina.pdf"]),
            ("https://a.example/?next=https://b.example", &["https://a.example/?next=https://b.example"]),
        ] {
            assert_eq!(
                links(text),
                Links { links: expected.iter().map(ToString::to_string).collect(), others: 0 },
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_link_of_the_web_is_counted() {
        for text in [
            "cv.pdf",
            "ftp://a.example/1",
            "file:///a",
            "data:text/plain,a",
            "https://",
            "https://a b/",
            "javascript:a",
            "",
        ] {
            assert_eq!(links(text), Links { links: Vec::new(), others: 1 }, "{text}");
        }
        let mixed = links("Mein CV: https://a.example/1\nlebenslauf.pdf");
        assert_eq!((mixed.links, mixed.others), (vec!["https://a.example/1".to_owned()], 2));
    }
}
