# What leaves by mail and SMS, and the text that a phone shows before its owner confirms a sign-in.

## Invitation

invitation-mail-subject = Aktivoi Avain-sovellus: kutsun lähettää { $company }
invitation-mail-body =
    Hei { $name },

    sinut on kutsuttu kirjautumaan puhelimellasi yrityksen palveluihin. Yritys on { $company }, ja kutsun lähetti { $inviter }.

    Aktivointikoodisi:

    { $code }

    Koodi toimii yhden kerran, 24 tunnin ajan tämän viestin lähettämisestä.

    Näin aktivoit puhelimesi:

    1. Asenna Avain-sovellus puhelimeesi.
    2. Avaa tämä sivu. Siinä aktivointikoodi näkyy myös QR-koodina:
    { $link }
    3. Lue QR-koodi sovelluksella tai kirjoita aktivointikoodi.
    4. Kirjoita vahvistuskoodi, jonka saat puhelimeesi tekstiviestillä.

    Älä anna koodeja kenellekään. Kenelläkään ei ole syytä pyytää niitä sinulta.

    Jos et odottanut tätä kutsua, sinun ei tarvitse tehdä mitään: koodi lakkaa toimimasta itsestään. Jos sinulla on kysyttävää, ota yhteyttä yrityksen { $company } pääkäyttäjään.

## Confirmation. The code comes first, so that it shows in a notification; everything must fit in one SMS.

confirmation-sms = { $code } on Avain-vahvistuskoodisi. Syötä se vain Avain-sovellukseen 10 minuutin kuluessa. Älä anna koodia kenellekään.

## A device was added

device-added-mail-subject = Uusi laite lisätty: { $device }
device-added-mail-body =
    Hei { $name },

    uudella laitteella voi nyt kirjautua sinun nimissäsi yrityksen { $company } palveluihin:

    { $device }

    Laite lisättiin sähköpostiisi lähetetyllä aktivointikoodilla ja vahvistuskoodilla. Ensimmäisen vuorokauden aikana sillä ei voi lisätä eikä poistaa muita laitteita.

    Jos lisäsit laitteen itse, sinun ei tarvitse tehdä mitään.

## A code in a new place. The SMS begins with the code and fits in one message.

second-factor-sms = { $code } on Avain-kirjautumiskoodisi. Syötä se vain kirjautumissivulle 10 minuutin kuluessa. Älä anna koodia kenellekään.
second-factor-mail-subject = Koodi kirjautumiseen uudesta paikasta
second-factor-mail-body =
    Hei { $name },

    Kirjaudut paikasta, joka on meille uusi: { $place }. Syötä tämä koodi kirjautumissivulle:

    { $code }

    Koodi on voimassa kymmenen minuuttia, vain tätä kirjautumista varten. Älä anna sitä kenellekään. Kenelläkään ei ole syytä kysyä sitä.

    Jos et ole juuri nyt kirjautumassa, joku on vahvistanut kirjautumisen puhelimellasi. Ota heti yhteyttä yrityksesi pääkäyttäjään.

## What the phone shows. The phone signs exactly this text.

challenge-display = Kirjaudutaanko palveluun { $client } käyttäjänä { $person }, { $company }? Selain: { $browser }, sijainti: { $place }.

## What a KH user did to a person

phone-changed-mail-subject = Puhelinnumerosi muutettiin
phone-changed-mail-body =
    Hei { $name },

    { $administrator }, yrityksen { $company } pääkäyttäjä, muutti puhelinnumeron, jota käytetään yhteydenpitoon kanssasi. Se on nyt:

    { $what }
phone-changed-sms = Avain: { $administrator } ({ $company }) vaihtoi puhelinnumerosi. Se on nyt { $what }. Etkö odottanut tätä? { $link }

device-removed-mail-subject = Laite poistettiin: { $what }
device-removed-mail-body =
    Hei { $name },

    { $administrator }, yrityksen { $company } pääkäyttäjä, poisti laitteesi. Sillä ei voi enää kirjautua, ja sinut kirjattiin ulos kaikkialta:

    { $what }
