// Every page in both schemes and three widths: axe finds nothing, nothing is loaded from elsewhere; screenshots to look at.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { checkPage, openBrowser, out, folder, startDemo } from "./support.mjs";

let demo, browser, files;

before(async () => {
  files = await folder();
  demo = await startDemo();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await demo?.stop();
  await files?.remove();
});

const pages = {
  "sign-in": async (page) => {
    await page.goto(demo.application_url);
    await page.click("#sign-in");
    await page.waitForSelector("#qr svg path");
  },
  cancelled: async (page) => {
    await page.goto(demo.application_url);
    await page.click("#sign-in");
    await page.click("#cancel button");
    await page.waitForSelector("form[action^='/login/restart']");
  },
  error: (page) => page.goto(`${demo.base_url}/login?request=nothing`),
  front: (page) => page.goto(demo.base_url),
  signedOut: (page) => page.goto(`${demo.base_url}/oauth2/logout`),
  scanned: (page) => page.goto(`${demo.base_url}/Q/0123`),
  activate: (page) => page.goto(`${demo.base_url}/activate#${demo.activation_code}`),
  messages: (page) => page.goto(demo.messages_url),
  application: (page) => page.goto(demo.application_url),
};

for (const [name, open] of Object.entries(pages)) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1280, 320]) {
      test(`${name} (${colorScheme}, ${width} px)`, async () => {
        const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, locale: "fi-FI", bypassCSP: true });
        const page = await context.newPage();
        const foreign = [];
        page.on("request", (request) => { if (!request.url().startsWith("http://127.0.0.1:")) foreign.push(request.url()); });
        await open(page);
        await checkPage(page);
        assert.deepEqual(foreign, []);
        await page.screenshot({ path: path.join(out, `${name}-${colorScheme}-${width}.png`), fullPage: true });
        await context.close();
      });
    }
  }
}
