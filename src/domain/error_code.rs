//! The stable code of every error that a person or an app can meet. `docs/errors.md` has a row for each, and
//! `pages/locales` a title and a text in all five languages.

macro_rules! error_codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal, $status:literal;)+) => {
        /// What went wrong, in a form that apps may rely on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $($(#[$doc])* $variant,)+
        }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as it stands in a problem document and on a page.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// The HTTP status that goes with it.
            pub const fn status(self) -> u16 {
                match self {
                    $(Self::$variant => $status,)+
                }
            }
        }
    };
}

error_codes! {
    /// Not twelve characters of our alphabet.
    ActivationCodeMalformed = "activation_code_malformed", 400;
    /// No such code was ever sent.
    ActivationCodeUnknown = "activation_code_unknown", 404;
    /// Older than its 24 hours.
    ActivationCodeExpired = "activation_code_expired", 410;
    /// A device was enrolled with it.
    ActivationCodeUsed = "activation_code_used", 409;
    /// Replaced by a newer invitation, cancelled, or locked after wrong confirmation codes.
    ActivationCodeVoid = "activation_code_void", 410;
    /// Another phone began first and still holds it.
    ActivationCodeInUse = "activation_code_in_use", 409;
    /// Below the minimum OS.
    OsVersionTooOld = "os_version_too_old", 403;
    /// The phone's OS version cannot be read.
    OsVersionUnparsable = "os_version_unparsable", 400;
    /// Neither Android nor iOS.
    PlatformUnsupported = "platform_unsupported", 400;
    /// Nowhere to send the confirmation code.
    PhoneNumberMissing = "phone_number_missing", 409;
    /// Wrong digits, tries left.
    ConfirmationCodeWrong = "confirmation_code_wrong", 403;
    /// Wrong digits five times.
    ConfirmationCodeLocked = "confirmation_code_locked", 403;
    /// Older than its ten minutes.
    ConfirmationCodeExpired = "confirmation_code_expired", 410;
    /// Sent three times already.
    ConfirmationSendsExhausted = "confirmation_sends_exhausted", 429;
    /// The device step came before the confirmation step.
    ConfirmationMissing = "confirmation_missing", 409;
    /// No such enrolment, or not this phone's.
    EnrolmentUnknown = "enrolment_unknown", 404;
    /// The time to finish has run out.
    EnrolmentExpired = "enrolment_expired", 410;
    /// It enrolled another key already.
    EnrolmentFinished = "enrolment_finished", 409;
    /// Not an uncompressed point on P-256.
    DeviceKeyInvalid = "device_key_invalid", 400;
    /// The key belongs to another enrolment.
    DeviceKeyInUse = "device_key_in_use", 409;
    /// Not an envelope with one signature within the size limits.
    EnvelopeInvalid = "envelope_invalid", 400;
    /// The signature does not verify.
    SignatureInvalid = "signature_invalid", 403;
    /// Signed for another server.
    IssuerMismatch = "issuer_mismatch", 403;
    /// Signed over another nonce.
    NonceMismatch = "nonce_mismatch", 403;
    /// The thumbprint in the payload is not the signing key's.
    KeyThumbprintMismatch = "key_thumbprint_mismatch", 403;
    /// Signed for another purpose.
    PayloadTypeWrong = "payload_type_wrong", 400;
    /// A field is missing, too long, or has a value that it cannot have.
    FieldInvalid = "field_invalid", 400;
    /// Not one of our frames.
    FrameInvalid = "frame_invalid", 400;
    /// Shown more than five seconds ago.
    FrameExpired = "frame_expired", 410;
    /// Not eight characters of our alphabet.
    TypedCodeMalformed = "typed_code_malformed", 400;
    /// No sign-in page shows that code.
    TypedCodeUnknown = "typed_code_unknown", 404;
    /// Ten wrong ones in a row.
    TypedCodeStopped = "typed_code_stopped", 429;
    /// This browser may not ask for a push, or the phone cannot be reached by one.
    PushUnavailable = "push_unavailable", 409;
    /// Three pushes in ten minutes, or ten in vain in a day.
    PushLimitReached = "push_limit_reached", 429;
    /// No such device.
    DeviceUnknown = "device_unknown", 403;
    /// Revoked.
    DeviceRevoked = "device_revoked", 403;
    /// Not a device of the phone's owner.
    DeviceNotYours = "device_not_yours", 404;
    /// No such ticket for a new phone, or not this phone's.
    MoveUnknown = "move_unknown", 404;
    /// Another phone took the ticket.
    MoveTaken = "move_taken", 409;
    /// Too late, refused, or replaced by another ticket.
    MoveOver = "move_over", 410;
    /// A number was picked that the new phone does not show.
    MoveNumberWrong = "move_number_wrong", 403;
    /// No such attempt, or not this device's.
    AttemptUnknown = "attempt_unknown", 404;
    /// Its time has run out.
    AttemptExpired = "attempt_expired", 410;
    /// Another device scanned first.
    AttemptTaken = "attempt_taken", 409;
    /// Answered already.
    AttemptFinished = "attempt_finished", 409;
    /// The phone has not answered yet.
    AttemptUnanswered = "attempt_unanswered", 409;
    /// Cancelled in the browser.
    AttemptCancelled = "attempt_cancelled", 409;
    /// The browser has collected it already.
    AttemptCollected = "attempt_collected", 409;
    /// Refused on the phone.
    AttemptDenied = "attempt_denied", 403;
    /// The owner picked a number that the page does not show.
    NumberWrong = "number_wrong", 403;
    /// The app on the same phone has not led back to this browser.
    ReturnProofMissing = "return_proof_missing", 403;
    /// The phone did not verify its owner.
    UserVerificationMissing = "user_verification_missing", 403;
    /// Signed over another text than the challenge's.
    DisplayMismatch = "display_mismatch", 403;
    /// Fields of the answer contradict each other or the attempt.
    AnswerInvalid = "answer_invalid", 400;
    /// Another browser began it.
    BrowserMismatch = "browser_mismatch", 403;
    /// No such sign-in request.
    SignInRequestUnknown = "sign_in_request_unknown", 404;
    /// The sign-in request is too old.
    SignInRequestExpired = "sign_in_request_expired", 410;
    /// No access to the basic company.
    AccessRightsMissing = "access_rights_missing", 403;
    /// Support keeps the person from signing in.
    PersonBlocked = "person_blocked", 403;
    /// An employee listing alone.
    BrowserAccessMissing = "browser_access_missing", 403;
    /// Nobody is signed in.
    SessionMissing = "session_missing", 401;
    /// A page of another site sent the form.
    OriginForeign = "origin_foreign", 403;
    /// For KH users only.
    AdministratorOnly = "administrator_only", 403;
    /// For the support staff only.
    StaffOnly = "staff_only", 403;
    /// The person is on the staff and stands higher.
    StaffOutranked = "staff_outranked", 403;
    /// The sign-in is too old for a change.
    FreshSignInNeeded = "fresh_sign_in_needed", 403;
    /// A KH user cannot change their own role or access.
    OwnMembership = "own_membership", 409;
    /// Another company looks after the person.
    OtherBasicCompany = "other_basic_company", 403;
    /// The e-mail address is set by the person alone.
    EmailFixed = "email_fixed", 409;
    /// The person is a member already.
    MemberAlready = "member_already", 409;
    /// No phone waits for a confirmation code.
    NoEnrolmentWaiting = "no_enrolment_waiting", 409;
    /// Five invitations to one person in an hour, or twenty in a day.
    InvitationsExhausted = "invitations_exhausted", 429;
    /// Fifty networks are approved for the company.
    NetworksExhausted = "networks_exhausted", 409;
    /// The device that approved the sign-in is new, and there is an older one.
    DeviceOnProbation = "device_on_probation", 403;
    /// No new e-mail address waits for its code, or not any longer.
    EmailChangeMissing = "email_change_missing", 409;
    /// Wrong digits five times for the new e-mail address.
    EmailCodeLocked = "email_code_locked", 403;
    /// Sent to the new e-mail address less than a minute ago.
    EmailSentRecently = "email_sent_recently", 429;
    /// Sent to the new e-mail address three times already.
    EmailSendsExhausted = "email_sends_exhausted", 429;
    /// Ten new e-mail addresses in a day.
    EmailChangesExhausted = "email_changes_exhausted", 429;
    /// Not the code of a notice.
    ObjectionUnknown = "objection_unknown", 404;
    /// The notice was objected to already.
    ObjectionUsed = "objection_used", 409;
    /// The notice is more than seven days old.
    ObjectionExpired = "objection_expired", 410;
    /// Another identity provider cannot be reached, or cannot serve.
    MethodUnavailable = "method_unavailable", 503;
    /// What another identity provider sent does not verify.
    IdentificationInvalid = "identification_invalid", 403;
    /// Not a visit to an identity provider that this browser began, or it is over.
    IdentificationUnknown = "identification_unknown", 404;
    /// Nobody is registered with the identity that a provider vouched for.
    IdentityUnknown = "identity_unknown", 403;
    /// Wrong digits five times for this sign-in.
    SecondFactorLocked = "second_factor_locked", 403;
    /// Ten wrong codes in a row; none is taken for fifteen minutes.
    SecondFactorStopped = "second_factor_stopped", 429;
    /// Sent less than a minute ago.
    SecondFactorSentRecently = "second_factor_sent_recently", 429;
    /// Sent three times already.
    SecondFactorSendsExhausted = "second_factor_sends_exhausted", 429;
    /// Neither phone number nor e-mail address.
    SecondFactorUnreachable = "second_factor_unreachable", 409;
    /// No such client.
    ClientUnknown = "client_unknown", 400;
    /// Not one of the client's redirect URIs.
    RedirectUriInvalid = "redirect_uri_invalid", 400;
    /// The authorization request breaks a rule.
    AuthorizeRequestInvalid = "authorize_request_invalid", 400;
    /// Not one of our reverse proxies, or one that does not say what it is asked for.
    ProxyUntrusted = "proxy_untrusted", 403;
    /// No application behind a reverse proxy has this address.
    ForwardOriginUnknown = "forward_origin_unknown", 403;
    /// The way back from the sign-in is too old, changed, or another browser's.
    ForwardWayInvalid = "forward_way_invalid", 400;
    /// The person gave the sign-in up, or may not enter.
    ForwardSignInStopped = "forward_sign_in_stopped", 403;
    /// Wrong client credentials.
    ClientAuthenticationFailed = "client_authentication_failed", 401;
    /// The authorization code or refresh token is unknown, expired, used, or another client's; or the verifier is wrong.
    GrantInvalid = "grant_invalid", 400;
    /// More than was granted, or without `openid`.
    ScopeInvalid = "scope_invalid", 400;
    /// Neither `authorization_code` nor `refresh_token`.
    GrantTypeUnsupported = "grant_type_unsupported", 400;
    /// The token request breaks a rule.
    TokenRequestInvalid = "token_request_invalid", 400;
    /// The access token is missing, unknown or expired.
    AccessTokenInvalid = "access_token_invalid", 401;
    /// No token for provisioning, or not a valid one.
    ScimTokenInvalid = "scim_token_invalid", 401;
    /// A filter that cannot be read, or of a kind that is not offered.
    ScimFilterInvalid = "scim_filter_invalid", 400;
    /// A PATCH path that names nothing we keep.
    ScimPathInvalid = "scim_path_invalid", 400;
    /// An attribute that this application may not change.
    ScimAttributeFixed = "scim_attribute_fixed", 400;
    /// Another user has that name, or the person is a member already.
    ScimUserTaken = "scim_user_taken", 409;
    /// The company would be left without a KH user.
    ScimLastAdministrator = "scim_last_administrator", 409;
    /// Somebody belongs to the company, or once did.
    ScimCompanyNotEmpty = "scim_company_not_empty", 409;
    /// More than the token allows.
    ScimForbidden = "scim_forbidden", 403;
    /// Not offered, and said so.
    ScimNotImplemented = "scim_not_implemented", 501;
    /// No such page.
    PageNotFound = "page_not_found", 404;
    /// The page has no such method.
    MethodNotAllowed = "method_not_allowed", 405;
    /// The request names another host.
    HostUnknown = "host_unknown", 421;
    /// More than the route takes.
    BodyTooLarge = "body_too_large", 413;
    /// The body did not arrive within ten seconds.
    BodyTooSlow = "body_too_slow", 408;
    /// Not the message that the route takes.
    MessageMalformed = "message_malformed", 400;
    /// Neither JSON nor protobuf (or, for web applications, not a form).
    ContentTypeUnsupported = "content_type_unsupported", 415;
    /// The server cannot take more work now.
    Busy = "busy", 503;
    /// Our fault.
    Internal = "internal", 500;
}
