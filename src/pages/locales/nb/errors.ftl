# Every error that a person or an app can meet. Two texts for each code of docs/errors.md: a title, and what happened
# and what to do next. All values arrive as text, so a number cannot choose a plural form.

## Activation

error-activation-code-malformed-title = Kontroller aktiveringskoden
error-activation-code-malformed = En aktiveringskode består av tolv bokstaver og sifre i tre grupper, for eksempel ABCD-2345-EFGH. Skriv inn koden på nytt nøyaktig slik den står i e-posten.

error-activation-code-unknown-title = Fant ikke aktiveringskoden
error-activation-code-unknown = Ingen invitasjon har denne aktiveringskoden. Sammenlign koden med den i den nyeste invitasjonen på e-post, og skriv den inn på nytt.

error-activation-code-expired-title = Aktiveringskoden har utløpt
error-activation-code-expired = En aktiveringskode gjelder i 24 timer. Be hovedbrukeren i bedriften din om en ny invitasjon.

error-activation-code-used-title = Aktiveringskoden er allerede brukt
error-activation-code-used = En telefon er allerede aktivert med denne koden, og hver kode virker bare én gang. Hvis du vil aktivere en annen telefon, må du be hovedbrukeren i bedriften din om en ny invitasjon. Hvis det ikke var du som aktiverte telefonen, må du si fra til hovedbrukeren med en gang.

error-activation-code-void-title = Aktiveringskoden gjelder ikke lenger
error-activation-code-void = Invitasjonen er erstattet av en nyere, trukket tilbake eller sperret etter for mange feil bekreftelseskoder. Bruk koden i den nyeste invitasjonen på e-post, eller be hovedbrukeren i bedriften din om en ny invitasjon.

error-activation-code-in-use-title = Koden er i bruk på en annen telefon
error-activation-code-in-use = Aktivering med denne koden er startet på en annen telefon. Fullfør den der, eller vent i ti minutter og prøv igjen på denne telefonen. Hvis den andre telefonen ikke er din, må du si fra til hovedbrukeren i bedriften din med en gang.

error-os-version-too-old-title = { $platform } må oppdateres
error-os-version-too-old = Denne telefonen har { $platform } { $has }, men Avain-appen krever minst { $platform } { $needs }. Oppdater telefonen i innstillingene, eller bruk en nyere telefon. Aktiveringskoden din er ikke brukt opp og virker til den utløper.

error-os-version-unparsable-title = Kunne ikke lese { $platform }-versjonen
error-os-version-unparsable = Appen oppga en { $platform }-versjon som serveren ikke forstår. Oppdater appen og prøv igjen. Kontakt kundestøtte hvis det ikke hjelper.

error-platform-unsupported-title = Telefonen støttes ikke
error-platform-unsupported = Avain-appen virker på Android-telefoner og iPhone. Aktiver en slik telefon i stedet.

error-phone-number-missing-title = Telefonnummeret ditt mangler
error-phone-number-missing = Bekreftelseskoden sendes på SMS, og det er ikke registrert noe telefonnummer for deg ennå. Be hovedbrukeren i bedriften din om å legge inn telefonnummeret som brukes til kommunikasjon, og skriv deretter inn aktiveringskoden på nytt.

error-confirmation-code-wrong-title = Feil bekreftelseskode
error-confirmation-code-wrong = Koden er ikke den som står i SMS-en. Kontroller de seks sifrene og skriv dem inn på nytt. Forsøk igjen: { $tries_left }.

error-confirmation-code-locked-title = For mange feil bekreftelseskoder
error-confirmation-code-locked = Bekreftelseskoden ble skrevet inn feil fem ganger, så invitasjonen gjelder ikke lenger. Be hovedbrukeren i bedriften din om en ny invitasjon.

error-confirmation-code-expired-title = Bekreftelseskoden har utløpt
error-confirmation-code-expired = En bekreftelseskode gjelder i ti minutter. Skriv inn aktiveringskoden på nytt for å få en ny bekreftelseskode.

error-confirmation-sends-exhausted-title = Bekreftelseskoden kan ikke sendes flere ganger
error-confirmation-sends-exhausted = Bekreftelseskoden for denne invitasjonen er allerede sendt tre ganger. Hvis du har fått en kode de siste ti minuttene, skriver du inn den. Hvis ikke må du be hovedbrukeren i bedriften din om å kontrollere telefonnummeret ditt og sende en ny invitasjon.

