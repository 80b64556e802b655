// A sign-in from a network that is not remembered: the code is asked for, explained, and accepted; the page looked at by axe.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { addCompany, checkPage, enrol, eventually, folder, openBrowser, out, scanPage, startServer } from "./support.mjs";

let server, browser, files, profile, issuer;

before(async () => {
  files = await folder();
  profile = path.join(files.path, "phone.json");
  server = await startServer(files, { server: 'trusted_proxies = ["127.0.0.1"]' });
  issuer = server.issuer;
  browser = await openBrowser();
  await enrol(issuer, await addCompany(server.config), profile, () => sms(/confirmation code/)[0]);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await files?.remove();
});

// The digits of the SMS of that kind, the oldest first.
const sms = (kind) => server.printed.filter((line) => /^\d{6} /.test(line) && kind.test(line)).map((line) => line.slice(0, 6));

async function signInFrom(address, options = {}) {
  const context = await browser.newContext({ locale: "en-GB", extraHTTPHeaders: { "x-forwarded-for": address }, ...options });
  const page = await context.newPage();
  await page.goto(`${issuer}/admin`);
  await page.waitForSelector("#qr svg path");
  await scanPage(page, profile, path.join(files.path, "page.png"));
  return page;
}

test("a new network asks for the code that went out, explains a wrong one, and is remembered", async () => {
  const home = await signInFrom("192.0.2.10");
  await home.waitForSelector("table.lines");

  const away = await signInFrom("203.0.113.9");
  await away.waitForSelector("#code");
  assert.match(await away.textContent("main"), /\+358 \*+ 00/);
  await away.waitForFunction(() => /^Handed over at \d\d:\d\d:\d\d/.test(document.getElementById("sms-progress").textContent));
  await away.fill("#code", "000000");
  await away.keyboard.press("Enter");
  await away.waitForSelector("#code[aria-invalid]");
  assert.match(await away.textContent("main"), /Tries left: 4/);
  const digits = await eventually(() => sms(/sign-in code/)[0], "the SMS");
  await away.fill("#code", ` ${digits.slice(0, 3)} ${digits.slice(3)}`);
  await away.keyboard.press("Enter");
  await away.waitForSelector("table.lines");

  const neighbour = await signInFrom("203.0.113.77");
  await neighbour.waitForSelector("table.lines");
  assert.equal(sms(/sign-in code/).length, 1, "the network is known now");
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 320]) {
    test(`second factor (${colorScheme}, ${width} px)`, async () => {
      const page = await signInFrom(`198.51.${width === 320 ? 1 : 2}${colorScheme.length}.1`, { colorScheme, viewport: { width: 1280, height: 900 }, bypassCSP: true });
      await page.waitForSelector("#code");
      await page.setViewportSize({ width, height: 900 });
      await checkPage(page);
      await page.screenshot({ path: path.join(out, `second-factor-${colorScheme}-${width}.png`), fullPage: true });
      await page.context().close();
    });
  }
}

test("two codes have a field each, and axe finds nothing wrong with them", async () => {
  const second = await folder();
  const other = path.join(second.path, "phone.json");
  const two = await startServer(second, { server: 'trusted_proxies = ["127.0.0.1"]', more: '[second_factor]\ncodes = "different"' });
  const digits = (kind) => two.printed.map((line) => line.trim()).filter((line) => kind.test(line)).at(-1)?.match(/\d{6}/)[0];
  await enrol(two.issuer, await addCompany(two.config), other, () => digits(/^\d{6} .*confirmation code/));
  for (const address of ["192.0.2.10", "203.0.113.9"]) {
    const context = await browser.newContext({ locale: "en-GB", extraHTTPHeaders: { "x-forwarded-for": address }, bypassCSP: true, viewport: { width: 320, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${two.issuer}/account`);
    await page.waitForSelector("#qr svg path");
    await scanPage(page, other, path.join(second.path, "page.png"));
    await page.waitForSelector(address === "192.0.2.10" ? "#visits" : "#mail_code");
    if (address === "192.0.2.10") continue;
    await checkPage(page);
    await page.screenshot({ path: path.join(out, "second-factor-two-light-320.png"), fullPage: true });
    await page.fill("#code", await eventually(() => digits(/^\d{6} .*sign-in code/), "the SMS"));
    await page.fill("#mail_code", await eventually(() => digits(/^\d{6}$/), "the mail"));
    await page.keyboard.press("Enter");
    await page.waitForSelector("#visits");
  }
  await two.stop();
  await second.remove();
});
