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

    { $administrator }, hovedbruker i { $company }, endret telefonnummeret som brukes til å kontakte deg. Det er nå:

    { $what }
phone-changed-sms = Avain: { $administrator } ({ $company }) endret telefonnummeret ditt. Det er nå { $what }. Ventet du ikke dette? { $link }

device-removed-mail-subject = En enhet ble fjernet: { $what }
device-removed-mail-body =
    Hei { $name },

    { $administrator }, hovedbruker i { $company }, fjernet en av enhetene dine. Den kan ikke lenger brukes til innlogging, og du er logget ut overalt:

    { $what }
device-removed-sms = Avain: { $administrator } ({ $company }) fjernet enheten din { $what }. Ventet du ikke dette? { $link }

confirmation-issued-mail-subject = Bekreftelseskoden din ble vist til { $administrator }
confirmation-issued-mail-body =
    Hei { $name },

    { $administrator }, hovedbruker i { $company }, fikk se bekreftelseskoden for aktivering av en telefon for å lese den opp for deg. Telefonen er:

    { $what }

    Hvis du ikke ventet dette, må du straks kontakte hovedbrukeren i { $company }.

## What a person is told of their own account, by mail and SMS, with the way to object

device-added-sms = Avain: enheten { $device } kan nå logge inn som deg. Var det ikke deg? { $link }
own-device-removed-mail-subject = Du fjernet en enhet: { $device }
own-device-removed-mail-body =
    Hei, { $name }!

    En av enhetene dine ble fjernet på din egen kontoside eller i appen. Den kan ikke lenger brukes til å logge inn:

    { $device }

    Hvis det var deg, trenger du ikke å gjøre noe.
own-device-removed-sms = Avain: enheten din { $device } ble fjernet. Var det ikke deg? { $link }
device-moved-mail-subject = Innloggingen din er flyttet til en ny telefon: { $device }
device-moved-mail-body =
    Hei, { $name }!

    En ny telefon kan nå logge inn på tjenestene til { $company } som deg:

    { $device }

    Den tok plassen til { $old }, som godkjente flyttingen og ikke lenger kan logge inn. Det første døgnet kan den nye telefonen ikke legge til eller fjerne andre enheter.

    Hvis det var deg, trenger du ikke å gjøre noe.
device-moved-sms = Avain: innloggingen din ble flyttet til telefonen { $device }. Var det ikke deg? { $link }
key-replaced-mail-subject = Telefonen din har en ny nøkkel: { $device }
key-replaced-mail-body =
    Hei, { $name }!

    Appen på telefonen din byttet nøkkelen som telefonen logger deg inn med. Ingenting annet er endret:

    { $device }

    Hvis det var deg, eller appen sa fra, trenger du ikke å gjøre noe.
email-changed-mail-subject = E-postadressen din er endret
email-changed-mail-body =
    Hei, { $name }!

    E-postadressen for Avain-kontoen din ble endret på din egen kontoside. Denne adressen får ikke flere meldinger. Den nye er:

    { $email }

    Hvis det var deg, trenger du ikke å gjøre noe.
email-changed-sms = Avain: e-postadressen din ble endret til { $email }. Var det ikke deg? { $link }
signed-in-mail-subject = Du logget inn fra et nytt nettverk
signed-in-mail-body =
    Hei, { $name }!

    Noen logget inn som deg fra et nettverk som er nytt for oss. Innloggingen ble bekreftet med telefonen din { $device }:

    { $browser }, { $place }

    Hvis det var deg, trenger du ikke å gjøre noe.
objection-mail =
    Hvis det ikke var deg, åpner du denne siden innen sju dager og trykker på knappen. Du logges ut overalt, det som er gjort, angres så langt det går, og hovedbrukeren i bedriften din får beskjed.

    { $link }
objection-unexpected-mail =
    Hvis du ikke ventet dette, åpner du denne siden innen sju dager og trykker på knappen. Du logges ut overalt, og hovedbrukerne i bedriften din får beskjed.

    { $link }
