import type { Page } from "@playwright/test";
import { expect, findProduct, test } from "./shop";

const MOST = 150;

interface Focus {
  name: string;
  visible: boolean;
  size: number;
}

// What has the focus: its name, whether one sees that, its smaller side.
function focus(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    // beyond the last one the focus is on the window, then it starts anew
    if (element === document.body) {
      return { name: "", visible: false, size: 0 };
    }
    const label = (element as HTMLInputElement).labels?.[0];
    const outlined = [element, label].some(
      (item) => item && getComputedStyle(item).outlineStyle !== "none",
    );
    const sizes = [element, label ?? element].map((item) => {
      const { width, height } = item.getBoundingClientRect();
      return Math.min(width, height);
    });
    return {
      name: [
        element.getAttribute("aria-label"),
        label?.textContent,
        element.getAttribute("placeholder"),
        element.textContent,
      ]
        .filter(Boolean)
        .join(" ")
        .trim(),
      visible: outlined,
      size: Math.max(...sizes),
    };
  });
}

// Tab, and nothing else, until something with this name has the focus.
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let n = 0; n < MOST; n++) {
    await page.keyboard.press("Tab");
    const found = await focus(page);
    if (found.name) {
      expect(found.visible, `the focus is seen on "${found.name}"`).toBe(true);
    }
    if (name.test(found.name)) {
      expect(found.size, `"${found.name}" is big enough`).toBeGreaterThanOrEqual(24);
      return;
    }
  }
  throw new Error(`no ${String(name)} within ${MOST} tabs`);
}

test("a purchase with the keyboard alone", async ({ page }) => {
  const product = await findProduct(page, ({ variants }) => variants > 2);
  const name = product.name.replace(/[^\w ]/g, ".");

  await page.goto("/");
  await tabTo(page, /^Skip to the content/);
  await tabTo(page, /Search products/);
  await page.keyboard.type(product.name);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/search/);

  await tabTo(page, new RegExp(`^${name}`));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp("/products/"));

  const checked = page.getByRole("radio", { checked: true }).first();
  const before = await checked.getAttribute("value");
  await tabTo(page, new RegExp(`^${before ?? ""}( .sold out.)?$`));
  await page.keyboard.press("ArrowRight");
  await expect(checked).not.toHaveValue(before ?? "");
  await page.keyboard.press("ArrowLeft");

  await tabTo(page, /^Add to cart/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  expect((await focus(page)).name).toMatch(/Add to cart/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^Check out/);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/checkout/);

  const answers: [RegExp, string][] = [
    [/^E-mail/, "ada@example.org"],
    [/^Full name/, "Ada Lovelace"],
    [/^Street/, "Hauptstraße 1"],
    [/^Postcode/, "10115"],
    [/^City/, "Berlin"],
    [/^Country/, "Germany"],
  ];
  for (const [field, text] of answers) {
    await tabTo(page, field);
    await page.keyboard.type(text);
  }
  await tabTo(page, /^Continue/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await tabTo(page, /^(Standard|Express)/);
  await page.keyboard.press("ArrowDown");
  await tabTo(page, /^Place the order/);
  await page.keyboard.press("Enter");

  await expect(page).toHaveURL(/\/orders\//);
  await tabTo(page, /^Pay \(success\)/);
  await page.keyboard.press("Space");
  await expect(page.getByTestId("status")).toHaveText("Paid");
});
