import { createHmac, randomInt } from "node:crypto";
import {
  expect,
  request,
  type APIRequestContext,
  type Page,
} from "@playwright/test";

// People of the tests: accounts of their own, their mail, phone and passkeys.

export const PASSWORD = "correct-horse-battery";

export interface Person {
  email: string;
  name: string;
}

export function newPerson(): Person {
  const number = `${Date.now()}-${randomInt(1e9)}`;
  return { email: `browser-${number}@example.test`, name: "Grace Hopper" };
}

// Registers by the API: for tests of what comes after.  The page is signed in.
export async function register(page: Page): Promise<Person> {
  const person = newPerson();
  const answer = await page.request.post("/api/v1/auth/register", {
    data: { ...person, password: PASSWORD },
    headers: { "Sec-Fetch-Site": "same-origin" },
  });
  expect(answer.status()).toBe(201);
  return person;
}

// The API as an administrator calls it; to be disposed of.
export async function asAdmin(base: string): Promise<APIRequestContext> {
  const api = await request.newContext({ baseURL: base });
  const login = await api.post("/api/v1/auth/login", {
    data: { email: "admin@demo.test", password: "demo-password-1" },
  });
  const { access_token: token } = (await login.json()) as {
    access_token: string;
  };
  await api.dispose();
  return request.newContext({
    baseURL: base,
    extraHTTPHeaders: { Authorization: `Bearer ${token}` },
  });
}

export async function signIn(
  page: Page,
  email: string,
  password: string,
): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

interface Mail {
  text: string;
  html: string;
}

// The link of this path in the newest mail that has one.
export async function mailedLink(
  page: Page,
  to: string,
  path: string,
): Promise<string> {
  const sink = process.env["MAIL_URL"] ?? "";
  const wanted = new RegExp(`https?://[^\\s"<>]+(${path}#token=[\\w.~-]+)`);
  let link = "";
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`${sink}/messages`, {
          params: { to },
        });
        const { items } = (await answer.json()) as { items: Mail[] };
        for (const mail of items) {
          link = wanted.exec(mail.text)?.[1] ?? link;
        }
        return link;
      },
      { message: `a mail to ${to} with ${path}`, timeout: 60_000 },
    )
    .not.toBe("");
  return link;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

// What an authenticator app shows (RFC 6238): each step's code counts once.
export function codeOf(secret: string, step: number): string {
  let bits = "";
  for (const letter of secret.replace(/[\s=]/g, "")) {
    bits += ALPHABET.indexOf(letter).toString(2).padStart(5, "0");
  }
  const bytes = bits.match(/.{8}/g) ?? [];
  const key = Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  const number = (hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
}

export function stepNow(): number {
  return Math.floor(Date.now() / 30_000);
}

// The code of the step before counts too, for as long as this step lasts: a
// test that needs it has at least 15 of its 30 seconds.
export async function stepBegins(): Promise<void> {
  await expect
    .poll(() => Date.now() % 30_000, { timeout: 20_000 })
    .toBeLessThan(15_000);
}

// A device with a fingerprint reader that always says yes.
export async function giveDevice(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

// A browser that has passkeys, but doesn't offer them in a field by itself.
export async function withoutAutofill(page: Page): Promise<void> {
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () =>
      Promise.resolve(false);
  });
}
