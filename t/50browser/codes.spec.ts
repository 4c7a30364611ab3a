import { asAdmin } from "./people";
import { checkOut, expect, test } from "./shop";

test.use({ expected: [/status of 422/] });

interface Made {
  id: string;
  code: string;
}

interface Codes {
  coupon: string;
  card: string;
  product: string;
}

// a coupon of ten percent, a gift card of a euro, and something to buy: what
// the demo shop has is for the other tests
async function makeCodes(base: string): Promise<Codes> {
  const admin = await asAdmin(base);
  const coupon = `TEN${Date.now()}`;
  const made = async (path: string, data: object) => {
    const answer = await admin.post(`/api/v1/${path}`, { data });
    expect(answer.status(), path).toBe(201);
    return (await answer.json()) as Made;
  };
  const { id } = await made("promotions", {
    name: "Ten percent off all that a very long name says",
    kind: "percentage",
    applies_to: "order",
    basis_points: 1000,
  });
  await made(`promotions/${id}/coupons`, { code: coupon });
  const { code } = await made("gift-cards", {
    amount: { amount: 100, currency: "EUR" },
  });
  const thing = { name: "A thing for a coupon", price: 3000, stock: 9 };
  const product = (await made("products", thing)).id;
  await admin.dispose();
  return { coupon, card: code, product };
}

test("a coupon and a gift card, by the keyboard, up to the order", async ({
  page,
  baseURL,
}) => {
  const { coupon, card, product } = await makeCodes(baseURL ?? "");
  await page.request.post("/api/v1/cart/add", { data: { product_id: product } });
  await page.goto("/cart");
  const summary = page.getByRole("complementary", { name: "Order summary" });
  await summary.getByText("Coupon or gift card", { exact: true }).focus();
  await page.keyboard.press("Enter");
  const field = page.getByLabel("Coupon code");
  await page.keyboard.press("Tab");
  await expect(field).toBeFocused();

  await page.keyboard.type("there-is-none");
  await page.keyboard.press("Enter");
  await expect(summary.getByText("There is no such coupon.")).toBeVisible();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveValue("there-is-none");
  await field.fill(coupon.toLowerCase());
  await page.keyboard.press("Enter");
  await expect(summary.getByText(coupon, { exact: true })).toBeVisible();
  await expect(field).toHaveValue("");
  await expect(field).toBeFocused();

  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Code of a gift card")).toBeFocused();
  await page.keyboard.type(card);
  await page.keyboard.press("Enter");
  await expect(summary.getByText("Pays €1.00 of €1.00")).toBeVisible();
  const wider = await page.evaluate(
    () => document.documentElement.scrollWidth > innerWidth,
  );
  expect(wider, "it fits the width").toBe(false);

  await page.getByRole("button", { name: `Remove the coupon ${coupon}` }).click();
  await expect(summary.getByText(coupon, { exact: true })).toBeHidden();
  await checkOut(page);
  await expect(page.getByText("−€1.00")).toBeVisible();
});
