# The pages that people meet in a browser.

layout-languages = Language
layout-footer = Avain. Sign-in without passwords.

login-title = Sign in to { $client }
login-qr-label = QR code to scan with the Avain app on your phone
login-lost = Connection lost. Trying again…
login-step-open = Open the Avain app on your phone.
login-step-scan = Scan the QR code with the app.
login-step-confirm = Check what the phone shows, and confirm.
login-help = The code does not scan
login-help-camera = Allow the app to use the camera in the phone’s settings.
login-help-update = Update the app to its newest version.
login-help-reinstall = If nothing else helps, install the app again. You then need a new activation code from your company’s user administrator.
login-scanned-heading = Check your phone
login-scanned-device = Scanned by
login-scanned-text = Continue on the phone. This page moves on by itself.
login-scanned-announce = The code was scanned. Continue on the phone.
login-approved = Signed in, continuing…
login-continue = Continue
login-cancel = Cancel
login-not-you = Not you? Cancel
login-denied-heading = The sign-in was refused on the phone
login-denied-mistake = Nobody was signed in. You can start again with a new code.
login-denied-not-me = The phone’s owner answered that it was not them. Nobody was signed in.
login-cancelled-heading = The sign-in was cancelled
login-cancelled-text = You can start again with a new code.
login-expired-heading = The code has expired
login-expired-text = There are two minutes to sign in. Get a new code and go on from there.
login-restart = Show a new code
login-back = Back to { $client }
login-time = You have two minutes. After that you can get a new code.

error-page-details = Details for support
error-page-reference = Error reference
error-page-code = Error code
error-page-time = Time
error-page-help = If it happens again, tell support the error reference: it leads them to what happened.
error-page-copy = Copy details
error-page-copied = Copied

scanned-heading = Scan this code with the Avain app
scanned-text = Your phone’s camera opened a sign-in code, but the Avain app was not found. The code works only in the app.
scanned-step-install = Install the Avain app from your phone’s store.
scanned-step-activate = Activate it with the code from your e-mail. Without a code, ask your company’s user administrator for an invitation.
scanned-step-scan = Go back to the computer and scan a new code with the app.

activate-heading = Activate Avain
activate-code-text = Your activation code is
activate-copy = Copy the code
activate-scan-text = You can also scan it with the app:
activate-qr-label = QR code that holds your activation code
activate-no-code = You need an activation code. It arrives by e-mail when your company’s user administrator invites you.
activate-step-install = Install the Avain app from your phone’s store.
activate-step-code = Enter the activation code in the app.
activate-step-confirm = Enter the six-digit confirmation code that arrives by SMS.
activate-step-unlock = Confirm with the phone’s screen lock, fingerprint or face.
activate-minimum = Oldest version that the phone may have:

second-factor-title = Enter the code
second-factor-why = You are signing in from a place that we do not know yet. That is why we sent you a six-digit code. It works for ten minutes.
second-factor-sent-to = The same code was sent to:
second-factor-by-sms = by SMS
second-factor-by-mail = by e-mail
second-factor-no-phone = No phone number is on record for you. Your company’s user administrator can set it.
second-factor-label = Six-digit code
second-factor-tries = Tries left: { $tries }
second-factor-continue = Continue
second-factor-again = Send the code again
second-factor-again-help = You can have the same code sent again when a minute has passed.
second-factor-wrong = The code is wrong. Check the newest message and enter the code again.
second-factor-malformed = Enter the six digits of the code.
second-factor-on-its-way = On its way.
second-factor-taken = Handed over at { $time }.
second-factor-failed = It could not be delivered.
