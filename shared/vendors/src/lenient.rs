//! What a vendor delivers, read leniently: a delivery comes once, and one odd character in it must not cost the record.
//!
//! [`json`] makes JSON of the bytes that any reader takes: a byte order mark is cut, half characters become U+FFFD, a number
//! that would lose digits becomes a text of its digits, and so does what nests too deep. What is no JSON stays none. To be
//! called only after the sender has shown the secret.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How deep objects and lists may nest, the outermost counted. Readers that recurse stop at 128.
const DEEPEST: usize = 64;

/// So many digits of a fraction survive as a 64-bit number.
const EXACT_DIGITS: usize = 15;

/// The JSON that a body means. Reads it once from start to end, without recursion.
#[must_use]
pub fn json(body: &[u8]) -> String {
    let body = String::from_utf8_lossy(body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body));
    let mut json = String::with_capacity(body.len());
    let mut nesting = Nesting::default();
    let mut rest = body.as_ref();
    while let Some(first) = rest.chars().next() {
        let (token, after) = rest.split_at(length(first, rest));
        match first {
            '"' => push_string(token, &mut json),
            '-' | '0'..='9' => push_number(token, &mut json),
            '{' | '[' => nesting.open(token, &mut json),
            '}' | ']' => nesting.close(token, &mut json),
            _ => json.push_str(token),
        }
        rest = after;
    }
    json
}

/// The members of the outermost object, as far as the text can be read: of one that is cut off, those before the cut.
#[must_use]
pub fn members(json: &str) -> Map<String, Value> {
    let mut members = Map::new();
    let mut reader = serde_json::Deserializer::from_str(json);
    match Members(&mut members).deserialize(&mut reader) {
        // why the rest cannot be read is told by whoever reads the whole
        Ok(()) | Err(_) => members,
    }
}

/// Where a text nests.
#[derive(Default)]
struct Nesting {
    depth: usize,
    /// Where in the JSON begins what is too deep.
    too_deep: Option<usize>,
}

impl Nesting {
    fn open(&mut self, bracket: &str, json: &mut String) {
        self.depth += 1;
        if self.depth == DEEPEST + 1 {
            self.too_deep = Some(json.len());
        }
        json.push_str(bracket);
    }

    fn close(&mut self, bracket: &str, json: &mut String) {
        json.push_str(bracket);
        if self.depth == DEEPEST + 1
            && let Some(start) = self.too_deep.take()
        {
            let nested = json.split_off(start);
            json.push_str(&Value::String(nested).to_string());
        }
        self.depth = self.depth.saturating_sub(1);
    }
}

/// How many bytes the token has that begins with `first`.
fn length(first: char, text: &str) -> usize {
    let is_of_number = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
    match first {
        '"' => string_length(text),
        '{' | '}' | '[' | ']' => 1,
        _ if is_of_number(first) && !first.is_alphabetic() => text.find(|c| !is_of_number(c)).unwrap_or(text.len()),
        _ => {
            let begins_a_token = |c: char| c.is_ascii_digit() || "\"{}[]-".contains(c);
            text.find(begins_a_token).unwrap_or(text.len())
        }
    }
}

/// Up to the closing quote; of a string that is cut off, all that is left.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    let closes = |byte: u8| {
        let closes = byte == b'"' && !is_escaped;
        is_escaped = byte == b'\\' && !is_escaped;
        closes
    };
    text.bytes().skip(1).position(closes).map_or(text.len(), |before| before + 2)
}

/// A half of a pair of escapes becomes U+FFFD, as what JavaScript writes for a text that was cut within an emoji. A control
/// character, which JSON wants escaped, is escaped.
fn push_string(token: &str, json: &mut String) {
    let mut rest = token;
    while let Some(at) = rest.find(|c: char| c == '\\' || c < ' ') {
        let (plain, odd) = rest.split_at(at);
        json.push_str(plain);
        rest = push_odd(odd, json);
    }
    json.push_str(rest);
}

/// Pushes the escape or control character that `odd` begins with; gives what follows it.
fn push_odd<'a>(odd: &'a str, json: &mut String) -> &'a str {
    let control = odd.chars().next().filter(|c| *c < ' ');
    if let Some(control) = control {
        json.push_str(&format!("\\u{:04x}", u32::from(control)));
        return odd.get(1..).unwrap_or_default();
    }
    let Some(unit) = code_unit(odd) else {
        let length = 1 + odd.chars().nth(1).map_or(0, char::len_utf8);
        let (escape, after) = odd.split_at(length);
        json.push_str(escape);
        return after;
    };
    let next = odd.get(6..).and_then(code_unit);
    let is_low = |unit: u16| (0xdc00..=0xdfff).contains(&unit);
    let length = match (unit, next) {
        (0xd800..=0xdbff, Some(next)) if is_low(next) => 12,
        (0xd800..=0xdfff, _) => {
            json.push_str("\\ufffd");
            return odd.get(6..).unwrap_or_default();
        }
        _ => 6,
    };
    let (escape, after) = odd.split_at(length);
    json.push_str(escape);
    after
}

/// The code unit of an escape such as `\ud83d`.
fn code_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}

