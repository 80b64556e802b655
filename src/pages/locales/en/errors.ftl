# Every error that a person or an app can meet. Two texts for each code of docs/errors.md: a title, and what happened
# and what to do next. All values arrive as text, so a number cannot choose a plural form.

## Activation

error-activation-code-malformed-title = Check the activation code
error-activation-code-malformed = An activation code has twelve letters and digits in three groups, like ABCD-2345-EFGH. Enter it again exactly as it stands in the e-mail.

error-activation-code-unknown-title = Activation code not found
error-activation-code-unknown = No invitation has this activation code. Check it against the newest invitation e-mail and enter it again.

error-activation-code-expired-title = The activation code has expired
error-activation-code-expired = An activation code works for 24 hours. Ask your company’s user administrator for a new invitation.

error-activation-code-used-title = The activation code has been used
error-activation-code-used = A phone has already been activated with this code, and each code works only once. To activate another phone, ask your company’s user administrator for a new invitation. If it was not you who activated it, tell them at once.

error-activation-code-void-title = The activation code no longer works
error-activation-code-void = The invitation was replaced by a newer one, cancelled, or locked after too many wrong confirmation codes. Use the code from your newest invitation e-mail, or ask your company’s user administrator for a new invitation.

error-activation-code-in-use-title = Another phone is using this code
error-activation-code-in-use = Activation with this code has begun on another phone. Finish it there, or wait ten minutes and try again on this phone. If the other phone is not yours, tell your company’s user administrator at once.

error-os-version-too-old-title = { $platform } needs an update
error-os-version-too-old = This phone has { $platform } { $has }, and the Avain app needs { $platform } { $needs } or newer. Update the phone in its settings, or use a newer phone. Your activation code has not been used and still works until it expires.

error-os-version-unparsable-title = The { $platform } version could not be read
error-os-version-unparsable = The app sent a { $platform } version that the server does not understand. Update the app and try again. If that does not help, contact support.

error-platform-unsupported-title = This phone is not supported
error-platform-unsupported = The Avain app works on Android and iOS phones. Activate one of those instead.

error-phone-number-missing-title = Your phone number is missing
error-phone-number-missing = The confirmation code is sent by SMS, and there is no phone number for you yet. Ask your company’s user administrator to add the phone number used for communication, then enter the activation code again.

error-confirmation-code-wrong-title = Wrong confirmation code
error-confirmation-code-wrong = The code is not the one in the SMS. Check the six digits and enter them again. Tries left: { $tries_left }.

error-confirmation-code-locked-title = Too many wrong confirmation codes
error-confirmation-code-locked = A wrong confirmation code was entered five times, so this invitation no longer works. Ask your company’s user administrator for a new invitation.

error-confirmation-code-expired-title = The confirmation code has expired
error-confirmation-code-expired = A confirmation code works for ten minutes. Enter your activation code again to get a new confirmation code.

error-confirmation-sends-exhausted-title = No more confirmation codes can be sent
error-confirmation-sends-exhausted = The confirmation code for this invitation has been sent three times. If you have received one in the last ten minutes, enter it. Otherwise ask your company’s user administrator to check your phone number and to send a new invitation.

error-confirmation-missing-title = Confirmation code missing
error-confirmation-missing = The activation cannot be finished before the confirmation code has been entered. Enter the six digits from the SMS.

error-enrolment-unknown-title = Activation not found
error-enrolment-unknown = The server does not know this activation. Enter your activation code again to start over.

error-enrolment-expired-title = The activation took too long
error-enrolment-expired = The time to finish this activation has run out, or it was started again. Enter your activation code again to start over.

error-enrolment-finished-title = This activation is already finished
error-enrolment-finished = The activation has already added a device, and it cannot add a second one. If the app does not open for you, ask your company’s user administrator for a new invitation.

## Keys and signatures of the phone

error-device-key-invalid-title = The phone’s key was not accepted
error-device-key-invalid = The app sent a key that the server cannot use. Update the app and activate the phone again. If that does not help, contact support.

error-device-key-in-use-title = The phone’s key is already in use
error-device-key-in-use = The key that the app sent already belongs to another device. Remove the app, install it again, and activate the phone again.

error-envelope-invalid-title = The message from the app was not accepted
error-envelope-invalid = The app sent a signed message that the server cannot read. Update the app and try again. If that does not help, contact support.

