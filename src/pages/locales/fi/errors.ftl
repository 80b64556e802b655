# Every error that a person or an app can meet. Two texts for each code of docs/errors.md: a title, and what happened
# and what to do next. All values arrive as text, so a number cannot choose a plural form.

## Activation

error-activation-code-malformed-title = Tarkista aktivointikoodi
error-activation-code-malformed = Aktivointikoodissa on kaksitoista kirjainta ja numeroa kolmessa ryhmässä, esimerkiksi ABCD-2345-EFGH. Syötä koodi uudelleen täsmälleen niin kuin se on sähköpostiviestissä.

error-activation-code-unknown-title = Aktivointikoodia ei löydy
error-activation-code-unknown = Mihinkään kutsuun ei kuulu tällaista aktivointikoodia. Tarkista koodi uusimmasta kutsuviestistä ja syötä se uudelleen.

error-activation-code-expired-title = Aktivointikoodi on vanhentunut
error-activation-code-expired = Aktivointikoodi on voimassa 24 tuntia. Pyydä uusi kutsu yrityksesi pääkäyttäjältä.

error-activation-code-used-title = Aktivointikoodi on jo käytetty
error-activation-code-used = Tällä koodilla on jo aktivoitu puhelin, ja koodi toimii vain kerran. Jos haluat aktivoida toisen puhelimen, pyydä uusi kutsu yrityksesi pääkäyttäjältä. Jos et aktivoinut puhelinta itse, ilmoita siitä pääkäyttäjälle heti.

error-activation-code-void-title = Aktivointikoodi ei ole enää voimassa
error-activation-code-void = Kutsu on korvattu uudemmalla, peruttu tai lukittu liian monen väärän vahvistuskoodin takia. Käytä uusimmassa kutsuviestissä olevaa koodia tai pyydä uusi kutsu yrityksesi pääkäyttäjältä.

error-activation-code-in-use-title = Koodi on käytössä toisessa puhelimessa
error-activation-code-in-use = Aktivointi tällä koodilla on aloitettu toisessa puhelimessa. Tee aktivointi loppuun siinä, tai odota kymmenen minuuttia ja yritä uudelleen tässä puhelimessa. Jos toinen puhelin ei ole sinun, ilmoita siitä heti yrityksesi pääkäyttäjälle.

error-os-version-too-old-title = { $platform } on päivitettävä
error-os-version-too-old = Tässä puhelimessa on { $platform } { $has }, mutta Avain-sovellus vaatii vähintään version { $platform } { $needs }. Päivitä puhelin sen asetuksista tai käytä uudempaa puhelinta. Aktivointikoodiasi ei ole käytetty, ja se toimii voimassaolonsa loppuun.

error-os-version-unparsable-title = Käyttöjärjestelmän ({ $platform }) versio jäi epäselväksi
error-os-version-unparsable = Sovellus ilmoitti käyttöjärjestelmän ({ $platform }) version, jota palvelin ei ymmärrä. Päivitä sovellus ja yritä uudelleen. Jos se ei auta, ota yhteyttä tukeen.

error-platform-unsupported-title = Tätä puhelinta ei tueta
error-platform-unsupported = Avain-sovellus toimii Android-puhelimissa ja iPhonessa. Aktivoi sellainen puhelin.

error-phone-number-missing-title = Puhelinnumerosi puuttuu
error-phone-number-missing = Vahvistuskoodi lähetetään tekstiviestillä, eikä sinulle ole vielä merkitty puhelinnumeroa. Pyydä yrityksesi pääkäyttäjää lisäämään yhteydenpitoon käytettävä puhelinnumero ja syötä aktivointikoodi sitten uudelleen.

error-confirmation-code-wrong-title = Väärä vahvistuskoodi
error-confirmation-code-wrong = Koodi ei ole sama kuin tekstiviestissä. Tarkista kuusi numeroa ja syötä ne uudelleen. Yrityksiä jäljellä: { $tries_left }.

error-confirmation-code-locked-title = Liian monta väärää vahvistuskoodia
error-confirmation-code-locked = Vahvistuskoodi syötettiin väärin viisi kertaa, joten kutsu ei enää toimi. Pyydä uusi kutsu yrityksesi pääkäyttäjältä.