fn push_number(token: &str, json: &mut String) {
    let is_number = serde_json::from_str::<IgnoredAny>(token).is_ok();
    if is_number && !keeps_its_digits(token) {
        json.extend(["\"", token, "\""]);
    } else {
        json.push_str(token);
    }
}

/// Whether a number says the same after it was read as 64 bits.
fn keeps_its_digits(number: &str) -> bool {
    if number.parse::<i64>().is_ok() || number.parse::<u64>().is_ok() {
        return true;
    }
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    let is_whole = mantissa.len() == number.len() && !number.contains('.');
    let digits = mantissa.chars().filter(char::is_ascii_digit).count();
    let is_zero = !mantissa.contains(|c: char| ('1'..='9').contains(&c));
    let read = number.parse::<f64>();
    !is_whole && digits <= EXACT_DIGITS && read.is_ok_and(|read| read.is_finite() && (read != 0.0 || is_zero))
}

struct Members<'a>(&'a mut Map<String, Value>);

impl<'de> DeserializeSeed<'de> for Members<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((name, value)) = map.next_entry()? {
            self.0.insert(name, value);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(body: &str, expected: &str) {
        let json = json(body.as_bytes());
        assert_eq!(json, expected, "{body}");
        assert!(serde_json::from_str::<Value>(&json).is_ok(), "{json}");
    }

    #[test]
    fn half_characters_become_replacement_characters() {
        means(r#"{"a":"bis bald \ud83d"}"#, r#"{"a":"bis bald \ufffd"}"#);
        means(r#""\ude00 und \uD83Dx""#, r#""\ufffd und \ufffdx""#);
        means(r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#);
        means(r#""\ud83d\u0041""#, r#""\ufffd\u0041""#);
        means(r#""\ud83d\n""#, r#""\ufffd\n""#);
        means(r#"{"\udc00":1}"#, r#"{"\ufffd":1}"#);
        let bytes = json(b"{\"a\":\"\xf0\x9f\x98 \xed\xa0\xbd\"}");
        assert_eq!(serde_json::from_str::<Value>(&bytes).unwrap()["a"], "\u{fffd} \u{fffd}\u{fffd}\u{fffd}");
    }

    #[test]
    fn what_is_in_order_stays_as_it_is() {
        for body in [
            r#"{"a": "😀 \ud83d\ude00 \\ud83d \" \\", "b": [1, -2.5, 1e5, 0.1, 18446744073709551615, true, null]}"#,
            "  [ ] ",
            r#""\\\"""#,
            "0",
            "-0.0",
            r#"{"x":{"y":[[]]}}"#,
        ] {
            means(body, body);
        }
    }

    #[test]
    fn a_byte_order_mark_is_cut_and_control_characters_are_escaped() {
        means("\u{feff}{}", "{}");
        means("\"a\nb\tc\u{0}\"", r#""a\u000ab\u0009c\u0000""#);
    }

    #[test]
    fn numbers_that_would_lose_digits_stay_as_texts() {
        means("[1e999, -1e999]", r#"["1e999", "-1e999"]"#);
        means("[4917212345678901234567]", r#"["4917212345678901234567"]"#);
        means("[0.12345678901234567, 1e-999, 0e9]", r#"["0.12345678901234567", "1e-999", 0e9]"#);
        means(r#"{"id":20260301100000000001}"#, r#"{"id":"20260301100000000001"}"#);
    }

    #[test]
    fn what_nests_too_deep_becomes_a_text() {
        let deep = |depth: usize| format!("{}\"x\"{}", "[".repeat(depth), "]".repeat(depth));
        means(&deep(DEEPEST), &deep(DEEPEST));
        let cut = format!("{}\"[\\\"x\\\"]\"{}", "[".repeat(DEEPEST), "]".repeat(DEEPEST));
        means(&deep(DEEPEST + 1), &cut);
        let deeper = json(deep(100_000).as_bytes());
        assert!(serde_json::from_str::<Value>(&deeper).is_ok());
        let siblings = format!("{{\"a\":{},\"b\":{}}}", deep(DEEPEST), deep(DEEPEST));
        assert!(serde_json::from_str::<Value>(&json(siblings.as_bytes())).is_ok());
    }

    #[test]
    fn what_is_no_json_stays_none() {
        for body in [
            "",
            "<html>",
            "{\"a\":",
            "\"\\u12",
            "\"\\",
            "007",
            "1-2",
            "[1}",
            "\"\\x\"",
            "ä1",
            "[".repeat(9_999).as_str(),
        ] {
            assert!(serde_json::from_str::<Value>(&json(body.as_bytes())).is_err(), "{body}");
        }
    }

    #[test]
    fn members_are_read_up_to_where_the_text_is_cut() {
        let names = |json: &str| members(json).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(r#"{"flowID":"F","id":7,"fields":{"E-mail":"mi"#), ["flowID", "id"]);
        assert_eq!(names(r#"{"a":1,"b":2}"#), ["a", "b"]);
        for none in ["", "[1]", "{", "{\"a\""] {
            assert_eq!(names(none), [""; 0], "{none}");
        }
    }
}
