# What leaves by mail and SMS, and the text that a phone shows before its owner confirms a sign-in.

## Invitation

invitation-mail-subject = Aktivera Avain-appen: inbjudan från { $company }
invitation-mail-body =
    Hej { $name },

    Du har bjudits in att logga in på tjänsterna för { $company } med din telefon. Inbjudan skickades av { $inviter }.

    Din aktiveringskod:

    { $code }

    Koden fungerar en gång, inom 24 timmar från att det här meddelandet skickades.

    Så här aktiverar du din telefon:

    1. Installera Avain-appen på din telefon.
    2. Öppna den här sidan. Den visar aktiveringskoden också som QR-kod:
    { $link }
    3. Läs av QR-koden med appen eller skriv in aktiveringskoden.
    4. Skriv in bekräftelsekoden som kommer till din telefon som textmeddelande.

    Ge inte koderna till någon. Ingen har någon anledning att be dig om dem.

    Om du inte väntade dig den här inbjudan behöver du inte göra något: koden slutar gälla av sig själv. Om du har frågor ska du kontakta huvudanvändaren på { $company }.

## Confirmation. The code comes first, so that it shows in a notification; everything must fit in one SMS.

confirmation-sms = { $code } är din bekräftelsekod för Avain. Ange den bara i Avain-appen, inom 10 minuter. Ge den inte till någon.

## A device was added

device-added-mail-subject = En ny enhet har lagts till: { $device }
device-added-mail-body =
    Hej { $name },

    Det går nu att logga in som du på tjänsterna för { $company } med en ny enhet:

    { $device }

    Enheten lades till med aktiveringskoden som skickades till din e-postadress och med en bekräftelsekod. Under det första dygnet kan den inte lägga till eller ta bort andra enheter.

    Om det var du behöver du inte göra något.

## A code in a new place. The SMS begins with the code and fits in one message.

second-factor-sms = { $code } är din inloggningskod för Avain. Ange den bara på inloggningssidan, inom 10 minuter. Ge den inte till någon.
second-factor-mail-subject = Din kod för inloggning från en ny plats
second-factor-mail-body =
    Hej { $name },

    Du loggar in från en plats som är ny för oss: { $place }. Ange den här koden på inloggningssidan:

    { $code }

    Koden gäller i tio minuter och bara för den här inloggningen. Ge den inte till någon. Ingen har anledning att fråga efter den.

    Om du inte loggar in just nu har någon bekräftat en inloggning med din telefon. Kontakta genast ditt företags huvudanvändare.

## What the phone shows. The phone signs exactly this text.

challenge-display = Logga in på { $client } som { $person }, { $company }? Webbläsare: { $browser }, plats: { $place }.

## What a KH user did to a person

phone-changed-mail-subject = Ditt telefonnummer ändrades
phone-changed-mail-body =
    Hej { $name },

    { $administrator }, huvudanvändare på { $company }, ändrade telefonnumret som används för att kontakta dig. Det är nu:

    { $what }
phone-changed-sms = Avain: { $administrator } ({ $company }) ändrade ditt telefonnummer. Det är nu { $what }. Väntade du dig inte det? { $link }

device-removed-mail-subject = En enhet togs bort: { $what }
device-removed-mail-body =
    Hej { $name },

    { $administrator }, huvudanvändare på { $company }, tog bort en av dina enheter. Den kan inte längre användas för inloggning, och du har loggats ut överallt:

    { $what }
device-removed-sms = Avain: { $administrator } ({ $company }) tog bort din enhet { $what }. Väntade du dig inte det? { $link }

confirmation-issued-mail-subject = Din bekräftelsekod visades för { $administrator }
confirmation-issued-mail-body =
    Hej { $name },

    { $administrator }, huvudanvändare på { $company }, fick se bekräftelsekoden för aktivering av en telefon för att läsa upp den för dig. Telefonen är:

    { $what }

    Om du inte väntade dig det här ska du genast kontakta huvudanvändaren på { $company }.

## What a person is told of their own account, by mail and SMS, with the way to object

device-added-sms = Avain: enheten { $device } kan nu logga in som du. Var det inte du? { $link }
own-device-removed-mail-subject = Du tog bort en enhet: { $device }
own-device-removed-mail-body =
    Hej { $name },

    En av dina enheter togs bort på din egen kontosida eller i appen. Det går inte längre att logga in med den:

    { $device }

    Om det var du behöver du inte göra något.
own-device-removed-sms = Avain: din enhet { $device } togs bort. Var det inte du? { $link }
device-moved-mail-subject = Din inloggning har flyttats till en ny telefon: { $device }
device-moved-mail-body =
    Hej { $name },

    En ny telefon kan nu logga in som du på tjänsterna för { $company }:

    { $device }

    Den ersatte { $old }, som godkände flytten och inte längre kan logga in. Under det första dygnet kan den nya telefonen inte lägga till eller ta bort andra enheter.

    Om det var du behöver du inte göra något.