error-confirmation-code-expired-title = Vahvistuskoodi on vanhentunut
error-confirmation-code-expired = Vahvistuskoodi on voimassa kymmenen minuuttia. Saat uuden vahvistuskoodin, kun syötät aktivointikoodisi uudelleen.

error-confirmation-sends-exhausted-title = Vahvistuskoodia ei voi enää lähettää
error-confirmation-sends-exhausted = Tämän kutsun vahvistuskoodi on lähetetty jo kolme kertaa. Jos olet saanut koodin viimeksi kuluneiden kymmenen minuutin aikana, syötä se. Muussa tapauksessa pyydä yrityksesi pääkäyttäjää tarkistamaan puhelinnumerosi ja lähettämään uusi kutsu.

error-confirmation-missing-title = Vahvistuskoodi puuttuu
error-confirmation-missing = Aktivointia ei voi tehdä loppuun ennen kuin vahvistuskoodi on syötetty. Syötä tekstiviestissä olevat kuusi numeroa.

error-enrolment-unknown-title = Aktivointia ei löydy
error-enrolment-unknown = Palvelin ei tunne tätä aktivointia. Aloita alusta syöttämällä aktivointikoodisi uudelleen.

error-enrolment-expired-title = Aktivointi kesti liian kauan
error-enrolment-expired = Aktivoinnin aika on päättynyt, tai aktivointi on aloitettu uudelleen. Aloita alusta syöttämällä aktivointikoodisi uudelleen.

error-enrolment-finished-title = Aktivointi on jo tehty
error-enrolment-finished = Tällä aktivoinnilla on jo lisätty laite, eikä sillä voi lisätä toista. Jos sovellus ei avaudu sinulle, pyydä uusi kutsu yrityksesi pääkäyttäjältä.

## Keys and signatures of the phone

error-device-key-invalid-title = Puhelimen avainta ei hyväksytty
error-device-key-invalid = Sovellus lähetti avaimen, jota palvelin ei voi käyttää. Päivitä sovellus ja aktivoi puhelin uudelleen. Jos se ei auta, ota yhteyttä tukeen.

error-device-key-in-use-title = Puhelimen avain on jo käytössä
error-device-key-in-use = Sovelluksen lähettämä avain kuuluu jo toiselle laitteelle. Poista sovellus, asenna se uudelleen ja aktivoi puhelin uudelleen.

error-envelope-invalid-title = Sovelluksen viestiä ei hyväksytty
error-envelope-invalid = Sovellus lähetti allekirjoitetun viestin, jota palvelin ei voi lukea. Päivitä sovellus ja yritä uudelleen. Jos se ei auta, ota yhteyttä tukeen.

error-signature-invalid-title = Puhelimen allekirjoitusta ei hyväksytty
error-signature-invalid = Viestiä ei ole allekirjoitettu tämän puhelimen avaimella. Päivitä sovellus ja yritä uudelleen. Jos se ei auta, puhelin on aktivoitava uudelleen: pyydä uusi kutsu yrityksesi pääkäyttäjältä.

error-issuer-mismatch-title = Viesti kuuluu toiselle palvelimelle
error-issuer-mismatch = Sovellus allekirjoitti viestin toista kirjautumispalvelinta varten, joten täällä ei tehty mitään. Aloita uudelleen siltä kirjautumissivulta, jota haluat käyttää.

error-nonce-mismatch-title = Sovelluksen viesti on vanhentunut
error-nonce-mismatch = Sovellus vastasi aiempaan vaiheeseen, ei siihen, joka on nyt kesken. Sulje vaihe sovelluksessa ja aloita se uudelleen.

error-key-thumbprint-mismatch-title = Avain ei täsmää
error-key-thumbprint-mismatch = Viestissä mainitaan eri avain kuin se, jolla viesti on allekirjoitettu. Päivitä sovellus ja yritä uudelleen. Jos se ei auta, ota yhteyttä tukeen.

error-payload-type-wrong-title = Sovellus lähetti vääränlaisen viestin
error-payload-type-wrong = Sovellus allekirjoitti viestin toista tarkoitusta varten, joten mitään ei tehty. Päivitä sovellus ja yritä uudelleen. Jos se ei auta, ota yhteyttä tukeen.

