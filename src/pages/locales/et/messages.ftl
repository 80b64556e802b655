# What leaves by mail and SMS, and the text that a phone shows before its owner confirms a sign-in.

## Invitation

invitation-mail-subject = Aktiveeri Avain-rakendus: kutse saatja on { $company }
invitation-mail-body =
    Tere, { $name }!

    Sind on kutsutud oma telefoniga ettevõtte teenustesse sisse logima. Ettevõte on { $company } ja kutse saatis { $inviter }.

    Sinu aktiveerimiskood:

    { $code }

    Kood toimib ühe korra, 24 tunni jooksul selle kirja saatmisest.

    Nii aktiveerid oma telefoni:

    1. Paigalda Avain-rakendus oma telefoni.
    2. Ava see leht. Seal on aktiveerimiskood ka QR-koodina:
    { $link }
    3. Loe QR-kood rakendusega või sisesta aktiveerimiskood.
    4. Sisesta kinnituskood, mille saad oma telefoni SMS-iga.

    Ära anna koode kellelegi. Kellelgi ei ole põhjust neid sinult küsida.

    Kui sa seda kutset ei oodanud, ei pea sa midagi tegema: kood kaotab kehtivuse iseenesest. Küsimuste korral võta ühendust ettevõtte { $company } peakasutajaga.

## Confirmation. The code comes first, so that it shows in a notification; everything must fit in one SMS.
## Estonian letters leave the GSM alphabet, so an SMS holds no more than 70 characters.

confirmation-sms = { $code } on sinu Avaini kinnituskood. Kehtib 10 min. Ära jaga seda.

## A device was added

device-added-mail-subject = Lisatud on uus seade: { $device }
device-added-mail-body =
    Tere, { $name }!

    Uue seadmega saab nüüd sinu nimel sisse logida ettevõtte { $company } teenustesse:

    { $device }

    Seade lisati sinu e-posti aadressile saadetud aktiveerimiskoodi ja kinnituskoodiga. Esimese ööpäeva jooksul ei saa sellega teisi seadmeid lisada ega eemaldada.

    Kui see olid sina, ei pea sa midagi tegema.

## A code in a new place. The SMS begins with the code and fits in one message.

second-factor-sms = { $code } on sinu Avaini sisselogimiskood. Kehtib 10 min. Ära jaga seda.
second-factor-mail-subject = Kood uuest kohast sisselogimiseks
second-factor-mail-body =
    Tere, { $name }!

    Logid sisse kohast, mis on meile uus: { $place }. Sisesta see kood sisselogimislehel:

    { $code }

    Kood kehtib kümme minutit ja ainult selle sisselogimise jaoks. Ära anna seda kellelegi. Kellelgi pole põhjust seda sinult küsida.

    Kui sa ei logi praegu sisse, on keegi kinnitanud sisselogimise sinu telefoniga. Võta kohe ühendust oma ettevõtte peakasutajaga.

## What the phone shows. The phone signs exactly this text.

challenge-display = Kas logida teenusesse { $client } sisse kasutajana { $person }, { $company }? Brauser: { $browser }, asukoht: { $place }.

## What a KH user did to a person

phone-changed-mail-subject = Sinu telefoninumbrit muudeti
phone-changed-mail-body =
    Tere, { $name }!

    { $administrator }, ettevõtte { $company } peakasutaja, muutis telefoninumbrit, mille kaudu sinuga suheldakse. See on nüüd:

    { $what }
phone-changed-sms = Avain: { $administrator } ({ $company }) muutis sinu telefoninumbrit. See on nüüd { $what }. Kas sa ei oodanud seda? { $link }

device-removed-mail-subject = Seade eemaldati: { $what }
device-removed-mail-body =
    Tere, { $name }!

    { $administrator }, ettevõtte { $company } peakasutaja, eemaldas sinu seadme. Sellega ei saa enam sisse logida ja sind logiti kõikjalt välja:

    { $what }
device-removed-sms = Avain: { $administrator } ({ $company }) eemaldas sinu seadme { $what }. Kas sa ei oodanud seda? { $link }

confirmation-issued-mail-subject = Sinu kinnituskoodi näidati: { $administrator }
confirmation-issued-mail-body =
    Tere, { $name }!

    { $administrator }, ettevõtte { $company } peakasutaja, nägi telefoni aktiveerimise kinnituskoodi, et see sulle ette lugeda. Telefon on:

    { $what }

    Kui sa seda ei oodanud, võta kohe ühendust ettevõtte { $company } peakasutajaga.

## What a person is told of their own account, by mail and SMS, with the way to object

device-added-sms = Avain: seadmega { $device } saab nüüd sinu nimel sisse logida. Kas see polnud sina? { $link }
own-device-removed-mail-subject = Eemaldasid seadme: { $device }
own-device-removed-mail-body =
    Tere, { $name }!

    Sinu kontolehel või rakenduses eemaldati sinu seade. Sellega ei saa enam sisse logida:

    { $device }

    Kui see olid sina, ei pea sa midagi tegema.
own-device-removed-sms = Avain: sinu seade { $device } eemaldati. Kas see polnud sina? { $link }
device-moved-mail-subject = Sinu sisselogimine kolis uude telefoni: { $device }
device-moved-mail-body =
    Tere, { $name }!

    Uue telefoniga saab nüüd sinu nimel sisse logida ettevõtte { $company } teenustesse:

    { $device }

    See asendas telefoni { $old }, mis kolimise kinnitas ja millega ei saa enam sisse logida. Esimese ööpäeva jooksul ei saa uue telefoniga teisi seadmeid lisada ega eemaldada.

    Kui see olid sina, ei pea sa midagi tegema.
