# Every error that a person or an app can meet. Two texts for each code of docs/errors.md: a title, and what happened
# and what to do next. All values arrive as text, so a number cannot choose a plural form.

## Activation

error-activation-code-malformed-title = Kontrollera aktiveringskoden
error-activation-code-malformed = En aktiveringskod består av tolv bokstäver och siffror i tre grupper, till exempel ABCD-2345-EFGH. Ange koden på nytt precis som den står i e-postmeddelandet.

error-activation-code-unknown-title = Aktiveringskoden hittades inte
error-activation-code-unknown = Ingen inbjudan har den här aktiveringskoden. Jämför koden med den i det senaste inbjudningsmeddelandet och ange den på nytt.

error-activation-code-expired-title = Aktiveringskoden har gått ut
error-activation-code-expired = En aktiveringskod gäller i 24 timmar. Be ditt företags huvudanvändare om en ny inbjudan.

error-activation-code-used-title = Aktiveringskoden är redan använd
error-activation-code-used = En telefon har redan aktiverats med den här koden, och varje kod fungerar bara en gång. Om du vill aktivera en annan telefon ska du be ditt företags huvudanvändare om en ny inbjudan. Om det inte var du som aktiverade telefonen ska du genast meddela huvudanvändaren.

error-activation-code-void-title = Aktiveringskoden gäller inte längre
error-activation-code-void = Inbjudan har ersatts av en nyare, återkallats eller spärrats efter för många felaktiga bekräftelsekoder. Använd koden i det senaste inbjudningsmeddelandet eller be ditt företags huvudanvändare om en ny inbjudan.

error-activation-code-in-use-title = Koden används på en annan telefon
error-activation-code-in-use = Aktivering med den här koden har påbörjats på en annan telefon. Slutför den där, eller vänta tio minuter och försök på nytt på den här telefonen. Om den andra telefonen inte är din ska du genast meddela ditt företags huvudanvändare.

error-os-version-too-old-title = { $platform } behöver uppdateras
error-os-version-too-old = Den här telefonen har { $platform } { $has }, men Avain-appen kräver minst { $platform } { $needs }. Uppdatera telefonen i dess inställningar eller använd en nyare telefon. Din aktiveringskod har inte förbrukats och fungerar tills den går ut.

error-os-version-unparsable-title = Versionen av { $platform } kunde inte tolkas
error-os-version-unparsable = Appen uppgav en version av { $platform } som servern inte förstår. Uppdatera appen och försök på nytt. Kontakta supporten om det inte hjälper.

error-platform-unsupported-title = Telefonen stöds inte
error-platform-unsupported = Avain-appen fungerar på Android-telefoner och på iPhone. Aktivera en sådan telefon i stället.

error-phone-number-missing-title = Ditt telefonnummer saknas
error-phone-number-missing = Bekräftelsekoden skickas som textmeddelande, och du har ännu inget telefonnummer i systemet. Be ditt företags huvudanvändare lägga till det telefonnummer som används för kommunikation och ange sedan aktiveringskoden på nytt.

error-confirmation-code-wrong-title = Fel bekräftelsekod
error-confirmation-code-wrong = Koden är inte den som står i textmeddelandet. Kontrollera de sex siffrorna och ange dem på nytt. Försök kvar: { $tries_left }.

error-confirmation-code-locked-title = För många felaktiga bekräftelsekoder
error-confirmation-code-locked = Fel bekräftelsekod angavs fem gånger, så inbjudan gäller inte längre. Be ditt företags huvudanvändare om en ny inbjudan.

error-confirmation-code-expired-title = Bekräftelsekoden har gått ut
error-confirmation-code-expired = En bekräftelsekod gäller i tio minuter. Ange din aktiveringskod på nytt för att få en ny bekräftelsekod.

error-confirmation-sends-exhausted-title = Bekräftelsekoden kan inte skickas fler gånger
error-confirmation-sends-exhausted = Bekräftelsekoden för den här inbjudan har redan skickats tre gånger. Om du har fått en kod under de senaste tio minuterna ska du ange den. Be annars ditt företags huvudanvändare kontrollera ditt telefonnummer och skicka en ny inbjudan.

