//! Where webhooks may go, and what is shown of a target.

use std::net::IpAddr;

use reqwest::Url;

/// HTTPS is required. Plain HTTP is this twin's concession to receivers on its own machine.
pub(crate) fn wrong(url: &str) -> Option<&'static str> {
    let fits = Url::parse(url).is_ok_and(|url| match url.scheme() {
        "https" => url.has_host(),
        "http" => url.host_str().is_some_and(is_loopback),
        _ => false,
    });
    (!fits).then_some("url must be https")
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// A target as it may be shown: without what stands before the host or in the query.
pub(crate) fn masked(url: &str) -> String {
    let Ok(mut url) = Url::parse(url) else { return "***".to_owned() };
    let hidden = url.query().map(|_| "***");
    url.set_query(hidden);
    let bare = url.set_username("").and_then(|()| url.set_password(None));
    if bare.is_err() { "***".to_owned() } else { url.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_receivers_on_this_machine_may_be_plain() {
        for fine in
            ["https://hooks.example.com/p", "http://127.0.0.1:4566/p", "http://localhost/p", "http://[::1]:80/p"]
        {
            assert_eq!(wrong(fine), None, "{fine}");
        }
        for bad in
            ["http://hooks.example.com/p", "http://10.0.0.1/", "ftp://127.0.0.1/", "hooks.example.com", "https://"]
        {
            assert!(wrong(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn what_is_shown_of_a_target_holds_no_secret() {
        assert_eq!(masked("https://u:p@hooks.example.com/p?key=secret"), "https://hooks.example.com/p?***");
        assert_eq!(masked("https://hooks.example.com/p"), "https://hooks.example.com/p");
    }
}