error-field-invalid-title = Viestin jokin tieto puuttuu tai on virheellinen
error-field-invalid = Palvelin ei voi hyväksyä kentän ”{ $field }” arvoa. Päivitä sovellus ja yritä uudelleen. Jos se ei auta, ota yhteyttä tukeen.

## Signing in with the phone

error-frame-invalid-title = Tämä ei ole kirjautumiskoodi
error-frame-invalid = Tämä ei ole kirjautumissivumme QR-koodi, tai koodista luettiin vain osa. Lue kirjautumissivun koodi uudelleen niin, että koko koodi näkyy kamerassa.

error-frame-expired-title = Lue koodi uudelleen
error-frame-expired = Kirjautumissivun koodi vaihtuu joka sekunti, eikä lukemasi koodi ole enää voimassa. Lue koodi, joka sivulla näkyy nyt.

error-typed-code-malformed-title = Koodi ei ole kokonainen
error-typed-code-malformed = Koodissa on kahdeksan merkkiä, esimerkiksi K7QF-29XM. Tarkista kirjautumissivulla näkyvä koodi ja kirjoita se uudelleen.

error-typed-code-unknown-title = Koodia ei löydy
error-typed-code-unknown = Mikään kirjautumissivu ei näytä tätä koodia. Tarkista koodi, tai hae kirjautumissivulta uusi, jos edellisestä on yli kaksi minuuttia.

error-typed-code-stopped-title = Liian monta väärää koodia
error-typed-code-stopped = Kirjoitit kymmenen väärää koodia peräkkäin. Lue QR-koodi, tai yritä kirjoittaa uusi koodi 15 minuutin kuluttua.

error-push-unavailable-title = Ilmoitusta ei voi lähettää
error-push-unavailable = Tästä selaimesta ei voi lähettää ilmoitusta puhelimeesi. Lue QR-koodi sovelluksella.

error-push-limit-reached-title = Liian monta ilmoitusta puhelimeen
error-push-limit-reached = Puhelimeesi on lähetetty lyhyessä ajassa liian monta ilmoitusta. Lue QR-koodi sovelluksella.

error-device-unknown-title = Tätä puhelinta ei ole aktivoitu
error-device-unknown = Palvelin ei tunne tätä puhelinta. Aktivoi sovellus aktivointikoodilla. Jos sinulla ei ole koodia, pyydä uusi kutsu yrityksesi pääkäyttäjältä.

error-device-revoked-title = Tämä puhelin on poistettu käytöstä
error-device-revoked = Tällä puhelimella ei voi enää kirjautua. Jos tarvitset sitä vielä, pyydä uusi kutsu yrityksesi pääkäyttäjältä.

error-device-not-yours-title = Puhelin ei ole sinun
error-device-not-yours = Avaa puhelintesi luettelo uudelleen ja valitse siitä. Jos puhelimen pitäisi olla siinä, ota yhteyttä yrityksesi pääkäyttäjään.

error-move-unknown-title = Siirtokoodi ei ole oikea
error-move-unknown = Lue koodi vanhasta puhelimestasi uudelleen. Jos se ei vieläkään toimi, aloita siirto vanhassa puhelimessa alusta.

error-move-taken-title = Toinen puhelin käytti siirtokoodin
error-move-taken = Jos se puhelin ei ole sinun, hylkää se vanhassa puhelimessasi. Aloita siirto sitten siinä alusta.

error-move-over-title = Siirto on päättynyt
error-move-over = Koodi toimii kymmenen minuuttia, ja vain uusin koodi kelpaa. Aloita siirto vanhassa puhelimessasi alusta.

error-move-number-wrong-title = Numero ei ole se, jonka uusi puhelin näyttää
error-move-number-wrong = Siirto keskeytettiin varmuuden vuoksi. Aloita se vanhassa puhelimessasi alusta ja valitse numero, jonka uusi puhelimesi näyttää.

error-attempt-unknown-title = Kirjautumista ei löydy
error-attempt-unknown = Palvelin ei tunne tätä kirjautumista. Palaa palveluun, jota olit avaamassa, ja kirjaudu uudelleen.

error-attempt-expired-title = Kirjautuminen kesti liian kauan
error-attempt-expired = Tämän kirjautumisen aika on päättynyt. Pyydä kirjautumissivulla uusi koodi ja lue se.

