//! Every error that leaves the server: a code that apps may rely on, values for its text, and what only the log may know.

use std::error::Error;
use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde_json::Value;

use crate::domain::device_move::MoveRefusal;
use crate::domain::error_code::ErrorCode;
use crate::domain::ids::SignInRequestId;
use crate::domain::invitation::InvitationRefusal;
use crate::domain::login::AttemptRefusal;
use crate::domain::objection::ObjectionRefusal;
use crate::domain::platform::{FactsRefusal, OsTooOld};
use crate::domain::resend::SendRefusal;
use crate::flows::Internal;
use crate::flows::account::AccountError;
use crate::flows::activate::ActivateError;
use crate::flows::devices::DeviceError;
use crate::flows::login::LoginError;
use crate::flows::methods::MethodError;
use crate::flows::object::ObjectError;
use crate::flows::oidc::authorize::AuthorizeError;
use crate::flows::oidc::forward::ForwardError;
use crate::flows::oidc::pushed::PushError;
use crate::flows::oidc::token::TokenError;
use crate::flows::people::PeopleError;
use crate::flows::signer::SignerError;
use crate::flows::support::SupportError;

/// The value that leads back to the sign-in page.
pub(super) const SIGN_IN_REQUEST: &str = "sign_in_request";

/// An error on its way to a person or an app. `routes::render` gives it its text, its reference and its form.
#[derive(Debug)]
pub struct Problem {
    /// What went wrong.
    pub code: ErrorCode,
    /// Values that its text names.
    pub values: Vec<(&'static str, String)>,
    /// For the log alone.
    pub cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Problem {
    /// A problem that its code alone explains.
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, values: Vec::new(), cause: None }
    }

    /// Our own fault; the cause goes to the log.
    pub fn internal(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(ErrorCode::Internal) }
    }

    /// A field that is missing, too long, or has a value that it cannot have.
    pub fn field(name: &'static str) -> Self {
        Self::new(ErrorCode::FieldInvalid).with("field", &name)
    }

    /// Adds a value for the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &impl ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// The values as members of a problem document: numbers as numbers.
    pub fn members(&self) -> impl Iterator<Item = (String, Value)> + '_ {
        self.values.iter().map(|(name, value)| {
            let json = value.parse::<i64>().map_or_else(|_| Value::from(value.as_str()), Value::from);
            ((*name).to_owned(), json)
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code.as_str())
    }
}

impl Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<Internal> for Problem {
    fn from(error: Internal) -> Self {
        let code = if error.is_busy() { ErrorCode::Busy } else { ErrorCode::Internal };
        Self { cause: Some(Box::new(error)), ..Self::new(code) }
    }
}

impl From<FactsRefusal> for Problem {
    fn from(refusal: FactsRefusal) -> Self {
        match refusal {
            FactsRefusal::PlatformUnsupported => Self::new(ErrorCode::PlatformUnsupported),
            FactsRefusal::OsVersionUnparsable(platform) => {
                Self::new(ErrorCode::OsVersionUnparsable).with("platform", &platform.name())
            }
            FactsRefusal::FieldInvalid(name) => Self::field(name),
        }
    }
}

impl From<OsTooOld> for Problem {
    fn from(too_old: OsTooOld) -> Self {
        Self::new(ErrorCode::OsVersionTooOld)
            .with("platform", &too_old.platform.name())
            .with("has", &too_old.has)
            .with("needs", &too_old.needs)
    }
}

