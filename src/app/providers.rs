//! The mail server, the SMS gateway and the push services out of their settings.

use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;

use crate::config::{
    ApnsSettings, Encryption, FcmSettings, MailSettings, PushSettings, Settings, SmsSettings,
};
use crate::delivery::Delivery;
use crate::delivery::apns::{ApnsAccount, ApnsSender};
use crate::delivery::fcm::{FcmAccount, FcmSender};
use crate::delivery::mail::{MailAccount, MailServer, Protection};
use crate::delivery::push::PushSenders;
use crate::delivery::sms::{BodyKind, NumberForm, PRESETS, SmsAccount, SmsGateway};
use crate::domain::message::SmsLimits;
use crate::domain::secret::Secret;

/// How messages leave: by what is set, and printed where nothing is.
pub fn delivery(settings: &Settings) -> anyhow::Result<Delivery> {
    let mail = settings.mail.as_ref().map(|mail| mail_server(mail, &settings.server.issuer)).transpose()?;
    let sms = settings.sms.as_ref().map(sms_gateway).transpose()?;
    Ok(Delivery::Providers { mail: mail.map(Box::new), sms: sms.map(Box::new) })
}

/// What phones are woken by.
pub(super) fn push(settings: &PushSettings) -> anyhow::Result<PushSenders> {
    let fcm = settings.fcm.as_ref().map(fcm_sender).transpose()?;
    let apns = settings.apns.as_ref().map(apns_sender).transpose()?;
    Ok(PushSenders { fcm, apns })
}

/// How many SMS may leave; nothing is counted where they are only printed.
pub(super) fn sms_limits(settings: &Settings) -> Option<SmsLimits> {
    let sms = settings.sms.as_ref()?;
    Some(SmsLimits {
        countries: sms.allowed_countries.clone(),
        per_hour: sms.most_per_hour,
        per_prefix: sms.most_per_prefix_per_hour,
    })
}

fn mail_server(settings: &MailSettings, issuer: &str) -> anyhow::Result<MailServer> {
    let (protection, usual_port) = match settings.encryption {
        Encryption::Starttls => (Protection::StartTls, 587),
        Encryption::Tls => (Protection::Tls, 465),
        Encryption::None => (Protection::None, 25),
    };
    let password = settings.password_file.as_deref().map(read_secret).transpose()?;
    let read_authority = |file: &std::path::PathBuf| {
        std::fs::read(file).with_context(|| format!("reading {}", file.display()))
    };
    let host = issuer.split_once("://").map_or(issuer, |(_, host)| host);
    let account = MailAccount {
        host: settings.host.clone(),
        port: settings.port.unwrap_or(usual_port),
        protection,
        authority: settings.ca_file.as_ref().map(read_authority).transpose()?,
        credentials: settings.user.clone().zip(password),
        from: settings.from.clone(),
        reply_to: settings.reply_to.clone(),
        id_domain: host.split(':').next().unwrap_or(host).to_owned(),
        timeout: Duration::from_secs(settings.timeout_seconds),
    };
    MailServer::new(account).context("[mail]")
}

fn sms_gateway(settings: &SmsSettings) -> anyhow::Result<SmsGateway> {
    let (_, preset) = PRESETS.iter().find(|(name, _)| *name == settings.preset).with_context(|| {
        let names: Vec<&str> = PRESETS.iter().map(|(name, _)| *name).collect();
        format!("sms.preset: one of {}", names.join(", "))
    })?;
    let body = match settings.body.as_deref() {
        None => preset.body,
        Some("form") => BodyKind::Form,
        Some("json") => BodyKind::Json,
        Some("query") => BodyKind::Query,
        Some(other) => anyhow::bail!("sms.body: form, json or query, not {other}"),
    };
    let number = match settings.number.as_deref() {
        None => preset.number,
        Some("e164") => NumberForm::E164,
        Some("msisdn") => NumberForm::Msisdn,
        Some("00") => NumberForm::ZeroZero,
        Some(other) => anyhow::bail!("sms.number: e164, msisdn or 00, not {other}"),
    };
    let usual = preset.fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let account = SmsAccount {
        url: settings
            .url
            .clone()
            .or(preset.url.map(str::to_owned))
            .context("sms.url: this gateway needs it")?,
        sender: settings.sender.clone(),
        user: settings.user.clone().unwrap_or_default(),
        password: settings.password_file.as_deref().map(read_secret).transpose()?,
        proof: preset.proof,
        body,
        fields: usual.chain(settings.fields.clone()).collect(),
        number,
        success_contains: settings.success_contains.clone().or(preset.success_contains.map(str::to_owned)),
        timeout: Duration::from_secs(settings.timeout_seconds),
    };
    SmsGateway::new(account).context("[sms]")
}

fn fcm_sender(settings: &FcmSettings) -> anyhow::Result<FcmSender> {
    let account = FcmAccount {
        service_account: read_secret(&settings.service_account_file)?,
        base_url: settings.base_url.clone(),
        timeout: Duration::from_secs(settings.timeout_seconds),
    };
    FcmSender::new(&account).context("[push.fcm]")
}

fn apns_sender(settings: &ApnsSettings) -> anyhow::Result<ApnsSender> {
    let account = ApnsAccount {
        key: read_secret(&settings.key_file)?,
        key_id: settings.key_id.clone(),
        team_id: settings.team_id.clone(),
        topic: settings.topic.clone(),
        is_sandbox: settings.sandbox,
        base_url: settings.base_url.clone(),
        timeout: Duration::from_secs(settings.timeout_seconds),
    };
    ApnsSender::new(account).context("[push.apns]")
}

pub(super) fn read_secret(file: &Path) -> anyhow::Result<Secret<String>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    Ok(Secret::new(text.trim_end_matches(['\r', '\n']).to_owned()))
}
