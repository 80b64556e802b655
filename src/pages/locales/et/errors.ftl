# Every error that a person or an app can meet. Two texts for each code of docs/errors.md: a title, and what happened
# and what to do next. All values arrive as text, so a number cannot choose a plural form.

## Activation

error-activation-code-malformed-title = Kontrolli aktiveerimiskoodi
error-activation-code-malformed = Aktiveerimiskoodis on kaksteist tähte ja numbrit kolmes rühmas, näiteks ABCD-2345-EFGH. Sisesta kood uuesti täpselt nii, nagu see e-kirjas on.

error-activation-code-unknown-title = Aktiveerimiskoodi ei leitud
error-activation-code-unknown = Ühelgi kutsel ei ole sellist aktiveerimiskoodi. Võrdle koodi kõige uuema kutsekirjaga ja sisesta see uuesti.

error-activation-code-expired-title = Aktiveerimiskood on aegunud
error-activation-code-expired = Aktiveerimiskood kehtib 24 tundi. Palu oma ettevõtte peakasutajalt uus kutse.

error-activation-code-used-title = Aktiveerimiskood on juba kasutatud
error-activation-code-used = Selle koodiga on telefon juba aktiveeritud ja iga kood toimib ainult üks kord. Teise telefoni aktiveerimiseks palu oma ettevõtte peakasutajalt uus kutse. Kui telefoni ei aktiveerinud sina, teata sellest peakasutajale kohe.

error-activation-code-void-title = Aktiveerimiskood enam ei kehti
error-activation-code-void = Kutse on asendatud uuemaga, tühistatud või lukustatud, sest kinnituskood sisestati liiga palju kordi valesti. Kasuta kõige uuema kutsekirja koodi või palu oma ettevõtte peakasutajalt uus kutse.

error-activation-code-in-use-title = Kood on kasutusel teises telefonis
error-activation-code-in-use = Aktiveerimist selle koodiga on alustatud teises telefonis. Vii see seal lõpule või oota kümme minutit ja proovi selles telefonis uuesti. Kui teine telefon ei ole sinu oma, teata sellest kohe oma ettevõtte peakasutajale.

error-os-version-too-old-title = { $platform } vajab uuendamist
error-os-version-too-old = Selles telefonis on { $platform } { $has }, kuid Avain-rakendus vajab vähemalt versiooni { $platform } { $needs }. Uuenda telefoni selle seadetes või kasuta uuemat telefoni. Sinu aktiveerimiskoodi ei ole kasutatud ja see toimib oma kehtivusaja lõpuni.

error-os-version-unparsable-title = Operatsioonisüsteemi ({ $platform }) versioon jäi arusaamatuks
error-os-version-unparsable = Rakendus saatis operatsioonisüsteemi ({ $platform }) versiooni, millest server aru ei saa. Uuenda rakendust ja proovi uuesti. Kui sellest ei ole abi, pöördu kasutajatoe poole.

error-platform-unsupported-title = Seda telefoni ei toetata
error-platform-unsupported = Avain-rakendus töötab Androidi telefonides ja iPhone’is. Aktiveeri mõni selline telefon.

error-phone-number-missing-title = Sinu telefoninumber puudub
error-phone-number-missing = Kinnituskood saadetakse SMS-iga, kuid sinu telefoninumbrit ei ole veel lisatud. Palu oma ettevõtte peakasutajal lisada suhtluseks kasutatav telefoninumber ja sisesta siis aktiveerimiskood uuesti.

error-confirmation-code-wrong-title = Vale kinnituskood
error-confirmation-code-wrong = See ei ole SMS-iga saadetud kood. Kontrolli kuut numbrit ja sisesta need uuesti. Katseid jäänud: { $tries_left }.

error-confirmation-code-locked-title = Kinnituskood sisestati liiga palju kordi valesti
error-confirmation-code-locked = Kinnituskood sisestati viis korda valesti, seetõttu kutse enam ei kehti. Palu oma ettevõtte peakasutajalt uus kutse.

