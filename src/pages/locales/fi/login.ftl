# The pages that people meet in a browser.

layout-languages = Kieli
layout-footer = Avain. Kirjautuminen ilman salasanoja.

login-title = Kirjaudu palveluun { $client }
login-qr-label = QR-koodi, jonka luet puhelimesi Avain-sovelluksella
login-lost = Yhteys katkesi. Yritetään uudelleen…
login-step-open = Avaa Avain-sovellus puhelimessasi.
login-step-scan = Lue QR-koodi sovelluksella.
login-step-confirm = Tarkista tiedot puhelimesta ja hyväksy.
login-help = Koodin lukeminen ei onnistu
login-help-camera = Salli sovelluksen käyttää kameraa puhelimen asetuksissa.
login-help-update = Päivitä sovellus uusimpaan versioon.
login-help-reinstall = Jos mikään muu ei auta, asenna sovellus uudelleen. Sen jälkeen tarvitset uuden aktivointikoodin yrityksesi pääkäyttäjältä.
login-scanned-heading = Katso puhelintasi
login-scanned-device = Koodin luki laite
login-scanned-text = Jatka puhelimessa. Tämä sivu siirtyy eteenpäin itsestään.
login-scanned-announce = Koodi on luettu. Jatka puhelimessa.
login-approved = Kirjautuminen hyväksytty, siirrytään eteenpäin…
login-continue = Jatka
login-cancel = Peruuta
login-not-you = Et lukenut koodia itse? Peruuta
login-denied-heading = Kirjautuminen hylättiin puhelimessa
login-denied-mistake = Ketään ei kirjattu sisään. Voit aloittaa alusta uudella koodilla.
login-denied-not-me = Puhelimen omistaja vastasi, ettei hän yrittänyt kirjautua. Ketään ei kirjattu sisään.
login-cancelled-heading = Kirjautuminen peruutettiin
login-cancelled-text = Voit aloittaa alusta uudella koodilla.
login-expired-heading = Koodi vanheni
login-expired-text = Kirjautumiseen on aikaa kaksi minuuttia. Hae uusi koodi ja yritä uudelleen.
login-restart = Näytä uusi koodi
login-back = Takaisin palveluun { $client }
login-time = Kirjautumiseen on aikaa kaksi minuuttia. Sen jälkeen saat uuden koodin.

error-page-details = Tiedot tukea varten
error-page-reference = Virhetunnus
error-page-code = Virhekoodi
error-page-time = Aika
error-page-help = Jos ongelma jatkuu, kerro tuelle virhetunnus: sen avulla selviää, mitä tapahtui.
error-page-copy = Kopioi tiedot
error-page-copied = Kopioitu

scanned-heading = Lue koodi Avain-sovelluksella
scanned-text = Puhelimesi kamera avasi kirjautumiskoodin, mutta Avain-sovellusta ei löytynyt. Koodi toimii vain sovelluksessa.
scanned-step-install = Asenna Avain-sovellus puhelimesi sovelluskaupasta.
scanned-step-activate = Aktivoi se koodilla, jonka sait sähköpostiisi. Jos sinulla ei ole koodia, pyydä kutsu yrityksesi pääkäyttäjältä.
scanned-step-scan = Palaa tietokoneelle ja lue uusi koodi sovelluksella.

activate-heading = Ota Avain käyttöön
activate-code-text = Aktivointikoodisi on
activate-copy = Kopioi koodi
activate-scan-text = Voit myös lukea koodin sovelluksella:
activate-qr-label = QR-koodi, jossa on aktivointikoodisi
activate-no-code = Tarvitset aktivointikoodin. Se tulee sähköpostiisi, kun yrityksesi pääkäyttäjä kutsuu sinut.
activate-step-install = Asenna Avain-sovellus puhelimesi sovelluskaupasta.
activate-step-code = Syötä aktivointikoodi sovellukseen.
activate-step-confirm = Syötä tekstiviestillä saamasi kuusinumeroinen vahvistuskoodi.
activate-step-unlock = Vahvista puhelimen näytön lukituksella, sormenjäljellä tai kasvoilla.
activate-minimum = Puhelimen vanhin sallittu versio:

second-factor-title = Syötä koodi
second-factor-why = Kirjaudut paikasta, jota emme vielä tunne. Siksi lähetimme sinulle kuusinumeroisen koodin. Se on voimassa kymmenen minuuttia.
second-factor-sent-to = Sama koodi lähetettiin:
second-factor-by-sms = tekstiviestillä
second-factor-by-mail = sähköpostilla
second-factor-no-phone = Sinulle ei ole merkitty puhelinnumeroa. Yrityksesi pääkäyttäjä voi lisätä sen.
second-factor-label = Kuusinumeroinen koodi
second-factor-tries = Yrityksiä jäljellä: { $tries }
second-factor-continue = Jatka
second-factor-again = Lähetä koodi uudelleen
second-factor-again-help = Voit pyytää saman koodin uudelleen, kun minuutti on kulunut.
second-factor-wrong = Koodi on väärä. Tarkista uusin viesti ja syötä koodi uudelleen.
second-factor-malformed = Syötä koodin kuusi numeroa.
second-factor-on-its-way = Matkalla.
second-factor-taken = Luovutettu välitettäväksi klo { $time }.
second-factor-failed = Sitä ei voitu toimittaa.
