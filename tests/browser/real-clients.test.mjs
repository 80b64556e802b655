// Client libraries that we did not write, unmodified, each in an application of its own: sign-in, refresh and logout.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import readline from "node:readline";
import { after, before, test } from "node:test";
import { addCompany, avain, enrol, eventually, folder, freePort, openBrowser, scanPage, startServer } from "./support.mjs";

let server, browser, files, profile, config, issuer;

before(async () => {
  files = await folder();
  profile = path.join(files.path, "phone.json");
  server = await startServer(files);
  ({ config, issuer } = server);
  browser = await openBrowser();
  const sms = () => server.printed.find((line) => /^\d{6} /.test(line))?.slice(0, 6);
  await enrol(issuer, await addCompany(config), profile, sms);
});

after(async () => {
  await browser?.close();
  await server?.stop();
  await files?.remove();
});

async function register(id, ...more) {
  const added = await avain("client", "add", "--config", config, "--id", id, "--name", id, ...more);
  return added.stdout.match(/client_secret\s+(\S+)/)[1];
}

// The person scans the page that the application has led to.
async function signIn(page, id) {
  await page.waitForSelector("#qr svg path");
  await scanPage(page, profile, path.join(files.path, `${id}.png`));
}

test("Apache with mod_auth_openidc", async () => {
  const port = await freePort();
  const site = `http://127.0.0.1:${port}`;
  const secret = await register("apache", "--redirect-uri", `${site}/callback`, "--post-logout-redirect-uri", `${site}/open/bye.html`);
  const root = path.join(files.path, "apache");
  await mkdir(path.join(root, "www", "open"), { recursive: true });
  await writeFile(path.join(root, "www", "index.html"), "<h1>Wages</h1>");
  await writeFile(path.join(root, "www", "open", "bye.html"), "<h1>Goodbye</h1>");
  // Apache gives up the rights of the superuser, and must still read what it serves.
  await chmod(files.path, 0o755);
  const modules = "/usr/lib/apache2/modules";
  const load = ["mpm_event", "authn_core", "authz_core", "authz_user", "dir", "auth_openidc"]
    .map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`);
  await writeFile(path.join(root, "apache.conf"), `
ServerRoot "${root}"
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile "${root}/pid"
ErrorLog "${root}/error.log"
${load.join("\n")}
User www-data
Group www-data
DocumentRoot "${root}/www"
DirectoryIndex index.html
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID apache
OIDCClientSecret ${secret}
OIDCRedirectURI ${site}/callback
OIDCCryptoPassphrase "of this test alone"
OIDCPKCEMethod S256
OIDCScope "openid profile email offline_access"
OIDCRemoteUserClaim name
OIDCInfoHook access_token refresh_token userinfo id_token
<Location />
AuthType openid-connect
Require valid-user
</Location>
<Location /open>
AuthType none
Require all granted
</Location>
`);
  const apache = spawn("apache2", ["-f", path.join(root, "apache.conf"), "-D", "FOREGROUND"], { stdio: "inherit" });
  try {
    await eventually(() => fetch(`${site}/open/bye.html`).then((answer) => answer.ok, () => false), "Apache");
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${site}/index.html`);
    await signIn(page, "apache");
    await page.waitForURL(`${site}/index.html`);
    assert.equal(await page.textContent("h1"), "Wages");
    const info = async () => JSON.parse(await page.evaluate(async () => (await fetch("/callback?info=json")).text()));
    const first = await info();
    assert.equal(first.userinfo.name, "Aino Korhonen");
    assert.equal(first.id_token.sub, first.userinfo.sub);
    const query = new URLSearchParams({ refresh: `${site}/index.html`, access_token: first.access_token });
    await page.goto(`${site}/callback?${query}`);
    const second = await info();
    assert.notEqual(second.access_token, first.access_token);
    assert.notEqual(second.refresh_token, first.refresh_token, "mod_auth_openidc keeps the next refresh token");

    await page.goto(`${site}/callback?${new URLSearchParams({ logout: `${site}/open/bye.html` })}`);
    assert.equal(await page.textContent("h1"), "Goodbye");
    await page.goto(`${site}/index.html`);
    assert.ok(page.url().startsWith(`${issuer}/login?`), `signed out at both: ${page.url()}`);
    await page.context().close();
  } catch (error) {
    throw new Error(`${error.stack}\n${await readFile(path.join(root, "error.log"), "utf8")}`);
  } finally {
    const ended = once(apache, "exit");
    apache.kill("SIGTERM");
    await ended;
  }
});

