import { asAdmin } from "./people";
import { expect, fillCart, test } from "./shop";

test.use({ expected: [/status of 4\d\d/] });

test("the checkout names every mistake and keeps the answers", async ({
  page,
}) => {
  await fillCart(page);
  await page.goto("/checkout");
  await page.getByLabel("Full name").fill("Ada Lovelace");
  await page.getByLabel("E-mail").fill("ada");
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  const summary = page.getByRole("alert");
  await expect(summary).toBeFocused();
  await expect(summary.getByRole("link")).toHaveCount(4);
  await summary.getByRole("link", { name: "Enter a city" }).click();
  await expect(page.getByLabel("City")).toBeFocused();
  await expect(page.getByLabel("Full name")).toHaveValue("Ada Lovelace");
  await page.reload();
  await expect(page.getByLabel("Full name")).toHaveValue("Ada Lovelace");
});

test("wrong credentials are said once, for both fields", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("nobody@example.test");
  await page.getByLabel("Password").fill("wrong-password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert")).toContainText("don't belong together");
});

test("what is not there has a page of its own", async ({ page }) => {
  const answer = await page.goto("/products/there-is-no-such-product");
  expect(answer?.status()).toBe(404);
  await expect(page.getByText("This page is not there")).toBeVisible();
  await page.getByRole("link", { name: "To the shop" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("another person's order is not shown", async ({ page }) => {
  const answer = await page.goto(
    "/orders/00000000-0000-7000-8000-000000000000",
  );
  expect(answer?.status()).toBe(404);
  await expect(page.getByText("We can't show this order here")).toBeVisible();
});

test("a word longer than the screen is broken", async ({ page, baseURL }) => {
  const word = "Donaudampfschifffahrtsgesellschaft".repeat(3);
  const admin = await asAdmin(baseURL ?? "");
  const made = await admin.post("/api/v1/products", {
    data: { name: `A ${word}`, price: 999_999, stock: 9, description: word },
  });
  const { id, slug } = (await made.json()) as { id: string; slug: string };
  await admin.dispose();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.request.post("/api/v1/cart/add", { data: { product_id: id } });
  for (const path of [
    `/products/${slug}`,
    `/search?q=${word}`,
    "/cart",
    "/checkout",
  ]) {
    await page.goto(path, { waitUntil: "networkidle" });
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, path).toBe(390);
  }
});
