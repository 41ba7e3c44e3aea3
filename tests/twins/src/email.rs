//! What the twins take for an e-mail address.
//!
//! No vendor states its rule. Assumed is a narrow one: ASCII, a dot-atom of at most 64 characters, and a host name whose last label is
//! alphabetic. No quoted local part, no address literal, no display name.

/// Whether it is taken.
pub(crate) fn is_email(text: &str) -> bool {
    text.len() <= 254 && text.split_once('@').is_some_and(|(local, domain)| is_dot_atom(local) && is_host(domain))
}

fn is_dot_atom(local: &str) -> bool {
    let atext = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    local.len() <= 64 && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(atext))
}

fn is_host(domain: &str) -> bool {
    let top = domain.rsplit_once('.').map(|(_, top)| top);
    domain.split('.').all(is_label)
        && top.is_some_and(|top| top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

fn is_label(label: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&label.len()) && label.bytes().all(inner) && !label.starts_with('-') && !label.ends_with('-')
}
