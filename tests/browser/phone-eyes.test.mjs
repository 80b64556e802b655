// What the browser phone reads: the sign-in page turned, blurred, noisy and small; and what it says when it may not look.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { linkOn, openBrowser, openSignIn, startDemo } from "./support.mjs";

let demo, browser, phone;

before(async () => {
  demo = await startDemo();
  browser = await openBrowser();
  phone = await (await browser.newContext({ bypassCSP: true })).newPage();
  await phone.goto(demo.phone_url);
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

for (const [name, { angle = 0, blur = 0, noise = 0, scale = 1 }] of Object.entries({
  "as it is": {}, "turned by 20 degrees": { angle: 20 }, blurred: { blur: 2 }, noisy: { noise: 40 }, small: { scale: 0.5 },
  "turned, blurred and noisy": { angle: 15, blur: 1, noise: 25 },
})) {
  test(`the sign-in page is read ${name}`, async () => {
    const { context, page } = await openSignIn(browser, demo);
    const png = await page.screenshot();
    const text = await phone.evaluate(async ([data, change]) => {
      const { readPicture } = await import("/demo/phone/picture.js");
      const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d");
      context.filter = `blur(${change.blur}px)`;
      context.translate(canvas.width / 2, canvas.height / 2);
      context.rotate((change.angle * Math.PI) / 180);
      context.scale(change.scale, change.scale);
      context.drawImage(bitmap, -bitmap.width / 2, -bitmap.height / 2);
      const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
      let seed = 1;
      for (let at = 0; at < pixels.data.length; at += 4) {
        seed = (seed * 48271) % 2147483647;
        const shift = ((seed / 2147483647) * 2 - 1) * change.noise;
        for (let channel = 0; channel < 3; channel += 1) pixels.data[at + channel] += shift;
      }
      context.putImageData(pixels, 0, 0);
      return await readPicture(await canvas.convertToBlob());
    }, [png.toString("base64"), { angle, blur, noise, scale }]);
    assert.equal(text, linkOn(png));
    await context.close();
  });
}

test("without an allowed camera the phone says what to do", async () => {
  const problem = async (args, permissions) => {
    const other = await openBrowser(...args);
    const page = await (await other.newContext({ permissions })).newPage();
    await page.goto(demo.phone_url);
    await page.waitForSelector("[data-screen=activate]:not([hidden])");
    const code = await page.evaluate(async () => {
      const { watchCamera } = await import("/demo/phone/camera.js");
      return await watchCamera(document.getElementById("video"), new AbortController().signal).catch((error) => `${error.code}: ${error.advice}`);
    });
    await other.close();
    return code;
  };
  assert.match(await problem(["--use-fake-device-for-media-stream", "--deny-permission-prompts"], []), /^camera_refused: Allow/);
  assert.match(await problem([], ["camera"]), /^camera_missing: Connect/);
});