error-confirmation-missing-title = Bekreftelseskoden mangler
error-confirmation-missing = Aktiveringen kan ikke fullføres før bekreftelseskoden er skrevet inn. Skriv inn de seks sifrene fra SMS-en.

error-enrolment-unknown-title = Fant ikke aktiveringen
error-enrolment-unknown = Serveren kjenner ikke denne aktiveringen. Skriv inn aktiveringskoden på nytt for å begynne forfra.

error-enrolment-expired-title = Aktiveringen tok for lang tid
error-enrolment-expired = Tiden for denne aktiveringen er ute, eller aktiveringen er startet på nytt. Skriv inn aktiveringskoden på nytt for å begynne forfra.

error-enrolment-finished-title = Aktiveringen er allerede fullført
error-enrolment-finished = Denne aktiveringen har allerede lagt til en enhet og kan ikke legge til en til. Hvis appen ikke åpner seg for deg, må du be hovedbrukeren i bedriften din om en ny invitasjon.

## Keys and signatures of the phone

error-device-key-invalid-title = Telefonens nøkkel ble ikke godtatt
error-device-key-invalid = Appen sendte en nøkkel som serveren ikke kan bruke. Oppdater appen og aktiver telefonen på nytt. Kontakt kundestøtte hvis det ikke hjelper.

error-device-key-in-use-title = Telefonens nøkkel er allerede i bruk
error-device-key-in-use = Nøkkelen som appen sendte, tilhører allerede en annen enhet. Fjern appen, installer den på nytt og aktiver telefonen igjen.

error-envelope-invalid-title = Meldingen fra appen ble ikke godtatt
error-envelope-invalid = Appen sendte en signert melding som serveren ikke kan lese. Oppdater appen og prøv igjen. Kontakt kundestøtte hvis det ikke hjelper.

error-signature-invalid-title = Telefonens signatur ble ikke godtatt
error-signature-invalid = Meldingen var ikke signert med nøkkelen til denne telefonen. Oppdater appen og prøv igjen. Hvis det ikke hjelper, må telefonen aktiveres på nytt: be hovedbrukeren i bedriften din om en ny invitasjon.

error-issuer-mismatch-title = Ment for en annen server
error-issuer-mismatch = Appen signerte denne meldingen for en annen innloggingsserver, så ingenting ble gjort her. Begynn på nytt fra innloggingssiden du vil bruke.

error-nonce-mismatch-title = Meldingen fra appen er utdatert
error-nonce-mismatch = Appen svarte på et tidligere trinn enn det som pågår nå. Lukk trinnet i appen og start det på nytt.

error-key-thumbprint-mismatch-title = Nøkkelen stemmer ikke
error-key-thumbprint-mismatch = Meldingen oppgir en annen nøkkel enn den som har signert den. Oppdater appen og prøv igjen. Kontakt kundestøtte hvis det ikke hjelper.

error-payload-type-wrong-title = Appen sendte feil type melding
error-payload-type-wrong = Appen signerte meldingen for et annet formål, så ingenting ble gjort. Oppdater appen og prøv igjen. Kontakt kundestøtte hvis det ikke hjelper.

error-field-invalid-title = Noe i meldingen mangler eller er feil
error-field-invalid = Serveren kan ikke godta verdien i feltet «{ $field }». Oppdater appen og prøv igjen. Kontakt kundestøtte hvis det ikke hjelper.

## Signing in with the phone

error-frame-invalid-title = Dette er ikke en innloggingskode
error-frame-invalid = Dette er ikke QR-koden på innloggingssiden vår, eller bare en del av den ble lest. Skann koden på innloggingssiden på nytt, slik at hele koden er med i bildet.

error-frame-expired-title = Skann koden på nytt
error-frame-expired = Koden på innloggingssiden skifter hvert sekund, og den du skannet, gjelder ikke lenger. Skann koden som vises på siden nå.

error-typed-code-malformed-title = Koden er ikke fullstendig
error-typed-code-malformed = En kode har åtte tegn, for eksempel K7QF-29XM. Kontroller koden på innloggingssiden, og skriv den inn på nytt.

