//! How a function reaches AWS: with what Lambda puts into its environment, and with nothing else.
//!
//! The SDK's own way of finding region and credentials also looks into files, instance metadata and STS, and its client
//! reads every certificate of the system. Lambda needs none of that, and it is most of a cold start: see the decision
//! note on cold starts.

use std::time::Duration;

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sqs::config::{SharedCredentialsProvider, SharedHttpClient};
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};

use crate::setup_error::SetupError;

/// The five roots that Amazon Trust Services asks those to trust who choose their roots themselves; AWS's certificates
/// come from no others. Source: <https://www.amazontrust.com/repository/>
const ROOTS: &[u8] = include_bytes!("amazon-roots.pem");

/// The configuration of all AWS clients. They share one HTTP client. `AWS_ENDPOINT_URL` leads to a local stack, by plain
/// http.
///
/// # Errors
/// Where Lambda has not set `AWS_REGION`, or TLS cannot be set up.
pub(crate) fn config() -> Result<SdkConfig, SetupError> {
    let region = std::env::var("AWS_REGION").map_err(|_| SetupError::NotInLambda("AWS_REGION"))?;
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new(region))
        .credentials_provider(SharedCredentialsProvider::new(EnvironmentVariableCredentialsProvider::new()))
        .timeout_config(timeouts())
        // the time limits are stricter than the 5 s after which the SDK calls a stream stalled
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .http_client(client()?);
    config.set_endpoint_url(std::env::var("AWS_ENDPOINT_URL").ok());
    Ok(config.build())
}

fn client() -> Result<SharedHttpClient, SetupError> {
    let roots = TrustStore::empty().with_pem_certificate(ROOTS);
    let tls = TlsContext::builder().with_trust_store(roots).build().map_err(|error| SetupError::Tls(error.into()))?;
    let builder = aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc));
    Ok(builder.tls_context(tls).build_https())
}

/// AWS answers in milliseconds; one that hangs must not hold a receiver until Lambda ends it.
fn timeouts() -> TimeoutConfig {
    let (attempt, whole) = (Duration::from_secs(2), Duration::from_secs(5));
    TimeoutConfig::builder().operation_attempt_timeout(attempt).operation_timeout(whole).build()
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

    use super::*;

    const NAMES: [&str; 5] = [
        "Amazon Root CA 1",
        "Amazon Root CA 2",
        "Amazon Root CA 3",
        "Amazon Root CA 4",
        "Starfield Services Root Certificate Authority - G2",
    ];

    fn roots() -> Vec<Vec<u8>> {
        let parts = str::from_utf8(ROOTS).unwrap().split("-----BEGIN CERTIFICATE-----").skip(1);
        let bodies = parts.map(|part| part.split("-----END").next().unwrap().split_whitespace().collect::<String>());
        bodies.map(|body| STANDARD.decode(body).unwrap()).collect()
    }

    #[test]
    fn the_roots_are_amazons_five_as_browsers_know_them() {
        let roots = roots();
        assert_eq!(roots.len(), NAMES.len());
        for (root, name) in roots.iter().zip(NAMES) {
            assert!(root.windows(name.len()).any(|part| part == name.as_bytes()), "{name}");
            assert!(TLS_SERVER_ROOT_CERTS.iter().any(|known| known.as_ref() == root), "{name}");
        }
    }
}
