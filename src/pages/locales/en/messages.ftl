# What leaves by mail and SMS, and the text that a phone shows before its owner confirms a sign-in.

## Invitation

invitation-mail-subject = Activate the Avain app: invitation from { $company }
invitation-mail-body =
    Hello { $name },

    You have been invited to sign in to the services of { $company } with your phone. The invitation was sent by { $inviter }.

    Your activation code:

    { $code }

    The code works once, for 24 hours from the sending of this message.

    How to activate your phone:

    1. Install the Avain app on your phone.
    2. Open this page. It shows the activation code as a QR code too:
    { $link }
    3. Scan the QR code with the app, or type in the activation code.
    4. Type in the confirmation code that comes to your phone by SMS.

    Do not give the codes to anyone. Nobody has a reason to ask you for them.

    If you did not expect this invitation, do nothing: the code stops working by itself. If you have questions, contact the user administrator of { $company }.

## Confirmation. The code comes first, so that it shows in a notification; everything must fit in one SMS.

confirmation-sms = { $code } is your Avain confirmation code. Enter it only in the Avain app, within 10 minutes. Do not give it to anyone.

## A device was added

device-added-mail-subject = A new device was added: { $device }
device-added-mail-body =
    Hello { $name },

    A new device can now sign in as you to the services of { $company }:

    { $device }

    It was added with the activation code sent to your e-mail address and with a confirmation code. For the first day it cannot add or remove other devices.

    If it was you, you need to do nothing.

## A code in a new place. The SMS begins with the code and fits in one message.

second-factor-sms = { $code } is your Avain sign-in code. Enter it only on the page where you are signing in, within 10 minutes. Do not give it to anyone.
second-factor-mail-subject = Your code for signing in from a new place
second-factor-mail-body =
    Hello { $name },

    You are signing in from a place that is new to us: { $place }. Enter this code on the sign-in page:

    { $code }

    The code works for ten minutes, for this one sign-in. Do not give it to anyone. Nobody has a reason to ask you for it.

    If you are not signing in right now, somebody has confirmed a sign-in with your phone. Contact your company’s user administrator at once.

## What the phone shows. The phone signs exactly this text.

challenge-display = Sign in to { $client } as { $person }, { $company }? Browser: { $browser }, from { $place }.

## What a KH user did to a person

phone-changed-mail-subject = Your phone number was changed
phone-changed-mail-body =
    Hello { $name },

    { $administrator }, user administrator of { $company }, changed the phone number that is used to communicate with you. It is now:

    { $what }
phone-changed-sms = Avain: { $administrator } ({ $company }) changed your phone number. It is now { $what }. Not expected? { $link }

device-removed-mail-subject = A device was removed: { $what }
device-removed-mail-body =
    Hello { $name },

    { $administrator }, user administrator of { $company }, removed a device of yours. It can no longer be used to sign in, and you were signed out everywhere:

    { $what }
device-removed-sms = Avain: { $administrator } ({ $company }) removed your device { $what }. Not expected? { $link }

confirmation-issued-mail-subject = Your confirmation code was shown to { $administrator }
confirmation-issued-mail-body =
    Hello { $name },

    { $administrator }, user administrator of { $company }, was shown the confirmation code for activating a phone, to read it to you. The phone is:

    { $what }

    If you did not expect this, contact the user administrator of { $company } at once.

## What a person is told of their own account, by mail and SMS, with the way to object

device-added-sms = Avain: the device { $device } can now sign in as you. Was it not you? { $link }
own-device-removed-mail-subject = You removed a device: { $device }
own-device-removed-mail-body =
    Hello { $name },

    A device of yours was removed on your own account page or in the app. It can no longer be used to sign in:

    { $device }

    If it was you, you need to do nothing.
own-device-removed-sms = Avain: your device { $device } was removed. Was it not you? { $link }
device-moved-mail-subject = Your sign-in moved to a new phone: { $device }
device-moved-mail-body =
    Hello { $name },

    A new phone now signs in as you to the services of { $company }:

    { $device }

    It took the place of { $old }, which approved it and can no longer sign in. For the first day the new phone cannot add or remove other devices.

    If it was you, you need to do nothing.