error-confirmation-missing-title = Bekräftelsekoden saknas
error-confirmation-missing = Aktiveringen kan inte slutföras förrän bekräftelsekoden har angetts. Ange de sex siffrorna i textmeddelandet.

error-enrolment-unknown-title = Aktiveringen hittades inte
error-enrolment-unknown = Servern känner inte till den här aktiveringen. Börja om genom att ange din aktiveringskod på nytt.

error-enrolment-expired-title = Aktiveringen tog för lång tid
error-enrolment-expired = Tiden för aktiveringen har gått ut, eller så har aktiveringen påbörjats på nytt. Börja om genom att ange din aktiveringskod på nytt.

error-enrolment-finished-title = Aktiveringen är redan slutförd
error-enrolment-finished = En enhet har redan lagts till med den här aktiveringen, och det går inte att lägga till en till. Om appen inte öppnas för dig ska du be ditt företags huvudanvändare om en ny inbjudan.

## Keys and signatures of the phone

error-device-key-invalid-title = Telefonens nyckel godkändes inte
error-device-key-invalid = Appen skickade en nyckel som servern inte kan använda. Uppdatera appen och aktivera telefonen på nytt. Kontakta supporten om det inte hjälper.

error-device-key-in-use-title = Telefonens nyckel används redan
error-device-key-in-use = Nyckeln som appen skickade hör redan till en annan enhet. Ta bort appen, installera den på nytt och aktivera telefonen igen.

error-envelope-invalid-title = Appens meddelande godkändes inte
error-envelope-invalid = Appen skickade ett signerat meddelande som servern inte kan läsa. Uppdatera appen och försök på nytt. Kontakta supporten om det inte hjälper.

error-signature-invalid-title = Telefonens signatur godkändes inte
error-signature-invalid = Meddelandet var inte signerat med den här telefonens nyckel. Uppdatera appen och försök på nytt. Om det inte hjälper måste telefonen aktiveras på nytt: be ditt företags huvudanvändare om en ny inbjudan.

error-issuer-mismatch-title = Avsett för en annan server
error-issuer-mismatch = Appen signerade meddelandet för en annan inloggningsserver, så ingenting gjordes här. Börja om från den inloggningssida som du vill använda.

error-nonce-mismatch-title = Appens meddelande är inaktuellt
error-nonce-mismatch = Appen svarade på ett tidigare steg än det som nu pågår. Stäng steget i appen och börja om med det.

error-key-thumbprint-mismatch-title = Nyckeln stämmer inte
error-key-thumbprint-mismatch = Meddelandet anger en annan nyckel än den som det är signerat med. Uppdatera appen och försök på nytt. Kontakta supporten om det inte hjälper.

error-payload-type-wrong-title = Appen skickade fel sorts meddelande
error-payload-type-wrong = Appen signerade meddelandet för ett annat ändamål, så ingenting gjordes. Uppdatera appen och försök på nytt. Kontakta supporten om det inte hjälper.

error-field-invalid-title = Något i meddelandet saknas eller är fel
error-field-invalid = Servern kan inte godkänna värdet i fältet ”{ $field }”. Uppdatera appen och försök på nytt. Kontakta supporten om det inte hjälper.

## Signing in with the phone

error-frame-invalid-title = Det här är ingen inloggningskod
error-frame-invalid = Det här är inte QR-koden på vår inloggningssida, eller så lästes bara en del av den. Läs av koden på inloggningssidan på nytt så att hela koden syns i bild.

error-frame-expired-title = Läs av koden på nytt
error-frame-expired = Koden på inloggningssidan byts varje sekund, och den som du läste av gäller inte längre. Läs av den kod som syns på sidan nu.

error-typed-code-malformed-title = Koden är inte hel
error-typed-code-malformed = Koden har åtta tecken, till exempel K7QF-29XM. Kontrollera koden på inloggningssidan och skriv den igen.

