//! AWS's answers in a sentence: the operation, AWS's code for what went wrong, and what mends it. Never AWS's own
//! message, which may quote what was sent.

use std::error::Error;

use aws_sdk_secretsmanager::error::{ProvideErrorMetadata, SdkError};
use ledger::Kind;
use logs::ReadError;

/// An operation that failed.
pub(crate) fn failed<E>(operation: &str, error: &SdkError<E>) -> String
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match error.as_service_error() {
        Some(refusal) => refused(operation, refusal.code().unwrap_or("no code")),
        None => {
            format!("{operation} got no answer ({}); check the network, AWS_REGION and AWS_ENDPOINT_URL", root(error))
        }
    }
}

/// An operation on the stack's table that failed.
pub(crate) fn table_failed(error: &ledger::Error) -> String {
    match &error.kind {
        Kind::Unavailable => format!("{error}; try again, or check the network"),
        Kind::Refused(code) => format!("{error}; {}", mend(code)),
        Kind::Unreadable => format!("{error}; use the hrsync of the version that is deployed"),
        Kind::Unbuildable => format!("{error}; report it as a defect of hrsync"),
    }
}

/// A log that could not be read.
pub(crate) fn log_failed(error: &ReadError) -> String {
    format!("{error}; {}", mend(&error.code))
}

fn refused(operation: &str, code: &str) -> String {
    format!("{operation} was refused ({code}); {}", mend(code))
}

fn mend(code: &str) -> &'static str {
    match code {
        "AccessDenied" | "AccessDeniedException" => "give your AWS identity the right to do this",
        "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" => "log in to AWS again",
        "InvalidClientTokenId"
        | "UnrecognizedClientException"
        | "InvalidSignatureException"
        | "SignatureDoesNotMatch" => "check the credentials of your AWS profile",
        "ResourceNotFoundException" => "check --stack and the region",
        "Throttling" | "ThrottlingException" | "InternalFailure" | "InternalServiceError" => "try again in a minute",
        _ => "AWS's documentation of the operation explains the code",
    }
}

/// The innermost cause: it says what really happened, e.g. that nobody listens there.
fn root(error: &(dyn Error + 'static)) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudformation::operation::describe_stacks::DescribeStacksError;
    use aws_sdk_secretsmanager::config::http::HttpResponse;
    use aws_sdk_secretsmanager::error::ErrorMetadata;

    use super::*;

    #[test]
    fn a_refusal_names_operation_code_and_mend_but_not_what_was_sent() {
        let metadata = ErrorMetadata::builder().code("AccessDenied").message("for hunter2").build();
        let answer = HttpResponse::new(400.try_into().unwrap(), "".into());
        let error = SdkError::service_error(DescribeStacksError::generic(metadata), answer);
        let expected = "DescribeStacks was refused (AccessDenied); give your AWS identity the right to do this";
        assert_eq!(failed("DescribeStacks", &error), expected);
    }

    #[test]
    fn no_answer_names_the_innermost_cause() {
        let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
        let error: SdkError<DescribeStacksError> = SdkError::construction_failure(refused);
        assert!(failed("DescribeStacks", &error).contains("got no answer (connection refused)"));
    }
}
