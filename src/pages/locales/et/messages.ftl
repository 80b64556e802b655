# What leaves by mail and SMS, and the text that a phone shows before its owner confirms a sign-in.

## Invitation

invitation-mail-subject = Aktiveerige Avaini rakendus: kutse saatja on { $company }
invitation-mail-body =
    Tere, { $name }!

    Teid on kutsutud oma telefoniga ettevõtte teenustesse sisse logima. Ettevõte on { $company } ja kutse saatis { $inviter }.

    Teie aktiveerimiskood:

    { $code }

    Kood toimib ühe korra, 24 tunni jooksul selle kirja saatmisest.

    Nii aktiveerite oma telefoni:

    1. Paigaldage Avaini rakendus oma telefoni.
    2. Avage see leht. Seal on aktiveerimiskood ka QR-koodina:
    { $link }
    3. Skannige QR-kood rakendusega või sisestage aktiveerimiskood.
    4. Sisestage kinnituskood, mille saate oma telefoni SMS-iga.

    Ärge andke koode kellelegi. Kellelgi ei ole põhjust neid Teilt küsida.

    Kui Te seda kutset ei oodanud, ei pea Te midagi tegema: kood kaotab kehtivuse iseenesest. Küsimuste korral võtke ühendust ettevõtte { $company } peakasutajaga.

## Confirmation. The code comes first, so that it shows in a notification; everything must fit in one SMS.
## Estonian letters leave the GSM alphabet, so an SMS holds no more than 70 characters.

confirmation-sms = { $code } on Teie Avaini kinnituskood. Kehtib 10 min. Ärge jagage seda.

## A device was added

device-added-mail-subject = Lisatud on uus seade: { $device }
device-added-mail-body =
    Tere, { $name }!

    Uue seadmega saab nüüd Teie nimel sisse logida ettevõtte { $company } teenustesse:

    { $device }

    Seade lisati Teie e-posti aadressile saadetud aktiveerimiskoodi ja kinnituskoodiga. Esimese ööpäeva jooksul ei saa sellega teisi seadmeid lisada ega eemaldada.

    Kui see olite Teie, ei pea Te midagi tegema.

    Kui see ei olnud Teie, võtke kohe ühendust ettevõtte { $company } peakasutajaga ja paluge seade eemaldada. Pärast seda ei saa selle seadmega enam sisse logida.

## What the phone shows. The phone signs exactly this text.

challenge-display = Kas logida teenusesse { $client } sisse kasutajana { $person }, { $company }? Brauser: { $browser }, asukoht: { $place }.
