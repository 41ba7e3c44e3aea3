//! How Personio is told whose calls these are: recommended for every call of both APIs, required for none. Source:
//! developer.personio.de/reference/include-our-headers-in-your-requests.

use reqwest::RequestBuilder;

/// The header and its value.
const APP_ID: (&str, &str) = ("x-personio-app-id", "HRSYNC");

/// The request with the header.
pub(super) fn identified(request: RequestBuilder) -> RequestBuilder {
    let (name, value) = APP_ID;
    request.header(name, value)
}