error-typed-code-unknown-title = Koden finns inte
error-typed-code-unknown = Ingen inloggningssida visar den koden. Kontrollera koden, eller hämta en ny på inloggningssidan om det har gått mer än två minuter.

error-typed-code-stopped-title = För många felaktiga koder
error-typed-code-stopped = Du skrev tio felaktiga koder i rad. Läs av QR-koden, eller försök skriva en ny kod om 15 minuter.

error-push-unavailable-title = Det går inte att skicka en notis
error-push-unavailable = Från den här webbläsaren går det inte att skicka en notis till din telefon. Läs av QR-koden med appen.

error-push-limit-reached-title = För många notiser till telefonen
error-push-limit-reached = Din telefon har fått för många notiser på kort tid. Läs av QR-koden med appen.

error-device-unknown-title = Den här telefonen är inte aktiverad
error-device-unknown = Servern känner inte till den här telefonen. Aktivera appen med en aktiveringskod. Om du inte har någon kod ska du be ditt företags huvudanvändare om en ny inbjudan.

error-device-revoked-title = Den här telefonen har tagits ur bruk
error-device-revoked = Det går inte längre att logga in med den här telefonen. Om du fortfarande behöver den ska du be ditt företags huvudanvändare om en ny inbjudan.

error-device-not-yours-title = Telefonen är inte din
error-device-not-yours = Visa listan över dina telefoner på nytt och välj en av dem. Om telefonen borde finnas där ska du kontakta ditt företags huvudanvändare.

error-move-unknown-title = Flyttkoden stämmer inte
error-move-unknown = Läs koden från din gamla telefon på nytt. Om det ändå inte fungerar ska du börja om med flytten på den gamla telefonen.

error-move-taken-title = En annan telefon tog flyttkoden
error-move-taken = Om den telefonen inte är din ska du neka på din gamla telefon. Börja sedan om med flytten där.

error-move-over-title = Flytten är avslutad
error-move-over = Koden gäller i tio minuter, och bara den senaste. Börja om med flytten på din gamla telefon.

error-move-number-wrong-title = Det är inte numret på den nya telefonen
error-move-number-wrong = Flytten avbröts för säkerhets skull. Börja om på din gamla telefon och välj det nummer som din nya telefon visar.

error-attempt-unknown-title = Inloggningen hittades inte
error-attempt-unknown = Servern känner inte till den här inloggningen. Gå tillbaka till tjänsten som du ville öppna och logga in på nytt.

error-attempt-expired-title = Inloggningen tog för lång tid
error-attempt-expired = Tiden för den här inloggningen har gått ut. Visa en ny kod på inloggningssidan och läs av den.

error-attempt-taken-title = En annan telefon läste av koden först
error-attempt-taken = Bara den telefon som läser av koden först kan bekräfta inloggningen. Om den andra telefonen inte är din ska du avbryta inloggningen i webbläsaren. Visa sedan en ny kod och läs av den.

error-attempt-finished-title = Inloggningen är redan besvarad
error-attempt-finished = Telefonen har redan svarat på den här inloggningen. Se i webbläsaren hur det gick, eller börja en ny inloggning.

error-attempt-unanswered-title = Telefonen har inte svarat ännu
error-attempt-unanswered = Inloggningen har inte godkänts i telefonen ännu. Gå tillbaka till inloggningssidan, läs av QR-koden med appen Avain och godkänn inloggningen i telefonen.

error-attempt-cancelled-title = Inloggningen avbröts
error-attempt-cancelled = Den här inloggningen avbröts i webbläsaren. Om du vill logga in ska du visa en ny kod och läsa av den.

error-attempt-collected-title = Den här inloggningen är redan använd
error-attempt-collected = Varje inloggning fungerar bara en gång. Gå tillbaka till tjänsten som du ville öppna och logga vid behov in på nytt.

error-attempt-denied-title = Inloggningen avvisades
error-attempt-denied = Inloggningen avvisades på telefonen, så du loggades inte in. Om det var ett misstag kan du visa en ny kod och läsa av den.