device-moved-sms = Avain: your sign-in moved to the phone { $device }. Was it not you? { $link }
key-replaced-mail-subject = Your phone has a new key: { $device }
key-replaced-mail-body =
    Hello { $name },

    The app on your phone replaced the key by which the phone signs in as you. Nothing else has changed:

    { $device }

    If it was you, or the app told you so, you need to do nothing.
email-changed-mail-subject = Your e-mail address was changed
email-changed-mail-body =
    Hello { $name },

    The e-mail address of your Avain account was changed on your own account page. This address gets no more messages. The new one is:

    { $email }

    If it was you, you need to do nothing.
email-changed-sms = Avain: your e-mail address was changed to { $email }. Was it not you? { $link }
signed-in-mail-subject = You signed in from a new network
signed-in-mail-body =
    Hello { $name },

    Somebody signed in as you from a network that is new to us. The sign-in was confirmed with your phone { $device }:

    { $browser }, { $place }

    If it was you, you need to do nothing.
objection-mail =
    If it was not you, open this page within seven days and press the button. You are signed out everywhere, what was done is undone as far as possible, and the user administrator of your company is told.

    { $link }
objection-unexpected-mail =
    If you did not expect this, open this page within seven days and press the button. You are signed out everywhere, and the user administrators of your company are told.

    { $link }
objection-what-device-added = A device was added that the person does not know. It was removed.
objection-what-device-removed = A device of the person was removed against their will.
objection-what-key-replaced = A device of the person got a new key that the person did not ask for. The device was removed.
objection-what-email-changed = The e-mail address was changed by somebody else. The old one was restored.
objection-what-phone-changed = The phone number was changed against the person’s will.
objection-what-signed-in = Somebody else signed in as the person. The device that confirmed it was removed.
objection-administrator-mail-subject = { $person } reports: “It was not me”
objection-administrator-mail-body =
    Hello { $name },

    { $person } has reported something that they did not do themselves:

    { $what }

    They were signed out everywhere. Call them on a number that you know yourself, look at their contact data and devices, and send a new invitation if they need one:

    { $link }

## The code for a new e-mail address

email-code-mail-subject = Confirm your new e-mail address
email-code-mail-body =
    Hello { $name },

    To use this e-mail address with Avain, enter this code on your account page:

    { $code }

    The code works for thirty minutes. If you did not ask for it, do nothing: nothing changes without the code.

## "It was not me", answered on the phone

sign-in-denied-mail-subject = You answered: “It was not me”
sign-in-denied-mail-body =
    Hello { $name },

    Somebody tried to sign in as you, and you answered on your phone that it was not you. Nobody was signed in. This is where the attempt came from:

    { $browser }, { $place }

    The user administrators of your company and support know about it. You need to do nothing. Never confirm a sign-in that you did not begin yourself, whoever asks you to.
sign-in-denied-sms = You answered on your phone that a sign-in was not yours. Nobody was signed in. Never confirm one that you did not begin.
sign-in-denied-administrator-mail-subject = { $person } answered: “It was not me”
sign-in-denied-administrator-mail-body =
    Hello { $name },

    Somebody tried to sign in as { $person }, who answered on the phone: “It was not me”. Nobody was signed in. This is where the attempt came from:

    { $browser }, { $place }

    For an hour a code is asked for in that network. Call { $person } on a number that you know yourself, and ask what happened:

    { $link }
sign-in-denied-staff-mail-subject = Sign-in denied: { $person }
sign-in-denied-staff-mail-body =
    Hello { $name },

    { $person } answered “It was not me” to a sign-in from { $browser }, { $place }. Nobody was signed in; the company’s user administrators were told.

    Login attempt: { $attempt }

# The support staff did something.

support-notice-mail-subject = Support changed something in your account
support-notice-mail-body = Hello { $name },

    { $what }

    It was done by the support of this service. Reason: { $reason }

    If you did not expect it, contact support.
support-notice-sms = { $what } If you did not expect it, contact support.
support-told-device-revoked = Your phone { $device } was removed, and you were signed out everywhere.
support-told-blocked = Your sign-in was blocked, and you were signed out everywhere.
support-told-unblocked = You can sign in again.
support-told-invitation-cancelled = Your invitation was cancelled; its activation code is no longer accepted.
support-told-sessions-ended = You were signed out of every browser.
