// Where somebody signed in by QR before, the page sends a push to the phone; nothing but ids leaves.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import http from "node:http";
import http2 from "node:http2";
import path from "node:path";
import { after, before, test } from "node:test";
import { addCompany, avain, checkPage, enrol, eventually, folder, openBrowser, out, scanAndAnswer, scanPage, startServer } from "./support.mjs";

let server, browser, files, application, firebase, origin, profile, context;
const pushed = [];

// Firebase as the server meets it: the account's access token and the message, over HTTP/2.
function startFirebase() {
  return http2.createServer((request, response) => {
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => {
      response.setHeader("content-type", "application/json");
      if (request.url === "/token") {
        response.end(JSON.stringify({ access_token: "granted", expires_in: 3599, token_type: "Bearer" }));
        return;
      }
      pushed.push(JSON.parse(Buffer.concat(pieces).toString()));
      response.end(JSON.stringify({ name: "projects/kuusi-books/messages/1" }));
    });
  }).listen(0, "127.0.0.1");
}

before(async () => {
  files = await folder();
  firebase = startFirebase();
  await once(firebase, "listening");
  const address = `http://127.0.0.1:${firebase.address().port}`;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048, privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" } });
  const account = path.join(files.path, "account.json");
  await writeFile(account, JSON.stringify({ type: "service_account", project_id: "kuusi-books", private_key_id: "key-1",
    private_key: privateKey, client_email: "avain@kuusi-books.iam.example", token_uri: `${address}/token` }));
  application = http.createServer((_, response) => response.end("<h1>Ledger</h1>")).listen(0, "127.0.0.1");
  await once(application, "listening");
  origin = `http://127.0.0.1:${application.address().port}`;
  server = await startServer(files, { more: `
[push.fcm]
service_account_file = "${account}"
base_url = "${address}"
` });
  browser = await openBrowser();
  profile = path.join(files.path, "phone.json");
  await avain("client", "add", "--config", server.config, "--id", "ledger", "--name", "Ledger", "--public", "--redirect-uri", `${origin}/callback`);
  await enrol(server.issuer, await addCompany(server.config), profile, () => server.printed.find((line) => /^\d{6} /.test(line))?.slice(0, 6));
  context = await browser.newContext({ locale: "en-GB", bypassCSP: true });
});

after(async () => {
  await browser?.close();
  await server?.stop();
  application?.close();
  firebase?.close();
  await files?.remove();
});

async function openSignIn() {
  const page = await context.newPage();
  const query = new URLSearchParams({ response_type: "code", client_id: "ledger", redirect_uri: `${origin}/callback`, scope: "openid",
    state: "s", prompt: "login", code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256" });
  await page.goto(`${server.issuer}/oauth2/authorize?${query}`);
  await page.waitForSelector("#qr svg path");
  return page;
}

test("a browser that never signed in is offered no push", async () => {
  const page = await openSignIn();
  assert.equal(await page.locator("#push").count(), 0);
  await scanPage(page, profile, path.join(files.path, "page.png"), "--push-token", "a-registration-token");
  await page.waitForURL(`${origin}/callback?**`);
});

test("one that did asks the phone, whose owner picks the number, and is signed in", async () => {
  const page = await openSignIn();
  assert.match(await page.textContent("#push button"), /…/, "the phone's name is masked");
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await checkPage(page);
      await page.screenshot({ path: path.join(out, `push-${scheme}-${width}.png`), fullPage: true });
    }
  }
  await page.click("#push button");
  await page.waitForSelector("#pushed");
  assert.ok(await page.isVisible("#qr svg path"), "the code can still be scanned");
  await page.screenshot({ path: path.join(out, "pushed.png"), fullPage: true });
  const [{ message }] = await eventually(() => (pushed.length > 0 ? pushed : null), "the push");
  assert.equal(message.token, "a-registration-token");
  assert.deepEqual(Object.keys(message.data), ["attempt_id"]);
  assert.doesNotMatch(JSON.stringify(message), /Aino|Ledger|Kuusi Books/);
  await scanAndAnswer(page, ["scan", "--profile", profile, "--pending"]);
  await page.waitForURL(`${origin}/callback?**`);
});
