import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "./shop";
import { asAdmin, PASSWORD, register, signIn } from "./people";

test.use({ expected: [/status of 4\d\d/] });

const VERIFIER = "v".repeat(43);

interface Client {
  id: string;
}

// An app of somebody else, known to the shop; its own address is the shop's.
async function makeClient(base: string, name: string): Promise<Client> {
  const admin = await asAdmin(base);
  const made = await admin.post("/api/v1/oauth-clients", {
    data: {
      name,
      type: "public",
      redirect_uris: [`${base}/not-found`],
      grant_types: ["authorization_code", "refresh_token"],
      scopes: ["profile"],
    },
  });
  expect(made.status(), await made.text()).toBe(201);
  const client = (await made.json()) as Client;
  await admin.dispose();
  return client;
}

function authorize(base: string, client: Client): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: client.id,
    redirect_uri: `${base}/not-found`,
    scope: "profile",
    state: "a b+c",
    code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
    code_challenge_method: "S256",
  });
  return `/oauth/authorize?${query.toString()}`;
}

async function back(page: Page): Promise<URLSearchParams> {
  await expect(page).toHaveURL(/\/not-found\?/);
  return new URL(page.url()).searchParams;
}

test("an app asks, is let in, and is put out again", async ({
  page,
  baseURL,
}) => {
  const base = new URL(baseURL ?? "").origin;
  const name = `Warehouse <b>Sync</b> ${Date.now()}`;
  const client = await makeClient(base, name);
  const { email } = await register(page);
  await page.context().clearCookies();

  await page.goto(authorize(base, client));
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, email, PASSWORD);
  await expect(page).toHaveURL(/\/consent\?request=/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
  await expect(page.getByText(email)).toBeVisible();
  await page.getByRole("button", { name: "Refuse" }).click();
  const refused = await back(page);
  expect(refused.get("error")).toBe("access_denied");
  expect(refused.get("state")).toBe("a b+c");

  await page.goto(authorize(base, client));
  await page.getByRole("button", { name: "Allow" }).click();
  const allowed = await back(page);
  expect(allowed.get("code")).toBeTruthy();
  expect(allowed.get("state")).toBe("a b+c");
  const tokens = await page.request.post("/oauth/token", {
    form: {
      grant_type: "authorization_code",
      client_id: client.id,
      redirect_uri: `${base}/not-found`,
      code: allowed.get("code") ?? "",
      code_verifier: VERIFIER,
    },
  });
  expect(tokens.status(), await tokens.text()).toBe(200);

  await page.goto("/account/privacy");
  await page.getByRole("button", { name: `End access of ${name}` }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: "End access" })
    .click();
  await expect(page.getByText("No application has access")).toBeVisible();
});

test("a question that is not open is said to be so", async ({ page }) => {
  await register(page);
  await page.goto("/consent?request=00000000-0000-7000-8000-000000000000");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "This question is not open any more",
  );
});
