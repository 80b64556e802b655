// Somebody of the support staff at work in a real browser: from what a caller says to what to tell them, and looked at by axe.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { addCompany, avain, checkPage, enrol, eventually, folder, mobileSim, openBrowser, out, scanPage, startServer } from "./support.mjs";

let server, browser, files, kept;
const profile = (name) => path.join(files.path, `${name}.json`);

// Without a gateway the server prints what it would send: the newest code of an SMS.
const printedCode = async () => server.printed.join("\n").match(/\b\d{6}\b/g)?.at(-1);

before(async () => {
  files = await folder();
  server = await startServer(files);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await files?.remove();
});

test("a caller with a reference or a name is found, and every page is in order", async () => {
  const code = await addCompany(server.config);
  // A phone that is too old: the caller reads the reference aloud.
  const refused = await mobileSim("activate", "--server", server.issuer, "--code", code, "--profile", profile("old"),
    "--os", "9", "--api-level", "28", "--brand", "Samsung", "--model", "<b>=1+1</b>", "--confirmation-code", "000000").catch((error) => error);
  const reference = refused.stderr.match(/[0-9A-Z]{4}-[0-9A-Z]{4}(?![-0-9A-Z])/)?.[0];
  assert.ok(reference, refused.stderr);
  await enrol(server.issuer, code, profile("aino"), printedCode);
  const added = await avain("staff", "add", "--config", server.config, "--name", "Tuija Tuki", "--email", "tuija@palvelu.example",
    "--phone", "+358 40 555 0150", "--language", "en");
  await enrol(server.issuer, added.stdout.trim().split("\n").at(-1), profile("tuija"), printedCode);

  const context = await browser.newContext({ locale: "en-GB", bypassCSP: true, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${server.issuer}/support`);
  await page.waitForSelector("#qr svg path");
  await scanPage(page, profile("tuija"), path.join(files.path, "support.png"));
  await page.waitForSelector("#q");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.type(reference.toLowerCase());
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/support\/errors\//);
  assert.match(await page.textContent("main"), /was not used up/);
  assert.match(await page.textContent("main"), /Samsung <b>=1\+1<\/b>/, "what a phone says is text");
  await checkPage(page);
  await page.screenshot({ path: path.join(out, "support-error.png"), fullPage: true });
  await page.click("text=Aino Korhonen");
  await page.waitForURL(/\/support\/people\//);
  assert.match(await page.textContent("main"), new RegExp(reference));
  await checkPage(page);
  await page.screenshot({ path: path.join(out, "support-person.png"), fullPage: true });

  for (const [said, link] of [["korhonen aino", "/support/people/"], ["google", "/support/devices/"], ["kuusi", "/support?company="]]) {
    await page.goto(`${server.issuer}/support`);
    await page.fill("#q", said);
    await page.keyboard.press("Enter");
    await page.waitForSelector(`a[href^='${link}']`);
    await checkPage(page);
  }
  await page.goto(`${server.issuer}/support?q=a`);
  await page.screenshot({ path: path.join(out, "support-search.png"), fullPage: true });
  kept = await context.storageState();
  await context.close();
});

test("on a narrow screen, in the dark, and without scripts the pages work too", async () => {
  const context = await browser.newContext({ locale: "fi-FI", storageState: kept, javaScriptEnabled: false, colorScheme: "dark", viewport: { width: 320, height: 700 } });
  const page = await context.newPage();
  await page.goto(`${server.issuer}/support?q=aino&lang=fi`);
  await page.click("a[href^='/support/people/']");
  await page.click("a[href^='/support/devices/']");
  await page.screenshot({ path: path.join(out, "support-device-narrow.png"), fullPage: true });
  await page.click("summary");
  await page.fill("#reason-revoke", "Puhelin katosi junassa");
  await page.click("details[open] button");
  await page.waitForSelector("[role=status]");
  assert.match(await page.textContent("main"), /Puhelin katosi junassa/);
  await page.screenshot({ path: path.join(out, "support-person-narrow.png"), fullPage: true });
  await context.close();
});
