//! A message's body: each flow's own shape with its own version in `v`.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::verdict::Fault;

/// Reads a body of this version. `what`: what it should be, e.g. `signal`. Its version is looked at before anything else;
/// no part of it is shown.
///
/// # Errors
/// [`Fault::Version`] or [`Fault::Malformed`].
pub fn read_body<T: DeserializeOwned>(body: &RawValue, what: &'static str, version: u8) -> Result<T, Fault> {
    #[derive(Deserialize)]
    struct Version {
        v: u64,
    }
    let malformed = |error: serde_json::Error| {
        Fault::Malformed(format!("no {what} (line {}, column {})", error.line(), error.column()))
    };
    let found: Version = serde_json::from_str(body.get()).map_err(malformed)?;
    if found.v != u64::from(version) {
        return Err(Fault::Version { what, found: found.v });
    }
    serde_json::from_str(body.get()).map_err(malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Eq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Signal {
        v: u8,
        id: u32,
    }

    fn read(json: &str) -> Result<Signal, String> {
        let body = RawValue::from_string(json.to_owned()).unwrap();
        read_body(&body, "signal", 1).map_err(|fault| format!("{fault:?}"))
    }

    #[test]
    fn a_body_of_another_version_is_not_half_read() {
        assert_eq!(read(r#"{"v":1,"id":7}"#), Ok(Signal { v: 1, id: 7 }));
        assert_eq!(read(r#"{"v":2,"ids":[7]}"#), Err(r#"Version { what: "signal", found: 2 }"#.to_owned()));
        for odd in ["null", "{}", r#"{"v":1,"id":"sample@applicant.example"}"#, r#"{"v":"sample"}"#] {
            let error = read(odd).unwrap_err();
            assert!(error.starts_with("Malformed(") && !error.contains("sample"), "{odd}: {error}");
        }
    }
}