error-number-wrong-title = Numret var inte detsamma
error-number-wrong = Du valde ett nummer som inloggningssidan inte visar, så inloggningen avslutades. Om det är du som loggar in, hämta en ny kod på sidan och välj det nummer som sidan visar. Om du inte håller på att logga in, godkänn ingenting.

error-return-proof-missing-title = Gå tillbaka via appen
error-return-proof-missing = Inloggningen godkändes i appen på samma telefon och fortsätter bara i den webbläsare som appen öppnar. Gå tillbaka till appen eller börja om med inloggningen.

error-user-verification-missing-title = Telefonen måste låsas upp
error-user-verification-missing = Telefonen kontrollerade inte att det är du. Bekräfta på nytt med fingeravtryck, ansikte eller skärmlåset. Om telefonen saknar skärmlås ska du först aktivera det i telefonens inställningar.

error-display-mismatch-title = Telefonen visade något annat
error-display-mismatch = Telefonen bekräftade inte den text som servern skickade, så inloggningen avbröts. Uppdatera appen, visa sedan en ny kod och läs av den.

error-answer-invalid-title = Svaret godkändes inte
error-answer-invalid = Svaret från appen motsäger sig självt eller den här inloggningen. Uppdatera appen, visa sedan en ny kod och läs av den.

## Signing in with the browser

error-browser-mismatch-title = Inloggningen påbörjades i en annan webbläsare
error-browser-mismatch = Fortsätt i den webbläsare där du började, eller gå tillbaka till tjänsten som du ville öppna och logga in på nytt här. Om du började i den här webbläsaren ska du först tillåta kakor för den här webbplatsen.

error-sign-in-request-unknown-title = Börja inloggningen i tjänsten
error-sign-in-request-unknown = Den här sidan hör inte till någon pågående inloggning. Öppna tjänsten som du vill använda och logga in där.

error-sign-in-request-expired-title = Inloggningen tog för lång tid
error-sign-in-request-expired = Tiden för den här inloggningen har gått ut. Gå tillbaka till tjänsten som du ville öppna och börja om.

error-access-rights-missing-title = Ingen åtkomst
error-access-rights-missing = Det finns ett problem med åtkomsträttigheterna. Kontakta din bokföringsbyrå.

error-browser-access-missing-title = Du har inte tillgång till webbversionen
error-browser-access-missing = Du kan bara använda mobilappen. För webbversionen behöver du ett användarkonto: be ditt företags huvudanvändare om ett.

## Web applications. Some of these leave as an OAuth error_description, which allows plain ASCII without quotation marks.

error-client-unknown-title = Okänd applikation
error-client-unknown = Applikationen som skickade dig hit är inte registrerad på den här inloggningsservern. Berätta det för dem som sköter applikationen; det hjälper inte att försöka igen.

error-redirect-uri-invalid-title = Applikationen är felaktigt inställd
error-redirect-uri-invalid = Applikationen bad att få skicka dig tillbaka till en adress som inte är registrerad för den, så inloggningen avbröts. Berätta det för dem som sköter applikationen; det hjälper inte att försöka igen.

error-proxy-untrusted-title = Adressen är inte till för webbläsare
error-proxy-untrusted = Den här adressen frågas bara av omvända proxyservrar, och servern känner inte den som frågade. Berätta det för dem som sköter applikationen: deras proxy måste stå i server.trusted_proxies och skicka X-Forwarded-Host och X-Forwarded-Proto.

error-forward-origin-unknown-title = Applikationen är inte registrerad
error-forward-origin-unknown = Ingen applikation är registrerad för den här adressen. Berätta det för dem som sköter applikationen; det hjälper inte att försöka igen.

error-forward-way-invalid-title = Inloggningen tog för lång tid
error-forward-way-invalid = Vägen tillbaka till applikationen gäller inte längre: den är för gammal, påbörjades i en annan webbläsare, eller så sparar webbläsaren inga kakor. Öppna applikationen på nytt.

error-forward-sign-in-stopped-title = Du är inte inloggad i applikationen
error-forward-sign-in-stopped = Inloggningen slutfördes inte. Öppna applikationen på nytt om du vill logga in.

