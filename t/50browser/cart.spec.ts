import { asAdmin } from "./people";
import { expect, test } from "./shop";

test("changes of a cart go one after the other, however late one is", async ({
  page,
  baseURL,
}) => {
  const admin = await asAdmin(baseURL ?? "");
  for (const name of ["A slow thing", "A quick thing"]) {
    const made = await admin.post("/api/v1/products", {
      data: { name, price: 1000, stock: 9 },
    });
    const { id } = (await made.json()) as { id: string };
    await page.request.post("/api/v1/cart/add", { data: { product_id: id } });
  }
  await admin.dispose();

  let sent = 0;
  let goOn = () => {};
  const late = new Promise<void>((resolve) => (goOn = resolve));
  let done = () => {};
  const changed = new Promise<void>((resolve) => (done = resolve));
  await page.route("**/api/v1/cart/items/*", async (route) => {
    const first = sent++ === 0;
    const response = await route.fetch();
    if (first) {
      done();
      await late;
    }
    await route.fulfill({ response });
  });

  await page.goto("/cart");
  const more = (name: string) =>
    page
      .getByRole("group", { name: `Quantity of ${name}` })
      .getByRole("button", { name: "One more" });
  await more("A slow thing").click();
  await changed;
  await more("A quick thing").click();
  await page.evaluate(() => fetch("/api/v1/store").then(({ ok }) => ok));
  expect(sent, "the second waits").toBe(1);
  goOn();
  await expect(page.getByText("4 pieces", { exact: true })).toBeVisible();
  expect(sent).toBe(2);
});