error-attempt-taken-title = Toinen puhelin ehti lukea koodin ensin
error-attempt-taken = Vain se puhelin, joka lukee koodin ensimmäisenä, voi vahvistaa kirjautumisen. Jos toinen puhelin ei ole sinun, peru kirjautuminen selaimessa. Pyydä sitten uusi koodi ja lue se.

error-attempt-finished-title = Tähän kirjautumiseen on jo vastattu
error-attempt-finished = Puhelin on jo vastannut tähän kirjautumiseen. Katso selaimesta, miten siinä kävi, tai aloita uusi kirjautuminen.

error-attempt-unanswered-title = Puhelimesta ei ole vielä vastattu
error-attempt-unanswered = Kirjautumista ei ole vielä hyväksytty puhelimessa. Palaa kirjautumissivulle, lue QR-koodi Avain-sovelluksella ja hyväksy kirjautuminen puhelimessa.

error-attempt-cancelled-title = Kirjautuminen peruttiin
error-attempt-cancelled = Tämä kirjautuminen peruttiin selaimessa. Jos haluat kirjautua, pyydä uusi koodi ja lue se.

error-attempt-collected-title = Tämä kirjautuminen on jo käytetty
error-attempt-collected = Jokainen kirjautuminen toimii vain kerran. Palaa palveluun, jota olit avaamassa, ja kirjaudu tarvittaessa uudelleen.

error-attempt-denied-title = Kirjautuminen hylättiin
error-attempt-denied = Kirjautuminen hylättiin puhelimessa, joten sinua ei kirjattu sisään. Jos hylkäsit sen vahingossa, pyydä uusi koodi ja lue se.

error-number-wrong-title = Numero ei ollut sama
error-number-wrong = Valitsit numeron, jota kirjautumissivu ei näytä, joten kirjautuminen päättyi. Jos kirjaudut itse, pyydä sivulta uusi koodi ja valitse sama numero, jonka sivu näyttää. Jos et ole kirjautumassa, älä hyväksy mitään.

error-return-proof-missing-title = Palaa sovelluksesta
error-return-proof-missing = Kirjautuminen hyväksyttiin saman puhelimen sovelluksessa, ja se jatkuu vain siitä selaimesta, jonka sovellus avaa. Palaa sovellukseen tai aloita kirjautuminen uudelleen.

error-user-verification-missing-title = Puhelimen lukitus on avattava
error-user-verification-missing = Puhelin ei tarkistanut, että käyttäjä olet sinä. Vahvista uudelleen sormenjäljellä, kasvoilla tai näytön suojakoodilla. Jos puhelimessa ei ole näytön lukitusta, ota se ensin käyttöön puhelimen asetuksissa.

error-display-mismatch-title = Puhelin näytti eri tekstin
error-display-mismatch = Puhelin ei vahvistanut palvelimen lähettämää tekstiä, joten kirjautuminen keskeytettiin. Päivitä sovellus, pyydä sitten uusi koodi ja lue se.

error-answer-invalid-title = Vastausta ei hyväksytty
error-answer-invalid = Sovelluksen vastaus on ristiriidassa itsensä tai tämän kirjautumisen kanssa. Päivitä sovellus, pyydä sitten uusi koodi ja lue se.

## Signing in with the browser

error-browser-mismatch-title = Kirjautuminen aloitettiin toisessa selaimessa
error-browser-mismatch = Jatka siinä selaimessa, jossa aloitit, tai palaa palveluun, jota olit avaamassa, ja kirjaudu uudelleen tässä selaimessa. Jos aloitit tässä selaimessa, salli ensin evästeet tälle sivustolle.

error-sign-in-request-unknown-title = Aloita kirjautuminen palvelusta
error-sign-in-request-unknown = Tämä sivu ei liity mihinkään keskeneräiseen kirjautumiseen. Avaa palvelu, jota haluat käyttää, ja kirjaudu siellä.

error-sign-in-request-expired-title = Kirjautuminen kesti liian kauan
error-sign-in-request-expired = Tämän kirjautumisen aika on päättynyt. Palaa palveluun, jota olit avaamassa, ja aloita alusta.

error-access-rights-missing-title = Ei käyttöoikeutta
error-access-rights-missing = Käyttöoikeuksissa on ongelma. Ota yhteyttä tilitoimistoosi.