error-confirmation-code-expired-title = Kinnituskood on aegunud
error-confirmation-code-expired = Kinnituskood kehtib kümme minutit. Uue kinnituskoodi saamiseks sisesta aktiveerimiskood uuesti.

error-confirmation-sends-exhausted-title = Kinnituskoodi ei saa enam saata
error-confirmation-sends-exhausted = Selle kutse kinnituskoodi on saadetud juba kolm korda. Kui oled viimase kümne minuti jooksul koodi saanud, sisesta see. Muul juhul palu oma ettevõtte peakasutajal kontrollida sinu telefoninumbrit ja saata uus kutse.

error-confirmation-missing-title = Kinnituskood puudub
error-confirmation-missing = Aktiveerimist ei saa lõpule viia enne, kui kinnituskood on sisestatud. Sisesta SMS-iga saadetud kuus numbrit.

error-enrolment-unknown-title = Aktiveerimist ei leitud
error-enrolment-unknown = Server ei tunne seda aktiveerimist. Alustamiseks sisesta aktiveerimiskood uuesti.

error-enrolment-expired-title = Aktiveerimine võttis liiga kaua aega
error-enrolment-expired = Aktiveerimise aeg on läbi või on aktiveerimist uuesti alustatud. Alustamiseks sisesta aktiveerimiskood uuesti.

error-enrolment-finished-title = Aktiveerimine on juba lõpule viidud
error-enrolment-finished = Selle aktiveerimisega on seade juba lisatud ja teist sellega lisada ei saa. Kui rakendus sulle ei avane, palu oma ettevõtte peakasutajalt uus kutse.

## Keys and signatures of the phone

error-device-key-invalid-title = Telefoni võtit ei aktsepteeritud
error-device-key-invalid = Rakendus saatis võtme, mida server kasutada ei saa. Uuenda rakendust ja aktiveeri telefon uuesti. Kui sellest ei ole abi, pöördu kasutajatoe poole.

error-device-key-in-use-title = Telefoni võti on juba kasutusel
error-device-key-in-use = Rakenduse saadetud võti kuulub juba teisele seadmele. Eemalda rakendus, paigalda see uuesti ja aktiveeri telefon uuesti.

error-envelope-invalid-title = Rakenduse sõnumit ei aktsepteeritud
error-envelope-invalid = Rakendus saatis allkirjastatud sõnumi, mida server lugeda ei saa. Uuenda rakendust ja proovi uuesti. Kui sellest ei ole abi, pöördu kasutajatoe poole.

error-signature-invalid-title = Telefoni allkirja ei aktsepteeritud
error-signature-invalid = Sõnum ei ole allkirjastatud selle telefoni võtmega. Uuenda rakendust ja proovi uuesti. Kui sellest ei ole abi, tuleb telefon uuesti aktiveerida: palu oma ettevõtte peakasutajalt uus kutse.

error-issuer-mismatch-title = Mõeldud teisele serverile
error-issuer-mismatch = Rakendus allkirjastas selle sõnumi teise sisselogimisserveri jaoks, seega siin midagi ei tehtud. Alusta uuesti sellelt sisselogimislehelt, mida soovid kasutada.

error-nonce-mismatch-title = Rakenduse sõnum on aegunud
error-nonce-mismatch = Rakendus vastas varasemale sammule, mitte sellele, mis on praegu pooleli. Sulge see samm rakenduses ja alusta seda uuesti.

error-key-thumbprint-mismatch-title = Võti ei klapi
error-key-thumbprint-mismatch = Sõnumis on nimetatud teine võti kui see, millega sõnum on allkirjastatud. Uuenda rakendust ja proovi uuesti. Kui sellest ei ole abi, pöördu kasutajatoe poole.

error-payload-type-wrong-title = Rakendus saatis vale liiki sõnumi
error-payload-type-wrong = Rakendus allkirjastas selle sõnumi teiseks otstarbeks, seega midagi ei tehtud. Uuenda rakendust ja proovi uuesti. Kui sellest ei ole abi, pöördu kasutajatoe poole.

