# The pages that people meet in a browser.

layout-languages = Keel
layout-footer = Avain. Sisselogimine paroolideta.

login-title = Logi sisse teenusesse { $client }
login-qr-label = QR-kood, mille loed telefoni Avain-rakendusega
login-lost = Ühendus katkes. Proovime uuesti…
login-step-open = Ava telefonis rakendus Avain.
login-step-scan = Loe QR-kood rakendusega.
login-step-confirm = Kontrolli telefonis kuvatud andmeid ja kinnita.
login-help = Koodi lugemine ei õnnestu
login-help-camera = Luba rakendusel telefoni seadetes kaamerat kasutada.
login-help-update = Uuenda rakendus uusimale versioonile.
login-help-reinstall = Kui miski muu ei aita, paigalda rakendus uuesti. Seejärel vajad ettevõtte peakasutajalt uut aktiveerimiskoodi.
login-scanned-heading = Vaata telefoni
login-scanned-device = Koodi luges seade
login-scanned-text = Jätka telefonis. See leht liigub ise edasi.
login-scanned-announce = Kood on loetud. Jätka telefonis.
login-approved = Sisse logitud, liigume edasi…
login-continue = Jätka
login-cancel = Katkesta
login-not-you = See ei olnud sina? Katkesta
login-denied-heading = Sisselogimine lükati telefonis tagasi
login-denied-mistake = Kedagi ei logitud sisse. Võid uue koodiga otsast alustada.
login-denied-not-me = Telefoni omanik vastas, et see ei olnud tema. Kedagi ei logitud sisse.
login-cancelled-heading = Sisselogimine katkestati
login-cancelled-text = Võid uue koodiga otsast alustada.
login-expired-heading = Kood aegus
login-expired-text = Sisselogimiseks on aega kaks minutit. Võta uus kood ja jätka.
login-restart = Näita uut koodi
login-back = Tagasi teenusesse { $client }
login-time = Sul on aega kaks minutit. Pärast seda saad uue koodi.

error-page-details = Andmed kasutajatoele
error-page-reference = Veaviide
error-page-code = Veakood
error-page-time = Aeg
error-page-help = Kui viga kordub, ütle kasutajatoele veaviide: selle järgi on näha, mis juhtus.
error-page-copy = Kopeeri andmed
error-page-copied = Kopeeritud

scanned-heading = Loe see kood Avain-rakendusega
scanned-text = Telefoni kaamera avas sisselogimiskoodi, kuid rakendust Avain ei leitud. Kood töötab ainult rakenduses.
scanned-step-install = Paigalda Avain telefoni rakenduste poest.
scanned-step-activate = Aktiveeri see e-kirjas saadud koodiga. Kui koodi ei ole, palu kutset ettevõtte peakasutajalt.
scanned-step-scan = Mine tagasi arvuti juurde ja loe rakendusega uus kood.

activate-heading = Võta Avain kasutusele
activate-code-text = Sinu aktiveerimiskood on
activate-copy = Kopeeri kood
activate-scan-text = Võid selle ka rakendusega lugeda:
activate-qr-label = QR-kood, milles on sinu aktiveerimiskood
activate-no-code = Vajad aktiveerimiskoodi. See saabub e-kirjaga, kui ettevõtte peakasutaja sind kutsub.
activate-step-install = Paigalda Avain telefoni rakenduste poest.
activate-step-code = Sisesta rakenduses aktiveerimiskood.
activate-step-confirm = Sisesta SMS-iga saadud kuuekohaline kinnituskood.
activate-step-unlock = Kinnita telefoni ekraaniluku, sõrmejälje või näoga.
activate-minimum = Telefoni vanim lubatud versioon:

second-factor-title = Sisesta kood
second-factor-why = Logid sisse kohast, mida me veel ei tunne. Seetõttu saatsime sulle kuuekohalise koodi. See kehtib kümme minutit.
second-factor-sent-to = Sama kood saadeti:
second-factor-by-sms = SMS-iga
second-factor-by-mail = e-postiga
second-factor-no-phone = Sinu telefoninumbrit pole kirjas. Selle saab lisada sinu ettevõtte peakasutaja.
second-factor-label = Kuuekohaline kood
second-factor-tries = Katseid alles: { $tries }
second-factor-continue = Jätka
second-factor-again = Saada kood uuesti
second-factor-again-help = Sama koodi saad uuesti küsida, kui minut on möödas.
second-factor-wrong = Kood on vale. Vaata uusimat sõnumit ja sisesta kood uuesti.
second-factor-malformed = Sisesta koodi kuus numbrit.
second-factor-on-its-way = Teel.
second-factor-taken = Üle antud kell { $time }.
second-factor-failed = Seda ei õnnestunud kohale toimetada.
