import { expect, test } from "./shop";

// what the accent was in each frame, from the first on
declare global {
  interface Window {
    accents: string[];
  }
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    window.accents = [];
    const look = () => {
      if (document.body) {
        const style = getComputedStyle(document.documentElement);
        window.accents.push(
          `${style.getPropertyValue("--accent")} ${style.backgroundColor}`,
        );
      }
      if (window.accents.length < 30) {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);
  });
});

function hosts(base: string | undefined): string[] {
  const url = new URL(base ?? "http://localhost:8080");
  const first = url.origin;
  url.hostname = "brand2.localhost";
  return [first, url.origin];
}

test.use({ expected: [/status of 404/] });

test("each brand has its colours from the first frame on", async ({
  page,
  baseURL,
}) => {
  const seen: string[] = [];
  const sheets: string[] = [];
  page.on("request", (request) => {
    if (/\/theme\./.test(request.url())) {
      sheets.push(request.url());
    }
  });
  for (const host of hosts(baseURL)) {
    await page.goto(host);
    await page.waitForFunction(() => window.accents.length >= 30);
    const accents = await page.evaluate(() => [...new Set(window.accents)]);
    expect(accents, "no other colour before").toHaveLength(1);
    seen.push(accents[0] ?? "");
  }
  expect(seen[0]).not.toBe(seen[1]);
  expect(sheets).toHaveLength(2);
  expect(new URL(sheets[0] ?? "").host).not.toBe(new URL(sheets[1] ?? "").host);

  // the sheet of one brand is nothing to the other
  const path = new URL(sheets[0] ?? "").pathname;
  const status = await page.evaluate(
    async (address) => (await fetch(address)).status,
    path,
  );
  expect(status).toBe(404);
});

test("a choice of colours is kept, and there in the first frame", async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/");
  await page.getByRole("button", { name: "Use the dark colours" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-scheme", "dark");
  await page.goto("/cart");
  await page.waitForFunction(() => window.accents.length >= 30);
  const accents = await page.evaluate(() => [...new Set(window.accents)]);
  expect(accents).toHaveLength(1);
  expect(accents[0]).toContain("rgb(20, 21, 26)");
});