error-field-invalid-title = Midagi on sõnumis puudu või vale
error-field-invalid = Server ei saa välja „{ $field }“ väärtust aktsepteerida. Uuenda rakendust ja proovi uuesti. Kui sellest ei ole abi, pöördu kasutajatoe poole.

## Signing in with the phone

error-frame-invalid-title = See ei ole sisselogimiskood
error-frame-invalid = See ei ole meie sisselogimislehe QR-kood või loeti sellest ainult osa. Loe sisselogimislehel olevat koodi uuesti nii, et kogu kood oleks kaameras näha.

error-frame-expired-title = Loe koodi uuesti
error-frame-expired = Sisselogimislehe kood vahetub iga sekund ja loetud kood enam ei kehti. Loe kood, mis on lehel praegu.

error-typed-code-malformed-title = Kood ei ole terviklik
error-typed-code-malformed = Koodis on kaheksa märki, näiteks K7QF-29XM. Kontrolli sisselogimislehel olevat koodi ja sisesta see uuesti.

error-typed-code-unknown-title = Sellist koodi ei ole
error-typed-code-unknown = Ükski sisselogimisleht seda koodi ei näita. Kontrolli koodi või võta sisselogimislehelt uus, kui eelmine on vanem kui kaks minutit.

error-typed-code-stopped-title = Liiga palju valesid koode
error-typed-code-stopped = Sisestasid järjest kümme valet koodi. Loe QR-kood või sisesta uus kood 15 minuti pärast.

error-push-unavailable-title = Teavitust ei saa saata
error-push-unavailable = Sellest brauserist ei saa sinu telefoni teavitust saata. Loe QR-kood rakendusega.

error-push-limit-reached-title = Liiga palju teavitusi telefoni
error-push-limit-reached = Sinu telefoni on lühikese aja jooksul saadetud liiga palju teavitusi. Loe QR-kood rakendusega.

error-device-unknown-title = See telefon ei ole aktiveeritud
error-device-unknown = Server ei tunne seda telefoni. Aktiveeri rakendus aktiveerimiskoodiga. Kui sul koodi ei ole, palu oma ettevõtte peakasutajalt uus kutse.

error-device-revoked-title = See telefon on eemaldatud
error-device-revoked = Selle telefoniga ei saa enam sisse logida. Kui vajad seda veel, palu oma ettevõtte peakasutajalt uus kutse.

error-device-not-yours-title = See telefon ei ole sinu
error-device-not-yours = Ava oma telefonide loend uuesti ja vali neist üks. Kui telefon peaks seal olema, pöördu oma ettevõtte peakasutaja poole.

error-move-unknown-title = Kolimiskood ei ole õige
error-move-unknown = Loe kood vanast telefonist uuesti. Kui see ikka ei toimi, alusta kolimist vanas telefonis uuesti.

error-move-taken-title = Teine telefon kasutas kolimiskoodi
error-move-taken = Kui see telefon ei ole sinu, keeldu oma vanas telefonis. Seejärel alusta seal kolimist uuesti.

error-move-over-title = Kolimine on lõppenud
error-move-over = Kood kehtib kümme minutit ja ainult uusim kood. Alusta kolimist oma vanas telefonis uuesti.

error-move-number-wrong-title = See ei ole uue telefoni number
error-move-number-wrong = Kolimine katkestati igaks juhuks. Alusta seda oma vanas telefonis uuesti ja vali number, mida näitab uus telefon.

error-attempt-unknown-title = Sisselogimist ei leitud
error-attempt-unknown = Server ei tunne seda sisselogimist. Mine tagasi teenusesse, mida soovisid avada, ja logi uuesti sisse.

error-attempt-expired-title = Sisselogimine võttis liiga kaua aega
error-attempt-expired = Selle sisselogimise aeg on läbi. Lase sisselogimislehel kuvada uus kood ja loe see.

