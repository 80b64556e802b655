# The pages that people meet in a browser.

layout-languages = Språk
layout-footer = Avain. Inloggning utan lösenord.

login-title = Logga in i { $client }
login-qr-label = QR-kod som du läser av med appen Avain i din telefon
login-lost = Anslutningen bröts. Försöker igen…
login-step-open = Öppna appen Avain i din telefon.
login-step-scan = Läs av QR-koden med appen.
login-step-confirm = Kontrollera uppgifterna i telefonen och godkänn.
login-help = Det går inte att läsa av koden
login-help-camera = Tillåt appen att använda kameran i telefonens inställningar.
login-help-update = Uppdatera appen till den senaste versionen.
login-help-reinstall = Om inget annat hjälper, installera om appen. Därefter behöver du en ny aktiveringskod av företagets huvudanvändare.
login-scanned-heading = Titta i telefonen
login-scanned-device = Koden lästes av med
login-scanned-text = Fortsätt i telefonen. Sidan går vidare av sig själv.
login-scanned-announce = Koden har lästs av. Fortsätt i telefonen.
login-approved = Inloggningen är godkänd, vi går vidare…
login-continue = Fortsätt
login-cancel = Avbryt
login-not-you = Var det inte du? Avbryt
login-denied-heading = Inloggningen avvisades i telefonen
login-denied-mistake = Ingen loggades in. Du kan börja om med en ny kod.
login-denied-not-me = Telefonens ägare svarade att hen inte försökte logga in. Ingen loggades in.
login-cancelled-heading = Inloggningen avbröts
login-cancelled-text = Du kan börja om med en ny kod.
login-expired-heading = Koden har gått ut
login-expired-text = Du har två minuter på dig att logga in. Hämta en ny kod och fortsätt därifrån.
login-restart = Visa en ny kod
login-back = Tillbaka till { $client }
login-time = Du har två minuter på dig. Därefter kan du hämta en ny kod.

error-page-details = Uppgifter för supporten
error-page-reference = Felreferens
error-page-code = Felkod
error-page-time = Tid
error-page-help = Om problemet kvarstår, uppge felreferensen för supporten, som med den kan se vad som hände.
error-page-copy = Kopiera uppgifterna
error-page-copied = Kopierat

scanned-heading = Läs av koden med appen Avain
scanned-text = Telefonens kamera öppnade en inloggningskod, men appen Avain hittades inte. Koden fungerar bara i appen.
scanned-step-install = Installera appen Avain från telefonens appbutik.
scanned-step-activate = Aktivera den med koden som du fick per e-post. Om du inte har någon kod, be företagets huvudanvändare om en inbjudan.
scanned-step-scan = Gå tillbaka till datorn och läs av en ny kod med appen.

activate-heading = Ta Avain i bruk
activate-code-text = Din aktiveringskod är
activate-copy = Kopiera koden
activate-scan-text = Du kan också läsa av koden med appen:
activate-qr-label = QR-kod med din aktiveringskod
activate-no-code = Du behöver en aktiveringskod. Den kommer per e-post när företagets huvudanvändare bjuder in dig.
activate-step-install = Installera appen Avain från telefonens appbutik.
activate-step-code = Ange aktiveringskoden i appen.
activate-step-confirm = Ange den sexsiffriga bekräftelsekoden som du får i ett textmeddelande.
activate-step-unlock = Bekräfta med telefonens skärmlås, fingeravtryck eller ansikte.
activate-minimum = Äldsta tillåtna version i telefonen:

second-factor-title = Ange koden
second-factor-why = Du loggar in från en plats som vi inte känner till ännu. Därför har vi skickat dig en sexsiffrig kod. Den gäller i tio minuter.
second-factor-sent-to = Samma kod skickades:
second-factor-by-sms = per sms
second-factor-by-mail = per e-post
second-factor-no-phone = Det finns inget telefonnummer registrerat för dig. Ditt företags huvudanvändare kan lägga till det.
second-factor-label = Sexsiffrig kod
second-factor-tries = Försök kvar: { $tries }
second-factor-continue = Fortsätt
second-factor-again = Skicka koden igen
second-factor-again-help = Du kan be om samma kod på nytt när en minut har gått.
second-factor-wrong = Koden är fel. Kontrollera det senaste meddelandet och ange koden igen.
second-factor-malformed = Ange kodens sex siffror.
second-factor-on-its-way = På väg.
second-factor-taken = Överlämnat kl. { $time }.
second-factor-failed = Det gick inte att leverera.
