//! What an operation of AWS would have told, and why it is not known.

use std::error::Error;

use admin::Finding;
use aws_sdk_cloudformation::error::{ProvideErrorMetadata, SdkError};

use crate::aws;

/// A warning: nobody can say that it is well.
pub(super) fn not_known<E>(about: &str, operation: &str, error: &SdkError<E>) -> Finding
where
    E: ProvideErrorMetadata + Error + 'static,
{
    Finding::warning(about, "not known", aws::failed(operation, error))
}
