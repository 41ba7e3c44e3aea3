//! How a verb ends, and the exit status a script sees. 2 is clap's own, for a call it cannot read.

use std::fmt;

use edge::verdict::Fault;

use crate::aws;

/// The statuses, for `--help`.
pub(crate) const HELP: &str = "Exit status: 0 fine; 1 problems were found, or the request was refused; \
    2 the call was not understood; 3 AWS failed.\n\
    AWS is reached as by the AWS CLI: AWS_PROFILE, AWS_REGION, and AWS_ENDPOINT_URL for a local cloud.";

/// A verb that did its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing is wrong.
    Fine,
    /// It has told of problems.
    Problems,
}

/// A verb that could not do its work. One sentence, with what mends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// What was asked for cannot be done as things stand.
    Refused(String),
    /// AWS refused or did not answer.
    Aws(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Refused(what) | Self::Aws(what)) = self;
        f.write_str(what)
    }
}

impl From<ledger::Error> for Failure {
    fn from(error: ledger::Error) -> Self {
        Self::Aws(aws::table_failed(&error))
    }
}

impl From<logs::ReadError> for Failure {
    fn from(error: logs::ReadError) -> Self {
        Self::Aws(aws::log_failed(&error))
    }
}

impl From<admin::Error> for Failure {
    fn from(error: admin::Error) -> Self {
        match error {
            admin::Error::Fault(Fault::Ledger(error)) => error.into(),
            error => Self::Refused(error.to_string()),
        }
    }
}

/// The process's status.
pub(crate) fn status(ended: &Result<End, Failure>) -> u8 {
    match ended {
        Ok(End::Fine) => 0,
        Ok(End::Problems) | Err(Failure::Refused(_)) => 1,
        Err(Failure::Aws(_)) => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_can_tell_the_ends_apart() {
        let refused = Err(Failure::Refused("no such file".to_owned()));
        let aws = Err(Failure::Aws("no answer".to_owned()));
        let statuses = [Ok(End::Fine), Ok(End::Problems), refused, aws].map(|ended| status(&ended));
        assert_eq!(statuses, [0, 1, 1, 3]);
    }

    #[test]
    fn a_vendors_refusal_ends_otherwise_than_aws() {
        let refused = vendors::Error::new(vendors::personio::operations::LIST_WEBHOOKS, vendors::Kind::WrongAddress);
        let expected = "personio list webhooks: wrong-address; check `base_url`";
        assert_eq!(Failure::from(admin::Error::from(refused)), Failure::Refused(expected.to_owned()));
    }
}