impl From<ActivateError> for Problem {
    fn from(error: ActivateError) -> Self {
        Self::new(match error {
            ActivateError::Internal(internal) => return internal.into(),
            ActivateError::Facts(refusal) => return refusal.into(),
            ActivateError::TooOld(too_old) => return too_old.into(),
            ActivateError::ConfirmationWrong { tries_left } => {
                return Self::new(ErrorCode::ConfirmationCodeWrong).with("tries_left", &tries_left);
            }
            ActivateError::CodeMalformed => ErrorCode::ActivationCodeMalformed,
            ActivateError::CodeUnknown => ErrorCode::ActivationCodeUnknown,
            ActivateError::CodeRefused(InvitationRefusal::Expired) => ErrorCode::ActivationCodeExpired,
            ActivateError::CodeRefused(InvitationRefusal::Used) => ErrorCode::ActivationCodeUsed,
            ActivateError::CodeRefused(InvitationRefusal::Void) => ErrorCode::ActivationCodeVoid,
            ActivateError::CodeInUse => ErrorCode::ActivationCodeInUse,
            ActivateError::PhoneNumberMissing => ErrorCode::PhoneNumberMissing,
            ActivateError::SendsExhausted => ErrorCode::ConfirmationSendsExhausted,
            ActivateError::EnrolmentUnknown => ErrorCode::EnrolmentUnknown,
            ActivateError::ConfirmationLocked => ErrorCode::ConfirmationCodeLocked,
            ActivateError::ConfirmationExpired => ErrorCode::ConfirmationCodeExpired,
            ActivateError::ConfirmationMissing => ErrorCode::ConfirmationMissing,
            ActivateError::EnrolmentExpired => ErrorCode::EnrolmentExpired,
            ActivateError::EnrolmentFinished => ErrorCode::EnrolmentFinished,
            ActivateError::KeyInvalid(_) => ErrorCode::DeviceKeyInvalid,
            ActivateError::KeyInUse => ErrorCode::DeviceKeyInUse,
            ActivateError::ThumbprintMismatch => ErrorCode::KeyThumbprintMismatch,
            ActivateError::SignatureInvalid(_) => ErrorCode::SignatureInvalid,
            ActivateError::IssuerMismatch => ErrorCode::IssuerMismatch,
            ActivateError::NonceMismatch => ErrorCode::NonceMismatch,
            ActivateError::UserVerificationMissing => ErrorCode::UserVerificationMissing,
        })
    }
}

impl From<AttemptRefusal> for Problem {
    fn from(refusal: AttemptRefusal) -> Self {
        Self::new(match refusal {
            AttemptRefusal::Expired => ErrorCode::AttemptExpired,
            AttemptRefusal::Taken => ErrorCode::AttemptTaken,
            AttemptRefusal::Finished => ErrorCode::AttemptFinished,
            AttemptRefusal::Cancelled => ErrorCode::AttemptCancelled,
            AttemptRefusal::Collected => ErrorCode::AttemptCollected,
            AttemptRefusal::Denied => ErrorCode::AttemptDenied,
            AttemptRefusal::WrongNumber => ErrorCode::NumberWrong,
            AttemptRefusal::Unanswered => ErrorCode::AttemptUnanswered,
            AttemptRefusal::FrameExpired => ErrorCode::FrameExpired,
        })
    }
}

impl From<SignerError> for Problem {
    fn from(error: SignerError) -> Self {
        Self::new(match error {
            SignerError::Internal(internal) => return internal.into(),
            SignerError::OsVersionUnparsable(platform) => {
                return FactsRefusal::OsVersionUnparsable(platform).into();
            }
            SignerError::AppVersionInvalid => return Self::field("app_version"),
            SignerError::DeviceUnknown => ErrorCode::DeviceUnknown,
            SignerError::DeviceRevoked => ErrorCode::DeviceRevoked,
            SignerError::SignatureInvalid(_) => ErrorCode::SignatureInvalid,
            SignerError::ThumbprintMismatch => ErrorCode::KeyThumbprintMismatch,
            SignerError::IssuerMismatch => ErrorCode::IssuerMismatch,
        })
    }
}

impl From<DeviceError> for Problem {
    fn from(error: DeviceError) -> Self {
        Self::new(match error {
            DeviceError::Internal(internal) => return internal.into(),
            DeviceError::Signer(refusal) => return refusal.into(),
            DeviceError::Facts(refusal) => return refusal.into(),
            DeviceError::TooOld(too_old) => return too_old.into(),
            DeviceError::MoveUnknown => ErrorCode::MoveUnknown,
            DeviceError::MoveRefused(MoveRefusal::Taken) => ErrorCode::MoveTaken,
            DeviceError::MoveRefused(MoveRefusal::Over) => ErrorCode::MoveOver,
            DeviceError::MoveRefused(MoveRefusal::NotTaken) | DeviceError::AnswerInvalid => {
                ErrorCode::AnswerInvalid
            }
            DeviceError::NumberWrong => ErrorCode::MoveNumberWrong,
            DeviceError::NonceMismatch => ErrorCode::NonceMismatch,
            DeviceError::UserVerificationMissing => ErrorCode::UserVerificationMissing,
            DeviceError::OnProbation => ErrorCode::DeviceOnProbation,
            DeviceError::NotTheirs => ErrorCode::DeviceNotYours,
            DeviceError::KeyInvalid(_) => ErrorCode::DeviceKeyInvalid,
            DeviceError::KeyInUse => ErrorCode::DeviceKeyInUse,
            DeviceError::ThumbprintMismatch => ErrorCode::KeyThumbprintMismatch,
        })
    }
}