error-signature-invalid-title = The phone’s signature was not accepted
error-signature-invalid = The message was not signed with this phone’s key. Update the app and try again. If that does not help, the phone must be activated again: ask your company’s user administrator for a new invitation.

error-issuer-mismatch-title = Meant for another server
error-issuer-mismatch = The app signed this message for another sign-in server, so nothing was done here. Start again from the sign-in page that you want to use.

error-nonce-mismatch-title = Out-of-date message from the app
error-nonce-mismatch = The app answered an earlier step than the one now open. Close this step in the app and start it again.

error-key-thumbprint-mismatch-title = The key does not match
error-key-thumbprint-mismatch = The message names another key than the one that signed it. Update the app and try again. If that does not help, contact support.

error-payload-type-wrong-title = The app sent the wrong kind of message
error-payload-type-wrong = The app signed this message for another purpose, so nothing was done. Update the app and try again. If that does not help, contact support.

error-field-invalid-title = Something in the message is missing or wrong
error-field-invalid = The server cannot accept the value of “{ $field }”. Update the app and try again. If that does not help, contact support.

## Signing in with the phone

error-frame-invalid-title = Not a sign-in code
error-frame-invalid = This is not a QR code from our sign-in page, or it was read only in part. Scan the code on the sign-in page again, with the whole code in view.

error-frame-expired-title = Scan the code again
error-frame-expired = The code on the sign-in page changes every second, and the one you scanned is no longer valid. Scan the code that is on the page now.

error-typed-code-malformed-title = The code is not complete
error-typed-code-malformed = A code has eight characters, for example K7QF-29XM. Check the code on the sign-in page and type it again.

error-typed-code-unknown-title = There is no such code
error-typed-code-unknown = No sign-in page shows this code. Check it, or get a new one on the sign-in page if the last one is older than two minutes.

error-typed-code-stopped-title = Too many wrong codes
error-typed-code-stopped = You typed ten wrong codes in a row. Scan the QR code, or type a new code in 15 minutes.

error-push-unavailable-title = No push can be sent
error-push-unavailable = From this browser we cannot ask your phone. Scan the QR code with the app.

error-push-limit-reached-title = Too many requests to your phone
error-push-limit-reached = Your phone has been asked too often in a short time. Scan the QR code with the app.

error-device-unknown-title = This phone is not activated
error-device-unknown = The server does not know this phone. Activate the app with an activation code. If you do not have one, ask your company’s user administrator for a new invitation.

error-device-revoked-title = This phone has been removed
error-device-revoked = This phone can no longer be used to sign in. If you still need it, ask your company’s user administrator for a new invitation.

error-device-not-yours-title = That phone is not one of yours
error-device-not-yours = Show the list of your phones again, and choose one of them. If the phone should be there, contact your company’s user administrator.

error-move-unknown-title = The ticket is not right
error-move-unknown = Read the ticket from your old phone again. If it still does not work, start the move again on the old phone.

error-move-taken-title = Another phone took the ticket
error-move-taken = If that phone is not yours, say no on your old phone. Then start the move again there.

error-move-over-title = The move is over
error-move-over = A ticket works for ten minutes, and only the newest one. Start the move again on your old phone.

error-move-number-wrong-title = That is not the number on the new phone
error-move-number-wrong = The move was stopped, to be safe. Start it again on your old phone, and pick the number that your new phone shows.

error-attempt-unknown-title = Sign-in not found
error-attempt-unknown = The server does not know this sign-in. Go back to the application and sign in again.

error-attempt-expired-title = The sign-in took too long
error-attempt-expired = The time for this sign-in has run out. Show a new code on the sign-in page and scan it.

error-attempt-taken-title = Another phone scanned this code first
error-attempt-taken = Only the phone that scans first can confirm a sign-in. If the other phone is not yours, cancel the sign-in in the browser. Then show a new code and scan it.

error-attempt-finished-title = This sign-in has been answered
error-attempt-finished = The phone has already answered this sign-in. Look at the browser to see how it went, or start a new sign-in.

error-attempt-unanswered-title = The phone has not answered yet
error-attempt-unanswered = The sign-in has not been confirmed on the phone yet. Go back to the sign-in page, scan the QR code with the Avain app, and confirm on the phone.

