//! What the owner is told of an application that did not go in just as the response had it.

use edge::notify::failure;
use ledger::{Cause, Failure};
use mapping::heyflow_to_personio::Desired;

use crate::attempt::ResponseAttempt;
use crate::files::Files;

/// What the owner is told; `None`: nothing. Missing files count more than values and names.
pub(crate) fn notice(attempt: &ResponseAttempt<'_>, files: &Files, desired: &Desired) -> Option<Failure> {
    let values: Vec<String> = desired.left_out.iter().map(ToString::to_string).collect();
    let (suffix, cause, code) = match (files.left_out.first(), desired.left_out.first(), files.renamed.first()) {
        (Some(_), _, _) => ("-files", Cause::WithoutFile, "files-left-out"),
        (None, Some(value), _) => ("-altered", Cause::Altered, value.key.as_str()),
        (None, None, Some(_)) => ("-altered", Cause::Altered, "files-renamed"),
        (None, None, None) => return None,
    };
    let told = [files.left_out.clone(), values, files.renamed.clone()].concat();
    let failure = failure(attempt.record, suffix, cause, told, attempt.clock.now());
    Some(Failure { code: Some(code.to_owned()), ..failure })
}