impl From<MethodError> for Problem {
    fn from(error: MethodError) -> Self {
        let cause = error.to_string();
        let told = |code, request: SignInRequestId| Self {
            cause: Some(cause.into()),
            ..Self::new(code).with(SIGN_IN_REQUEST, &request)
        };
        match error {
            MethodError::Internal(internal) => internal.into(),
            MethodError::Login(error) => error.into(),
            MethodError::MethodUnknown => Self::new(ErrorCode::PageNotFound),
            MethodError::VisitUnknown => Self::new(ErrorCode::IdentificationUnknown),
            MethodError::Cancelled(request) => told(ErrorCode::AttemptCancelled, request),
            MethodError::Unavailable(request, _) => told(ErrorCode::MethodUnavailable, request),
            MethodError::Unverified(request, _) => told(ErrorCode::IdentificationInvalid, request),
            MethodError::IdentityUnknown(request) => told(ErrorCode::IdentityUnknown, request),
        }
    }
}

impl From<LoginError> for Problem {
    fn from(error: LoginError) -> Self {
        Self::new(match error {
            LoginError::Internal(internal) => return internal.into(),
            LoginError::Refused(refusal) => return refusal.into(),
            LoginError::Signer(refusal) => return refusal.into(),
            LoginError::TooOld(too_old) => return too_old.into(),
            LoginError::RequestUnknown => ErrorCode::SignInRequestUnknown,
            LoginError::RequestExpired => ErrorCode::SignInRequestExpired,
            LoginError::AttemptUnknown => ErrorCode::AttemptUnknown,
            LoginError::TypedCodeMalformed => ErrorCode::TypedCodeMalformed,
            LoginError::TypedCodeUnknown => ErrorCode::TypedCodeUnknown,
            LoginError::TypedCodeStopped => ErrorCode::TypedCodeStopped,
            LoginError::PushUnavailable => ErrorCode::PushUnavailable,
            LoginError::PushLimitReached => ErrorCode::PushLimitReached,
            LoginError::ReturnProofMissing => ErrorCode::ReturnProofMissing,
            LoginError::BrowserMismatch => ErrorCode::BrowserMismatch,
            LoginError::FrameInvalid => ErrorCode::FrameInvalid,
            LoginError::DeviceRevoked => ErrorCode::DeviceRevoked,
            LoginError::NonceMismatch => ErrorCode::NonceMismatch,
            LoginError::UserVerificationMissing => ErrorCode::UserVerificationMissing,
            LoginError::DisplayMismatch => ErrorCode::DisplayMismatch,
            LoginError::AnswerInvalid => ErrorCode::AnswerInvalid,
            LoginError::SecondFactorLocked => ErrorCode::SecondFactorLocked,
            LoginError::SecondFactorStopped => ErrorCode::SecondFactorStopped,
            LoginError::SecondFactorSentRecently => ErrorCode::SecondFactorSentRecently,
            LoginError::SecondFactorSendsExhausted => ErrorCode::SecondFactorSendsExhausted,
            LoginError::SecondFactorUnreachable => ErrorCode::SecondFactorUnreachable,
            LoginError::AccessRightsMissing => ErrorCode::AccessRightsMissing,
            LoginError::PersonBlocked => ErrorCode::PersonBlocked,
            LoginError::BrowserAccessMissing => ErrorCode::BrowserAccessMissing,
        })
    }
}

impl From<AuthorizeError> for Problem {
    fn from(error: AuthorizeError) -> Self {
        Self::new(match error {
            AuthorizeError::Internal(internal) => return internal.into(),
            AuthorizeError::Repeated(_) => {
                let problem = Self::new(ErrorCode::AuthorizeRequestInvalid);
                return problem.with("reason", &"a parameter is given twice");
            }
            AuthorizeError::HintInvalid => {
                let problem = Self::new(ErrorCode::AuthorizeRequestInvalid);
                return problem
                    .with("reason", &"the id_token_hint is not an ID token of this server for this client");
            }
            AuthorizeError::ClientUnknown => ErrorCode::ClientUnknown,
            AuthorizeError::RedirectUriInvalid => ErrorCode::RedirectUriInvalid,
            AuthorizeError::RequestUnknown => ErrorCode::SignInRequestUnknown,
            AuthorizeError::RequestExpired => ErrorCode::SignInRequestExpired,
        })
    }
}