error-authorize-request-invalid-title = Applikationen skickade en felaktig begäran
error-authorize-request-invalid = Inloggningen kunde inte börja: { $reason }. Gå tillbaka till applikationen och försök på nytt. Om det inte hjälper ska du berätta det för dem som sköter applikationen.

error-client-authentication-failed-title = Klientens autentisering misslyckades
error-client-authentication-failed = Klienten är okänd eller så är dess hemlighet fel. Kontrollera klient-id, hemlighet och autentiseringsmetod.

error-grant-invalid-title = Koden eller förnyelsetoken godkändes inte
error-grant-invalid = Auktoriseringskoden eller förnyelsetoken är okänd, har gått ut, är redan använd eller har getts till en annan klient, eller så stämmer inte omdirigeringsadressen eller kodverifieraren, eller så har inloggningen bakom den avslutats. Börja en ny auktoriseringsbegäran.

error-scope-invalid-title = Mer begärdes än vad som har beviljats
error-scope-invalid = En förnyelse får begära de beviljade behörigheterna eller färre, och alltid openid. Utelämna scope för att få det som beviljades.

error-grant-type-unsupported-title = Behörighetstypen stöds inte
error-grant-type-unsupported = Den här servern godkänner bara behörighetstyperna authorization_code och refresh_token.

error-token-request-invalid-title = Tokenbegäran är felaktig
error-token-request-invalid = En parameter saknas, anges två gånger eller har fel form, eller så autentiserar sig klienten på två sätt samtidigt. Rätta begäran innan du skickar den igen.

error-access-token-invalid-title = Åtkomsttoken godkändes inte
error-access-token-invalid = Åtkomsttoken saknas, är okänd eller har gått ut. Låt personen logga in på nytt för att få en ny.

## Every request

error-scim-token-invalid-title = Nyckeln godkändes inte
error-scim-token-invalid = Nyckeln för användaradministration saknas, är fel eller har återkallats. Be inloggningstjänstens operatör om en ny.

error-scim-filter-invalid-title = Filtret gick inte att tolka
error-scim-filter-invalid = Filtret går inte att läsa eller stöds inte. Använd userName, externalId, emails.value, id eller displayName med eq, förenade med and.

error-scim-path-invalid-title = Sökvägen gick inte att tolka
error-scim-path-invalid = Ändringens sökväg pekar inte på något känt attribut. Kontrollera sökvägen.

error-scim-attribute-fixed-title = Programmet får inte ändra detta
error-scim-attribute-fixed = { $field } kan inte ändras av det här programmet. Den som har registrerat en telefon ändrar själv sin e-postadress, och telefonnumret sköts av basföretaget.

error-scim-user-taken-title = Användaren finns redan
error-scim-user-taken = Det finns redan en användare med detta namn eller denna e-postadress. Sök upp användaren och ändra den i stället.

error-scim-last-administrator-title = Den sista KH-användaren blir kvar
error-scim-last-administrator = Företaget skulle bli utan KH-användare. Gör först någon annan till KH-användare.

error-scim-company-not-empty-title = Företaget har personer
error-scim-company-not-empty = Ett företag som har eller har haft personer kan inte tas bort. Avsluta deras medlemskap i stället.

error-scim-forbidden-title = Inte tillåtet här
error-scim-forbidden = Detta är inte tillåtet på den här adressen, eller så räcker nyckeln inte till: bara en nyckel för alla företag lägger till, byter namn på och tar bort företag.

error-scim-not-implemented-title = Stöds inte
error-scim-not-implemented = Servern erbjuder inte detta. Sök i stället på /Users eller /Groups.

error-page-not-found-title = Sidan hittades inte
error-page-not-found = Det finns ingen sida på den här adressen. Kontrollera adressen, eller gå tillbaka till tjänsten som du ville öppna och logga in därifrån.

error-method-not-allowed-title = Det går inte på den här adressen
error-method-not-allowed = Den här adressen tar inte emot en sådan begäran. Gå tillbaka till tjänsten som du ville öppna och börja om.

error-host-unknown-title = Fel adress
error-host-unknown = Den här servern svarar inte på adressen som du använde. Öppna { $address } i stället.

