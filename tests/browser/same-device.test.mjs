// The sign-in page on a phone: the app is offered first, and it leads back to the same browser.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import path from "node:path";
import { after, before, test } from "node:test";
import { addCompany, avain, checkPage, enrol, folder, mobileSim, openBrowser, out, startServer } from "./support.mjs";

const PHONE = {
  userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
  viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: "en-GB",
};

let server, browser, files, application, origin, profile;

before(async () => {
  files = await folder();
  application = http.createServer((_, response) => response.end("<h1>Ledger</h1>")).listen(0, "127.0.0.1");
  await once(application, "listening");
  origin = `http://127.0.0.1:${application.address().port}`;
  server = await startServer(files, { more: `
[app]
ios_app_ids = ["ABCDE12345.com.example.avain"]
ios_store = "https://apps.apple.com/app/id1"
` });
  browser = await openBrowser();
  profile = path.join(files.path, "phone.json");
  await avain("client", "add", "--config", server.config, "--id", "ledger", "--name", "Ledger", "--public", "--redirect-uri", `${origin}/callback`);
  const confirmation = () => server.printed.find((line) => /^\d{6} /.test(line))?.slice(0, 6);
  await enrol(server.issuer, await addCompany(server.config), profile, confirmation);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  application?.close();
  await files?.remove();
});

async function openSignIn(options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const query = new URLSearchParams({ response_type: "code", client_id: "ledger", redirect_uri: `${origin}/callback`, scope: "openid",
    state: "s", code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256" });
  await page.goto(`${server.issuer}/oauth2/authorize?${query}`);
  await page.waitForSelector("#qr svg path");
  return { context, page };
}

// What the app opens after the approval.
async function approve(page) {
  const link = await page.getAttribute("#open-app a", "href");
  const { stdout } = await mobileSim("scan", "--profile", profile, "--link", link);
  return stdout.trim().split("\n").at(-1);
}

for (const scheme of ["light", "dark"]) {
  test(`a phone is offered the app first (${scheme})`, async () => {
    const { context, page } = await openSignIn({ ...PHONE, colorScheme: scheme, bypassCSP: true });
    assert.ok(await page.isVisible("#open-app a"));
    await checkPage(page);
    await page.screenshot({ path: path.join(out, `same-device-${scheme}.png`), fullPage: true });
    await context.close();
  });
}

test("a computer is not", async () => {
  const { context, page } = await openSignIn({ locale: "en-GB" });
  assert.equal(await page.isVisible("#open-app a"), false);
  await context.close();
});

test("the app leads back to the browser that began, which goes on to the application", async () => {
  const { context, page } = await openSignIn(PHONE);
  const address = await approve(page);
  await page.waitForSelector("[data-part=returning]:not([hidden])");
  await page.screenshot({ path: path.join(out, "same-device-returning.png"), fullPage: true });
  const opened = await context.newPage();
  await opened.goto(address);
  await opened.waitForURL(`${origin}/callback?**`);
  assert.match(opened.url(), /code=/);
  await page.waitForURL(`${origin}/callback?**`);
  await context.close();
});

test("another browser gets nothing from the same link", async () => {
  const { context, page } = await openSignIn(PHONE);
  const address = await approve(page);
  const other = await openSignIn(PHONE);
  await other.page.goto(address);
  await other.page.waitForSelector(".reference");
  assert.match(await other.page.textContent("main"), /browser_mismatch/);
  assert.equal(new URL(other.page.url()).hash, "");
  await other.context.close();
  await context.close();
});

test("who comes without the app's proof is told what to do", async () => {
  const context = await browser.newContext({ ...PHONE, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${server.issuer}/login/return`);
  await page.waitForSelector("#empty:not([hidden])");
  await checkPage(page);
  await context.close();
});
