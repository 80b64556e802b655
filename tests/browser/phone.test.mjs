// The browser phone: activated and used in Chromium, with a camera that films the sign-in page.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { PNG } from "pngjs";
import { encodeQR } from "../../mobile-sim/web/vendor/qr/index.js";
import { checkPage, eventually, expectSignedIn, filmInto, folder, linkOn, openBrowser, openSignIn, out, pressNumber, startDemo } from "./support.mjs";

const FRAME = { width: 1280, height: 720 };

let demo, browser, camera, phoneBrowser, phone, files;

before(async () => {
  files = await folder();
  demo = await startDemo();
  browser = await openBrowser();
  camera = path.join(files.path, "camera.mjpeg");
  const page = await (await browser.newContext({ viewport: FRAME })).newPage();
  await filmInto(camera, page);
  phoneBrowser = await openBrowser("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${camera}`);
  const context = await phoneBrowser.newContext({
    locale: "en-GB", viewport: { width: 390, height: 844 }, bypassCSP: true,
    permissions: ["camera", "clipboard-read", "clipboard-write"],
  });
  phone = await context.newPage();
  phone.sent = [];
  phone.on("request", (request) => { if (request.url().includes("/phone/v1/")) phone.sent.push(request.url()); });
});

after(async () => {
  await phoneBrowser?.close();
  await browser?.close();
  await demo?.stop();
  await files?.remove();
});

// Scans until the challenge is there: a code lives five seconds, and a busy machine may take longer.
async function scan(page, look) {
  for (let turn = 1; ; turn += 1) {
    await phone.waitForSelector("[data-screen=ready]:not([hidden])");
    await look(page);
    await phone.waitForSelector("[data-screen=challenge]:not([hidden]), #problem:not([hidden])");
    if (await phone.isVisible("[data-screen=challenge]")) return;
    const code = await phone.textContent("#problem-code");
    if (turn === 3 || code !== "frame_expired") throw new Error(`refused: ${await phone.textContent("#problem")}`);
  }
}

const throughCamera = async (page) => {
  await filmInto(camera, page);
  await phone.click("#scan-camera");
};

const throughPicture = async (page) => {
  const file = path.join(files.path, "screenshot.png");
  await page.screenshot({ path: file });
  await phone.setInputFiles("#picture", file);
};

const throughClipboard = async (page) => {
  const png = (await page.screenshot()).toString("base64");
  await phone.evaluate(async (text) => {
    const blob = new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))], { type: "image/png" });
    await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
  }, png);
  await phone.click("#paste");
};

const throughPastedText = async (page) => {
  const link = linkOn(await page.screenshot());
  await phone.evaluate((text) => navigator.clipboard.writeText(text), link);
  await phone.click("[data-screen=ready] h1");
  await phone.keyboard.press("Control+V");
};

const throughTyping = async (page) => {
  const link = linkOn(await page.screenshot());
  if (!await phone.isVisible("#link")) await phone.click("text=Type a code");
  await phone.fill("#link", link);
  await phone.press("#link", "Enter");
};

// What is on the phone now, in both schemes and three widths.
async function look(name) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 390, 320]) {
      await phone.emulateMedia({ colorScheme });
      await phone.setViewportSize({ width, height: 844 });
      await checkPage(phone);
      await phone.screenshot({ path: path.join(out, `phone-${name}-${colorScheme}-${width}.png`), fullPage: true });
    }
  }
  await phone.emulateMedia({ colorScheme: "light" });
  await phone.setViewportSize({ width: 390, height: 844 });
}