objection-what-device-added = Det ble lagt til en enhet som personen ikke kjenner. Den ble fjernet.
objection-what-device-removed = En av personens enheter ble fjernet mot personens vilje.
objection-what-key-replaced = En av personens enheter fikk en ny nøkkel som personen ikke hadde bedt om. Enheten ble fjernet.
objection-what-email-changed = Noen andre endret e-postadressen. Den gamle er gjenopprettet.
objection-what-phone-changed = Telefonnummeret ble endret mot personens vilje.
objection-what-signed-in = Noen andre logget inn som personen. Enheten som bekreftet innloggingen, ble fjernet.
objection-administrator-mail-subject = { $person } melder: «Det var ikke meg»
objection-administrator-mail-body =
    Hei, { $name }!

    { $person } har meldt fra om noe som vedkommende ikke har gjort selv:

    { $what }

    Vedkommende ble logget ut overalt. Ring på et nummer som du selv kjenner, se på kontaktopplysninger og enheter, og send en ny invitasjon om det trengs:

    { $link }

## The code for a new e-mail address

email-code-mail-subject = Bekreft den nye e-postadressen din
email-code-mail-body =
    Hei, { $name }!

    For å bruke denne e-postadressen i Avain skriver du inn denne koden på kontosiden din:

    { $code }

    Koden gjelder i tretti minutter. Hvis du ikke ba om den, trenger du ikke å gjøre noe: uten koden endres ingenting.

## "It was not me", answered on the phone

sign-in-denied-mail-subject = Du svarte: «Det var ikke meg»
sign-in-denied-mail-body =
    Hei, { $name }!

    Noen prøvde å logge inn i ditt navn, og du svarte på telefonen at det ikke var deg. Ingen ble logget inn. Forsøket kom herfra:

    { $browser }, { $place }

    Hovedbrukerne i bedriften din og brukerstøtten vet om det. Du trenger ikke å gjøre noe. Godkjenn aldri en innlogging du ikke har startet selv, uansett hvem som ber deg om det.
sign-in-denied-sms = Du svarte på telefonen at en innlogging ikke var din. Ingen ble logget inn. Godkjenn bare innlogginger du selv har startet.
sign-in-denied-administrator-mail-subject = { $person } svarte: «Det var ikke meg»
sign-in-denied-administrator-mail-body =
    Hei, { $name }!

    Noen prøvde å logge inn som { $person }, som svarte på telefonen: «Det var ikke meg». Ingen ble logget inn. Forsøket kom herfra:

    { $browser }, { $place }

    I én time blir det bedt om en ekstra kode i dette nettverket. Ring { $person } på et nummer du selv kjenner, og spør hva som skjedde:

    { $link }
sign-in-denied-staff-mail-subject = Innlogging avvist: { $person }
sign-in-denied-staff-mail-body =
    Hei, { $name }!

    { $person } svarte «Det var ikke meg» på en innlogging fra { $browser }, { $place }. Ingen ble logget inn, og bedriftens hovedbrukere er varslet.

    Innloggingsforsøk: { $attempt }

# The support staff did something.

support-notice-mail-subject = Brukerstøtten endret noe på kontoen din
support-notice-mail-body = Hei { $name },

    { $what }

    Det ble gjort av brukerstøtten. Årsak: { $reason }

    Hvis du ikke ventet dette, kontakt brukerstøtten.
support-notice-sms = { $what } Hvis du ikke ventet dette, kontakt brukerstøtten.
support-told-device-revoked = Telefonen din { $device } ble fjernet, og du ble logget ut overalt.
support-told-blocked = Innloggingen din ble sperret, og du ble logget ut overalt.
support-told-unblocked = Du kan logge inn igjen.
support-told-invitation-cancelled = Invitasjonen din ble trukket tilbake; aktiveringskoden gjelder ikke lenger.
support-told-sessions-ended = Du ble logget ut av alle nettlesere.