error-typed-code-unknown-title = Koden finnes ikke
error-typed-code-unknown = Ingen innloggingsside viser denne koden. Kontroller den, eller hent en ny på innloggingssiden hvis den forrige er eldre enn to minutter.

error-typed-code-stopped-title = For mange feil koder
error-typed-code-stopped = Du skrev inn ti feil koder på rad. Skann QR-koden, eller skriv inn en ny kode om 15 minutter.

error-push-unavailable-title = Varselet kan ikke sendes
error-push-unavailable = Fra denne nettleseren kan vi ikke sende et varsel til telefonen din. Skann QR-koden med appen.

error-push-limit-reached-title = For mange varsler til telefonen
error-push-limit-reached = Telefonen din har fått for mange varsler på kort tid. Skann QR-koden med appen.

error-device-unknown-title = Denne telefonen er ikke aktivert
error-device-unknown = Serveren kjenner ikke denne telefonen. Aktiver appen med en aktiveringskode. Hvis du ikke har noen kode, må du be hovedbrukeren i bedriften din om en ny invitasjon.

error-device-revoked-title = Denne telefonen er fjernet
error-device-revoked = Denne telefonen kan ikke lenger brukes til å logge inn. Hvis du fortsatt trenger den, må du be hovedbrukeren i bedriften din om en ny invitasjon.

error-device-not-yours-title = Telefonen er ikke din
error-device-not-yours = Vis listen over telefonene dine på nytt, og velg en av dem. Kontakt hovedbrukeren i bedriften din hvis telefonen burde stå der.

error-move-unknown-title = Flyttekoden stemmer ikke
error-move-unknown = Les koden fra den gamle telefonen på nytt. Hvis det fortsatt ikke virker, må du starte flyttingen på nytt på den gamle telefonen.

error-move-taken-title = En annen telefon tok flyttekoden
error-move-taken = Hvis den telefonen ikke er din, må du avvise den på den gamle telefonen. Start deretter flyttingen på nytt der.

error-move-over-title = Flyttingen er avsluttet
error-move-over = Koden gjelder i ti minutter, og bare den nyeste. Start flyttingen på nytt på den gamle telefonen.

error-move-number-wrong-title = Det er ikke tallet på den nye telefonen
error-move-number-wrong = Flyttingen ble stoppet for sikkerhets skyld. Start den på nytt på den gamle telefonen, og velg tallet som den nye telefonen viser.

error-attempt-unknown-title = Fant ikke innloggingen
error-attempt-unknown = Serveren kjenner ikke denne innloggingen. Gå tilbake til tjenesten du ville åpne, og logg inn igjen.

error-attempt-expired-title = Innloggingen tok for lang tid
error-attempt-expired = Tiden for denne innloggingen er ute. Vis en ny kode på innloggingssiden og skann den.

error-attempt-taken-title = En annen telefon skannet koden først
error-attempt-taken = Bare telefonen som skanner koden først, kan bekrefte innloggingen. Hvis den andre telefonen ikke er din, må du avbryte innloggingen i nettleseren. Vis deretter en ny kode og skann den.

error-attempt-finished-title = Innloggingen er allerede besvart
error-attempt-finished = Telefonen har allerede svart på denne innloggingen. Se i nettleseren hvordan det gikk, eller start en ny innlogging.

error-attempt-unanswered-title = Telefonen har ikke svart ennå
error-attempt-unanswered = Innloggingen er ikke bekreftet på telefonen ennå. Gå tilbake til innloggingssiden, skann QR-koden med Avain-appen, og bekreft på telefonen.

error-attempt-cancelled-title = Innloggingen ble avbrutt
error-attempt-cancelled = Denne innloggingen ble avbrutt i nettleseren. Hvis du vil logge inn, viser du en ny kode og skanner den.

error-attempt-collected-title = Denne innloggingen er allerede brukt
error-attempt-collected = Hver innlogging virker bare én gang. Gå tilbake til tjenesten du ville åpne, og logg inn igjen om nødvendig.

error-attempt-denied-title = Innloggingen ble avvist
error-attempt-denied = Innloggingen ble avvist på telefonen, så du ble ikke logget inn. Hvis det var en feil, kan du vise en ny kode og skanne den.