error-attempt-cancelled-title = The sign-in was cancelled
error-attempt-cancelled = This sign-in was cancelled in the browser. To sign in, show a new code and scan it.

error-attempt-collected-title = This sign-in has already been used
error-attempt-collected = Each sign-in works only once. Go back to the application; if you are not signed in there, sign in again.

error-attempt-denied-title = The sign-in was refused
error-attempt-denied = This sign-in was refused on the phone, so you were not signed in. If it was a mistake, show a new code and scan it.

error-number-wrong-title = That is not the number
error-number-wrong = You picked a number that the sign-in page does not show, so the sign-in has ended. If you are signing in, get a new code on the page and pick the number that the page shows. If you are not signing in, approve nothing.

error-return-proof-missing-title = Come back through the app
error-return-proof-missing = The sign-in was approved in the app on the same phone, and goes on only in the browser that the app opens. Go back to the app, or start the sign-in again.

error-user-verification-missing-title = Unlock needed
error-user-verification-missing = The phone did not check that it is you. Confirm again with your fingerprint, your face or the screen lock. If the phone has no screen lock, turn one on in its settings first.

error-display-mismatch-title = The phone showed something else
error-display-mismatch = The phone did not confirm the text that the server sent, so the sign-in was stopped. Update the app, then show a new code and scan it.

error-answer-invalid-title = The answer was not accepted
error-answer-invalid = The answer from the app contradicts itself or this sign-in. Update the app, then show a new code and scan it.

## Signing in with the browser

error-browser-mismatch-title = This sign-in began in another browser
error-browser-mismatch = Continue in the browser where you began, or go back to the application and sign in again here. If you did begin in this browser, allow cookies for this site first.

error-sign-in-request-unknown-title = Sign in from the application
error-sign-in-request-unknown = This page does not belong to any sign-in that is under way. Open the application that you want to use and choose to sign in there.

error-sign-in-request-expired-title = The sign-in took too long
error-sign-in-request-expired = The time for this sign-in has run out. Go back to the application and start again.

error-access-rights-missing-title = No access
error-access-rights-missing = There is a problem with access rights, please contact your accounting office.

error-browser-access-missing-title = The browser version is not open to you
error-browser-access-missing = You can use the mobile app only. The browser version needs a user account: ask your company’s user administrator for one.

## Web applications. Some of these leave as an OAuth error_description, which allows plain ASCII without quotation marks.

error-client-unknown-title = Unknown application
error-client-unknown = The application that sent you here is not registered with this sign-in server. Tell the people who look after the application; trying again will not help.

error-redirect-uri-invalid-title = The application is not set up correctly
error-redirect-uri-invalid = The application asked to send you back to an address that is not registered for it, so the sign-in was stopped. Tell the people who look after the application; trying again will not help.

error-proxy-untrusted-title = The address is not for browsers
error-proxy-untrusted = This address is asked by reverse proxies alone, and the one that asked is not known to the server. Tell the people who look after the application: server.trusted_proxies must name their proxy, and it must send X-Forwarded-Host and X-Forwarded-Proto.

error-forward-origin-unknown-title = The application is not registered
error-forward-origin-unknown = No application is registered for this address. Tell the people who look after the application; trying again will not help.

error-forward-way-invalid-title = The sign-in took too long
error-forward-way-invalid = The way back to the application is no longer good: it is too old, was begun in another browser, or the browser keeps no cookies. Open the application again.

error-forward-sign-in-stopped-title = You are not signed in to the application
error-forward-sign-in-stopped = The sign-in was not finished. Open the application again if you want to sign in.

error-authorize-request-invalid-title = The application sent a wrong request
error-authorize-request-invalid = The sign-in could not begin: { $reason }. Go back to the application and try again. If that does not help, tell the people who look after it.

error-client-authentication-failed-title = Client authentication failed
error-client-authentication-failed = The client is unknown, or its secret is wrong. Check the client id, the secret and the authentication method.

error-grant-invalid-title = The code or refresh token was not accepted
error-grant-invalid = The authorization code or refresh token is unknown, expired, already used or issued to another client, or the redirect URI or the code verifier does not match, or the sign-in behind it has ended. Start a new authorization request.

error-scope-invalid-title = The scope is more than was granted
error-scope-invalid = A refresh may ask for the granted scopes or fewer of them, and always for openid. Leave the scope out to get what was granted.