error-attempt-taken-title = Teine telefon luges koodi enne
error-attempt-taken = Sisselogimist saab kinnitada ainult see telefon, mis loeb koodi esimesena. Kui teine telefon ei ole sinu oma, katkesta sisselogimine brauseris. Seejärel lase kuvada uus kood ja loe see.

error-attempt-finished-title = Sellele sisselogimisele on juba vastatud
error-attempt-finished = Telefon on sellele sisselogimisele juba vastanud. Vaata brauserist, mis sellest sai, või alusta uut sisselogimist.

error-attempt-unanswered-title = Telefon ei ole veel vastanud
error-attempt-unanswered = Sisselogimist ei ole telefonis veel kinnitatud. Mine tagasi sisselogimislehele, loe QR-kood Avain-rakendusega ja kinnita sisselogimine telefonis.

error-attempt-cancelled-title = Sisselogimine katkestati
error-attempt-cancelled = See sisselogimine katkestati brauseris. Kui soovid sisse logida, lase kuvada uus kood ja loe see.

error-attempt-collected-title = See sisselogimine on juba kasutatud
error-attempt-collected = Iga sisselogimine toimib ainult üks kord. Mine tagasi teenusesse, mida soovisid avada, ja logi vajaduse korral uuesti sisse.

error-attempt-denied-title = Sisselogimisest keelduti
error-attempt-denied = Sisselogimisest keelduti telefonis, seega sind sisse ei logitud. Kui see oli eksitus, lase kuvada uus kood ja loe see.

error-number-wrong-title = See ei ole õige number
error-number-wrong = Valisid numbri, mida sisselogimisleht ei näita, seega sisselogimine lõpetati. Kui logid ise sisse, lase lehel kuvada uus kood ja vali number, mida leht näitab. Kui sa ei ole sisse logimas, ära kinnita midagi.

error-return-proof-missing-title = Tule tagasi rakenduse kaudu
error-return-proof-missing = Sisselogimine kinnitati sama telefoni rakenduses ja see jätkub ainult brauseris, mille rakendus avab. Mine tagasi rakendusse või alusta sisselogimist uuesti.

error-user-verification-missing-title = Telefon tuleb avada
error-user-verification-missing = Telefon ei kontrollinud, et kasutaja oled sina. Kinnita uuesti sõrmejälje, näo või ekraaniluku abil. Kui telefonil ei ole ekraanilukku, lülita see kõigepealt telefoni seadetes sisse.

error-display-mismatch-title = Telefon näitas midagi muud
error-display-mismatch = Telefon ei kinnitanud serveri saadetud teksti, seega sisselogimine peatati. Uuenda rakendust, lase seejärel kuvada uus kood ja loe see.

error-answer-invalid-title = Vastust ei aktsepteeritud
error-answer-invalid = Rakenduse vastus on vastuolus iseenda või selle sisselogimisega. Uuenda rakendust, lase seejärel kuvada uus kood ja loe see.

## Signing in with the browser

error-browser-mismatch-title = Sisselogimist alustati teises brauseris
error-browser-mismatch = Jätka brauseris, kus alustasid, või mine tagasi teenusesse, mida soovisid avada, ja logi siin uuesti sisse. Kui alustasid selles brauseris, luba kõigepealt sellele saidile küpsised.

error-sign-in-request-unknown-title = Alusta sisselogimist teenusest
error-sign-in-request-unknown = See leht ei kuulu ühegi pooleli oleva sisselogimise juurde. Ava teenus, mida soovid kasutada, ja logi seal sisse.

error-sign-in-request-expired-title = Sisselogimine võttis liiga kaua aega
error-sign-in-request-expired = Selle sisselogimise aeg on läbi. Mine tagasi teenusesse, mida soovisid avada, ja alusta uuesti.

error-access-rights-missing-title = Juurdepääs puudub
error-access-rights-missing = Juurdepääsuõigustega on probleem. Palun võta ühendust oma raamatupidamisbürooga.