error-body-too-large-title = Meddelandet är för stort
error-body-too-large = Det som skickades är större än vad den här adressen tar emot, så ingenting gjordes. Försök på nytt. Kontakta supporten om det inte hjälper.

error-body-too-slow-title = Förbindelsen var för långsam
error-body-too-slow = Meddelandet kom inte fram inom tio sekunder, så ingenting gjordes. Kontrollera nätförbindelsen och försök på nytt.

error-message-malformed-title = Meddelandet kunde inte läsas
error-message-malformed = Servern förstår inte det som skickades, så ingenting gjordes. Uppdatera appen eller ladda om sidan och försök på nytt.

error-content-type-unsupported-title = Formatet stöds inte
error-content-type-unsupported = Meddelandet skickades i ett format som den här adressen inte tar emot. Uppdatera appen och försök på nytt. Kontakta supporten om det inte hjälper.

error-busy-title = Det är mycket trafik just nu
error-busy = Servern hinner inte med din begäran just nu. Försök på nytt om en stund.

error-internal-title = Något gick fel hos oss
error-internal = Felet är vårt, och det har registrerats. Försök på nytt om en stund. Om det händer igen ska du kontakta supporten och uppge felreferensen.

## The server’s own pages

error-session-missing-title = Logga in först
error-session-missing = Du är inte inloggad eller har loggats ut. Logga in och gör om det.

error-origin-foreign-title = Formuläret kom från en annan webbplats
error-origin-foreign = En annan webbplats skickade formuläret i ditt namn, så ingenting gjordes. Öppna sidan här och gör om det.

error-administrator-only-title = Endast för huvudanvändare
error-administrator-only = Du är inte huvudanvändare i något företag. Be ditt företags huvudanvändare om du behöver vara det.

error-fresh-sign-in-needed-title = Bekräfta först med telefonen
error-fresh-sign-in-needed = Det är mer än femton minuter sedan du loggade in, så ingenting ändrades. Logga in på nytt med telefonen och gör sedan ändringen.

error-own-membership-title = Inte din egen
error-own-membership = Du kan inte ändra din egen roll eller åtkomst. Be en annan huvudanvändare i företaget.

error-other-basic-company-title = Ett annat företag sköter den här personen
error-other-basic-company = Det här kan bara en huvudanvändare i personens basföretag göra. Be hen, eller be personen kontakta hen.

error-email-fixed-title = E-postadressen är personens egen sak
error-email-fixed = Personen har aktiverat en telefon och ändrar själv sin e-postadress. Skicka inbjudan till den kända adressen eller be personen rätta den.

error-member-already-title = Redan användare
error-member-already = Personen hör redan till företaget. Sök upp personen i listan och ändra rättigheterna där.

error-no-enrolment-waiting-title = Ingen telefon väntar
error-no-enrolment-waiting = Ingen av personens telefoner väntar på en bekräftelsekod just nu. Be personen skriva aktiveringskoden i appen och visa sedan koden på nytt.

## A code in a new place

error-second-factor-locked-title = För många felaktiga koder
error-second-factor-locked = Fel kod angavs fem gånger, så den här inloggningen avslutades. Gå tillbaka till programmet och logga in igen.

error-second-factor-stopped-title = Vänta en kvart
error-second-factor-stopped = Fel kod har angetts för många gånger i rad, så inga koder godtas på 15 minuter. Gå sedan tillbaka till programmet och logga in igen. Om det inte var du som angav koderna, kontakta ditt företags huvudanvändare.

error-second-factor-sent-recently-title = Koden skickades alldeles nyss
error-second-factor-sent-recently = Det kan ta en minut innan koden kommer fram. Gå tillbaka, vänta en stund och be om koden på nytt bara om den inte kommer.

error-second-factor-sends-exhausted-title = Koden kan inte skickas fler gånger
error-second-factor-sends-exhausted = Koden för den här inloggningen har redan skickats tre gånger. Gå tillbaka och ange den, eller logga in igen. Om den aldrig kommer fram, be ditt företags huvudanvändare kontrollera ditt telefonnummer.