device-moved-sms = Avain: sinu sisselogimine kolis telefoni { $device }. Kas see polnud sina? { $link }
key-replaced-mail-subject = Sinu telefonil on uus võti: { $device }
key-replaced-mail-body =
    Tere, { $name }!

    Sinu telefoni rakendus vahetas võtit, millega telefon sind sisse logib. Muu on endine:

    { $device }

    Kui see olid sina või rakendus teatas sellest, ei pea sa midagi tegema.
email-changed-mail-subject = Sinu e-posti aadress on muudetud
email-changed-mail-body =
    Tere, { $name }!

    Sinu Avaini konto e-posti aadress muudeti sinu kontolehel. Sellele aadressile enam kirju ei saadeta. Uus aadress on:

    { $email }

    Kui see olid sina, ei pea sa midagi tegema.
email-changed-sms = Avain: sinu e-posti aadressiks muudeti { $email }. Kas see polnud sina? { $link }
signed-in-mail-subject = Logisid sisse uuest võrgust
signed-in-mail-body =
    Tere, { $name }!

    Sinu nimel logiti sisse võrgust, mis on meile uus. Sisselogimine kinnitati sinu telefoniga { $device }:

    { $browser }, { $place }

    Kui see olid sina, ei pea sa midagi tegema.
objection-mail =
    Kui see polnud sina, ava see leht seitsme päeva jooksul ja vajuta nuppu. Sind logitakse kõikjalt välja, tehtu võetakse nii palju kui võimalik tagasi ja sinu ettevõtte peakasutaja saab sellest teada.

    { $link }
objection-unexpected-mail =
    Kui sa seda ei oodanud, ava see leht seitsme päeva jooksul ja vajuta nuppu. Sind logitakse kõikjalt välja ja sinu ettevõtte peakasutajad saavad sellest teada.

    { $link }
objection-what-device-added = Lisati seade, mida inimene ei tunne. See eemaldati.
objection-what-device-removed = Inimese seade eemaldati tema tahte vastaselt.
objection-what-key-replaced = Inimese seade sai uue võtme, mida ta ei olnud küsinud. Seade eemaldati.
objection-what-email-changed = Keegi teine muutis e-posti aadressi. Vana aadress taastati.
objection-what-phone-changed = Telefoninumbrit muudeti inimese tahte vastaselt.
objection-what-signed-in = Keegi teine logis inimese nimel sisse. Seade, millega sisselogimine kinnitati, eemaldati.
objection-administrator-mail-subject = { $person } teatab: „See polnud mina“
objection-administrator-mail-body =
    Tere, { $name }!

    { $person } on teatanud millestki, mida ta ise ei teinud:

    { $what }

    Ta logiti kõikjalt välja. Helista talle numbril, mida sa ise tead, vaata üle tema kontaktandmed ja seadmed ning saada vajaduse korral uus kutse:

    { $link }

## The code for a new e-mail address

email-code-mail-subject = Kinnita oma uus e-posti aadress
email-code-mail-body =
    Tere, { $name }!

    Selle e-posti aadressi kasutamiseks Avainis sisesta see kood oma kontolehel:

    { $code }

    Kood kehtib pool tundi. Kui sa seda ei küsinud, ei pea sa midagi tegema: ilma koodita ei muutu midagi.

## "It was not me", answered on the phone

sign-in-denied-mail-subject = Vastasid: „See ei olnud mina”
sign-in-denied-mail-body =
    Tere, { $name }!

    Keegi üritas sinu nimel sisse logida ja sa vastasid telefonis, et see ei olnud sina. Kedagi sisse ei logitud. Katse tuli siit:

    { $browser }, { $place }

    Sinu ettevõtte peakasutajad ja kasutajatugi teavad sellest. Sa ei pea midagi tegema. Ära kunagi kinnita sisselogimist, mida sa ise ei alustanud, ükskõik kes seda palub.
sign-in-denied-sms = Vastasid, et sisselogimine ei olnud sinu oma. Sisse ei logitud kedagi.
sign-in-denied-administrator-mail-subject = { $person } vastas: „See ei olnud mina”
sign-in-denied-administrator-mail-body =
    Tere, { $name }!

    Keegi üritas sisse logida kasutajana { $person }, kes vastas telefonis: „See ei olnud mina”. Kedagi sisse ei logitud. Katse tuli siit:

    { $browser }, { $place }

    Tunni jooksul küsitakse selles võrgus lisakoodi. Helista kasutajale { $person } numbril, mida ise tead, ja küsi, mis juhtus:

    { $link }
sign-in-denied-staff-mail-subject = Sisselogimine tagasi lükatud: { $person }
sign-in-denied-staff-mail-body =
    Tere, { $name }!

    { $person } vastas „See ei olnud mina” sisselogimisele, mis tuli siit: { $browser }, { $place }. Kedagi sisse ei logitud ja ettevõtte peakasutajaid on teavitatud.

    Sisselogimiskatse: { $attempt }

# The support staff did something.

support-notice-mail-subject = Kasutajatugi muutis midagi sinu kontol
support-notice-mail-body = Tere, { $name }!

    { $what }

    Seda tegi teenuse kasutajatugi. Põhjus: { $reason }

    Kui sa seda ei oodanud, võta kasutajatoega ühendust.
support-notice-sms = { $what } Kui sa seda ei oodanud, võta kasutajatoega ühendust.
support-told-device-revoked = Sinu telefon { $device } eemaldati ja sind logiti kõikjalt välja.
support-told-blocked = Sinu sisselogimine blokeeriti ja sind logiti kõikjalt välja.
support-told-unblocked = Saad jälle sisse logida.
support-told-invitation-cancelled = Sinu kutse tühistati; selle aktiveerimiskood enam ei kehti.
support-told-sessions-ended = Sind logiti kõigist brauseritest välja.