error-browser-access-missing-title = Brauseriversioon ei ole sulle avatud
error-browser-access-missing = Sa saad kasutada ainult mobiilirakendust. Brauseriversiooni jaoks on vaja kasutajakontot: palu seda oma ettevõtte peakasutajalt.

## Web applications. Some of these leave as an OAuth error_description, which allows plain ASCII without quotation marks.

error-client-unknown-title = Tundmatu rakendus
error-client-unknown = Rakendus, mis sind siia saatis, ei ole selles sisselogimisserveris registreeritud. Teata sellest rakenduse haldajatele; uuesti proovimisest ei ole abi.

error-redirect-uri-invalid-title = Rakendus on valesti seadistatud
error-redirect-uri-invalid = Rakendus palus sind tagasi saata aadressile, mis ei ole selle jaoks registreeritud, seega sisselogimine peatati. Teata sellest rakenduse haldajatele; uuesti proovimisest ei ole abi.

error-proxy-untrusted-title = See aadress ei ole brauseritele
error-proxy-untrusted = Seda aadressi küsivad ainult pöördproksid ja server ei tunne küsijat. Teata sellest rakenduse haldajatele: nende proksi peab olema seadistuses server.trusted_proxies ning saatma X-Forwarded-Host ja X-Forwarded-Proto.

error-forward-origin-unknown-title = Rakendus ei ole registreeritud
error-forward-origin-unknown = Selle aadressi jaoks ei ole registreeritud ühtegi rakendust. Teata sellest rakenduse haldajatele; uuesti proovimisest ei ole abi.

error-forward-way-invalid-title = Sisselogimine võttis liiga kaua aega
error-forward-way-invalid = Tagasitee rakendusse enam ei kehti: see on liiga vana, seda alustati teises brauseris või ei hoia brauser küpsiseid. Ava rakendus uuesti.

error-forward-sign-in-stopped-title = Sa ei ole rakendusse sisse logitud
error-forward-sign-in-stopped = Sisselogimine jäi pooleli. Kui soovid sisse logida, ava rakendus uuesti.

error-authorize-request-invalid-title = Rakendus saatis vale päringu
error-authorize-request-invalid = Sisselogimist ei saanud alustada: { $reason }. Mine tagasi rakendusse ja proovi uuesti. Kui sellest ei ole abi, teata rakenduse haldajatele.

error-client-authentication-failed-title = Kliendi autentimine ebaõnnestus
error-client-authentication-failed = Klient on tundmatu või on selle saladus vale. Kontrolli kliendi tunnust, saladust ja autentimisviisi.

error-grant-invalid-title = Autoriseerimiskoodi või värskendustõendit ei aktsepteeritud
error-grant-invalid = Autoriseerimiskood või värskendustõend on tundmatu, aegunud, juba kasutatud või antud teisele kliendile, ei klapi ümbersuunamisaadress või koodi kontrollväärtus või on sisselogimine selle taga lõppenud. Alusta uut autoriseerimispäringut.

error-scope-invalid-title = Küsiti rohkem õigusi, kui on antud
error-scope-invalid = Värskendamisel võib küsida antud õigusi või neist vähemaid ja alati openid-d. Jäta scope ära, et saada, mis anti.

error-grant-type-unsupported-title = Volituse tüüpi ei toetata
error-grant-type-unsupported = See server aktsepteerib ainult volituse tüüpe authorization_code ja refresh_token.

error-token-request-invalid-title = Tõendipäring on vigane
error-token-request-invalid = Mõni parameeter puudub, on antud kaks korda või on vales vormis või autendib klient end korraga kahel viisil. Paranda päring enne uuesti saatmist.

error-access-token-invalid-title = Juurdepääsutõendit ei aktsepteeritud
error-access-token-invalid = Juurdepääsutõend puudub, on tundmatu või aegunud. Uue saamiseks peab inimene uuesti sisse logima.

## Every request