error-second-factor-unreachable-title = Koden kan inte skickas någonstans
error-second-factor-unreachable = Du loggar in från en ny plats och behöver därför en kod, men det finns varken telefonnummer eller e-postadress registrerat för dig. Be ditt företags huvudanvändare lägga till ditt telefonnummer.

# Det egna kontot

error-device-on-probation-title = Telefonen är ännu för ny för det
error-device-on-probation = Under sitt första dygn kan en ny telefon inte ändra din e-postadress eller ta bort dina andra enheter. Logga in med din äldre telefon eller försök igen i morgon.

error-email-change-missing-title = Ingen e-postadress väntar på en kod
error-email-change-missing = Koden gäller i trettio minuter, eller så avbröts ändringen. Gå till ditt konto och ange den nya adressen igen.

error-email-code-locked-title = För många felaktiga koder
error-email-code-locked = Adressen ändrades inte. Gå till ditt konto och ange den nya adressen igen, så får du en ny kod.

error-email-sent-recently-title = Koden skickades nyss
error-email-sent-recently = Vänta en minut innan du ber om koden igen. Titta också i skräpposten.

error-email-sends-exhausted-title = Koden har skickats tre gånger
error-email-sends-exhausted = Kontrollera adressen. Om den är fel, gå till ditt konto och ange den igen.

error-email-changes-exhausted-title = För många nya adresser på en dag
error-email-changes-exhausted = Du kan prova tio nya adresser per dygn. Försök igen i morgon.

error-objection-unknown-title = Koden stämmer inte
error-objection-unknown = Öppna länken i meddelandet igen eller kopiera hela koden. Om det ändå inte fungerar, kontakta ditt företags huvudanvändare.

error-objection-used-title = Det här har redan anmälts
error-objection-used = Det som går att ångra har ångrats, och huvudanvändaren har fått veta det. Om du fortfarande behöver hjälp, kontakta ditt företags huvudanvändare.

error-objection-expired-title = Meddelandet är för gammalt
error-objection-expired = Anmälan kan göras i sju dagar. Kontakta ditt företags huvudanvändare.

error-invitations-exhausted-title = För många inbjudningar
error-invitations-exhausted = Personen har fått fem inbjudningar under den senaste timmen eller tjugo under ett dygn. Den nyaste gäller; be personen titta i skräpposten. Du kan skicka en ny senare.

error-networks-exhausted-title = För många nätverk
error-networks-exhausted = Ett företag kan ha femtio godkända nätverk. Ta bort ett som inte längre behövs.

error-staff-only-title = Endast för supportpersonal
error-staff-only = Du hör inte till tjänstens support. Be tjänstens operatör lägga till dig om du ska göra det.

error-staff-outranked-title = Du kan inte göra detta med den här personen
error-staff-outranked = Personen står över dig i supporten, eller så är det du själv. Be en supportansvarig.

error-person-blocked-title = Inloggningen är spärrad
error-person-blocked = Tjänstens support har spärrat din inloggning och meddelat dig det. Kontakta supporten och uppge felreferensen.
error-method-unavailable-title = Tjänsten kan inte nås
error-method-unavailable = Inloggningstjänsten som du valde svarar inte just nu. Gå tillbaka och välj ett annat sätt, eller försök igen om några minuter.
error-identification-invalid-title = Svaret kunde inte verifieras
error-identification-invalid = Det som inloggningstjänsten skickade kunde inte verifieras, så ingen loggades in. Gå tillbaka och försök igen. Om det händer igen, uppge felreferensen för supporten.
error-identification-unknown-title = Den här inloggningen är över
error-identification-unknown = Den här webbläsaren har ingen sådan inloggning, eller så tog den mer än tio minuter, eller så är den redan använd. Gå tillbaka till programmet och logga in igen.
error-identity-unknown-title = Du har inget användarkonto här
error-identity-unknown = Du identifierades, men ingen har registrerat dig här med den identiteten. Be ditt företags huvudanvändare om ett användarkonto med personbeteckningen från tjänsten som du använde.
