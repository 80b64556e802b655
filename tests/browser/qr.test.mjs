// The QR code as cameras see it: on white in both schemes, at half size, blurred; read by three decoders.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import jsQR from "jsqr";
import { PNG } from "pngjs";
import { activate, folder, openBrowser, out, run, scanPage, startDemo } from "./support.mjs";

let demo, browser, files, profile;

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

async function photograph(options) {
  const context = await browser.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  await page.goto(demo.application_url);
  await page.click("#sign-in");
  await page.waitForSelector("#qr svg path");
  await page.evaluate(() => document.fonts.ready);
  const png = await page.screenshot();
  const box = await page.locator("#qr svg").boundingBox();
  const size = Number((await page.getAttribute("#qr svg", "viewBox")).split(" ")[2]);
  return { context, page, png, box, size };
}

const readJsQr = (png) => {
  const image = PNG.sync.read(png);
  return jsQR(new Uint8ClampedArray(image.data), image.width, image.height, { inversionAttempts: "dontInvert" })?.data;
};

const schemes = ["light", "dark"];
const viewports = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 }, narrow: { width: 320, height: 700 } };

for (const scheme of schemes) {
  for (const [name, viewport] of Object.entries(viewports)) {
    test(`three decoders read it (${scheme}, ${name})`, async () => {
      const { context, page, png, box, size } = await photograph({ colorScheme: scheme, viewport });
      const file = path.join(out, `sign-in-${scheme}-${name}.png`);
      await writeFile(file, png);
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      const zbar = await run("zbarimg", ["--quiet", "--raw", file]);
      const text = zbar.stdout.trim();
      assert.equal(readJsQr(png), text);
      assert.match(text, /^HTTP:\/\/127\.0\.0\.1:\d+\/Q\/[0-9A-Z]{41}$/);
      assert.ok(text.length <= 80);
      assert.ok(size - 8 <= 37, `version 5 has 37 modules, this one ${size - 8}`);
      assert.ok(box.width >= 240, `${box.width} px`);
      assert.ok(scroll <= 0, "no sideways scrolling");
      assertQuietZone(png, box, size);
      await scanPage(page, profile, path.join(files.path, `${scheme}-${name}.png`));
      await context.close();
    });
  }
}

// Four modules of white on every side, and dark modules that are dark.
function assertQuietZone(png, box, size) {
  const image = PNG.sync.read(png);
  const module = box.width / size;
  const brightness = (x, y) => image.data[(Math.round(y) * image.width + Math.round(x)) * 4];
  for (let at = 0.5; at < size; at += 0.5) {
    for (const edge of [0.5, 1.5, 2.5, 3.5, size - 3.5, size - 2.5, size - 1.5, size - 0.5]) {
      assert.equal(brightness(box.x + at * module, box.y + edge * module), 255, `row ${edge} at ${at}`);
      assert.equal(brightness(box.x + edge * module, box.y + at * module), 255, `column ${edge} at ${at}`);
    }
  }
  assert.equal(brightness(box.x + 4.5 * module, box.y + 4.5 * module), 0, "the finder pattern is black");
}

for (const [name, style] of Object.entries({
  "at half size": { deviceScaleFactor: 0.5 },
  "on a dense screen": { deviceScaleFactor: 2 },
})) {
  test(`it is read ${name}`, async () => {
    const { context, png } = await photograph({ colorScheme: "dark", ...style });
    assert.match(readJsQr(png) ?? "", /\/Q\//);
    const file = path.join(files.path, "scaled.png");
    await writeFile(file, png);
    assert.match((await run("zbarimg", ["--quiet", "--raw", file])).stdout, /\/Q\//);
    await context.close();
  });
}

test("it is read blurred, and by the phone too", async () => {
  const { context, page } = await photograph({ colorScheme: "dark" });
  await page.evaluate(() => { document.getElementById("qr").animate([{ filter: "blur(2px)" }, { filter: "blur(2px)" }], { duration: 1e9 }); });
  const png = await page.screenshot();
  const scanned = await scanPage(page, profile, path.join(files.path, "blurred.png"), "--deny", "mistake");
  assert.match(scanned.stdout, /Ledger/);
  assert.match(readJsQr(png) ?? "", /\/Q\//);
  await context.close();
});