device-removed-sms = Avain: { $administrator } ({ $company }) poisti laitteesi { $what }. Etkö odottanut tätä? { $link }

confirmation-issued-mail-subject = Vahvistuskoodisi näytettiin: { $administrator }
confirmation-issued-mail-body =
    Hei { $name },

    { $administrator }, yrityksen { $company } pääkäyttäjä, näki puhelimen aktivoinnin vahvistuskoodin lukeakseen sen sinulle. Puhelin on:

    { $what }

    Jos et odottanut tätä, ota heti yhteyttä yrityksen { $company } pääkäyttäjään.

## What a person is told of their own account, by mail and SMS, with the way to object

device-added-sms = Avain: laitteella { $device } voi nyt kirjautua sinun nimissäsi. Etkö se ollut sinä? { $link }
own-device-removed-mail-subject = Poistit laitteen: { $device }
own-device-removed-mail-body =
    Hei { $name },

    omalla tilisivullasi tai sovelluksessa poistettiin laitteesi. Sillä ei voi enää kirjautua:

    { $device }

    Jos poistit sen itse, sinun ei tarvitse tehdä mitään.
own-device-removed-sms = Avain: laitteesi { $device } poistettiin. Etkö se ollut sinä? { $link }
device-moved-mail-subject = Kirjautumisesi siirtyi uuteen puhelimeen: { $device }
device-moved-mail-body =
    Hei { $name },

    uudella puhelimella voi nyt kirjautua sinun nimissäsi yrityksen { $company } palveluihin:

    { $device }

    Se korvasi puhelimen { $old }, joka hyväksyi siirron ja jolla ei voi enää kirjautua. Ensimmäisen vuorokauden aikana uudella puhelimella ei voi lisätä eikä poistaa muita laitteita.

    Jos teit siirron itse, sinun ei tarvitse tehdä mitään.
device-moved-sms = Avain: kirjautumisesi siirtyi puhelimeen { $device }. Etkö se ollut sinä? { $link }
key-replaced-mail-subject = Puhelimellasi on uusi avain: { $device }
key-replaced-mail-body =
    Hei { $name },

    puhelimesi sovellus vaihtoi avaimen, jolla puhelin kirjautuu sinuna. Muu on ennallaan:

    { $device }

    Jos teit sen itse tai sovellus kertoi siitä, sinun ei tarvitse tehdä mitään.
email-changed-mail-subject = Sähköpostiosoitteesi vaihdettiin
email-changed-mail-body =
    Hei { $name },

    Avain-tilisi sähköpostiosoite vaihdettiin omalla tilisivullasi. Tähän osoitteeseen ei enää lähetetä viestejä. Uusi osoite on:

    { $email }

    Jos vaihdoit sen itse, sinun ei tarvitse tehdä mitään.
email-changed-sms = Avain: sähköpostiosoitteeksesi vaihdettiin { $email }. Etkö se ollut sinä? { $link }
signed-in-mail-subject = Kirjauduit uudesta verkosta
signed-in-mail-body =
    Hei { $name },

    sinun nimissäsi kirjauduttiin verkosta, joka on meille uusi. Kirjautuminen vahvistettiin puhelimellasi { $device }:

    { $browser }, { $place }

    Jos kirjauduit itse, sinun ei tarvitse tehdä mitään.
objection-mail =
    Jos et se ollut sinä, avaa tämä sivu seitsemän vuorokauden kuluessa ja paina painiketta. Sinut kirjataan ulos kaikkialta, tehty perutaan niin pitkälle kuin mahdollista, ja yrityksesi pääkäyttäjä saa tiedon.

    { $link }
objection-unexpected-mail =
    Jos et odottanut tätä, avaa tämä sivu seitsemän vuorokauden kuluessa ja paina painiketta. Sinut kirjataan ulos kaikkialta, ja yrityksesi pääkäyttäjät saavat tiedon.

    { $link }
