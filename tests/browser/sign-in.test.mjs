// The product's main job in a real browser: the QR code is read from the pixels of a screenshot.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { activate, expectSignedIn, folder, mobileSim, openBrowser, out, scanPage, startDemo } from "./support.mjs";

let demo, browser, files, profile;

before(async () => {
  files = await folder();
  profile = path.join(files.path, "phone.json");
  demo = await startDemo();
  browser = await openBrowser();
  const activated = await activate(demo, profile);
  assert.match(activated.stdout, /Mart Tamm/);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
  await files?.remove();
});

// `prepare` meets the page before anything is loaded.
async function openSignIn(options = {}, prepare = async () => {}) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  page.problems = [];
  page.on("console", (message) => { if (message.type() === "error") page.problems.push(message.text()); });
  page.on("pageerror", (error) => page.problems.push(error.message));
  await prepare(page);
  await page.goto(demo.application_url);
  await page.click("#sign-in");
  await page.waitForSelector("#qr svg path");
  return { context, page };
}

async function waitForNewFrame(page) {
  const shown = await page.getAttribute("#qr svg path", "d");
  await page.waitForFunction((d) => document.querySelector("#qr svg path").getAttribute("d") !== d, shown);
}

async function scanScreenshot(page, name, ...more) {
  return scanPage(page, profile, path.join(files.path, `${name}.png`), ...more);
}

test("a person signs in by scanning a screenshot, and the page moves on by itself", async () => {
  const { context, page } = await openSignIn();
  const scanned = await scanScreenshot(page, "plain");
  assert.match(scanned.stdout, /Ledger/);
  await expectSignedIn(page, demo);
  assert.deepEqual(page.problems, [], "no error in the console, so nothing broke the content security policy");
  await page.screenshot({ path: path.join(out, "application.png"), fullPage: true });
  await context.close();
});

test("the code changes every second", async () => {
  const { context, page } = await openSignIn();
  const seen = new Set();
  while (seen.size < 3) {
    seen.add(await page.getAttribute("#qr svg path", "d"));
    const last = [...seen].at(-1);
    await page.waitForFunction((d) => document.querySelector("#qr svg path").getAttribute("d") !== d, last);
  }
  await context.close();
});

test("it works without JavaScript", async () => {
  const { context, page } = await openSignIn({ javaScriptEnabled: false });
  await scanScreenshot(page, "no-script");
  await expectSignedIn(page, demo);
  await context.close();
});

const blockStream = (page) => page.route("**/login/events**", (route) => route.abort());

test("it works when the event stream is lost", async () => {
  const { context, page } = await openSignIn({}, blockStream);
  await waitForNewFrame(page);
  await scanScreenshot(page, "no-stream");
  await expectSignedIn(page, demo);
  await context.close();
});

test("it works when the event stream opens and stays silent", async () => {
  const { context, page } = await openSignIn({}, (opening) => opening.addInitScript(() => {
    window.EventSource = class extends EventTarget {
      static CLOSED = 2;
      readyState = 1;
      constructor() { super(); queueMicrotask(() => this.dispatchEvent(new Event("open"))); }
      close() {}
    };
  }));
  await waitForNewFrame(page);
  await scanScreenshot(page, "silent-stream");
  await expectSignedIn(page, demo);
  await context.close();
});

test("a page that lost the server hides the dead code, and shows a fresh one when the server is back", async () => {
  const { context, page } = await openSignIn({}, blockStream);
  await page.route("**/login/state**", (route) => route.abort());
  await page.waitForSelector("#lost:not([hidden])");
  assert.equal(await page.locator("#qr").isVisible(), false);
  await page.unroute("**/login/state**");
  await page.waitForSelector("#lost", { state: "hidden" });
  await scanScreenshot(page, "back");
  await expectSignedIn(page, demo);
  await context.close();
});

