// `avain serve` as an operator runs it, with a web application built on a client library that we did not write.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import path from "node:path";
import { after, before, test } from "node:test";
import * as oidc from "openid-client";
import { addCompany, avain, enrol, folder, openBrowser, scanPage, startServer } from "./support.mjs";

let posted = "";
let server, browser, files, profile, config, issuer, application, origin;

before(async () => {
  files = await folder();
  profile = path.join(files.path, "phone.json");
  server = await startServer(files);
  ({ config, issuer } = server);
  application = http.createServer(async (request, response) => {
    // The browser asks for an icon, too.
    if (request.method === "POST") {
      posted = "";
      for await (const piece of request) posted += piece;
    }
    response.end("<h1>Back in the application</h1>");
  });
  application.listen(0, "127.0.0.1");
  await once(application, "listening");
  origin = `http://127.0.0.1:${application.address().port}`;
  browser = await openBrowser();

  const sms = () => server.printed.find((line) => /^\d{6} /.test(line))?.slice(0, 6);
  await enrol(issuer, await addCompany(config), profile, sms);
});

after(async () => {
  await browser?.close();
  application?.close();
  await server?.stop();
  await files?.remove();
});

for (const algorithm of ["RS256", "ES256"]) {
  test(`openid-client accepts the ID token (${algorithm})`, async () => {
    const id = `app-${algorithm.toLowerCase()}`;
    const redirect = `${origin}/callback`;
    const added = await avain("client", "add", "--config", config, "--id", id, "--name", "Payroll",
      "--redirect-uri", redirect, "--id-token-algorithm", algorithm);
    const secret = added.stdout.match(/client_secret\s+(\S+)/)[1];
    // With RS256 the library runs at its defaults; anything else must be said.
    const metadata = algorithm === "RS256" ? undefined : { id_token_signed_response_alg: algorithm };
    const client = await oidc.discovery(new URL(issuer), id, metadata, oidc.ClientSecretBasic(secret),
      { execute: [oidc.allowInsecureRequests] });
    const verifier = oidc.randomPKCECodeVerifier();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const start = oidc.buildAuthorizationUrl(client, {
      redirect_uri: redirect, scope: "openid profile email phone offline_access", state, nonce, prompt: "login",
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256",
    });

    const page = await (await browser.newContext()).newPage();
    await page.goto(start.href);
    await page.waitForSelector("#qr svg path");
    await scanPage(page, profile, path.join(files.path, `${id}.png`));
    await page.waitForURL(`${redirect}**`);

    const tokens = await oidc.authorizationCodeGrant(client, new URL(page.url()),
      { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true });
    const claims = tokens.claims();
    assert.equal(claims.name, "Aino Korhonen");
    assert.deepEqual(claims.company.role, "user_administrator");
    assert.ok(claims.amr.includes("user"));
    const info = await oidc.fetchUserInfo(client, tokens.access_token, claims.sub);
    assert.equal(info.phone_number, "+358405550100");
    const later = await oidc.refreshTokenGrant(client, tokens.refresh_token);
    assert.equal(later.claims().sub, claims.sub);
    assert.equal(later.claims().auth_time, claims.auth_time);
    const asked = await oidc.tokenIntrospection(client, later.access_token);
    assert.deepEqual([asked.active, asked.sub], [true, claims.sub]);
    await oidc.tokenRevocation(client, later.refresh_token);
    assert.equal((await oidc.tokenIntrospection(client, later.access_token)).active, false);
    await assert.rejects(oidc.refreshTokenGrant(client, later.refresh_token), { error: "invalid_grant" });
    await assert.rejects(oidc.authorizationCodeGrant(client, new URL(page.url()),
      { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce }), { error: "invalid_grant" });
    await page.context().close();
  });
}

test("openid-client sends the request ahead, takes the answer by form, and signs out", async () => {
  const [id, redirect, goodbye] = ["app-form", `${origin}/callback`, `${origin}/goodbye`];
  const added = await avain("client", "add", "--config", config, "--id", id, "--name", "Payroll",
    "--redirect-uri", redirect, "--post-logout-redirect-uri", goodbye);
  const secret = added.stdout.match(/client_secret\s+(\S+)/)[1];
  const client = await oidc.discovery(new URL(issuer), id, undefined, oidc.ClientSecretPost(secret),
    { execute: [oidc.allowInsecureRequests] });
  const verifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState();
  const start = await oidc.buildAuthorizationUrlWithPAR(client, {
    redirect_uri: redirect, scope: "openid", state, response_mode: "form_post",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256",
  });
  const page = await (await browser.newContext()).newPage();
  await page.goto(start.href);
  await page.waitForSelector("#qr svg path");
  await scanPage(page, profile, path.join(files.path, `${id}.png`));
  await page.waitForURL(redirect);
  const answer = new Request(redirect, { method: "POST", body: posted,
    headers: { "content-type": "application/x-www-form-urlencoded" } });
  const tokens = await oidc.authorizationCodeGrant(client, answer, { pkceCodeVerifier: verifier, expectedState: state });

  const end = oidc.buildEndSessionUrl(client, { id_token_hint: tokens.id_token, post_logout_redirect_uri: goodbye, state: "bye" });
  await page.goto(end.href);
  assert.equal(page.url(), `${goodbye}?state=bye`);
  await page.goto(start.href);
  assert.ok(page.url().startsWith(`${issuer}/login?request=`), "the session has ended");
  await page.context().close();
});

test("the demo's page of messages does not exist on a real server", async () => {
  assert.equal((await fetch(`${issuer}/demo/messages`)).status, 404);
  assert.equal((await fetch(`${issuer}/demo/messages.json`)).status, 404);
});