error-number-wrong-title = Det var ikke riktig tall
error-number-wrong = Du valgte et tall som innloggingssiden ikke viser, så innloggingen ble avsluttet. Hvis det er du som logger inn, hent en ny kode på siden og velg tallet som siden viser. Hvis du ikke holder på å logge inn, skal du ikke godkjenne noe.

error-return-proof-missing-title = Kom tilbake via appen
error-return-proof-missing = Innloggingen ble godkjent i appen på samme telefon, og fortsetter bare i nettleseren som appen åpner. Gå tilbake til appen, eller start innloggingen på nytt.

error-user-verification-missing-title = Telefonen må låses opp
error-user-verification-missing = Telefonen kontrollerte ikke at det er deg. Bekreft på nytt med fingeravtrykk, ansikt eller skjermlåsen. Hvis telefonen ikke har skjermlås, må du først slå den på i innstillingene.

error-display-mismatch-title = Telefonen viste noe annet
error-display-mismatch = Telefonen bekreftet ikke teksten som serveren sendte, så innloggingen ble stoppet. Oppdater appen, vis deretter en ny kode og skann den.

error-answer-invalid-title = Svaret ble ikke godtatt
error-answer-invalid = Svaret fra appen motsier seg selv eller denne innloggingen. Oppdater appen, vis deretter en ny kode og skann den.

## Signing in with the browser

error-browser-mismatch-title = Innloggingen ble startet i en annen nettleser
error-browser-mismatch = Fortsett i nettleseren der du begynte, eller gå tilbake til tjenesten du ville åpne, og logg inn igjen her. Hvis du begynte i denne nettleseren, må du først tillate informasjonskapsler for dette nettstedet.

error-sign-in-request-unknown-title = Start innloggingen fra tjenesten
error-sign-in-request-unknown = Denne siden hører ikke til noen pågående innlogging. Åpne tjenesten du vil bruke, og logg inn der.

error-sign-in-request-expired-title = Innloggingen tok for lang tid
error-sign-in-request-expired = Tiden for denne innloggingen er ute. Gå tilbake til tjenesten du ville åpne, og begynn på nytt.

error-access-rights-missing-title = Ingen tilgang
error-access-rights-missing = Det er et problem med tilgangsrettighetene. Kontakt regnskapskontoret ditt.

error-browser-access-missing-title = Du har ikke tilgang til nettleserversjonen
error-browser-access-missing = Du kan bare bruke mobilappen. For nettleserversjonen trenger du en brukerkonto: be hovedbrukeren i bedriften din om en.

## Web applications. Some of these leave as an OAuth error_description, which allows plain ASCII without quotation marks.

error-client-unknown-title = Ukjent applikasjon
error-client-unknown = Applikasjonen som sendte deg hit, er ikke registrert på denne innloggingsserveren. Si fra til dem som drifter applikasjonen. Det hjelper ikke å prøve igjen.

error-redirect-uri-invalid-title = Applikasjonen er satt opp feil
error-redirect-uri-invalid = Applikasjonen ba om å sende deg tilbake til en adresse som ikke er registrert for den, så innloggingen ble stoppet. Si fra til dem som drifter applikasjonen. Det hjelper ikke å prøve igjen.

error-proxy-untrusted-title = Adressen er ikke for nettlesere
error-proxy-untrusted = Denne adressen blir bare spurt av omvendte proxyer, og tjeneren kjenner ikke den som spurte. Si fra til dem som drifter applikasjonen: proxyen deres må stå i server.trusted_proxies og sende X-Forwarded-Host og X-Forwarded-Proto.

error-forward-origin-unknown-title = Applikasjonen er ikke registrert
error-forward-origin-unknown = Ingen applikasjon er registrert for denne adressen. Si fra til dem som drifter applikasjonen. Det hjelper ikke å prøve igjen.

error-forward-way-invalid-title = Innloggingen tok for lang tid
error-forward-way-invalid = Veien tilbake til applikasjonen gjelder ikke lenger: Den er for gammel, ble startet i en annen nettleser, eller nettleseren tar ikke vare på informasjonskapsler. Åpne applikasjonen på nytt.

error-forward-sign-in-stopped-title = Du er ikke logget inn i applikasjonen
error-forward-sign-in-stopped = Innloggingen ble ikke fullført. Åpne applikasjonen på nytt hvis du vil logge inn.

