# What leaves by mail and SMS, and the text that a phone shows before its owner confirms a sign-in.

## Invitation

invitation-mail-subject = Aktiver Avain-appen: invitasjon fra { $company }
invitation-mail-body =
    Hei, { $name }!

    Du er invitert til å logge inn på tjenestene til { $company } med telefonen din. Invitasjonen ble sendt av { $inviter }.

    Aktiveringskoden din:

    { $code }

    Koden virker én gang, innen 24 timer fra denne meldingen ble sendt.

    Slik aktiverer du telefonen:

    1. Installer Avain-appen på telefonen.
    2. Åpne denne siden. Den viser også aktiveringskoden som QR-kode:
    { $link }
    3. Skann QR-koden med appen, eller skriv inn aktiveringskoden.
    4. Skriv inn bekreftelseskoden som kommer til telefonen din på SMS.

    Ikke gi kodene til noen. Ingen har grunn til å be deg om dem.

    Hvis du ikke ventet denne invitasjonen, trenger du ikke å gjøre noe: koden slutter å virke av seg selv. Hvis du har spørsmål, kontakter du hovedbrukeren i { $company }.

## Confirmation. The code comes first, so that it shows in a notification; everything must fit in one SMS.

confirmation-sms = { $code } er bekreftelseskoden din for Avain. Skriv den bare inn i Avain-appen, innen 10 minutter. Ikke gi den til noen.

## A device was added

device-added-mail-subject = En ny enhet er lagt til: { $device }
device-added-mail-body =
    Hei, { $name }!

    En ny enhet kan nå logge inn på tjenestene til { $company } som deg:

    { $device }

    Enheten ble lagt til med aktiveringskoden som ble sendt til e-postadressen din, og en bekreftelseskode. Det første døgnet kan den ikke legge til eller fjerne andre enheter.

    Hvis det var deg, trenger du ikke å gjøre noe.

    Hvis det ikke var deg, må du straks kontakte hovedbrukeren i { $company } og be om at enheten fjernes. Etter det kan den ikke lenger brukes til å logge inn.

## A code in a new place. The SMS begins with the code and fits in one message.

second-factor-sms = { $code } er påloggingskoden din for Avain. Skriv den bare inn på påloggingssiden, innen 10 minutter. Ikke gi den til noen.
second-factor-mail-subject = Koden din for pålogging fra et nytt sted
second-factor-mail-body =
    Hei { $name }

    Du logger på fra et sted som er nytt for oss: { $place }. Skriv inn denne koden på påloggingssiden:

    { $code }

    Koden gjelder i ti minutter og bare for denne påloggingen. Ikke gi den til noen. Ingen har grunn til å spørre deg om den.

    Hvis du ikke logger på akkurat nå, har noen bekreftet en pålogging med telefonen din. Kontakt hovedbrukeren i bedriften din med én gang.

## What the phone shows. The phone signs exactly this text.

challenge-display = Logge inn på { $client } som { $person }, { $company }? Nettleser: { $browser }, sted: { $place }.

## What a KH user did to a person

phone-changed-mail-subject = Telefonnummeret ditt ble endret
phone-changed-mail-body =
    Hei { $name },

    { $administrator }, brukeradministrator i { $company }, endret telefonnummeret som brukes til å kontakte deg. Det er nå:

    { $what }

    Hvis du ikke ventet dette, må du straks kontakte brukeradministratoren i { $company }.

device-removed-mail-subject = En enhet ble fjernet: { $what }
device-removed-mail-body =
    Hei { $name },

    { $administrator }, brukeradministrator i { $company }, fjernet en av enhetene dine. Den kan ikke lenger brukes til innlogging, og du er logget ut overalt:

    { $what }

    Hvis du ikke ventet dette, må du straks kontakte brukeradministratoren i { $company }.

confirmation-issued-mail-subject = Bekreftelseskoden din ble vist til { $administrator }
confirmation-issued-mail-body =
    Hei { $name },

    { $administrator }, brukeradministrator i { $company }, fikk se bekreftelseskoden for aktivering av en telefon for å lese den opp for deg. Telefonen er:

    { $what }

    Hvis du ikke ventet dette, må du straks kontakte brukeradministratoren i { $company }.
