import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import type { AxeResults } from "axe-core";
import { register } from "./people";
import { expect, fillAddress, fillCart, findProduct, test } from "./shop";

test.use({ expected: [/status of (4\d\d|503)/] });

const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// a dialog that is still fading in has the colours of no design
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ effect, playState }) =>
          playState !== "running" ||
          effect?.getComputedTiming().iterations === Infinity,
      ),
  );
}

// axe is put in by the debugger's protocol, which no CSP stands against
async function violations(page: Page): Promise<string[]> {
  await settled(page);
  await page.evaluate(axe);
  const found = await page.evaluate(
    (tags) =>
      (
        window as unknown as {
          axe: { run: (options: unknown) => Promise<AxeResults> };
        }
      ).axe.run({ runOnly: tags, resultTypes: ["violations"] }),
    TAGS,
  );
  return found.violations.flatMap((rule) =>
    rule.nodes.map(
      (node) => `${rule.id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`,
    ),
  );
}

async function clean(page: Page, what: string): Promise<void> {
  expect(await violations(page), what).toEqual([]);
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth > innerWidth,
  );
  expect(wider, `${what} fits the width`).toBe(false);
}

function second(base: string | undefined): string {
  const url = new URL(base ?? "http://localhost:8080");
  url.hostname = "brand2.localhost";
  return url.origin;
}

for (const scheme of ["light", "dark"] as const) {
  test.describe(`in ${scheme} colours`, () => {
    // a busy machine needs its time for what axe looks at
    test.describe.configure({ timeout: 300_000 });
    test.use({ colorScheme: scheme });

    test("pages to look at", async ({ page, baseURL }) => {
      const product = await findProduct(page, ({ variants }) => variants > 2);
      const paths = [
        "/",
        "/categories/fashion",
        "/search?q=zzzzzzzzzz",
        `/products/${product.slug}`,
        "/cart",
        "/checkout",
        "/nothing-here",
        "/orders/none",
        "/docs/",
      ];
      for (const path of paths) {
        await page.goto(path);
        await page.getByRole("heading").first().waitFor();
        await clean(page, path);
      }
      for (const path of ["/", "/search"]) {
        await page.goto(second(baseURL) + path);
        await page.getByRole("heading").first().waitFor();
        await clean(page, `second brand ${path}`);
      }
    });

    test("pages to come in by", async ({ page }) => {
      const paths = [
        "/sign-in",
        "/sign-in?error=access_denied",
        "/sign-in#mfa_token=none",
        "/register",
        "/forgot-password",
        "/reset-password",
        "/verify-email",
        "/accept-invitation",
      ];
      for (const path of paths) {
        await page.goto("about:blank");
        await page.goto(path);
        await page.getByRole("heading").first().waitFor();
        await clean(page, path);
      }
    });

    test("pages of a purchase", async ({ page }) => {
      await fillCart(page);
      await page.goto("/cart");
      await page.getByRole("link", { name: "Check out" }).waitFor();
      await page.getByText("Coupon or gift card", { exact: true }).click();
      await clean(page, "cart");

      await page.goto("/checkout");
      await page.getByRole("button", { name: "Continue to delivery" }).click();
      await page.getByRole("alert").waitFor();
      await clean(page, "checkout with mistakes");
      await fillAddress(page);
      await page.getByRole("button", { name: "Continue to delivery" }).click();
      await page.getByRole("radio").first().waitFor();
      await clean(page, "delivery");

      await page.getByRole("button", { name: /Place the order/ }).click();
      await page.getByRole("button", { name: "Pay (success)" }).waitFor();
      await clean(page, "order to pay");
      await page.getByRole("button", { name: "Pay (success)" }).click();
      await expect(page.getByTestId("status")).toHaveText("Paid");
      await clean(page, "paid order");
    });

    test("pages of an account", async ({ page }) => {
      await page.goto("/sign-in");
      await page.getByLabel("E-mail").fill("customer@demo.test");
      await page.getByLabel("Password").fill("demo-password-1");
      await page.getByRole("button", { name: "Sign in", exact: true }).click();
      await page.getByRole("heading", { name: "Your orders" }).waitFor();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await clean(page, "account");
    });

    test("pages of its sign-in, addresses and data", async ({ page }) => {
      await register(page);
      const dialogs: [string, string][] = [
        ["/account/addresses", "Add an address"],
        ["/account/security", "Set up an authenticator app"],
        ["/account/security", "Change the password"],
        ["/account/privacy", "Delete … the account"],
      ];
      for (const [path, opener] of dialogs) {
        await page.goto(path);
        await page.getByRole("button", { name: opener }).waitFor();
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        await clean(page, path);
        await page.getByRole("button", { name: opener }).click();
        await page.getByRole("dialog").waitFor();
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        await clean(page, `${path} with ${opener}`);
      }
      await page.goto("/reset-password#token=none");
      await page.getByLabel("New password").fill("short");
      await page.getByRole("button", { name: "Change the password" }).click();
      await page.getByRole("alert").waitFor();
      await clean(page, "reset with mistakes");
      await page.goto("/verify-email#token=none");
      await page.getByRole("alert").waitFor();
      await clean(page, "a link that was used");
      await page.goto("/consent?request=none");
      await page.getByRole("alert").waitFor();
      await clean(page, "no question");
    });

    test("the product with its dialog", async ({ page }) => {
      const product = await findProduct(page, ({ variants }) => variants === 1);
      await page.goto(`/products/${product.slug}`);
      await page.getByRole("button", { name: "Add to cart" }).click();
      await page.getByRole("dialog").waitFor();
      await clean(page, "dialog");
    });
  });
}