error-browser-access-missing-title = Selainversio ei ole käytettävissäsi
error-browser-access-missing = Voit käyttää vain mobiilisovellusta. Selainversioon tarvitset käyttäjätunnuksen: pyydä se yrityksesi pääkäyttäjältä.

## Web applications. Some of these leave as an OAuth error_description, which allows plain ASCII without quotation marks.

error-client-unknown-title = Tuntematon sovellus
error-client-unknown = Sovellusta, josta tulit tänne, ei ole rekisteröity tähän kirjautumispalvelimeen. Kerro asiasta sovelluksen ylläpidolle; uusi yritys ei auta.

error-redirect-uri-invalid-title = Sovelluksen asetuksissa on virhe
error-redirect-uri-invalid = Sovellus pyysi palauttamaan sinut osoitteeseen, jota ei ole rekisteröity sille, joten kirjautuminen keskeytettiin. Kerro asiasta sovelluksen ylläpidolle; uusi yritys ei auta.

error-proxy-untrusted-title = Osoite ei ole selaimia varten
error-proxy-untrusted = Tätä osoitetta kysyvät vain käänteiset välityspalvelimet, eikä palvelin tunne kysyjää. Kerro asiasta sovelluksen ylläpidolle: välityspalvelin on nimettävä asetuksessa server.trusted_proxies, ja sen on lähetettävä X-Forwarded-Host ja X-Forwarded-Proto.

error-forward-origin-unknown-title = Sovellusta ei ole rekisteröity
error-forward-origin-unknown = Tälle osoitteelle ei ole rekisteröity sovellusta. Kerro asiasta sovelluksen ylläpidolle; uusi yritys ei auta.

error-forward-way-invalid-title = Kirjautuminen kesti liian kauan
error-forward-way-invalid = Paluu sovellukseen ei enää onnistu: se on liian vanha, se aloitettiin toisessa selaimessa, tai selain ei säilytä evästeitä. Avaa sovellus uudelleen.

error-forward-sign-in-stopped-title = Et ole kirjautunut sovellukseen
error-forward-sign-in-stopped = Kirjautumista ei viety loppuun. Avaa sovellus uudelleen, jos haluat kirjautua.

error-authorize-request-invalid-title = Sovelluksen pyyntö oli virheellinen
error-authorize-request-invalid = Kirjautumista ei voitu aloittaa: { $reason }. Palaa sovellukseen ja yritä uudelleen. Jos se ei auta, kerro asiasta sovelluksen ylläpidolle.

error-client-authentication-failed-title = Asiakassovelluksen tunnistus epäonnistui
error-client-authentication-failed = Asiakassovellus on tuntematon tai sen salaisuus on väärä. Tarkista asiakastunnus, salaisuus ja tunnistustapa.

error-grant-invalid-title = Koodia tai uusimistunnistetta ei hyväksytty
error-grant-invalid = Valtuutuskoodi tai uusimistunniste on tuntematon, vanhentunut, jo käytetty tai annettu toiselle asiakassovellukselle, paluuosoite tai koodin tarkiste ei täsmää, tai kirjautuminen sen takana on päättynyt. Aloita uusi valtuutuspyyntö.

error-scope-invalid-title = Pyydettiin enemmän oikeuksia kuin annettiin
error-scope-invalid = Uusittaessa voi pyytää annettuja oikeuksia tai osaa niistä ja aina openid-oikeutta. Jätä scope pois, niin saat sen mitä annettiin.

error-grant-type-unsupported-title = Valtuutustapaa ei tueta
error-grant-type-unsupported = Tämä palvelin hyväksyy vain valtuutustavat authorization_code ja refresh_token.

error-token-request-invalid-title = Tunnistepyyntö on virheellinen
error-token-request-invalid = Jokin parametri puuttuu, on annettu kahdesti tai on väärässä muodossa, tai asiakassovellus tunnistautuu kahdella tavalla yhtä aikaa. Korjaa pyyntö ennen kuin lähetät sen uudelleen.

error-access-token-invalid-title = Käyttöoikeustunnistetta ei hyväksytty
error-access-token-invalid = Käyttöoikeustunniste puuttuu, on tuntematon tai on vanhentunut. Uuden saa, kun henkilö kirjautuu uudelleen.

## Every request

error-scim-token-invalid-title = Tunnusta ei hyväksytty
error-scim-token-invalid = Käyttäjähallinnan tunnus puuttuu, on väärä tai se on peruttu. Pyydä uusi kirjautumispalvelun ylläpitäjältä.

