import { asAdmin, register } from "./people";
import { checkOut, expect, findProduct, test } from "./shop";

test("a guest finds, buys and pays, and sees it without a reload", async ({
  page,
}) => {
  const product = await findProduct(page, ({ variants }) => variants === 1);

  await page.goto("/");
  await page.getByRole("searchbox", { name: "Search products" }).fill(product.name);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search\?q=/);
  await page
    .getByRole("region", { name: "Products" })
    .getByRole("link", { name: product.name, exact: true })
    .first()
    .click();

  await expect(page).toHaveURL(`/products/${product.slug}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(product.name);
  await page.getByRole("button", { name: "Add to cart" }).click();
  const dialog = page.getByRole("dialog", { name: "In your cart" });
  await expect(dialog).toContainText(product.name);
  await dialog.getByRole("link", { name: "View cart" }).click();

  await page.getByRole("button", { name: "One more" }).click();
  await expect(page.getByText("2 pieces", { exact: true })).toBeVisible();
  await page.getByLabel("Delivery to").selectOption("DE");
  const total = await page.locator("dd").last().textContent();
  expect(total).toMatch(/\d/);

  await checkOut(page);
  const status = page.getByTestId("status");
  await expect(status).toHaveText("Waiting for the payment");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));

  await page.getByRole("button", { name: "Decline" }).click();
  await expect(status).toHaveText("The payment was declined");
  await page.getByRole("button", { name: "Pay (success)" }).click();
  await expect(status).toHaveText("Paid");
  await expect(page.getByText("Order paid")).toBeVisible();
  expect(
    await page.evaluate(() => "notReloaded" in window),
    "the page was not loaded again",
  ).toBe(true);

  await page.reload();
  await expect(status).toHaveText("Paid");
  await page.goto("/cart");
  await expect(page.getByText("Your cart is empty")).toBeVisible();
});

test("a cart tells what happened meanwhile, an address is at hand", async ({
  page,
  baseURL,
}) => {
  const here = { headers: { "Sec-Fetch-Site": "same-origin" } };
  const admin = await asAdmin(baseURL ?? "");
  const made = async (name: string) => {
    const answer = await admin.post("/api/v1/products", {
      data: { name, price: 1000, stock: 5 },
    });
    const { id } = (await answer.json()) as { id: string };
    await page.request.post("/api/v1/cart/add", {
      ...here,
      data: { product_id: id },
    });
    return `/api/v1/products/${id}`;
  };
  await register(page);
  await page.request.post("/api/v1/users/me/addresses", {
    ...here,
    data: {
      name: "Grace Hopper",
      line1: "Hauptstrasse 1",
      line2: "Hinterhaus",
      postal_code: "10115",
      city: "Berlin",
      country: "DE",
    },
  });
  const gone = await made("A lamp that goes");
  const dear = await made("A desk that stays");
  await admin.patch(gone, { data: { status: "draft" } });
  await admin.patch(dear, { data: { price: 1500 } });
  await admin.dispose();

  await page.goto("/cart");
  await expect(page.getByText(/A lamp that goes can.t be bought/)).toBeVisible();
  await expect(page.getByText("€15.00 instead of €10.00")).toBeVisible();
  await expect(page.getByRole("link", { name: "Check out" })).toBeHidden();
  await page.getByRole("button", { name: "Remove A lamp that goes" }).click();
  await page.getByRole("button", { name: "All right" }).click();
  await expect(page.getByText(/instead of/)).toBeHidden();

  await page.getByRole("link", { name: "Check out" }).click();
  await page
    .getByLabel("From your address book")
    .selectOption({ label: "Grace Hopper, Hauptstrasse 1, 10115 Berlin, Germany" });
  await expect(page.getByLabel(/^Flat/)).toHaveValue("Hinterhaus");
  await page.getByRole("button", { name: "Continue to delivery" }).click();
  await page.getByRole("button", { name: /Place the order/ }).click();
  await expect(page).toHaveURL(/\/orders\//);
  await expect(page.getByText("Hinterhaus")).toBeVisible();
});

test("a choice of variants has no dead end", async ({ page }) => {
  const product = await findProduct(page, ({ variants }) => variants > 2);
  await page.goto(`/products/${product.slug}`);
  const radios = page.getByRole("radio");
  for (let n = 0; n < (await radios.count()); n++) {
    const radio = radios.nth(n);
    if (await radio.isEnabled()) {
      await radio.check();
      await expect(radio).toBeChecked();
      await expect(page.getByText(/In stock|Only \d+ left|Sold out/).first()).toBeVisible();
    }
  }
});

test("filters are in the address, and Back brings them back", async ({
  page,
  isMobile,
}) => {
  await page.goto("/search");
  if (isMobile) {
    await page.getByText("Filters", { exact: true }).click();
  }
  await page.getByLabel("Lowest price").filter({ visible: true }).fill("20");
  await page.getByText("In stock only").filter({ visible: true }).click();
  await page
    .getByRole("button", { name: "Show results" })
    .filter({ visible: true })
    .click();
  await expect(page).toHaveURL(/min_price=2000/);
  await expect(page).toHaveURL(/in_stock=true/);
  await page.getByLabel("Sort by").selectOption("price");
  await expect(page).toHaveURL(/sort=price/);
  await page.goBack();
  await expect(page).not.toHaveURL(/sort=/);
  await expect(page).toHaveURL(/min_price=2000/);
});

test("someone registers, signs out and in again", async ({ page }) => {
  const email = `browser-${Date.now()}-${Math.floor(Math.random() * 1e6)}@example.test`;
  await page.goto("/account");
  await expect(page).toHaveURL("/sign-in?next=/account");
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("Name").fill("Grace Hopper");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("a-long-password");
  await page.getByRole("button", { name: "Create the account" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Hello, Grace Hopper",
  );
  await expect(page.getByText("You haven't ordered anything yet.")).toBeVisible();
  await page.getByLabel("Name").fill("Rear Admiral Hopper");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();

  await page.goto("/sign-in?next=/account");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("a-long-password");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Hello, Rear Admiral Hopper",
  );
});