error-grant-type-unsupported-title = Grant type not supported
error-grant-type-unsupported = This server accepts the grant types authorization_code and refresh_token only.

error-token-request-invalid-title = The token request is not valid
error-token-request-invalid = A parameter is missing, given twice or malformed, or the client authenticates in two ways at once. Correct the request before sending it again.

error-access-token-invalid-title = The access token was not accepted
error-access-token-invalid = The access token is missing, unknown or expired. Sign the person in again to get a new one.

## Every request

error-scim-token-invalid-title = Token not accepted
error-scim-token-invalid = The provisioning token is missing, wrong or revoked. Ask the operator of the sign-in service for a new one.

error-scim-filter-invalid-title = Filter not understood
error-scim-filter-invalid = The filter cannot be read or is not offered. Use userName, externalId, emails.value, id or displayName with eq, joined by and.

error-scim-path-invalid-title = Path not understood
error-scim-path-invalid = The path of a change names no attribute that is known here. Check the path.

error-scim-attribute-fixed-title = Not for this application to change
error-scim-attribute-fixed = { $field } cannot be changed by this application. A person who has enrolled a phone sets the e-mail address alone, and the phone number is a matter of the basic company.

error-scim-user-taken-title = User exists already
error-scim-user-taken = There is a user with this name or e-mail address already. Look the user up and change it instead.

error-scim-last-administrator-title = The last KH user stays
error-scim-last-administrator = The company would be left without a KH user. Make somebody else a KH user first.

error-scim-company-not-empty-title = The company has people
error-scim-company-not-empty = A company that has people, or once had some, cannot be deleted. End their memberships instead.

error-scim-forbidden-title = Not allowed here
error-scim-forbidden = This is not allowed at this address, or the token is not good for it: only a token for all companies adds, renames and deletes companies.

error-scim-not-implemented-title = Not offered
error-scim-not-implemented = The server does not offer this. Search at /Users or /Groups instead.

error-page-not-found-title = Page not found
error-page-not-found = There is no page at this address. Check the address, or go back to the application and sign in from there.

error-method-not-allowed-title = Not possible at this address
error-method-not-allowed = This address does not take that kind of request. Go back to the application and start again.

error-host-unknown-title = Wrong address
error-host-unknown = This server does not answer at the address that you used. Open { $address } instead.

error-body-too-large-title = The message is too large
error-body-too-large = More was sent than this address takes, so nothing was done. Try again; if that does not help, contact support.

error-body-too-slow-title = The connection was too slow
error-body-too-slow = The message did not arrive within ten seconds, so nothing was done. Check the network connection and try again.

error-message-malformed-title = The message could not be read
error-message-malformed = The server does not understand what was sent, so nothing was done. Update the app or reload the page, and try again.

error-content-type-unsupported-title = The format is not supported
error-content-type-unsupported = The message was sent in a format that this address does not take. Update the app and try again. If that does not help, contact support.

error-busy-title = Very busy just now
error-busy = The server cannot take more work at this moment. Try again in a moment.

error-internal-title = Something went wrong here
error-internal = The fault is ours, and it has been recorded. Try again in a moment. If it happens again, contact support and give the error reference.

## The server’s own pages

error-session-missing-title = Sign in first
error-session-missing = You are not signed in, or have been signed out. Sign in and do it again.

error-origin-foreign-title = The form came from another site
error-origin-foreign = Another website sent this form in your name, so nothing was done. Open the page here and do it again.

error-administrator-only-title = For user administrators only
error-administrator-only = You are not a user administrator of any company. Ask your company’s user administrator if you need to be one.

error-fresh-sign-in-needed-title = Confirm with your phone first
error-fresh-sign-in-needed = You signed in more than fifteen minutes ago, so nothing was changed. Sign in again with your phone and repeat the change.

error-own-membership-title = Not your own
error-own-membership = You cannot change your own role or access. Ask another user administrator of the company.

error-other-basic-company-title = Another company looks after this person
error-other-basic-company = Only a user administrator of the person’s basic company can do this. Ask them, or ask the person to contact them.

error-email-fixed-title = The e-mail address is the person’s own
error-email-fixed = This person has activated a phone and changes their e-mail address themselves. Send the invitation to the address that is known, or ask the person to correct it.

