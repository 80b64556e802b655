// Nobody's phone: what a newcomer does with the browser alone, and what somebody does with the camera of a real phone.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { codeSent, expectSignedIn, filmInto, folder, openBrowser, out, pressNumber, startDemo, startWebPhone } from "./support.mjs";

let demo, files;

before(async () => {
  files = await folder();
  demo = await startDemo();
});

after(async () => {
  await demo?.stop();
  await files?.remove();
});

async function openPage(context) {
  const page = await context.newPage();
  page.problems = [];
  page.on("console", (message) => { if (message.type() === "error") page.problems.push(message.text()); });
  page.on("pageerror", (error) => page.problems.push(error.message));
  return page;
}

test("a newcomer signs in within a minute, with the demo's first page and nothing else", async () => {
  const browser = await openBrowser("--auto-select-tab-capture-source-by-title=Sign in to Ledger");
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1100, height: 860 } });
  const begun = Date.now();
  const page = await openPage(context);
  await page.goto(demo.application_url);
  const opening = context.waitForEvent("page");
  await page.click("#open-phone");
  const phone = await opening;
  const problems = [];
  phone.on("console", (message) => { if (message.type() === "error") problems.push(message.text()); });
  await phone.click("#activate .button");
  await phone.click("#sms-use");
  await phone.click("#confirm .button");
  await phone.click("#unlock .touch");
  await phone.waitForSelector("[data-screen=ready]:not([hidden])");
  await page.click("#sign-in");
  await page.waitForSelector("#qr svg path");
  await phone.click("#scan-screen");
  await phone.waitForSelector("[data-screen=challenge]:not([hidden])");
  await phone.screenshot({ path: path.join(out, "newcomer-phone.png") });
  await page.screenshot({ path: path.join(out, "newcomer-page.png") });
  await pressNumber(phone, page);
  await expectSignedIn(page, demo);
  assert.ok(Date.now() - begun < 60_000, "within a minute");
  assert.deepEqual([...page.problems, ...problems], [], "nothing broke the content security policy");
  assert.ok(phone.viewportSize().width <= 500, "beside the page, not over it");
  await browser.close();
});

test("mobile-sim web --https: the camera of a phone in the network, through a certificate of the moment", async () => {
  const served = await startWebPhone("--server", demo.base_url, "--listen", "127.0.0.1:0", "--https");
  assert.match(served.address, /^https:/);
  assert.match(served.printed.join("\n"), /will warn[^]*([0-9A-F]{2}:){31}[0-9A-F]{2}/);
  const browser = await openBrowser();
  const page = await openPage(await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 720 } }));
  await page.goto(demo.application_url);
  const camera = path.join(files.path, "camera.mjpeg");
  await filmInto(camera, page);
  const phoneBrowser = await openBrowser("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-video-capture=${camera}`);
  const phone = await openPage(await phoneBrowser.newContext({ locale: "fi-FI", ignoreHTTPSErrors: true, permissions: ["camera"] }));
  await phone.goto(`${served.address}#${demo.administrator_activation_code}`);
  await phone.click("#activate .button");
  await phone.waitForSelector("[data-screen=confirm]:not([hidden])");
  await phone.fill("#digits", "000000");
  await phone.press("#digits", "Enter");
  await phone.waitForSelector("#problem-code:text-is('confirmation_code_wrong')");
  assert.match(await phone.textContent("#problem-title"), /[äö]/, "the server speaks the language of this browser");
  await phone.fill("#digits", await codeSent(demo, "+358405550100", /vahvistuskoodi/));
  await phone.press("#digits", "Enter");
  await phone.click("#unlock .touch");
  for (let turn = 1; ; turn += 1) {
    await phone.waitForSelector("[data-screen=ready]:not([hidden])");
    if (turn === 1) await page.click("#sign-in");
    await page.waitForSelector("#qr svg path");
    await filmInto(camera, page);
    await phone.click("#scan-camera");
    await phone.waitForSelector("[data-screen=challenge]:not([hidden]), #problem:not([hidden])");
    if (await phone.isVisible("[data-screen=challenge]")) break;
    assert.equal(await phone.textContent("#problem-code"), "frame_expired");
    assert.ok(turn < 3);
  }
  await pressNumber(phone, page);
  // On a busy machine the frame may be old enough to look relayed, and then a code is asked for.
  await page.waitForSelector("#person-name, #code");
  const broken = phone.problems.filter((text) => !/status of 4/.test(text));
  assert.deepEqual(broken, [], "nothing broke the content security policy");
  await phoneBrowser.close();
  await browser.close();
  await served.stop();
});

test("over plain HTTP under another name the page says what is missing", async () => {
  const served = await startWebPhone("--server", demo.base_url, "--listen", "127.0.0.1:0");
  const browser = await openBrowser("--host-resolver-rules=MAP phone.test 127.0.0.1");
  const page = await openPage(await browser.newContext());
  await page.goto(served.address.replace("127.0.0.1", "phone.test"));
  await page.waitForSelector("[data-screen=insecure]:not([hidden])");
  assert.match(await page.textContent("[data-screen=insecure]"), /--https/);
  assert.deepEqual(page.problems, []);
  await browser.close();
  await served.stop();
});
