// The everyday life of the product in one walk, over a real mail server and an SMS gateway: a KH user invites somebody, who activates a phone and
// signs in at home and elsewhere, fails, is helped, and loses access in two ways.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import path from "node:path";
import readline from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { addCompany, avain, enrol, eventually, folder, openBrowser, scanPage, startServer } from "./support.mjs";

const HOME = "192.0.2.10";
const AWAY = "203.0.113.9";
const sink = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../smtp_sink.py");

let server, browser, files, mailServer, gateway, application, origin, clerk, member;
const mails = [];
const sms = [];
const phone = (name) => path.join(files.path, `${name}.json`);

before(async () => {
  files = await folder();
  mailServer = spawn("/usr/bin/python3", [sink]);
  const lines = readline.createInterface({ input: mailServer.stdout });
  const [mailPort] = await once(lines, "line");
  lines.on("line", (line) => mails.push(JSON.parse(line)));
  gateway = http.createServer(async (request, response) => {
    const pieces = await request.toArray();
    sms.push(JSON.parse(Buffer.concat(pieces).toString()));
    response.end("accepted");
  }).listen(0, "127.0.0.1");
  await once(gateway, "listening");
  application = http.createServer((_, response) => response.end("<h1>Ledger</h1>")).listen(0, "127.0.0.1");
  await once(application, "listening");
  origin = `http://127.0.0.1:${application.address().port}`;
  server = await startServer(files, { server: 'trusted_proxies = ["127.0.0.1"]', more: `
[mail]
host = "127.0.0.1"
port = ${mailPort}
encryption = "none"
from = "Avain <signin@kuusi.example>"

[sms]
preset = "custom"
url = "http://127.0.0.1:${gateway.address().port}/"
body = "json"
number = "e164"
fields = { to = "{to}", text = "{text}" }
success_contains = "accepted"
sender = "Avain"
` });
  browser = await openBrowser();
  await avain("client", "add", "--config", server.config, "--id", "ledger", "--name", "Ledger", "--public", "--redirect-uri", `${origin}/callback`);
  await enrol(server.issuer, await addCompany(server.config), phone("aino"), () => digitsTo("+358405550100", /confirmation code/));
});

after(async () => {
  await browser?.close();
  await server?.stop();
  gateway?.close();
  application?.close();
  mailServer?.stdin.end();
  await files?.remove();
});

const digitsTo = (number, kind) => sms.filter((message) => message.to === number && kind.test(message.text)).at(-1)?.text.match(/^\d{6}/)?.[0];
const mailTo = (address, kind) => eventually(() => mails.filter((mail) => mail.to === address && kind.test(mail.subject)).at(-1), `a mail to ${address}: ${kind}`);

async function open(address, context) {
  const made = context ?? await browser.newContext({ locale: "en-GB", extraHTTPHeaders: { "x-forwarded-for": address } });
  return made.newPage();
}

// Signs Mart in to the application from that address, as far as it goes.
async function signIn(address) {
  const page = await open(address);
  const query = new URLSearchParams({ response_type: "code", client_id: "ledger", redirect_uri: `${origin}/callback`, scope: "openid",
    state: "s", code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256" });
  await page.goto(`${server.issuer}/oauth2/authorize?${query}`);
  await page.waitForSelector("#qr svg path");
  await scanPage(page, phone("mart"), path.join(files.path, "page.png"));
  return page;
}

const inApplication = (page) => page.waitForURL(`${origin}/callback?**`);

async function setAccess(access) {
  await clerk.goto(member);
  await clerk.selectOption("#access", access);
  await clerk.click("form[action$='/access'] button");
  await clerk.waitForSelector("p.well[role=status]");
}

test("a KH user invites somebody, whose mail comes, and who activates a phone", async () => {
  clerk = await open(HOME);
  await clerk.goto(`${server.issuer}/admin`);
  await clerk.waitForSelector("#qr svg path");
  await scanPage(clerk, phone("aino"), path.join(files.path, "page.png"));
  await clerk.waitForSelector("table.lines");
  await clerk.click("a[href$='/people/new']");
  await clerk.fill("#name", "Mart Tamm");
  await clerk.fill("#email", "mart@kuusi.example");
  await clerk.fill("#phone", "+372 5555 0101");
  await clerk.selectOption("#language", "en");
  await clerk.click("form[action*='/people/new'] button");
  await clerk.waitForSelector("p.well[role=status]");
  member = clerk.url().split("?")[0];
  const invitation = await mailTo("mart@kuusi.example", /invitation from Kuusi Books Oy/);
  assert.match(invitation.html, /Mart Tamm/);
  const code = invitation.text.match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/)[0];
  await enrol(server.issuer, code, phone("mart"), () => digitsTo("+37255550101", /confirmation code/));
  const notice = await mailTo("mart@kuusi.example", /A new device was added/);
  assert.match(notice.text, /\/not-me#/);
});

test("at home no code is asked for; elsewhere the same code comes by SMS and mail, and five wrong ones end the sign-in", async () => {
  await inApplication(await signIn(HOME));
  const away = await signIn(AWAY);
  await away.waitForSelector("#code");
  const digits = await eventually(() => digitsTo("+37255550101", /sign-in code/), "the SMS");
  const mail = await mailTo("mart@kuusi.example", /signing in from a new place/);
  assert.ok(mail.text.includes(digits), "the same digits both ways");
  const wrong = digits === "111111" ? "222222" : "111111";
  for (let left = 4; left >= 0; left -= 1) {
    await away.fill("#code", wrong);
    await away.keyboard.press("Enter");
    if (left > 0) await away.waitForFunction((left) => document.getElementById("tries")?.textContent.includes(`: ${left}`), left);
  }
  await away.waitForSelector(".reference");
  assert.match(await away.textContent("main"), /second_factor_locked/);
});

test("the KH user mends the number, the old one is told, and the sign-in works", async () => {
  await clerk.goto(member);
  await clerk.fill("#phone", "+372 5555 0177");
  await clerk.click("form[action*='/phone'] button");
  await clerk.waitForSelector("p.well[role=status]");
  await eventually(() => sms.find((message) => message.to === "+37255550101" && /changed your phone number/.test(message.text)), "the SMS to the old number");
  const away = await signIn(AWAY);
  await away.waitForSelector("#code");
  const digits = await eventually(() => digitsTo("+37255550177", /sign-in code/), "the SMS to the new number");
  await away.fill("#code", digits);
  await away.keyboard.press("Enter");
  await inApplication(away);
  await mailTo("mart@kuusi.example", /signed in from a new network/);
  await clerk.goto(member);
  assert.match(await clerk.textContent("#messages ~ ol"), /Code for signing in, by SMS: handed over/);
});

test("without access to the basic company, or with an employee listing alone, the sign-in ends with its text and a reference", async () => {
  for (const [access, text] of [
    ["removed", /There is a problem with access rights, please contact your accounting office\./],
    ["mobile_only", /browser_access_missing/],
  ]) {
    await setAccess(access);
    const page = await signIn(HOME);
    await page.waitForSelector(".reference");
    assert.match(await page.textContent("main"), text);
    assert.match(await page.textContent(".reference"), /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  }
  await setAccess("browser");
  await inApplication(await signIn(HOME));
});