// A single-page application: everything happens in the browser, from another origin than the server's.
const singlePage = () => `<!doctype html><title>Single page</title><script src="/oidc-client-ts.js"></script><script>
const manager = new oidc.UserManager({
  authority: "${issuer}", client_id: "single-page",
  redirect_uri: location.origin + "/callback", post_logout_redirect_uri: location.origin + "/bye",
  scope: "openid profile email offline_access", loadUserInfo: true, automaticSilentRenew: false,
});
</script>`;

test("a single-page application with oidc-client-ts", async () => {
  const library = await readFile(path.join(import.meta.dirname, "node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js"));
  const application = http.createServer((request, response) => {
    const isLibrary = request.url === "/oidc-client-ts.js";
    response.setHeader("content-type", isLibrary ? "text/javascript" : "text/html").end(isLibrary ? library : singlePage());
  }).listen(0, "127.0.0.1");
  await once(application, "listening");
  const origin = `http://127.0.0.1:${application.address().port}`;
  await avain("client", "add", "--config", config, "--id", "single-page", "--name", "Single page", "--public",
    "--redirect-uri", `${origin}/callback`, "--post-logout-redirect-uri", `${origin}/bye`);
  const page = await (await browser.newContext()).newPage();
  await page.goto(origin);
  await Promise.all([page.waitForURL(`${issuer}/login?**`), page.evaluate(() => { manager.signinRedirect(); })]);
  await signIn(page, "single-page");
  await page.waitForURL(`${origin}/callback?**`);
  const user = await page.evaluate(async () => {
    const { profile: { name, email }, access_token, refresh_token } = await manager.signinCallback();
    return { name, email, access_token, refresh_token };
  });
  assert.deepEqual([user.name, user.email], ["Aino Korhonen", "aino@kuusi.example"]);
  const renewed = await page.evaluate(async () => {
    const { access_token, refresh_token } = await manager.signinSilent();
    return { access_token, refresh_token };
  });
  assert.notEqual(renewed.access_token, user.access_token);
  assert.notEqual(renewed.refresh_token, user.refresh_token);
  const refused = await page.evaluate(async (address) => {
    await manager.revokeTokens(["refresh_token"]);
    const { access_token } = await manager.getUser();
    return (await fetch(`${address}/oauth2/userinfo`, { headers: { authorization: `Bearer ${access_token}` } })).status;
  }, issuer);
  assert.equal(refused, 401, "given back, and readable from another origin");
  await Promise.all([page.waitForURL(`${origin}/bye**`), page.evaluate(() => { manager.signoutRedirect(); })]);
  await page.context().close();
  application.close();
});

test("Authlib", { skip: process.env.AVAIN_AUTHLIB ? false : !process.env.CI && "tests/run sets AVAIN_AUTHLIB" }, async () => {
  const application = http.createServer((_, response) => response.end("<h1>Back</h1>")).listen(0, "127.0.0.1");
  await once(application, "listening");
  const redirect = `http://127.0.0.1:${application.address().port}/callback`;
  const secret = await register("authlib", "--redirect-uri", redirect);
  const script = path.join(import.meta.dirname, "../authlib_check.py");
  const child = spawn(process.env.AVAIN_AUTHLIB, [script, issuer, "authlib", secret, redirect], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const page = await (await browser.newContext()).newPage();
  await page.goto((await lines.next()).value);
  await signIn(page, "authlib");
  await page.waitForURL(`${redirect}?**`);
  child.stdin.end(`${page.url().replace("http://", "https://")}\n`);
  assert.equal((await lines.next()).value, "done Aino Korhonen");
  await page.context().close();
  application.close();
});
