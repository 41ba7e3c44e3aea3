//! A mail as it goes over the wire: headers, and the same in text and HTML.

use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use crate::Mail;

/// No line of a mail begins like this: texts are indented or words, and quoted-printable writes `=` otherwise.
const BOUNDARY: &str = "=_hrsync";

impl Mail {
    /// The whole message (RFC 5322). SES puts its own date and Message-ID in the place of these, so what keeps mails
    /// together is that they refer to the same root.
    /// <https://docs.aws.amazon.com/ses/latest/dg/header-fields.html>
    pub(crate) fn message(&self, from: &str, to: &str, at: Timestamp) -> Vec<u8> {
        let host = from.rsplit('@').next().unwrap_or(from);
        let thread = format!("{}@{host}", self.thread);
        let parts =
            vec![MimePart::new("text/plain", self.text.as_str()), MimePart::new("text/html", self.html.as_str())];
        let kind = ContentType::new("multipart/alternative").attribute("boundary", BOUNDARY);
        let mut message = Vec::new();
        MessageBuilder::new()
            .from(address(from))
            .to(address(to))
            .subject(self.subject.as_str())
            .date(Date::new(at.as_second()))
            .message_id(format!("{}@{host}", self.id))
            .in_reply_to(thread.as_str())
            .references(thread.as_str())
            // nobody's machine need answer
            .header("Auto-Submitted", Raw::new("auto-generated"))
            .header("X-Auto-Response-Suppress", Raw::new("All"))
            .body(MimePart::new(kind, parts))
            .serialize(&mut message);
        message
    }
}

fn address(address: &str) -> Address<'_> {
    Address::new_address(None::<&str>, address)
}
