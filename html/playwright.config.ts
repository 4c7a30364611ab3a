import { defineConfig, devices } from "@playwright/test";

// Run by t/50browser/browser.t against a running shop (SHOP_URL).  The browser
// is the system's: nothing is downloaded.
export default defineConfig({
  testDir: "../t/50browser",
  outputDir: process.env["SHOP_BROWSER_OUTPUT"] ?? "../build/browser",
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  use: {
    baseURL: process.env["SHOP_URL"] ?? "http://localhost:8080",
    locale: "en-GB",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-dev-shm-usage"],
    },
  },
  projects: [
    {
      name: "desktop",
      use: { viewport: { width: 1280, height: 800 } },
    },
    {
      name: "phone",
      testMatch: /(account|axe|codes|consent|factors|purchase)\.spec\.ts/,
      use: {
        ...devices["Pixel 7"],
        viewport: { width: 390, height: 844 },
      },
    },
  ],
});