error-scim-filter-invalid-title = Suodatinta ei ymmärretty
error-scim-filter-invalid = Suodatinta ei voi lukea tai sitä ei tarjota. Käytä kenttiä userName, externalId, emails.value, id tai displayName operaattorilla eq, ja yhdistä ehdot sanalla and.

error-scim-path-invalid-title = Polkua ei ymmärretty
error-scim-path-invalid = Muutoksen polku ei osoita mihinkään tunnettuun kenttään. Tarkista polku.

error-scim-attribute-fixed-title = Sovellus ei voi muuttaa tätä
error-scim-attribute-fixed = Tämä sovellus ei voi muuttaa kenttää { $field }. Kun puhelin on otettu käyttöön, henkilö vaihtaa sähköpostiosoitteensa itse, ja puhelinnumerosta huolehtii perusyritys.

error-scim-user-taken-title = Käyttäjä on jo olemassa
error-scim-user-taken = Tällä nimellä tai sähköpostiosoitteella on jo käyttäjä. Hae käyttäjä ja muuta sen tietoja.

error-scim-last-administrator-title = Viimeinen KH-käyttäjä säilyy
error-scim-last-administrator = Yritys jäisi ilman KH-käyttäjää. Tee ensin jostakusta toisesta KH-käyttäjä.

error-scim-company-not-empty-title = Yrityksessä on ihmisiä
error-scim-company-not-empty = Yritystä, jossa on tai on ollut ihmisiä, ei voi poistaa. Päätä sen sijaan heidän jäsenyytensä.

error-scim-forbidden-title = Ei sallittu
error-scim-forbidden = Tätä ei sallita tässä osoitteessa, tai tunnus ei riitä siihen: vain kaikkien yritysten tunnus lisää, nimeää ja poistaa yrityksiä.

error-scim-not-implemented-title = Ei tarjolla
error-scim-not-implemented = Palvelin ei tarjoa tätä. Hae sen sijaan osoitteista /Users ja /Groups.

error-page-not-found-title = Sivua ei löydy
error-page-not-found = Tässä osoitteessa ei ole sivua. Tarkista osoite tai palaa palveluun, jota olit avaamassa, ja kirjaudu sieltä.

error-method-not-allowed-title = Tämä ei onnistu tässä osoitteessa
error-method-not-allowed = Tämä osoite ei ota vastaan tällaista pyyntöä. Palaa palveluun, jota olit avaamassa, ja aloita alusta.

error-host-unknown-title = Väärä osoite
error-host-unknown = Tämä palvelin ei vastaa käyttämässäsi osoitteessa. Avaa sen sijaan { $address }.

error-body-too-large-title = Viesti on liian suuri
error-body-too-large = Lähetetty viesti on suurempi kuin tässä osoitteessa sallitaan, joten mitään ei tehty. Yritä uudelleen. Jos se ei auta, ota yhteyttä tukeen.

error-body-too-slow-title = Yhteys oli liian hidas
error-body-too-slow = Viesti ei tullut perille kymmenessä sekunnissa, joten mitään ei tehty. Tarkista verkkoyhteys ja yritä uudelleen.

error-message-malformed-title = Viestiä ei voitu lukea
error-message-malformed = Palvelin ei ymmärrä, mitä sille lähetettiin, joten mitään ei tehty. Päivitä sovellus tai lataa sivu uudelleen ja yritä sitten uudelleen.

error-content-type-unsupported-title = Muotoa ei tueta
error-content-type-unsupported = Viesti lähetettiin muodossa, jota tämä osoite ei ota vastaan. Päivitä sovellus ja yritä uudelleen. Jos se ei auta, ota yhteyttä tukeen.

error-busy-title = Palvelussa on juuri nyt ruuhkaa
error-busy = Palvelin ei ehdi käsitellä pyyntöäsi juuri nyt. Yritä hetken kuluttua uudelleen.

error-internal-title = Jokin meni vikaan
error-internal = Vika on meidän, ja se on kirjattu muistiin. Yritä hetken kuluttua uudelleen. Jos vika toistuu, ota yhteyttä tukeen ja kerro virhetunnus.

## The server’s own pages

