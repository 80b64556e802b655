// People at their own account in a real browser: a new e-mail address, a device, "It was not me"; every page looked at by axe.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { activate, checkPage, eventually, folder, openBrowser, out, scanPage, startDemo } from "./support.mjs";

let demo, browser, files, profile, kept, device;

before(async () => {
  files = await folder();
  profile = path.join(files.path, "phone.json");
  demo = await startDemo();
  browser = await openBrowser();
  await activate(demo, profile);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
  await files?.remove();
});

const messages = async () => (await fetch(`${demo.messages_url}.json`)).json();
const mailTo = (address, part) => eventually(async () => (await messages()).find((message) => message.to === address && message.body.includes(part)), `a mail to ${address}`);

// The session ends with some tests; whoever needs one signs in again.
async function signIn(context, name) {
  const page = await context.newPage();
  await page.goto(`${demo.base_url}/account`);
  await page.waitForSelector("#qr svg path");
  await scanPage(page, profile, path.join(files.path, `${name}.png`));
  await page.waitForSelector("#visits");
  return page;
}

test("a person signs in, reads times of their own zone, and changes the e-mail address by keyboard", async () => {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Asia/Tokyo" });
  const page = await signIn(context, "account");
  const problems = [];
  page.on("console", (message) => { if (/Content Security Policy/.test(message.text())) problems.push(message.text()); });
  await page.goto(`${demo.base_url}/account?lang=en`);
  const shown = await page.$eval("#visits ~ table time", (time) => ({ utc: time.title, local: time.textContent, machine: time.dateTime }));
  assert.match(shown.utc, /UTC$/);
  const expected = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Tokyo" }).format(new Date(shown.machine));
  assert.equal(shown.local, expected);

  await page.focus("#email");
  await page.keyboard.type("not an address");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#email[aria-invalid]");
  assert.equal(await page.inputValue("#email"), "not an address");
  await page.fill("#email", "new.address@kuusi.example");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#code:focus");
  const mail = await mailTo("new.address@kuusi.example", "account page");
  const code = mail.body.match(/\b\d{6}\b/)[0];
  await page.keyboard.insertText(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.keyboard.press("Enter");
  await page.waitForSelector("p.well[role=status]");
  assert.match(await page.textContent("dl.facts"), /new\.address@kuusi\.example/);
  assert.deepEqual(problems, [], "nothing broke the content security policy");
  device = await page.getAttribute("#devices ~ table a", "href");
  kept = await context.storageState();
  await context.close();
});

test("the language that was chosen stays from page to page", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(`${demo.base_url}/`);
  await page.click(".languages a[lang=nb]");
  await page.waitForSelector("html[lang=nb]");
  await page.goto(`${demo.base_url}/account`);
  await page.waitForSelector("html[lang=nb] #qr svg path");
  await context.close();
});

const pages = { account: () => "/account", device: () => device, "not-me": () => "/not-me", gone: () => "/account/signed-out" };

for (const [name, address] of Object.entries(pages)) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 320]) {
      test(`account: ${name} (${colorScheme}, ${width} px)`, async () => {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, storageState: kept, bypassCSP: true });
        const page = await context.newPage();
        const opened = await page.goto(`${demo.base_url}${address()}`);
        assert.equal(opened.status(), 200);
        await page.waitForSelector("h1");
        await checkPage(page);
        await page.screenshot({ path: path.join(out, `account-${name}-${colorScheme}-${width}.png`), fullPage: true });
        await context.close();
      });
    }
  }
}

test("the page for the code of a new address holds up too", async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 900 }, storageState: kept, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${demo.base_url}/account?lang=en`);
  await page.fill("#email", "another@kuusi.example");
  await page.click("form[action='/account/email'] button");
  await page.waitForSelector("#code");
  await page.fill("#code", "12");
  await page.click("form[action='/account/email/code'] button");
  await page.waitForSelector("#code[aria-invalid]");
  await checkPage(page);
  await page.screenshot({ path: path.join(out, "account-email-light-320.png"), fullPage: true });
  await page.click("form[action='/account/email/give-up'] button");
  await page.waitForSelector("#visits");
  await context.close();
});

test("the link in a notice fills in the code, leaves nothing in the address, and the button ends everything", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  const told = (await messages()).find((message) => message.kind === "mail" && message.body.includes("e-mail address of your Avain account") || message.body.includes("sähköpostiosoite vaihdettiin"));
  const link = told.body.match(/\S+\/not-me#\S+/)[0];
  await page.goto(link);
  await page.waitForFunction(() => document.getElementById("code").value.length > 0);
  assert.equal(await page.evaluate(() => location.hash), "");
  await page.click("form[action='/not-me'] button");
  await page.waitForSelector(".sign.done");
  const before = await browser.newContext({ storageState: kept });
  const account = await before.newPage();
  await account.goto(`${demo.base_url}/account`);
  await account.waitForSelector("#qr svg path");
  await scanPage(account, profile, path.join(files.path, "again.png"));
  await account.waitForSelector("#visits");
  assert.doesNotMatch(await account.textContent("dl.facts"), /new\.address/, "the old address is back");
  await before.close();
  await context.close();
});
