//! Whose work is previewed: a connection as it is applied, or a file that need not be.

use std::path::{Path, PathBuf};

use admin::Flow;
use edge::Head;

use crate::ends::Failure;
use crate::files;
use crate::ready;
use crate::say;
use crate::stack::Stack;

/// A connection's settings.
pub(super) struct Previewed {
    /// Its flow.
    pub(super) flow: &'static Flow,
    /// The connection's name.
    pub(super) name: String,
    /// Its file.
    pub(super) document: String,
}

/// Whether the first word of the call means a file: there is one, or the word ends like one.
pub(super) fn is_file(word: &str) -> bool {
    word.ends_with(".toml") || Path::new(word).is_file()
}

impl Previewed {
    /// The settings of a file. `local`: the stack itself is local.
    pub(super) fn of_file(path: &Path, local: bool) -> Result<Self, Failure> {
        let path: PathBuf = path.to_owned();
        let checked = files::check(files::gather(&[path]), local);
        let refused = || {
            let lines: Vec<String> = checked.iter().flat_map(files::Checked::lines).collect();
            Failure::Refused(format!("the file cannot be used:\n{}", lines.join("\n")))
        };
        let [one] = checked.as_slice() else { return Err(refused()) };
        let Some((flow, Head { name, .. })) = &one.sound else { return Err(refused()) };
        Ok(Self { flow: *flow, name: name.as_str().to_owned(), document: one.text.clone() })
    }

    /// The settings of a connection as it is applied. That it is halted is a remark.
    pub(super) async fn applied(stack: &Stack, name: &str) -> Result<Self, Failure> {
        let (connection, flow) = stack.connection(name).await?;
        if let Some(halted) = ready::halted(&connection) {
            say::aside(halted);
        }
        Ok(Self { flow, name: connection.name, document: connection.document })
    }

    /// The other file, which must be one of the same flow.
    pub(super) fn other(&self, path: &Path, local: bool) -> Result<Self, Failure> {
        let other = Self::of_file(path, local)?;
        if other.flow.name == self.flow.name {
            return Ok(other);
        }
        let what = format!("{} is a connection of `{}`", path.display(), other.flow.name);
        Err(Failure::Refused(format!("{what}; compare `{}` with a file of `{}`", self.name, self.flow.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAREERS: &str = "../functions/heyflow-to-personio/connection.example.toml";

    #[test]
    fn a_word_is_a_file_where_there_is_one_or_where_it_ends_like_one() {
        assert!(is_file(CAREERS) && is_file("missing.toml") && is_file("Cargo.toml"));
        assert!(!is_file("careers") && !is_file("src"));
    }

    #[test]
    fn only_files_of_one_flow_are_compared() {
        let careers = Previewed::of_file(Path::new(CAREERS), false).unwrap();
        assert_eq!((careers.name.as_str(), careers.flow.name), ("careers", "heyflow-to-personio"));
        assert!(careers.other(Path::new(CAREERS), false).is_ok());
        let hr = Path::new("../functions/personio-to-hellohq/connection.example.toml");
        let said = careers.other(hr, false).err().unwrap().to_string();
        assert!(said.contains("is a connection of `personio-to-hellohq`"), "{said}");
        let said = Previewed::of_file(Path::new("missing.toml"), false).err().unwrap().to_string();
        assert!(said.contains("missing.toml: the file cannot be read"), "{said}");
    }
}