error-session-missing-title = Kirjaudu ensin
error-session-missing = Et ole kirjautunut, tai sinut on kirjattu ulos. Kirjaudu ja tee se uudelleen.

error-origin-foreign-title = Lomake tuli toiselta sivustolta
error-origin-foreign = Toinen verkkosivusto lähetti lomakkeen nimissäsi, joten mitään ei tehty. Avaa sivu täällä ja tee se uudelleen.

error-administrator-only-title = Vain pääkäyttäjille
error-administrator-only = Et ole minkään yrityksen pääkäyttäjä. Jos sinun pitäisi olla, pyydä yrityksesi pääkäyttäjää apuun.

error-fresh-sign-in-needed-title = Vahvista ensin puhelimellasi
error-fresh-sign-in-needed = Kirjautumisestasi on yli viisitoista minuuttia, joten mitään ei muutettu. Kirjaudu uudelleen puhelimellasi ja tee muutos sitten.

error-own-membership-title = Omaa ei voi muuttaa
error-own-membership = Omaa rooliaan tai käyttöoikeuttaan ei voi muuttaa. Pyydä yrityksen toista pääkäyttäjää.

error-other-basic-company-title = Toinen yritys huolehtii tästä henkilöstä
error-other-basic-company = Tämän voi tehdä vain henkilön perusyrityksen pääkäyttäjä. Pyydä häntä, tai pyydä henkilöä ottamaan häneen yhteyttä.

error-email-fixed-title = Sähköpostiosoite on henkilön oma asia
error-email-fixed = Henkilö on aktivoinut puhelimen ja muuttaa sähköpostiosoitteensa itse. Lähetä kutsu tiedossa olevaan osoitteeseen, tai pyydä henkilöä korjaamaan se.

error-member-already-title = On jo käyttäjä
error-member-already = Henkilö kuuluu jo yritykseen. Etsi hänet luettelosta ja muuta hänen oikeuksiaan siellä.

error-no-enrolment-waiting-title = Mikään puhelin ei odota
error-no-enrolment-waiting = Mikään henkilön puhelin ei juuri nyt odota vahvistuskoodia. Pyydä henkilöä syöttämään aktivointikoodi sovellukseen ja näytä koodi sitten uudelleen.

## A code in a new place

error-second-factor-locked-title = Liian monta väärää koodia
error-second-factor-locked = Koodi syötettiin väärin viisi kertaa, joten tämä kirjautuminen päättyi. Palaa sovellukseen ja kirjaudu uudelleen.

error-second-factor-stopped-title = Odota vartti
error-second-factor-stopped = Väärä koodi on syötetty liian monta kertaa peräkkäin, joten koodeja ei hyväksytä 15 minuuttiin. Palaa sen jälkeen sovellukseen ja kirjaudu uudelleen. Jos et syöttänyt koodeja itse, ota yhteyttä yrityksesi pääkäyttäjään.

error-second-factor-sent-recently-title = Koodi lähetettiin juuri
error-second-factor-sent-recently = Koodin saapuminen voi kestää minuutin. Palaa takaisin ja odota hetki. Pyydä koodi uudelleen vain, jos sitä ei tule.

error-second-factor-sends-exhausted-title = Koodia ei voi enää lähettää
error-second-factor-sends-exhausted = Tämän kirjautumisen koodi on lähetetty jo kolme kertaa. Palaa takaisin ja syötä se, tai kirjaudu uudelleen. Jos koodi ei tule perille, pyydä yrityksesi pääkäyttäjää tarkistamaan puhelinnumerosi.

error-second-factor-unreachable-title = Koodia ei voi lähettää mihinkään
error-second-factor-unreachable = Kirjaudut uudesta paikasta, joten tarvitset koodin, mutta sinulle ei ole merkitty puhelinnumeroa eikä sähköpostiosoitetta. Pyydä yrityksesi pääkäyttäjää lisäämään puhelinnumerosi.

# Oma tili

error-device-on-probation-title = Tämä puhelin on siihen vielä liian uusi
error-device-on-probation = Ensimmäisen vuorokauden aikana uudella puhelimella ei voi vaihtaa sähköpostiosoitetta eikä poistaa muita laitteita. Kirjaudu vanhemmalla puhelimellasi tai yritä huomenna uudelleen.