test("a wrong activation code: the server's words, its code and its reference", async () => {
  await phone.goto(demo.phone_url);
  await phone.waitForSelector("[data-screen=activate]:not([hidden])");
  assert.equal(await phone.inputValue("#code"), demo.activation_code, "the link carries it");
  await look("activate");
  await phone.fill("#code", "0000-0000-0000");
  await phone.press("#code", "Enter");
  await phone.waitForSelector("#problem:not([hidden])");
  assert.match(await phone.textContent("#problem-code"), /^activation_code_/);
  assert.match(await phone.textContent("#problem-reference"), /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  assert.notEqual(await phone.textContent("#problem-title"), "");
  await look("activate-refused");
});

test("a system that is too old is refused with the version that is needed, and the code stays unused", async () => {
  await phone.fill("#code", demo.activation_code.toLowerCase());
  await phone.selectOption("#system", "8.1.0 27");
  await phone.click("#activate .button");
  await phone.waitForSelector("#problem-code:text-is('os_version_too_old')");
  assert.match(await phone.textContent("#problem"), /8\.1.*12.*choose a newer Android/s);
});

test("activation: the text message comes to the phone, a wrong code does not pass, a reload loses nothing", async () => {
  await phone.selectOption("#system", "16 36");
  await phone.click("#activate .button");
  await phone.waitForSelector("[data-screen=confirm]:not([hidden])");
  assert.match(await phone.textContent("[data-screen=confirm]"), /Mart Tamm.*Kuusi Books Oy.*\+372/s);
  await phone.waitForSelector("#sms:not([hidden])");
  await look("confirm");
  await phone.fill("#digits", "000000");
  await phone.press("#digits", "Enter");
  await phone.waitForSelector("#problem-code:text-is('confirmation_code_wrong')");
  await phone.click("#sms-use");
  assert.match(await phone.inputValue("#digits"), /^\d{6}$/);
  const digits = await phone.inputValue("#digits");
  await phone.reload();
  await phone.waitForSelector("[data-screen=confirm]:not([hidden])");
  await phone.fill("#digits", digits);
  await phone.press("#digits", "Enter");
  await phone.waitForSelector("#unlock[open]");
  await look("unlock");
  await phone.keyboard.press("Escape");
  await phone.waitForSelector("[data-screen=finish]:not([hidden])");
  await look("finish");
  await phone.reload();
  await phone.click("#finish");
  await phone.click("#unlock .touch");
  await phone.waitForSelector("[data-screen=ready]:not([hidden])");
  assert.match(await phone.textContent("[data-screen=ready]"), /Mart Tamm/);
  await look("ready");
});

test("the camera films the sign-in page, and the person is signed in", async () => {
  const { context, page } = await openSignIn(browser, demo);
  await scan(page, throughCamera);
  const challenge = await phone.textContent("[data-screen=challenge]");
  for (const word of ["Ledger", "Kuusi Books Oy", "127.0.0.1", "Chrome"]) assert.ok(challenge.includes(word), `${word} in ${challenge}`);
  await look("challenge");
  await pressNumber(phone, page);
  await look("result");
  await expectSignedIn(page, demo);
  await phone.click("#done");
  await context.close();
});

for (const [name, through] of Object.entries({
  "a picture": throughPicture, "a copied screenshot": throughClipboard, "a pasted link": throughPastedText, "a typed link": throughTyping,
})) {
  test(`sign-in through ${name}`, async () => {
    const { context, page } = await openSignIn(browser, demo);
    await scan(page, through);
    await pressNumber(phone, page);
    await expectSignedIn(page, demo);
    await phone.click("#done");
    await context.close();
  });
}

for (const [button, text] of [["#deny-mistake", /Nobody was signed in/], ["#deny-not-me", /it was not them/]]) {
  test(`a refusal (${button}) reaches the sign-in page`, async () => {
    const { context, page } = await openSignIn(browser, demo);
    await scan(page, throughPicture);
    await phone.click(button);
    await phone.waitForSelector("#result-title:text-is('Refused')");
    await page.waitForSelector("form[action^='/login/restart']");
    assert.match(await page.textContent("main"), text);
    await phone.click("#done");
    await context.close();
  });
}

test("after “It was not me” the next sign-in wants a code, which comes to the phone as a text message", async () => {
  const { context, page } = await openSignIn(browser, demo);
  await scan(page, throughPicture);
  await pressNumber(phone, page);
  await page.waitForSelector("#code");
  await phone.waitForFunction(() => /sign-in code/.test(document.getElementById("sms-text").textContent));
  assert.ok(await phone.isVisible("#sms"));
  assert.ok(!await phone.isVisible("#sms-use"), "it is typed into the browser, not into the phone");
  await page.fill("#code", (await phone.textContent("#sms-text")).match(/\d{6}/)[0]);
  await page.press("#code", "Enter");
  await page.waitForSelector("#person-name");
  await phone.click("#done");
  await context.close();
});

test("a wrong number ends the sign-in, and says so on both", async () => {
  const { context, page } = await openSignIn(browser, demo);
  await scan(page, throughPicture);
  const right = await eventually(async () => (await page.textContent("#number")).trim(), "the number");
  assert.equal(await phone.locator("#numbers button").count(), 5);
  assert.equal(await phone.isVisible("#approve"), false, "there is no way around the numbers");
  await phone.click(`#numbers button:not(:text-is("${right}"))`);
  await phone.click("#unlock .touch");
  await phone.waitForSelector("#problem-code:text-is('number_wrong')");
  await look("number-wrong");
  await page.waitForSelector("form[action^='/login/restart']");
  await context.close();
});

test("without the unlock nothing is signed", async () => {
  const { context, page } = await openSignIn(browser, demo);
  await scan(page, throughPicture);
  const before = phone.sent.length;
  await phone.click("#numbers button");
  await phone.keyboard.press("Escape");
  await phone.waitForSelector("#unlock:not([open])", { state: "attached" });
  assert.ok(await phone.isVisible("[data-screen=challenge]"));
  assert.equal(phone.sent.length, before);
  await phone.reload();
  await context.close();
});

test("nobody can read the key, and it survives a reload", async () => {
  const keyOf = () => phone.evaluate(async () => {
    const { recall } = await import("/demo/phone/memory.js");
    const { key } = await recall("phone");
    const refused = [];
    for (const form of ["pkcs8", "jwk", "raw"]) await crypto.subtle.exportKey(form, key.privateKey).catch((error) => refused.push(error.name));
    return { refused, extractable: key.privateKey.extractable, thumbprint: [...key.thumbprint].join() };
  });
  const first = await keyOf();
  assert.equal(first.refused.length, 3);
  assert.equal(first.extractable, false);
  await phone.reload();
  await phone.waitForSelector("[data-screen=ready]:not([hidden])");
  assert.deepEqual(await keyOf(), first);
  const { context, page } = await openSignIn(browser, demo);
  await scan(page, throughPicture);
  await pressNumber(phone, page);
  await expectSignedIn(page, demo);
  await phone.click("#done");
  await context.close();
});

test("a new invitation may take the phone's place, and a wrong code does not", async () => {
  await phone.goto(`${demo.base_url}/demo/phone`);
  await phone.waitForSelector("[data-screen=ready]:not([hidden])");
  await phone.goto(demo.phone_url);
  await phone.waitForSelector("[data-screen=ready]:not([hidden])");
  await phone.goto(`${demo.base_url}/demo/phone/#0000-0000-0000`);
  await phone.waitForSelector("#replaces:not([hidden])");
  assert.match(await phone.textContent("#replaces"), /Mart Tamm/);
  await look("replace");
  await phone.click("#activate .button");
  await phone.waitForSelector("#problem-code:text-is('activation_code_unknown')");
  await phone.click("#keep");
  await phone.waitForSelector("[data-screen=ready]:not([hidden])");
  await phone.reload();
  await phone.waitForSelector("[data-screen=ready]:not([hidden])");
});

// A QR code as a picture.
function drawn(text) {
  const modules = encodeQR(text, "raw", { ecc: "medium", border: 4 });
  const size = modules.length * 6;
  const image = new PNG({ width: size, height: size });
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) image.data.set(modules[Math.floor(y / 6)][Math.floor(x / 6)] ? [0, 0, 0, 255] : [255, 255, 255, 255], (y * size + x) * 4);
  }
  return PNG.sync.write(image);
}

for (const [text, code] of [["HTTPS://EVIL.EXAMPLE/Q/0123", "link_foreign"], ["WIFI:T:WPA;S:home;;", "link_unreadable"]]) {
  test(`a code of somebody else is refused on the phone (${code})`, async () => {
    const before = phone.sent.length;
    await phone.setInputFiles("#picture", { name: "code.png", mimeType: "image/png", buffer: drawn(text) });
    await phone.waitForSelector(`#problem-code:text-is('${code}')`);
    assert.equal(phone.sent.length, before, "nothing was sent");
    if (code === "link_foreign") await look("foreign");
  });
}

test("a picture without a code says so", async () => {
  const buffer = PNG.sync.write(new PNG({ width: 64, height: 64 }));
  await phone.setInputFiles("#picture", { name: "blank.png", mimeType: "image/png", buffer });
  await phone.waitForSelector("#problem-code:text-is('no_code_found')");
});

test("a removed phone begins anew", async () => {
  await phone.click("text=About this phone");
  await phone.click("#remove");
  await phone.waitForSelector("[data-screen=activate]:not([hidden])");
  await phone.reload();
  await phone.waitForSelector("[data-screen=activate]:not([hidden])");
});
