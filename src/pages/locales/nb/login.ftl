# The pages that people meet in a browser.

layout-languages = Språk
layout-footer = Avain. Innlogging uten passord.

login-title = Logg inn på { $client }
login-qr-label = QR-kode som du skanner med Avain-appen på telefonen
login-lost = Mistet forbindelsen. Prøver på nytt…
login-step-open = Åpne Avain-appen på telefonen.
login-step-scan = Skann QR-koden med appen.
login-step-confirm = Kontroller opplysningene på telefonen, og bekreft.
login-help = Koden lar seg ikke skanne
login-help-camera = Gi appen tilgang til kameraet i innstillingene på telefonen.
login-help-update = Oppdater appen til nyeste versjon.
login-help-reinstall = Hvis ingenting annet hjelper, installerer du appen på nytt. Da trenger du en ny aktiveringskode fra bedriftens hovedbruker.
login-scanned-heading = Se på telefonen
login-scanned-device = Skannet av
login-scanned-text = Fortsett på telefonen. Denne siden går videre av seg selv.
login-scanned-announce = Koden er skannet. Fortsett på telefonen.
login-approved = Innlogget, går videre…
login-continue = Fortsett
login-cancel = Avbryt
login-not-you = Ikke deg? Avbryt
login-denied-heading = Innloggingen ble avvist på telefonen
login-denied-mistake = Ingen ble logget inn. Du kan starte på nytt med en ny kode.
login-denied-not-me = Eieren av telefonen svarte at vedkommende ikke prøvde å logge inn. Ingen ble logget inn.
login-cancelled-heading = Innloggingen ble avbrutt
login-cancelled-text = Du kan starte på nytt med en ny kode.
login-expired-heading = Koden er utløpt
login-expired-text = Du har to minutter på deg til å logge inn. Hent en ny kode og fortsett derfra.
login-restart = Vis en ny kode
login-back = Tilbake til { $client }
login-time = Du har to minutter. Deretter kan du hente en ny kode.

error-page-details = Opplysninger til kundestøtte
error-page-reference = Feilreferanse
error-page-code = Feilkode
error-page-time = Tid
error-page-help = Hvis det skjer igjen, oppgir du feilreferansen til kundestøtte: med den ser de hva som skjedde.
error-page-copy = Kopier opplysningene
error-page-copied = Kopiert

scanned-heading = Skann koden med Avain-appen
scanned-text = Kameraet på telefonen åpnet en innloggingskode, men fant ikke Avain-appen. Koden virker bare i appen.
scanned-step-install = Installer Avain-appen fra appbutikken på telefonen.
scanned-step-activate = Aktiver den med koden du fikk på e-post. Har du ingen kode, ber du bedriftens hovedbruker om en invitasjon.
scanned-step-scan = Gå tilbake til datamaskinen og skann en ny kode med appen.

activate-heading = Ta i bruk Avain
activate-code-text = Aktiveringskoden din er
activate-copy = Kopier koden
activate-scan-text = Du kan også skanne den med appen:
activate-qr-label = QR-kode med aktiveringskoden din
activate-no-code = Du trenger en aktiveringskode. Den kommer på e-post når bedriftens hovedbruker inviterer deg.
activate-step-install = Installer Avain-appen fra appbutikken på telefonen.
activate-step-code = Skriv inn aktiveringskoden i appen.
activate-step-confirm = Skriv inn den sekssifrede bekreftelseskoden du får på SMS.
activate-step-unlock = Bekreft med skjermlås, fingeravtrykk eller ansikt.
activate-minimum = Eldste versjon telefonen kan ha:

second-factor-title = Skriv inn koden
second-factor-why = Du logger på fra et sted som vi ikke kjenner ennå. Derfor har vi sendt deg en sekssifret kode. Den gjelder i ti minutter.
second-factor-sent-to = Den samme koden ble sendt:
second-factor-by-sms = på SMS
second-factor-by-mail = på e-post
second-factor-no-phone = Det er ikke registrert noe telefonnummer for deg. Hovedbrukeren i bedriften din kan legge det til.
second-factor-label = Sekssifret kode
second-factor-tries = Forsøk igjen: { $tries }
second-factor-continue = Fortsett
second-factor-again = Send koden på nytt
second-factor-again-help = Du kan be om den samme koden på nytt når det har gått ett minutt.
second-factor-wrong = Koden er feil. Kontroller den nyeste meldingen og skriv inn koden på nytt.
second-factor-malformed = Skriv inn de seks sifrene i koden.
second-factor-on-its-way = På vei.
second-factor-taken = Overlevert kl. { $time }.
second-factor-failed = Den kunne ikke leveres.