error-scim-token-invalid-title = Luba ei tunnistatud
error-scim-token-invalid = Kasutajahalduse pääsuluba puudub, on vale või tühistatud. Küsi uus sisselogimisteenuse haldajalt.

error-scim-filter-invalid-title = Filtrist ei saadud aru
error-scim-filter-invalid = Filtrit ei saa lugeda või seda ei toetata. Kasuta välju userName, externalId, emails.value, id või displayName koos operaatoriga eq ja ühenda tingimused sõnaga and.

error-scim-path-invalid-title = Teest ei saadud aru
error-scim-path-invalid = Muudatuse tee ei osuta ühelegi tuntud väljale. Kontrolli teed.

error-scim-attribute-fixed-title = Rakendus ei saa seda muuta
error-scim-attribute-fixed = See rakendus ei saa välja { $field } muuta. Kui telefon on kasutusele võetud, muudab inimene oma e-posti aadressi ise, ja telefoninumbri eest hoolitseb põhiettevõte.

error-scim-user-taken-title = Kasutaja on juba olemas
error-scim-user-taken = Selle nime või e-posti aadressiga kasutaja on juba olemas. Otsi kasutaja üles ja muuda tema andmeid.

error-scim-last-administrator-title = Viimane KH-kasutaja jääb alles
error-scim-last-administrator = Ettevõte jääks ilma KH-kasutajata. Määra enne keegi teine KH-kasutajaks.

error-scim-company-not-empty-title = Ettevõttes on inimesi
error-scim-company-not-empty = Ettevõtet, kus on või on olnud inimesi, ei saa kustutada. Lõpeta selle asemel nende liikmesus.

error-scim-forbidden-title = Siin pole lubatud
error-scim-forbidden = See pole sellel aadressil lubatud või pääsuloast ei piisa: ettevõtteid lisab, nimetab ümber ja kustutab ainult kõigi ettevõtete luba.

error-scim-not-implemented-title = Ei pakuta
error-scim-not-implemented = Server ei paku seda. Otsi selle asemel aadressidelt /Users ja /Groups.

error-page-not-found-title = Lehte ei leitud
error-page-not-found = Sellel aadressil lehte ei ole. Kontrolli aadressi või mine tagasi teenusesse, mida soovisid avada, ja logi sisse sealt.

error-method-not-allowed-title = Sellel aadressil ei ole see võimalik
error-method-not-allowed = See aadress ei võta sellist päringut vastu. Mine tagasi teenusesse, mida soovisid avada, ja alusta uuesti.

error-host-unknown-title = Vale aadress
error-host-unknown = See server ei vasta aadressil, mida sa kasutasid. Ava selle asemel { $address }.

error-body-too-large-title = Sõnum on liiga suur
error-body-too-large = Saadeti rohkem, kui see aadress vastu võtab, seega midagi ei tehtud. Proovi uuesti. Kui sellest ei ole abi, pöördu kasutajatoe poole.

error-body-too-slow-title = Ühendus oli liiga aeglane
error-body-too-slow = Sõnum ei jõudnud kümne sekundi jooksul kohale, seega midagi ei tehtud. Kontrolli võrguühendust ja proovi uuesti.

error-message-malformed-title = Sõnumit ei saanud lugeda
error-message-malformed = Server ei saa saadetust aru, seega midagi ei tehtud. Uuenda rakendust või laadi leht uuesti ja proovi siis uuesti.

error-content-type-unsupported-title = Vormingut ei toetata
error-content-type-unsupported = Sõnum saadeti vormingus, mida see aadress vastu ei võta. Uuenda rakendust ja proovi uuesti. Kui sellest ei ole abi, pöördu kasutajatoe poole.

error-busy-title = Praegu on väga kiire
error-busy = Server ei jõua sinu päringut praegu käsitleda. Proovi hetke pärast uuesti.

error-internal-title = Midagi läks meil valesti
error-internal = Viga on meie poolel ja see on talletatud. Proovi hetke pärast uuesti. Kui see kordub, pöördu kasutajatoe poole ja ütle veaviide.

