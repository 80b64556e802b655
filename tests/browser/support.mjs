// What every test needs: the programs under test, a browser, and pictures taken apart.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import net from "node:net";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import jsQR from "jsqr";
import { chromium } from "playwright-core";
import { PNG } from "pngjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const programs = path.resolve(here, "../../target/debug");
export const run = promisify(execFile);
export const out = path.join(here, "out");

const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// What every page must hold in a context that bypasses the CSP (axe is put in as a script): no violation, nothing wider than the window.
export async function checkPage(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  const told = found.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(" | ")}`);
  assert.deepEqual(told, []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "no sideways scrolling");
}

export const openBrowser = (...more) => chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args, ...more] });

export async function folder() {
  await mkdir(out, { recursive: true });
  const made = await mkdtemp(path.join(tmpdir(), "avain-browser-"));
  return { path: made, remove: () => rm(made, { recursive: true, force: true }) };
}

export async function freePort() {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

export const startAvain = (args, isReady, environment = {}) => start("avain", args, isReady, environment);

// The browser phone as `mobile-sim web` serves it.
export async function startWebPhone(...args) {
  const served = await start("mobile-sim", ["web", ...args], (line) => line.startsWith("Press Ctrl-C"));
  return { ...served, address: served.printed.join("\n").match(/is at (\S+)/)[1] };
}

// Starts a program and waits for the line that `isReady` accepts; further lines of standard output are kept.
async function start(program, args, isReady, environment = {}) {
  const child = spawn(path.join(programs, program), args, { env: { ...process.env, ...environment } });
  const printed = [];
  const ready = new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      readline.createInterface({ input: stream }).on("line", (line) => {
        printed.push(line);
        if (isReady(line)) resolve(line);
      });
    }
    child.on("exit", (code) => reject(new Error(`${program} ended with ${code}: ${printed.join("\n")}`)));
  });
  const line = await ready;
  const stop = async () => {
    if (child.exitCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  };
  return { line, printed, stop };
}

export async function startDemo() {
  const demo = await startAvain(["demo", "--listen", "127.0.0.1:0", "--json"], (line) => line.startsWith("{"));
  return { ...demo, ...JSON.parse(demo.line) };
}

// A server as an operator runs it, with more settings if wanted: `server` stands in the section of that name, `more` after all.
export async function startServer(files, { server = "", more = "" } = {}) {
  const config = path.join(files.path, "avain.toml");
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  await writeFile(config, `
[server]
listen = "127.0.0.1:${port}"
issuer = "${issuer}"
${server}