objection-what-device-added = Lisättiin laite, jota henkilö ei tunne. Se poistettiin.
objection-what-device-removed = Henkilön laite poistettiin vastoin hänen tahtoaan.
objection-what-key-replaced = Henkilön laite sai uuden avaimen, jota hän ei pyytänyt. Laite poistettiin.
objection-what-email-changed = Joku muu vaihtoi sähköpostiosoitteen. Vanha osoite palautettiin.
objection-what-phone-changed = Puhelinnumero vaihdettiin vastoin henkilön tahtoa.
objection-what-signed-in = Joku muu kirjautui henkilön nimissä. Laite, jolla kirjautuminen vahvistettiin, poistettiin.
objection-administrator-mail-subject = { $person } ilmoittaa: ”se en ollut minä”
objection-administrator-mail-body =
    Hei { $name },

    { $person } on ilmoittanut asiasta, jota ei ole itse tehnyt:

    { $what }

    Hänet kirjattiin ulos kaikkialta. Soita hänelle numeroon, jonka itse tiedät, tarkista hänen yhteystietonsa ja laitteensa ja lähetä tarvittaessa uusi kutsu:

    { $link }

## The code for a new e-mail address

email-code-mail-subject = Vahvista uusi sähköpostiosoitteesi
email-code-mail-body =
    Hei { $name },

    ota tämä sähköpostiosoite käyttöön Avaimessa syöttämällä tämä koodi omalle tilisivullesi:

    { $code }

    Koodi on voimassa puoli tuntia. Jos et pyytänyt sitä, sinun ei tarvitse tehdä mitään: ilman koodia mikään ei muutu.

## "It was not me", answered on the phone

sign-in-denied-mail-subject = Vastasit: ”Se en ollut minä”
sign-in-denied-mail-body =
    Hei { $name },

    Joku yritti kirjautua nimissäsi, ja vastasit puhelimessasi, ettet se ollut sinä. Ketään ei kirjattu sisään. Yritys tuli täältä:

    { $browser }, { $place }

    Yrityksesi pääkäyttäjät ja tuki tietävät asiasta. Sinun ei tarvitse tehdä mitään. Älä koskaan hyväksy kirjautumista, jota et ole itse aloittanut, pyysi sitä kuka tahansa.
sign-in-denied-sms = Vastasit puhelimessasi, ettei kirjautuminen ollut sinun. Ketään ei kirjattu sisään. Hyväksy vain itse aloittamasi kirjautuminen.
sign-in-denied-administrator-mail-subject = { $person } vastasi: ”Se en ollut minä”
sign-in-denied-administrator-mail-body =
    Hei { $name },

    Joku yritti kirjautua käyttäjänä { $person }, joka vastasi puhelimessa: ”Se en ollut minä”. Ketään ei kirjattu sisään. Yritys tuli täältä:

    { $browser }, { $place }

    Tunnin ajan kyseisessä verkossa kysytään lisäkoodia. Soita numeroon, jonka tiedät itse, ja kysy, mitä tapahtui:

    { $link }
sign-in-denied-staff-mail-subject = Kirjautuminen hylätty: { $person }
sign-in-denied-staff-mail-body =
    Hei { $name },

    { $person } vastasi ”Se en ollut minä” kirjautumiseen, joka tuli täältä: { $browser }, { $place }. Ketään ei kirjattu sisään, ja yrityksen pääkäyttäjille on kerrottu.

    Kirjautumisyritys: { $attempt }

# The support staff did something.

support-notice-mail-subject = Tuki teki muutoksen tiliisi
support-notice-mail-body = Hei { $name },

    { $what }

    Muutoksen teki palvelun tuki. Syy: { $reason }

    Jos et odottanut tätä, ota yhteyttä tukeen.
support-notice-sms = { $what } Jos et odottanut tätä, ota yhteyttä tukeen.
support-told-device-revoked = Puhelimesi { $device } poistettiin, ja sinut kirjattiin ulos kaikkialta.
support-told-blocked = Kirjautumisesi estettiin, ja sinut kirjattiin ulos kaikkialta.
support-told-unblocked = Voit taas kirjautua.
support-told-invitation-cancelled = Sinulle lähetetty kutsu peruttiin; sen aktivointikoodi ei enää kelpaa.
support-told-sessions-ended = Sinut kirjattiin ulos kaikista selaimista.