## The server’s own pages

error-session-missing-title = Logi enne sisse
error-session-missing = Sa pole sisse logitud või on sind välja logitud. Logi sisse ja tee seda uuesti.

error-origin-foreign-title = Vorm tuli teiselt saidilt
error-origin-foreign = Teine veebisait saatis selle vormi sinu nimel, seega ei tehtud midagi. Ava leht siin ja tee seda uuesti.

error-administrator-only-title = Ainult peakasutajatele
error-administrator-only = Sa pole ühegi ettevõtte peakasutaja. Kui peaksid olema, võta ühendust oma ettevõtte peakasutajaga.

error-fresh-sign-in-needed-title = Kinnita enne telefoniga
error-fresh-sign-in-needed = Sinu sisselogimisest on möödas üle viieteistkümne minuti, seega ei muudetud midagi. Logi telefoniga uuesti sisse ja tee siis muudatus.

error-own-membership-title = Enda oma ei saa
error-own-membership = Enda rolli ega ligipääsu ei saa muuta. Palu abi ettevõtte teiselt peakasutajalt.

error-other-basic-company-title = Selle inimese eest hoolitseb teine ettevõte
error-other-basic-company = Seda saab teha ainult inimese põhiettevõtte peakasutaja. Võta temaga ühendust või palu seda teha inimesel endal.

error-email-fixed-title = E-posti aadress on inimese enda asi
error-email-fixed = See inimene on telefoni aktiveerinud ja muudab oma e-posti aadressi ise. Saada kutse teadaolevale aadressile või palu inimesel see parandada.

error-member-already-title = On juba kasutaja
error-member-already = See inimene kuulub juba ettevõttesse. Otsi ta nimekirjast üles ja muuda tema õigusi seal.

error-no-enrolment-waiting-title = Ükski telefon ei oota
error-no-enrolment-waiting = Ükski selle inimese telefon ei oota praegu kinnituskoodi. Palu inimesel sisestada aktiveerimiskood rakendusse ja näita koodi siis uuesti.

## A code in a new place

error-second-factor-locked-title = Liiga palju valesid koode
error-second-factor-locked = Kood sisestati viis korda valesti, seetõttu see sisselogimine lõppes. Mine rakendusse tagasi ja logi uuesti sisse.

error-second-factor-stopped-title = Oota veerand tundi
error-second-factor-stopped = Kood on liiga palju kordi järjest valesti sisestatud, seetõttu ei võeta 15 minuti jooksul ühtegi koodi vastu. Mine seejärel rakendusse tagasi ja logi uuesti sisse. Kui koode ei sisestanud sina, võta ühendust oma ettevõtte peakasutajaga.

error-second-factor-sent-recently-title = Kood saadeti äsja
error-second-factor-sent-recently = Koodi kohalejõudmine võib võtta minuti. Mine tagasi, oota veidi ja küsi kood uuesti ainult siis, kui see ei saabu.

error-second-factor-sends-exhausted-title = Koodi ei saa enam saata
error-second-factor-sends-exhausted = Selle sisselogimise koodi on saadetud juba kolm korda. Mine tagasi ja sisesta see või logi uuesti sisse. Kui kood ei jõua kohale, palu oma ettevõtte peakasutajal kontrollida sinu telefoninumbrit.

error-second-factor-unreachable-title = Koodi pole kuhugi saata
error-second-factor-unreachable = Logid sisse uuest kohast ja vajad seetõttu koodi, kuid sinu kohta pole kirjas ei telefoninumbrit ega e-posti aadressi. Palu oma ettevõtte peakasutajal sinu telefoninumber lisada.

# Inimese enda konto

error-device-on-probation-title = See telefon on selleks veel liiga uus
error-device-on-probation = Esimese ööpäeva jooksul ei saa uue telefoniga muuta e-posti aadressi ega eemaldada teisi seadmeid. Logi sisse vanema telefoniga või proovi homme uuesti.

