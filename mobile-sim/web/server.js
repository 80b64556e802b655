// The way to the server: one message out, one message in, canonical proto3 JSON.
import { Trouble } from "./trouble.js";

const ANSWER_WITHIN = 30000;
const JSON_TYPE = "application/json";
const PROBLEM_TYPE = "application/problem+json";

export async function send(path, message) {
  const response = await post(path, JSON.stringify(message));
  const type = (response.headers.get("content-type") ?? "").split(";")[0].trim();
  const body = await response.json().catch(() => null);
  if (response.ok && type === JSON_TYPE && body) return body;
  if (!response.ok && type === PROBLEM_TYPE && body?.code) {
    throw new Trouble(body.code, body.title, body.detail, body.error_reference);
  }
  throw new Trouble("unreachable", "The answer is not from an Avain server", `Status ${response.status}, ${type || "no content"}.`);
}

async function post(path, body) {
  try {
    return await fetch(path, {
      method: "POST",
      headers: { "content-type": JSON_TYPE, accept: `${JSON_TYPE}, ${PROBLEM_TYPE}` },
      body,
      // In the demo the sign-in page has the same origin, and its cookies are not the phone's business.
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
  } catch (error) {
    throw new Trouble("unreachable", "The server cannot be reached", error.name === "TimeoutError" ? "It did not answer in time." : "");
  }
}