error-member-already-title = Already a user
error-member-already = This person already belongs to the company. Find them in the list and change what they may do there.

error-no-enrolment-waiting-title = No phone is waiting
error-no-enrolment-waiting = No phone of this person is waiting for a confirmation code now. Ask the person to enter the activation code in the app, then show the code again.

## A code in a new place

error-second-factor-locked-title = Too many wrong codes
error-second-factor-locked = Five wrong codes were entered for this sign-in, so it has ended. Go back to the application and sign in again.

error-second-factor-stopped-title = Wait a quarter of an hour
error-second-factor-stopped = Too many wrong codes were entered in a row, so no code is accepted for 15 minutes. After that, go back to the application and sign in again. If it was not you who entered them, contact your company’s user administrator.

error-second-factor-sent-recently-title = The code was sent a moment ago
error-second-factor-sent-recently = It may take a minute for the code to arrive. Go back, wait a moment, and ask for it again only if it does not come.

error-second-factor-sends-exhausted-title = The code cannot be sent again
error-second-factor-sends-exhausted = The code for this sign-in has been sent three times. Go back and enter it, or sign in again. If it never arrives, ask your company’s user administrator to check your phone number.

error-second-factor-unreachable-title = There is nowhere to send the code
error-second-factor-unreachable = You are signing in from a new place, so a code is needed, but neither a phone number nor an e-mail address is on record for you. Ask your company’s user administrator to add your phone number.

# A person's own account

error-device-on-probation-title = This phone is still too new for that
error-device-on-probation = During its first day a new phone cannot change your e-mail address or remove your other devices. Sign in with your older phone, or try again tomorrow.

error-email-change-missing-title = No e-mail address is waiting for a code
error-email-change-missing = The code works for thirty minutes, or the change was given up. Go to your account and enter the new address again.

error-email-code-locked-title = Too many wrong codes
error-email-code-locked = The address was not changed. Go to your account and enter the new address again; you get a new code.

error-email-sent-recently-title = The code was just sent
error-email-sent-recently = Wait a minute before you ask for the code again. Look in the junk folder too.

error-email-sends-exhausted-title = The code was sent three times
error-email-sends-exhausted = Check the address. If it is wrong, go to your account and enter it again.

error-email-changes-exhausted-title = Too many new addresses in one day
error-email-changes-exhausted = You can try ten new addresses in a day. Try again tomorrow.

error-objection-unknown-title = The code is not right
error-objection-unknown = Open the link in the message again, or copy the whole code out of it. If it still does not work, contact your company’s user administrator.

error-objection-used-title = This was reported already
error-objection-used = What could be undone has been undone, and the user administrator was told. If you still need help, contact your company’s user administrator.

error-objection-expired-title = The message is too old
error-objection-expired = This can be reported for seven days. Contact your company’s user administrator.

error-invitations-exhausted-title = Too many invitations
error-invitations-exhausted = This person got five invitations in the last hour, or twenty in a day. The newest one works; ask them to look in the junk folder. You can send another one later.

error-networks-exhausted-title = Too many networks
error-networks-exhausted = A company can have fifty approved networks. Remove one that is not needed any more.

error-staff-only-title = For the support staff only
error-staff-only = You do not belong to the support staff of this service. Ask its operator to add you if you should.

error-staff-outranked-title = You cannot do this to this person
error-staff-outranked = The person stands above you on the support staff, or is yourself. Ask a support lead.

error-person-blocked-title = Signing in is blocked
error-person-blocked = The support of this service has blocked your sign-in, and told you so. Contact support and give the error reference.
error-method-unavailable-title = The service cannot be reached
error-method-unavailable = The sign-in service that you chose does not answer at the moment. Go back and choose another way, or try again in a few minutes.
error-identification-invalid-title = The answer could not be verified
error-identification-invalid = What the other sign-in service sent could not be verified, so nobody was signed in. Go back and try again; if it happens again, tell support the error reference.
error-identification-unknown-title = This sign-in is over
error-identification-unknown = This browser has no such sign-in, or it took longer than ten minutes, or it was finished before. Go back to the application and sign in again.
error-identity-unknown-title = You have no user account here
error-identity-unknown = You were identified, but nobody has registered you here with that identity. Ask your company’s user administrator for a user account, with the personal identifier of the service that you used.