error-email-change-missing-title = Ükski e-posti aadress ei oota koodi
error-email-change-missing = Kood kehtib pool tundi, või on muutmine katkestatud. Ava oma konto ja sisesta uus aadress uuesti.

error-email-code-locked-title = Liiga palju valesid koode
error-email-code-locked = Aadressi ei muudetud. Ava oma konto ja sisesta uus aadress uuesti, siis saad uue koodi.

error-email-sent-recently-title = Kood saadeti äsja
error-email-sent-recently = Oota minut, enne kui koodi uuesti küsid. Vaata ka rämpsposti kausta.

error-email-sends-exhausted-title = Kood on saadetud kolm korda
error-email-sends-exhausted = Kontrolli aadressi. Kui see on vale, ava oma konto ja sisesta see uuesti.

error-email-changes-exhausted-title = Liiga palju uusi aadresse ühe päeva jooksul
error-email-changes-exhausted = Ööpäeva jooksul saab proovida kümmet uut aadressi. Proovi homme uuesti.

error-objection-unknown-title = Kood ei ole õige
error-objection-unknown = Ava sõnumis olev link uuesti või kopeeri kogu kood. Kui see ikka ei tööta, võta ühendust oma ettevõtte peakasutajaga.

error-objection-used-title = Sellest on juba teatatud
error-objection-used = See, mida sai tagasi võtta, on tagasi võetud, ja peakasutajale on teada antud. Kui vajad veel abi, võta ühendust oma ettevõtte peakasutajaga.

error-objection-expired-title = Sõnum on liiga vana
error-objection-expired = Teatada saab seitsme päeva jooksul. Võta ühendust oma ettevõtte peakasutajaga.

error-invitations-exhausted-title = Liiga palju kutseid
error-invitations-exhausted = Sellele inimesele on tunni jooksul saadetud viis või ööpäeva jooksul kakskümmend kutset. Uusim kutse kehtib; palu tal vaadata rämpsposti kausta. Uue kutse saad saata hiljem.

error-networks-exhausted-title = Liiga palju võrke
error-networks-exhausted = Ettevõttel võib olla viiskümmend heakskiidetud võrku. Eemalda mõni, mida enam vaja pole.

error-staff-only-title = Ainult kasutajatoele
error-staff-only = Sa ei kuulu selle teenuse kasutajatoe hulka. Kui peaksid, palu teenuse haldajal end lisada.

error-staff-outranked-title = Sa ei saa selle inimesega seda teha
error-staff-outranked = Inimene on kasutajatoes sinust kõrgemal või oled see sina ise. Palu abi kasutajatoe juhilt.

error-person-blocked-title = Sisselogimine on blokeeritud
error-person-blocked = Teenuse kasutajatugi on sinu sisselogimise blokeerinud ja sulle sellest teatanud. Võta toega ühendust ja ütle veaviide.
error-method-unavailable-title = Teenusega ei saa ühendust
error-method-unavailable = Valitud tuvastusteenus praegu ei vasta. Mine tagasi ja vali muu viis või proovi mõne minuti pärast uuesti.
error-identification-invalid-title = Vastust ei saanud kontrollida
error-identification-invalid = Tuvastusteenuse saadetud vastust ei saanud kontrollida, seega kedagi sisse ei logitud. Mine tagasi ja proovi uuesti. Kui see kordub, ütle kasutajatoele veaviide.
error-identification-unknown-title = See sisselogimine on lõppenud
error-identification-unknown = Selles brauseris sellist sisselogimist ei ole, see kestis üle kümne minuti või on see juba kasutatud. Mine tagasi rakendusse ja logi uuesti sisse.
error-identity-unknown-title = Sul pole siin kasutajakontot
error-identity-unknown = Sinu isik tuvastati, kuid keegi pole sind siin selle isikukoodiga registreerinud. Küsi oma ettevõtte peakasutajalt kasutajakontot, kuhu on märgitud kasutatud teenuse isikukood.