error-authorize-request-invalid-title = Applikasjonen sendte en feil forespørsel
error-authorize-request-invalid = Innloggingen kunne ikke starte: { $reason }. Gå tilbake til applikasjonen og prøv igjen. Hvis det ikke hjelper, må du si fra til dem som drifter den.

error-client-authentication-failed-title = Klientautentiseringen mislyktes
error-client-authentication-failed = Klienten er ukjent, eller hemmeligheten er feil. Kontroller klient-ID, hemmelighet og autentiseringsmetode.

error-grant-invalid-title = Koden eller fornyelsestokenet ble ikke godtatt
error-grant-invalid = Autorisasjonskoden eller fornyelsestokenet er ukjent, utløpt, allerede brukt eller gitt til en annen klient, eller så stemmer ikke omdirigeringsadressen eller kodeverifikatoren, eller innloggingen bak er avsluttet. Start en ny autorisasjonsforespørsel.

error-scope-invalid-title = Det ble bedt om mer enn det som er gitt
error-scope-invalid = En fornyelse kan be om de gitte rettighetene eller færre av dem, og alltid openid. Utelat scope for å få det som ble gitt.

error-grant-type-unsupported-title = Tildelingstypen støttes ikke
error-grant-type-unsupported = Denne serveren godtar bare tildelingstypene authorization_code og refresh_token.

error-token-request-invalid-title = Tokenforespørselen er ugyldig
error-token-request-invalid = En parameter mangler, er oppgitt to ganger eller har feil form, eller så autentiserer klienten seg på to måter samtidig. Rett forespørselen før du sender den igjen.

error-access-token-invalid-title = Tilgangstokenet ble ikke godtatt
error-access-token-invalid = Tilgangstokenet mangler, er ukjent eller har utløpt. Personen må logge inn igjen for at du skal få et nytt.

## Every request

error-scim-token-invalid-title = Nøkkelen ble ikke godtatt
error-scim-token-invalid = Nøkkelen for brukeradministrasjon mangler, er feil eller er trukket tilbake. Be driften av innloggingstjenesten om en ny.

error-scim-filter-invalid-title = Filteret ble ikke forstått
error-scim-filter-invalid = Filteret kan ikke leses eller støttes ikke. Bruk userName, externalId, emails.value, id eller displayName med eq, forbundet med and.

error-scim-path-invalid-title = Stien ble ikke forstått
error-scim-path-invalid = Stien i endringen peker ikke på noe kjent attributt. Kontroller stien.

error-scim-attribute-fixed-title = Programmet kan ikke endre dette
error-scim-attribute-fixed = { $field } kan ikke endres av dette programmet. Den som har registrert en telefon, endrer selv e-postadressen sin, og telefonnummeret er basisbedriftens ansvar.

error-scim-user-taken-title = Brukeren finnes allerede
error-scim-user-taken = Det finnes allerede en bruker med dette navnet eller denne e-postadressen. Finn brukeren og endre den i stedet.

error-scim-last-administrator-title = Den siste KH-brukeren blir stående
error-scim-last-administrator = Bedriften ville stå uten KH-bruker. Gjør først noen andre til KH-bruker.

error-scim-company-not-empty-title = Bedriften har personer
error-scim-company-not-empty = En bedrift som har eller har hatt personer, kan ikke slettes. Avslutt medlemskapene deres i stedet.

error-scim-forbidden-title = Ikke tillatt her
error-scim-forbidden = Dette er ikke tillatt på denne adressen, eller nøkkelen rekker ikke til: bare en nøkkel for alle bedrifter legger til, gir nytt navn til og sletter bedrifter.

error-scim-not-implemented-title = Tilbys ikke
error-scim-not-implemented = Serveren tilbyr ikke dette. Søk i stedet på /Users eller /Groups.

error-page-not-found-title = Fant ikke siden
error-page-not-found = Det finnes ingen side på denne adressen. Kontroller adressen, eller gå tilbake til tjenesten du ville åpne, og logg inn derfra.

error-method-not-allowed-title = Ikke mulig på denne adressen
error-method-not-allowed = Denne adressen tar ikke imot en slik forespørsel. Gå tilbake til tjenesten du ville åpne, og begynn på nytt.

error-host-unknown-title = Feil adresse
error-host-unknown = Denne serveren svarer ikke på adressen du brukte. Åpne { $address } i stedet.