impl From<PeopleError> for Problem {
    fn from(error: PeopleError) -> Self {
        Self::new(match error {
            PeopleError::Internal(internal) => return internal.into(),
            PeopleError::FieldInvalid(name) => return Self::field(name),
            PeopleError::SignInNeeded => ErrorCode::SessionMissing,
            PeopleError::NotAdministrator => ErrorCode::AdministratorOnly,
            PeopleError::NotFound => ErrorCode::PageNotFound,
            PeopleError::FreshSignInNeeded => ErrorCode::FreshSignInNeeded,
            PeopleError::OwnMembership => ErrorCode::OwnMembership,
            PeopleError::OtherBasicCompany => ErrorCode::OtherBasicCompany,
            PeopleError::EmailFixed => ErrorCode::EmailFixed,
            PeopleError::MemberAlready => ErrorCode::MemberAlready,
            PeopleError::InvitationsExhausted => ErrorCode::InvitationsExhausted,
            PeopleError::NetworksExhausted => ErrorCode::NetworksExhausted,
            PeopleError::NoEnrolmentWaiting => ErrorCode::NoEnrolmentWaiting,
        })
    }
}

impl From<SupportError> for Problem {
    fn from(error: SupportError) -> Self {
        Self::new(match error {
            SupportError::Internal(internal) => return internal.into(),
            SupportError::FieldInvalid(name) => return Self::field(name),
            SupportError::SignInNeeded => ErrorCode::SessionMissing,
            SupportError::NotStaff => ErrorCode::StaffOnly,
            SupportError::FreshSignInNeeded => ErrorCode::FreshSignInNeeded,
            SupportError::Outranked => ErrorCode::StaffOutranked,
            SupportError::NotFound => ErrorCode::PageNotFound,
            SupportError::InvitationsExhausted => ErrorCode::InvitationsExhausted,
        })
    }
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        Self::new(match error {
            AccountError::Internal(internal) => return internal.into(),
            AccountError::FieldInvalid(name) => return Self::field(name),
            AccountError::SignInNeeded => ErrorCode::SessionMissing,
            AccountError::FreshSignInNeeded => ErrorCode::FreshSignInNeeded,
            AccountError::DeviceOnProbation => ErrorCode::DeviceOnProbation,
            AccountError::NotFound => ErrorCode::PageNotFound,
            AccountError::EmailChangeMissing => ErrorCode::EmailChangeMissing,
            AccountError::EmailCodeLocked => ErrorCode::EmailCodeLocked,
            AccountError::EmailSendRefused(SendRefusal::TooSoon) => ErrorCode::EmailSentRecently,
            AccountError::EmailSendRefused(SendRefusal::Exhausted) => ErrorCode::EmailSendsExhausted,
            AccountError::EmailChangesExhausted => ErrorCode::EmailChangesExhausted,
        })
    }
}

impl From<ObjectError> for Problem {
    fn from(error: ObjectError) -> Self {
        Self::new(match error {
            ObjectError::Internal(internal) => return internal.into(),
            ObjectError::CodeUnknown => ErrorCode::ObjectionUnknown,
            ObjectError::Refused(ObjectionRefusal::Used) => ErrorCode::ObjectionUsed,
            ObjectError::Refused(ObjectionRefusal::Expired) => ErrorCode::ObjectionExpired,
        })
    }
}

impl From<PushError> for Problem {
    fn from(error: PushError) -> Self {
        match error {
            PushError::Internal(internal) => internal.into(),
            PushError::Client(error) => error.into(),
            PushError::Authorize(error) => error.into(),
            PushError::Refused(reason) => {
                Self::new(ErrorCode::AuthorizeRequestInvalid).with("reason", &reason)
            }
        }
    }
}

impl From<ForwardError> for Problem {
    fn from(error: ForwardError) -> Self {
        let code = match error {
            ForwardError::Internal(internal) => return internal.into(),
            ForwardError::OriginUnknown => ErrorCode::ForwardOriginUnknown,
            ForwardError::WayInvalid(_) => ErrorCode::ForwardWayInvalid,
            ForwardError::Refused => ErrorCode::ForwardSignInStopped,
        };
        Self { cause: Some(Box::new(error)), ..Self::new(code) }
    }
}

impl From<TokenError> for Problem {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Internal(internal) => internal.into(),
            TokenError::ClientAuthenticationFailed => Self::new(ErrorCode::ClientAuthenticationFailed),
            TokenError::GrantInvalid(_) => {
                let cause: Box<dyn Error + Send + Sync> = Box::new(error);
                Self { cause: Some(cause), ..Self::new(ErrorCode::GrantInvalid) }
            }
            TokenError::ScopeInvalid => Self::new(ErrorCode::ScopeInvalid),
            TokenError::AccessTokenInvalid => Self::new(ErrorCode::AccessTokenInvalid),
        }
    }
}