test("after the machine has slept no dead code is shown", async () => {
  const { context, page } = await openSignIn({}, async (opening) => {
    await blockStream(opening);
    await opening.addInitScript(() => {
      const now = Date.now;
      globalThis.slept = 0;
      Date.now = () => now() + globalThis.slept;
    });
  });
  await waitForNewFrame(page);
  await page.route("**/login/state**", (route) => route.abort());
  // Only the clock on the wall moved: the steady one stands still while a machine sleeps.
  const isHidden = await page.evaluate(() => new Promise((resolve) => {
    globalThis.slept = 3_600_000;
    const begun = performance.now();
    const look = () => {
      const shown = getComputedStyle(document.getElementById("qr")).visibility === "visible";
      if (!shown || performance.now() - begun > 2000) resolve(!shown);
      else requestAnimationFrame(look);
    };
    look();
  }));
  assert.ok(isHidden, "within two seconds, long before the steady clock would tell");
  await context.close();
});

test("after a scan the way out is named in the words of the question", async () => {
  const { context, page } = await openSignIn({}, blockStream);
  assert.equal(await page.textContent("#cancel button"), "Cancel");
  const view = { state: "scanned", frame: "", device_name: "Go… Pi… 8", number: "47", deny_reason: "", location: "" };
  await page.route("**/login/state**", (route) => route.fulfill({ json: view }));
  await page.waitForSelector("[data-part=scanned]:not([hidden])");
  assert.equal(await page.textContent("#cancel button"), "Not you? Cancel");
  assert.match(await page.textContent("#announce"), /scanned. Pick the number 47/);
  assert.equal(await page.textContent("#number"), "47");
  await page.screenshot({ path: path.join(out, "scanned-live.png"), fullPage: true });
  await context.close();
});

test("choosing a language on the invitation's page keeps the code", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  await page.goto(`${demo.base_url}/activate#${demo.activation_code}`);
  await page.click(".languages a[lang=sv]");
  // The page is there before its script has run.
  await page.waitForSelector("html[lang=sv] #with-code:not([hidden])");
  assert.equal(await page.textContent("#code"), demo.activation_code);
  await context.close();
});

test("copying says so without taking the button's name", async () => {
  const context = await browser.newContext({ locale: "en-GB", permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await page.goto(`${demo.base_url}/login?request=nothing`);
  await page.click("#copy");
  await page.waitForFunction(() => document.getElementById("copied").textContent === "Copied");
  assert.equal(await page.textContent("#copy"), "Copy details");
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /sign_in_request_unknown/);
  await context.close();
});

for (const [reason, text] of [["mistake", /Nobody was signed in/], ["not-me", /it was not them/]]) {
  test(`a denial (${reason}) reaches the page, with a reference and a way on`, async () => {
    const { context, page } = await openSignIn();
    await scanScreenshot(page, `deny-${reason}`, "--deny", reason);
    await page.waitForSelector("form[action^='/login/restart']");
    assert.match(await page.textContent("main"), text);
    assert.match(await page.textContent("code"), /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await page.screenshot({ path: path.join(out, `denied-${reason}.png`), fullPage: true });
    await page.click("form[action^='/login/restart'] button");
    await page.waitForSelector("#qr svg path");
    await scanScreenshot(page, `again-${reason}`);
    await expectSignedIn(page, demo);
    await context.close();
  });
}

test("cancelling leads back to the application, which is told", async () => {
  const { context, page } = await openSignIn();
  await page.click("#cancel button");
  await page.click("text=Back to Ledger");
  await page.waitForSelector("[role=alert]");
  assert.match(await page.textContent("[role=alert]"), /access_denied/);
  await context.close();
});

test("the phone refuses a code of another server", async () => {
  const refused = await mobileSim("scan", "--profile", profile, "--link", "HTTPS://EVIL.EXAMPLE/Q/0123").catch((error) => error);
  assert.notEqual(refused.code, 0);
  assert.match(refused.stderr, /evil\.example|another server|not .*server/i);
});