error-body-too-large-title = Meldingen er for stor
error-body-too-large = Det som ble sendt, er større enn denne adressen tar imot, så ingenting ble gjort. Prøv igjen. Kontakt kundestøtte hvis det ikke hjelper.

error-body-too-slow-title = Forbindelsen var for treg
error-body-too-slow = Meldingen kom ikke fram i løpet av ti sekunder, så ingenting ble gjort. Kontroller nettforbindelsen og prøv igjen.

error-message-malformed-title = Kunne ikke lese meldingen
error-message-malformed = Serveren forstår ikke det som ble sendt, så ingenting ble gjort. Oppdater appen eller last inn siden på nytt, og prøv igjen.

error-content-type-unsupported-title = Formatet støttes ikke
error-content-type-unsupported = Meldingen ble sendt i et format som denne adressen ikke tar imot. Oppdater appen og prøv igjen. Kontakt kundestøtte hvis det ikke hjelper.

error-busy-title = Det er stor pågang akkurat nå
error-busy = Serveren rekker ikke å behandle forespørselen din akkurat nå. Prøv igjen om et øyeblikk.

error-internal-title = Noe gikk galt hos oss
error-internal = Feilen er vår, og den er registrert. Prøv igjen om et øyeblikk. Hvis det skjer igjen, kontakter du kundestøtte og oppgir feilreferansen.

## The server’s own pages

error-session-missing-title = Logg inn først
error-session-missing = Du er ikke logget inn, eller er blitt logget ut. Logg inn og gjør det på nytt.

error-origin-foreign-title = Skjemaet kom fra et annet nettsted
error-origin-foreign = Et annet nettsted sendte skjemaet i ditt navn, så ingenting ble gjort. Åpne siden her og gjør det på nytt.

error-administrator-only-title = Bare for hovedbrukere
error-administrator-only = Du er ikke hovedbruker i noen bedrift. Spør bedriftens hovedbruker hvis du trenger å være det.

error-fresh-sign-in-needed-title = Bekreft med telefonen først
error-fresh-sign-in-needed = Det er mer enn femten minutter siden du logget inn, så ingenting ble endret. Logg inn på nytt med telefonen og gjør endringen deretter.

error-own-membership-title = Ikke din egen
error-own-membership = Du kan ikke endre din egen rolle eller tilgang. Spør en annen hovedbruker i bedriften.

error-other-basic-company-title = En annen bedrift tar hånd om denne personen
error-other-basic-company = Dette kan bare en hovedbruker i personens basisbedrift gjøre. Spør vedkommende, eller be personen ta kontakt.

error-email-fixed-title = E-postadressen er personens egen sak
error-email-fixed = Personen har aktivert en telefon og endrer selv e-postadressen sin. Send invitasjonen til den kjente adressen, eller be personen rette den.

error-member-already-title = Allerede bruker
error-member-already = Personen hører allerede til bedriften. Finn vedkommende i listen og endre rettighetene der.

error-no-enrolment-waiting-title = Ingen telefon venter
error-no-enrolment-waiting = Ingen av personens telefoner venter på en bekreftelseskode nå. Be personen skrive inn aktiveringskoden i appen, og vis koden deretter på nytt.

## A code in a new place

error-second-factor-locked-title = For mange feil koder
error-second-factor-locked = Feil kode ble skrevet inn fem ganger, så denne påloggingen er avsluttet. Gå tilbake til programmet og logg på igjen.

error-second-factor-stopped-title = Vent et kvarter
error-second-factor-stopped = Feil kode er skrevet inn for mange ganger på rad, så ingen koder godtas de neste 15 minuttene. Gå deretter tilbake til programmet og logg på igjen. Hvis det ikke var du som skrev inn kodene, må du kontakte hovedbrukeren i bedriften din.

error-second-factor-sent-recently-title = Koden ble nettopp sendt
error-second-factor-sent-recently = Det kan ta et minutt før koden kommer fram. Gå tilbake, vent litt, og be om koden på nytt bare hvis den ikke kommer.

error-second-factor-sends-exhausted-title = Koden kan ikke sendes flere ganger
error-second-factor-sends-exhausted = Koden for denne påloggingen er allerede sendt tre ganger. Gå tilbake og skriv den inn, eller logg på igjen. Hvis den aldri kommer fram, må du be hovedbrukeren i bedriften din om å kontrollere telefonnummeret ditt.

