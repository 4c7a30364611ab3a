import { expect, test as base, type Page } from "@playwright/test";

// Every test also asserts that the browser had nothing to complain about: no
// CSP report, no error of a script, no failed request but the expected ones.

interface Options {
  expected: (RegExp | string)[];
}

interface Fixtures {
  quiet: undefined;
}

interface Violation {
  directive: string;
  blocked: string;
  page: string;
}

export const test = base.extend<Options & Fixtures>({
  expected: [[], { option: true }],
  quiet: [
    async ({ page, expected }, use) => {
      const complaints: string[] = [];
      await page.exposeFunction("reportViolation", (found: Violation) => {
        complaints.push(`CSP ${found.directive} ${found.blocked} ${found.page}`);
      });
      await page.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) => {
          const report = (
            window as unknown as { reportViolation: (v: Violation) => void }
          ).reportViolation;
          report({
            directive: event.effectiveDirective,
            blocked: event.blockedURI,
            page: location.href,
          });
        });
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") {
          complaints.push(message.text());
        }
      });
      await use(undefined);
      const unexpected = complaints.filter(
        (text) =>
          !expected.some((known) =>
            typeof known === "string" ? text.includes(known) : known.test(text),
          ),
      );
      expect(unexpected).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

interface Listed {
  slug: string;
  name: string;
  variants: number;
  in_stock: boolean;
}

// A product of the demo shop that can be bought, with or without a choice.
export async function findProduct(
  page: Page,
  wanted: (product: Listed) => boolean,
): Promise<Listed> {
  const answer = await page.request.get("/api/v1/products", {
    params: { limit: 100, in_stock: "true", sort: "rating" },
  });
  const { items } = (await answer.json()) as { items: Listed[] };
  const found = items.find((item) => item.in_stock && wanted(item));
  if (!found) {
    throw new Error("the demo shop has no such product");
  }
  return found;
}

export async function fillAddress(page: Page): Promise<void> {
  await page.getByLabel("E-mail").fill("ada@example.org");
  await page.getByLabel("Full name").fill("Ada Lovelace");
  await page.getByLabel("Street and number").fill("Hauptstraße 1");
  await page.getByLabel("Postcode").fill("10115");
  await page.getByLabel("City").fill("Berlin");
  await page.getByLabel("Country").selectOption("DE");
}

// From the cart to an order that waits for its payment, by express.
export async function checkOut(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Check out" }).click();
  await fillAddress(page);
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  await page.getByRole("radio", { name: /Express/ }).check();
  await page.getByRole("button", { name: /Place the order/ }).click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]{36}$/);
}

// Puts a product into the cart by the API: for tests of what comes after.
export async function fillCart(page: Page): Promise<void> {
  const product = await findProduct(page, ({ variants }) => variants === 1);
  const detail = await page.request.get(`/api/v1/products/${product.slug}`);
  const { id } = (await detail.json()) as { id: string };
  const added = await page.request.post("/api/v1/cart/add", {
    data: { product_id: id },
  });
  expect(added.ok()).toBe(true);
}