[database]
data_dir = "${path.join(files.path, "data")}"
${more}
`);
  const started = await startAvain(["serve", "--config", config], (line) => line.includes("ready"),
    // On a busy machine a screenshot takes its time.
    { NO_COLOR: "1", AVAIN__SECOND_FACTOR__OLDEST_FRAME_SECONDS: "5" });
  return { ...started, config, issuer };
}

// A company with its KH user, by command; gives back the activation code.
export async function addCompany(config) {
  const added = await avain("company", "add", "--config", config, "--name", "Kuusi Books Oy", "--administrator", "Aino Korhonen",
    "--email", "aino@kuusi.example", "--phone", "+358 40 555 0100", "--language", "en");
  return added.stdout.trim().split("\n").at(-1);
}

// Enrols a phone; `confirmation` gives the code of the SMS once it has come. The first try, with a wrong one, makes the server send it.
export async function enrol(issuer, code, profile, confirmation) {
  const begin = await mobileSim("activate", "--server", issuer, "--code", code, "--profile", profile,
    "--confirmation-code", "000000").catch((error) => error);
  assert.match(begin.stderr, /confirmation_code_wrong/);
  const digits = await eventually(confirmation, "the SMS");
  await mobileSim("activate", "--server", issuer, "--code", code, "--profile", profile, "--confirmation-code", digits);
}

export const avain = (...args) => run(path.join(programs, "avain"), args);
export const mobileSim = (...args) => run(path.join(programs, "mobile-sim"), args);

// Asks again until `probe` gives something; each turn waits for the other side to do work, not for a fixed time.
export async function eventually(probe, what) {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const found = await probe();
    if (found) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`never came: ${what}`);
}

// Enrols a phone as a person does: the command asks for the confirmation code, the page of messages has it.
export async function activate(demo, profile) {
  const sent = async () => (await (await fetch(`${demo.messages_url}.json`)).json()).filter((message) => message.kind === "sms");
  const earlier = (await sent()).length;
  const child = spawn(path.join(programs, "mobile-sim"),
    ["activate", "--server", demo.base_url, "--code", demo.activation_code, "--profile", profile]);
  const printed = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].on("data", (chunk) => { printed[name] += chunk; });
  const ended = once(child, "exit");
  const code = await eventually(async () => (await sent()).slice(earlier).at(-1)?.body.match(/\d{6}/)?.[0], "the SMS");
  child.stdin.end(`${code}\n`);
  const [status] = await ended;
  if (status !== 0) throw new Error(`mobile-sim ended with ${status}: ${printed.stdout}${printed.stderr}`);
  return printed;
}

// The phone reads its owner's pick from standard input: the number that the page shows by then.
export async function scanAndAnswer(page, args) {
  const child = spawn(path.join(programs, "mobile-sim"), args);
  const printed = { stdout: "", stderr: "" };
  const asked = new Promise((resolve) => {
    for (const name of ["stdout", "stderr"]) {
      child[name].on("data", (chunk) => {
        printed[name] += chunk;
        if (/Which number/.test(printed[name])) resolve(true);
      });
    }
    child.on("close", () => resolve(false));
  });
  const ended = once(child, "close");
  if (await asked) child.stdin.end(`${await eventually(() => page.textContent("#number"), "the number")}\n`);
  const [status] = await ended;
  if (status !== 0) throw Object.assign(new Error(`mobile-sim ended with ${status}: ${printed.stderr}`), printed);
  return printed;
}

// The digits of the newest text message to a number that reads like `kind`.
export async function codeSent(demo, to, kind) {
  const messages = await (await fetch(`${demo.messages_url}.json`)).json();
  const sent = messages.filter((message) => message.kind === "sms" && message.to === to && kind.test(message.body));
  return sent.at(-1)?.body.match(/\d{6}/)?.[0];
}

// A sign-in page in a browser of its own, small enough to be filmed whole.
export async function openSignIn(browser, demo) {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.goto(demo.application_url);
  await page.click("#sign-in");
  await page.waitForSelector("#qr svg path");
  return { context, page };
}

// The link in a screenshot, read by a decoder that is not the phone's.
export function linkOn(png) {
  const image = PNG.sync.read(png);
  return jsQR(new Uint8ClampedArray(image.data), image.width, image.height, { inversionAttempts: "dontInvert" }).data;
}

// Makes what a fake camera films: an MJPEG file is JPEG pictures one after the other. The browser reads it anew each time the
// camera starts, and from its beginning again at its end.
export async function filmInto(file, page) {
  const picture = await page.screenshot({ type: "jpeg", quality: 90 });
  await writeFile(file, Buffer.concat([picture, picture]));
}

// The person presses the number that the page shows, and touches the sensor. No number is asked for with page and phone in one.
export async function pressNumber(phone, page) {
  if (await phone.isVisible("#numbers-part")) {
    const number = await eventually(async () => (await page.textContent("#number")).trim(), "the number");
    await phone.click(`#numbers button:text-is("${number}")`);
  } else {
    await phone.click("#approve");
  }
  await phone.click("#unlock .touch");
  await phone.waitForSelector("[data-screen=result]:not([hidden])");
}

// Waits for the application to greet Mart. What looked relayed, because the machine was busy, costs a code before.
export async function expectSignedIn(page, demo) {
  await page.waitForSelector("#person-name, #code");
  if (await page.isVisible("#code")) {
    const digits = await eventually(async () => {
      const newest = await codeSent(demo, "+37255550101", /sign-in code/);
      return usedCodes.has(newest) ? "" : newest;
    }, "the SMS");
    usedCodes.add(digits);
    await page.fill("#code", digits);
    await page.press("#code", "Enter");
    await page.waitForSelector("#person-name");
  }
  assert.equal(await page.textContent("#person-name"), "Mart Tamm");
}

const usedCodes = new Set();

// Photographs the page and lets the phone read the picture. A code lives five seconds; like a person, it scans again when a busy
// machine took longer than that.
export async function scanPage(page, profile, image, ...more) {
  for (let turn = 1; ; turn += 1) {
    await page.screenshot({ path: image });
    try {
      return await scanAndAnswer(page, ["scan", "--profile", profile, "--image", image, ...more]);
    } catch (error) {
      if (turn === 3 || !/frame_expired/.test(error.stderr)) throw error;
    }
  }
}