error-email-change-missing-title = Mikään sähköpostiosoite ei odota koodia
error-email-change-missing = Koodi on voimassa puoli tuntia, tai vaihto on peruttu. Avaa oma tilisi ja anna uusi osoite uudelleen.

error-email-code-locked-title = Liian monta väärää koodia
error-email-code-locked = Osoitetta ei vaihdettu. Avaa oma tilisi ja anna uusi osoite uudelleen, niin saat uuden koodin.

error-email-sent-recently-title = Koodi lähetettiin juuri
error-email-sent-recently = Odota minuutti, ennen kuin pyydät koodia uudelleen. Katso myös roskapostikansiosta.

error-email-sends-exhausted-title = Koodi on lähetetty kolme kertaa
error-email-sends-exhausted = Tarkista osoite. Jos se on väärä, avaa oma tilisi ja anna se uudelleen.

error-email-changes-exhausted-title = Liian monta uutta osoitetta samana päivänä
error-email-changes-exhausted = Vuorokaudessa voi kokeilla kymmentä uutta osoitetta. Yritä huomenna uudelleen.

error-objection-unknown-title = Koodi ei ole oikea
error-objection-unknown = Avaa viestissä oleva linkki uudelleen tai kopioi koko koodi. Jos se ei vieläkään toimi, ota yhteyttä yrityksesi pääkäyttäjään.

error-objection-used-title = Tästä on jo ilmoitettu
error-objection-used = Se, minkä voi perua, on peruttu, ja pääkäyttäjälle on kerrottu asiasta. Jos tarvitset vielä apua, ota yhteyttä yrityksesi pääkäyttäjään.

error-objection-expired-title = Viesti on liian vanha
error-objection-expired = Ilmoituksen voi tehdä seitsemän vuorokauden ajan. Ota yhteyttä yrityksesi pääkäyttäjään.

error-invitations-exhausted-title = Liian monta kutsua
error-invitations-exhausted = Tälle henkilölle on lähetetty viisi kutsua tunnin aikana tai kaksikymmentä vuorokaudessa. Uusin kutsu on voimassa; pyydä häntä katsomaan roskapostikansiosta. Voit lähettää uuden kutsun myöhemmin.

error-networks-exhausted-title = Liian monta verkkoa
error-networks-exhausted = Yrityksellä voi olla viisikymmentä hyväksyttyä verkkoa. Poista jokin, jota ei enää tarvita.

error-staff-only-title = Vain tukihenkilöille
error-staff-only = Et kuulu palvelun tukihenkilöihin. Jos sinun pitäisi, pyydä palvelun ylläpitäjää lisäämään sinut.

error-staff-outranked-title = Et voi tehdä tätä tälle henkilölle
error-staff-outranked = Henkilö on tuessa sinua ylempänä, tai hän olet sinä itse. Pyydä tuen vastuuhenkilöä.

error-person-blocked-title = Kirjautuminen on estetty
error-person-blocked = Palvelun tuki on estänyt kirjautumisesi ja kertonut siitä sinulle. Ota yhteyttä tukeen ja kerro virheviite.
error-method-unavailable-title = Palveluun ei saada yhteyttä
error-method-unavailable = Valitsemasi tunnistuspalvelu ei vastaa juuri nyt. Palaa takaisin ja valitse toinen tapa tai yritä muutaman minuutin kuluttua uudelleen.
error-identification-invalid-title = Vastausta ei voitu vahvistaa
error-identification-invalid = Tunnistuspalvelun lähettämää vastausta ei voitu vahvistaa, joten ketään ei kirjattu sisään. Palaa takaisin ja yritä uudelleen. Jos sama toistuu, kerro tuelle virheviite.
error-identification-unknown-title = Tämä kirjautuminen on päättynyt
error-identification-unknown = Tässä selaimessa ei ole tällaista kirjautumista, se kesti yli kymmenen minuuttia tai se on jo käytetty. Palaa sovellukseen ja kirjaudu uudelleen.
error-identity-unknown-title = Sinulla ei ole täällä käyttäjätunnusta
error-identity-unknown = Sinut tunnistettiin, mutta kukaan ei ole rekisteröinyt sinua tänne tällä henkilöllisyydellä. Pyydä yrityksesi pääkäyttäjältä käyttäjätunnus, johon on merkitty käyttämäsi palvelun henkilötunniste.