error-second-factor-unreachable-title = Koden kan ikke sendes noe sted
error-second-factor-unreachable = Du logger på fra et nytt sted og trenger derfor en kode, men verken telefonnummer eller e-postadresse er registrert for deg. Be hovedbrukeren i bedriften din om å legge til telefonnummeret ditt.

# Egen konto

error-device-on-probation-title = Telefonen er for ny til det ennå
error-device-on-probation = Det første døgnet kan en ny telefon ikke endre e-postadressen din eller fjerne andre enheter. Logg inn med den eldre telefonen, eller prøv igjen i morgen.

error-email-change-missing-title = Ingen e-postadresse venter på en kode
error-email-change-missing = Koden gjelder i tretti minutter, eller endringen ble avbrutt. Gå til kontoen din og oppgi den nye adressen på nytt.

error-email-code-locked-title = For mange feil koder
error-email-code-locked = Adressen ble ikke endret. Gå til kontoen din og oppgi den nye adressen på nytt, så får du en ny kode.

error-email-sent-recently-title = Koden ble nettopp sendt
error-email-sent-recently = Vent et minutt før du ber om koden igjen. Se også i søppelposten.

error-email-sends-exhausted-title = Koden er sendt tre ganger
error-email-sends-exhausted = Kontroller adressen. Hvis den er feil, gå til kontoen din og oppgi den på nytt.

error-email-changes-exhausted-title = For mange nye adresser på én dag
error-email-changes-exhausted = Du kan prøve ti nye adresser i døgnet. Prøv igjen i morgen.

error-objection-unknown-title = Koden stemmer ikke
error-objection-unknown = Åpne lenken i meldingen på nytt, eller kopier hele koden. Hvis det fortsatt ikke virker, kontakt hovedbrukeren i bedriften din.

error-objection-used-title = Dette er allerede meldt
error-objection-used = Det som kan angres, er angret, og hovedbrukeren har fått beskjed. Hvis du fortsatt trenger hjelp, kontakt hovedbrukeren i bedriften din.

error-objection-expired-title = Meldingen er for gammel
error-objection-expired = Dette kan meldes i sju dager. Kontakt hovedbrukeren i bedriften din.

error-invitations-exhausted-title = For mange invitasjoner
error-invitations-exhausted = Personen har fått fem invitasjoner den siste timen eller tjue i løpet av et døgn. Den nyeste gjelder; be personen se i søppelposten. Du kan sende en ny senere.

error-networks-exhausted-title = For mange nettverk
error-networks-exhausted = En bedrift kan ha femti godkjente nettverk. Fjern et som ikke trengs lenger.

error-staff-only-title = Bare for brukerstøtten
error-staff-only = Du hører ikke til brukerstøtten for denne tjenesten. Be operatøren legge deg til hvis du skal gjøre det.

error-staff-outranked-title = Du kan ikke gjøre dette med denne personen
error-staff-outranked = Personen står over deg i brukerstøtten, eller er deg selv. Be en leder for brukerstøtten om hjelp.

error-person-blocked-title = Innloggingen er sperret
error-person-blocked = Brukerstøtten har sperret innloggingen din og gitt deg beskjed. Kontakt brukerstøtten og oppgi feilreferansen.
error-method-unavailable-title = Tjenesten kan ikke nås
error-method-unavailable = Innloggingstjenesten du valgte, svarer ikke akkurat nå. Gå tilbake og velg en annen måte, eller prøv igjen om noen minutter.
error-identification-invalid-title = Svaret kunne ikke verifiseres
error-identification-invalid = Det innloggingstjenesten sendte, kunne ikke verifiseres, så ingen ble logget inn. Gå tilbake og prøv igjen. Skjer det igjen, oppgi feilreferansen til brukerstøtte.
error-identification-unknown-title = Denne innloggingen er over
error-identification-unknown = Denne nettleseren har ingen slik innlogging, eller den tok mer enn ti minutter, eller den er allerede brukt. Gå tilbake til programmet og logg inn igjen.
error-identity-unknown-title = Du har ingen brukerkonto her
error-identity-unknown = Du ble identifisert, men ingen har registrert deg her med den identiteten. Be bedriftens hovedbruker om en brukerkonto med personnummeret fra tjenesten du brukte.