device-moved-sms = Avain: din inloggning flyttades till telefonen { $device }. Var det inte du? { $link }
key-replaced-mail-subject = Din telefon har en ny nyckel: { $device }
key-replaced-mail-body =
    Hej { $name },

    Appen i din telefon bytte den nyckel som telefonen loggar in dig med. Inget annat har ändrats:

    { $device }

    Om det var du, eller om appen sade till, behöver du inte göra något.
email-changed-mail-subject = Din e-postadress har ändrats
email-changed-mail-body =
    Hej { $name },

    E-postadressen för ditt Avain-konto ändrades på din egen kontosida. Inga fler meddelanden skickas till den här adressen. Den nya är:

    { $email }

    Om det var du behöver du inte göra något.
email-changed-sms = Avain: din e-postadress ändrades till { $email }. Var det inte du? { $link }
signed-in-mail-subject = Du loggade in från ett nytt nätverk
signed-in-mail-body =
    Hej { $name },

    Någon loggade in som du från ett nätverk som är nytt för oss. Inloggningen bekräftades med din telefon { $device }:

    { $browser }, { $place }

    Om det var du behöver du inte göra något.
objection-mail =
    Om det inte var du ska du öppna den här sidan inom sju dagar och trycka på knappen. Du loggas ut överallt, det som gjorts ångras så långt det går, och ditt företags huvudanvändare får veta det.

    { $link }
objection-unexpected-mail =
    Om du inte väntade dig det här ska du öppna den här sidan inom sju dagar och trycka på knappen. Du loggas ut överallt, och ditt företags huvudanvändare får veta det.

    { $link }
objection-what-device-added = En enhet lades till som personen inte känner till. Den togs bort.
objection-what-device-removed = En av personens enheter togs bort mot personens vilja.
objection-what-key-replaced = En av personens enheter fick en ny nyckel som personen inte hade bett om. Enheten togs bort.
objection-what-email-changed = Någon annan ändrade e-postadressen. Den gamla har återställts.
objection-what-phone-changed = Telefonnumret ändrades mot personens vilja.
objection-what-signed-in = Någon annan loggade in som personen. Enheten som bekräftade inloggningen togs bort.
objection-administrator-mail-subject = { $person } meddelar: ”Det var inte jag”
objection-administrator-mail-body =
    Hej { $name },

    { $person } har anmält något som personen inte själv har gjort:

    { $what }

    Personen loggades ut överallt. Ring upp på ett nummer som du själv känner till, gå igenom kontaktuppgifter och enheter, och skicka en ny inbjudan om det behövs:

    { $link }

## The code for a new e-mail address

email-code-mail-subject = Bekräfta din nya e-postadress
email-code-mail-body =
    Hej { $name },

    För att använda den här e-postadressen i Avain anger du den här koden på din kontosida:

    { $code }

    Koden gäller i trettio minuter. Om du inte bad om den behöver du inte göra något: utan koden ändras ingenting.

## "It was not me", answered on the phone

sign-in-denied-mail-subject = Du svarade: ”Det var inte jag”
sign-in-denied-mail-body =
    Hej { $name }!

    Någon försökte logga in i ditt namn, och du svarade i telefonen att det inte var du. Ingen loggades in. Försöket kom härifrån:

    { $browser }, { $place }

    Företagets huvudanvändare och supporten känner till det. Du behöver inte göra något. Godkänn aldrig en inloggning som du inte har påbörjat själv, vem som än ber dig.
sign-in-denied-sms = Du svarade i telefonen att en inloggning inte var din. Ingen loggades in. Godkänn bara inloggningar som du själv har påbörjat.
sign-in-denied-administrator-mail-subject = { $person } svarade: ”Det var inte jag”
sign-in-denied-administrator-mail-body =
    Hej { $name }!

    Någon försökte logga in som { $person }, som svarade i telefonen: ”Det var inte jag”. Ingen loggades in. Försöket kom härifrån:

    { $browser }, { $place }

    Under en timme krävs en extra kod i det nätverket. Ring { $person } på ett nummer som du själv känner till och fråga vad som hände:

    { $link }
sign-in-denied-staff-mail-subject = Inloggning avvisad: { $person }
sign-in-denied-staff-mail-body =
    Hej { $name }!

    { $person } svarade ”Det var inte jag” på en inloggning från { $browser }, { $place }. Ingen loggades in, och företagets huvudanvändare har informerats.

    Inloggningsförsök: { $attempt }

# The support staff did something.

support-notice-mail-subject = Supporten ändrade något i ditt konto
support-notice-mail-body = Hej { $name },

    { $what }

    Det gjordes av tjänstens support. Orsak: { $reason }

    Om du inte väntade dig detta, kontakta supporten.
support-notice-sms = { $what } Om du inte väntade dig detta, kontakta supporten.
support-told-device-revoked = Din telefon { $device } togs bort och du loggades ut överallt.
support-told-blocked = Din inloggning spärrades och du loggades ut överallt.
support-told-unblocked = Du kan logga in igen.
support-told-invitation-cancelled = Din inbjudan återkallades; dess aktiveringskod gäller inte längre.
support-told-sessions-ended = Du loggades ut från alla webbläsare.
