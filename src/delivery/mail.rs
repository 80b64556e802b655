//! Mail by SMTP, as text and as HTML.

use std::time::Duration;

use askama::Template;
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message as Mail, Tokio1Executor};

use super::ProviderError;
use crate::domain::message::{Message, Outcome, short};
use crate::domain::secret::Secret;

/// How to reach a mail server.
pub struct MailAccount {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub protection: Protection,
    /// Certificates (PEM) of a private authority.
    pub authority: Option<Vec<u8>>,
    /// User and password.
    pub credentials: Option<(String, Secret<String>)>,
    /// Who mails come from.
    pub from: String,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// Stands behind the `@` of message ids: a name of ours.
    pub id_domain: String,
    /// How long a mail may take.
    pub timeout: Duration,
}

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// Begun plain, then encrypted before anything is said.
    StartTls,
    /// Encrypted from the beginning.
    Tls,
    /// Not at all.
    None,
}

/// A mail server.
pub struct MailServer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    id_domain: String,
    timeout: Duration,
}

/// A mail as HTML: the same words as the text.
#[derive(Template)]
#[template(path = "mail.html")]
struct MailPage<'a> {
    subject: &'a str,
    paragraphs: Vec<Paragraph<'a>>,
}

/// What stands between two empty lines.
struct Paragraph<'a> {
    kind: &'static str,
    lines: Vec<&'a str>,
}

impl MailServer {
    /// Reads the account; connects when the first mail leaves.
    pub fn new(account: MailAccount) -> Result<Self, ProviderError> {
        let address = |text: &str| {
            text.parse::<Mailbox>()
                .map_err(|error| ProviderError(format!("{text} is no mail address: {error}")))
        };
        let tls =
            tls(&account).map_err(|error| ProviderError(format!("the mail server's encryption: {error}")))?;
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&account.host)
            .port(account.port)
            .tls(tls)
            .timeout(Some(account.timeout));
        if let Some((user, password)) = &account.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.expose().clone()));
        }
        Ok(Self {
            transport: builder.build(),
            from: address(&account.from)?,
            reply_to: account.reply_to.as_deref().map(address).transpose()?,
            id_domain: account.id_domain,
            timeout: account.timeout,
        })
    }

    /// Hands a mail over. Each try of a message carries the same id, so that a mail that came twice is shown once.
    pub async fn send(&self, message: &Message) -> Outcome {
        let mail = match self.compose(message) {
            Ok(mail) => mail,
            Err(what) => return Outcome::Refused(short(&what, &message.to)),
        };
        let Ok(answered) = tokio::time::timeout(self.timeout, self.transport.send(mail)).await else {
            return Outcome::NotNow("the mail server did not answer in time".to_owned());
        };
        match answered {
            Ok(response) => Outcome::Accepted(short(&words(response.message()), &message.to)),
            Err(error) => {
                let said = short(&chain(&error), &message.to);
                if error.is_permanent() { Outcome::Refused(said) } else { Outcome::NotNow(said) }
            }
        }
    }

    fn compose(&self, message: &Message) -> Result<Mail, String> {
        let to: Mailbox = message.to.parse().map_err(|error| format!("no mail address: {error}"))?;
        let page = MailPage { subject: &message.subject, paragraphs: paragraphs(&message.body) };
        let html = page.render().map_err(|error| error.to_string())?;
        let mut builder = Mail::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&message.subject)
            .message_id(Some(format!("<{}@{}>", message.id, self.id_domain)));
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        let parts = MultiPart::alternative_plain_html(message.body.clone(), html);
        builder.multipart(parts).map_err(|error| error.to_string())
    }
}

fn tls(account: &MailAccount) -> Result<Tls, lettre::transport::smtp::Error> {
    let parameters = || {
        let mut builder = TlsParameters::builder(account.host.clone());
        if let Some(pem) = &account.authority {
            builder = builder.add_root_certificate(Certificate::from_pem(pem)?);
        }
        builder.build()
    };
    Ok(match account.protection {
        Protection::StartTls => Tls::Required(parameters()?),
        Protection::Tls => Tls::Wrapper(parameters()?),
        Protection::None => Tls::None,
    })
}

fn words<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.collect::<Vec<_>>().join(" ")
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}

/// The text in parts: a code stands alone in its paragraph, a link in its line.
fn paragraphs(body: &str) -> Vec<Paragraph<'_>> {
    let paragraph = |text: &'static str, lines: Vec<_>| Paragraph { kind: text, lines };
    body.split("\n\n")
        .map(|text| text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>())
        .filter(|lines| !lines.is_empty())
        .map(|lines| {
            let is_code = lines.len() == 1 && lines.iter().all(|line| is_code(line));
            paragraph(if is_code { "code" } else { "text" }, lines)
        })
        .collect()
}

fn is_code(line: &str) -> bool {
    let has_digit_or_dash = line.bytes().any(|byte| byte.is_ascii_digit() || byte == b'-');
    (6..=14).contains(&line.len())
        && has_digit_or_dash
        && line.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_html_says_what_the_text_says_and_escapes_it() {
        let body =
            "Hello <b>Mart</b>,\n\nYour code:\n\nABCD-2345-EFGH\n\n1. Open\nhttps://a.example/activate#X\n";
        let page = MailPage { subject: "A & B", paragraphs: paragraphs(body) };
        let html = page.render().unwrap();
        for part in
            ["Hello &#60;b&#62;Mart", "ABCD-2345-EFGH", "href=\"https://a.example/activate#X\"", "A &#38; B"]
        {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("<b>"), "{html}");
        assert_eq!(paragraphs(body).iter().filter(|paragraph| paragraph.kind == "code").count(), 1);
    }
}
