import { expect, test } from "./shop";
import {
  codeOf,
  giveDevice,
  PASSWORD,
  register,
  signIn,
  stepBegins,
  stepNow,
  withoutAutofill,
} from "./people";

test.use({ expected: [/status of 4\d\d/] });

test("a second step is set up, asked for, and turned off", async ({ page }) => {
  const { email } = await register(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Set up an authenticator app" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("img", { name: /^QR code/ })).toBeVisible();
  await dialog.getByText("I can't scan it").click();
  const secret = (await dialog.locator("code").textContent()) ?? "";

  await dialog.getByLabel("Code of your authenticator app").fill("000000");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByRole("alert")).toBeFocused();
  await stepBegins();
  const step = stepNow();
  await dialog
    .getByLabel("Code of your authenticator app")
    .fill(codeOf(secret, step - 1));
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByText("They are not shown again.")).toBeVisible();
  const codes = await dialog.getByRole("listitem").allTextContents();
  expect(codes).toHaveLength(10);
  const started = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download" }).click();
  expect((await started).suggestedFilename()).toMatch(/recovery-codes.*\.txt/);
  await dialog.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 are left")).toBeVisible();

  await page.context().clearCookies();
  await page.goto("/sign-in?next=/account/security");
  await signIn(page, email, PASSWORD);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("One more step");
  const code = page.getByLabel("Code of your authenticator app");
  await expect(code).toBeFocused();
  await code.fill(codeOf(secret, step - 1));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alert"), "a code counts once").toBeFocused();
  await code.fill(codeOf(secret, stepNow()));
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/account/security");

  await page.context().clearCookies();
  await page.goto("/sign-in?next=/account/security");
  await signIn(page, email, PASSWORD);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await expect(page.getByLabel("Recovery code")).toBeFocused();
  await page.getByLabel("Recovery code").fill(codes[0] ?? "");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL("/account/security");
  await expect(page.getByText("9 are left")).toBeVisible();

  await page.getByRole("button", { name: "Turn off the authenticator app" }).click();
  await dialog
    .getByLabel("Code of your authenticator app")
    .fill(codes[1] ?? "");
  await dialog.getByRole("button", { name: "Turn off" }).click();
  await expect(dialog).toBeHidden();
  await expect(
    page.getByRole("button", { name: "Set up an authenticator app" }),
  ).toBeVisible();
});

test("a passkey is made, named, used and removed", async ({ page }) => {
  await giveDevice(page);
  await withoutAutofill(page);
  await register(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("Added. You can sign in")).toBeVisible();
  await page.getByRole("button", { name: /^Rename Chrome on / }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("My laptop");
  await dialog.getByRole("button", { name: "Save" }).click();
  const rename = page.getByRole("button", { name: "Rename My laptop" });
  await expect(rename).toBeVisible();
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("This device has a passkey")).toBeVisible();

  await page.context().clearCookies();
  await page.goto("/sign-in?next=/account/security");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page).toHaveURL("/account/security");
  await expect(page.getByText(/last used/).first()).toBeVisible();

  await page.getByRole("button", { name: "Remove My laptop" }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(rename).toBeHidden();
});

test("a passkey that is not known here any more is no way in", async ({
  page,
}) => {
  await giveDevice(page);
  await withoutAutofill(page);
  await register(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("Added. You can sign in")).toBeVisible();
  await page.getByRole("button", { name: /^Remove / }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByText("not known here any more")).toBeVisible();
});

test("the browser offers a passkey by itself", async ({ page }) => {
  await giveDevice(page);
  await register(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("Added. You can sign in")).toBeVisible();
  await page.context().clearCookies();
  // the device chooses what the field of the e-mail offers
  await page.goto("/sign-in?next=/account/security");
  await expect(page).toHaveURL("/account/security");
});
