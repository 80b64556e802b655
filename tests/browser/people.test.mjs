// A KH user at work in a real browser: signs in with the phone, invites somebody, corrects a number; every page looked at by axe.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { activate, checkPage, eventually, folder, openBrowser, out, scanPage, startDemo } from "./support.mjs";

let demo, browser, files, profile, kept, member;

before(async () => {
  files = await folder();
  profile = path.join(files.path, "phone.json");
  demo = await startDemo();
  browser = await openBrowser();
  const activated = await activate({ ...demo, activation_code: demo.administrator_activation_code }, profile);
  assert.match(activated.stdout, /Aino Korhonen/);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
  await files?.remove();
});

const messages = async () => (await fetch(`${demo.messages_url}.json`)).json();

test("a KH user signs in to the people of her company, and invites somebody who activates a phone", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => { if (/Content Security Policy/.test(message.text())) problems.push(message.text()); });
  await page.goto(`${demo.base_url}/admin`);
  await page.waitForSelector("#qr svg path");
  await scanPage(page, profile, path.join(files.path, "admin.png"));
  await page.waitForSelector("table.lines");
  assert.match(page.url(), /\/admin\/[0-9a-f-]+\/people$/);
  assert.equal(await page.textContent("h1"), "Käyttäjät ja roolit", "in the language of the person, who is Finnish");

  await page.click("a[href$='/people/new']");
  await page.fill("#name", "Liis Kask");
  await page.fill("#email", "liis.kask");
  await page.click("form[action*='/people/new'] button");
  await page.waitForSelector("#email[aria-invalid]");
  assert.equal(await page.inputValue("#name"), "Liis Kask", "what was typed is still there");
  await page.fill("#email", "liis.kask@kuusi.example");
  await page.fill("#phone", "+372 5555 0155");
  await page.selectOption("#language", "et");
  await page.click("form[action*='/people/new'] button");
  await page.waitForSelector("p.well[role=status]");
  member = page.url().split("?")[0];

  const mail = await eventually(async () => (await messages()).find((message) => message.to === "liis.kask@kuusi.example"), "the mail");
  const code = mail.body.match(/\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/)[0];
  const activated = await activate({ ...demo, activation_code: code }, path.join(files.path, "liis.json"));
  assert.match(activated.stdout, /Liis Kask/);
  await page.reload();
  await page.waitForSelector("form.inline button");
  assert.deepEqual(problems, [], "nothing broke the content security policy");
  kept = await context.storageState();
  await context.close();
});

test("by keyboard alone a phone number is corrected, and the wrong one is explained", async () => {
  const context = await browser.newContext({ locale: "en-GB", storageState: kept });
  const page = await context.newPage();
  await page.goto(`${member}?lang=en`);
  await page.focus("#phone");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("5555");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#phone[aria-invalid]");
  assert.match(await page.textContent("[role=alert]"), /country code/);
  await page.focus("#phone");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("+372 5555 0166");
  await page.keyboard.press("Enter");
  await page.waitForSelector("p.well[role=status]");
  assert.equal(await page.inputValue("#phone"), "+37255550166");
  await context.close();
});

test("whoever is signed out is led to the sign-in page and back", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(member);
  await page.waitForSelector("#qr svg path");
  await scanPage(page, profile, path.join(files.path, "again.png"));
  await page.waitForSelector("#history");
  assert.equal(page.url(), member);
  await page.click("form.who button");
  await page.waitForURL(`${demo.base_url}/`);
  await page.goto(member);
  await page.waitForSelector("#qr svg path");
  await context.close();
});

test("a network is approved by keyboard, and a range that is too wide is explained", async () => {
  const context = await browser.newContext({ locale: "en-GB", storageState: kept });
  const page = await context.newPage();
  await page.goto(`${member.replace(/\/[^/]+$/, "")}?lang=en`);
  await page.click("a[href$='/networks']");
  await page.focus("#network");
  await page.keyboard.type("10.0.0.0/8");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#network[aria-invalid]");
  assert.match(await page.textContent("[role=alert]"), /\/16/);
  await page.fill("#network", "192.0.2.0/24");
  await page.keyboard.press("Enter");
  await page.waitForSelector("p.well[role=status]");
  assert.match(await page.textContent("table.lines"), /192\.0\.2\.0\/24/);
  await context.close();
});

const pages = { list: (people) => people, new: (people) => `${people}/new`, member: () => member, networks: (people) => people.replace(/people$/, "networks") };

for (const [name, address] of Object.entries(pages)) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 320]) {
      test(`people: ${name} (${colorScheme}, ${width} px)`, async () => {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, storageState: kept, bypassCSP: true });
        const page = await context.newPage();
        const opened = await page.goto(address(member.replace(/\/[^/]+$/, "")));
        assert.equal(opened.status(), 200);
        await page.waitForSelector(".tools");
        await checkPage(page);
        await page.screenshot({ path: path.join(out, `people-${name}-${colorScheme}-${width}.png`), fullPage: true });
        await context.close();
      });
    }
  }
}
