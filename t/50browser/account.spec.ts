import { expect, test } from "./shop";
import {
  asAdmin,
  mailedLink,
  newPerson,
  PASSWORD,
  register,
  signIn,
} from "./people";

test.use({ expected: [/status of 4\d\d/] });

test("an e-mail is confirmed by the link that was mailed", async ({ page }) => {
  const person = newPerson();
  await page.goto("/register");
  await page.getByLabel("Name").fill(person.name);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill("password12");
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByLabel("Password", { exact: true })).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create the account" }).click();

  await expect(page).toHaveURL("/account");
  await expect(page.getByText("Please confirm your e-mail")).toBeVisible();
  const link = await mailedLink(page, person.email, "/verify-email");
  await page.goto(link);
  await expect(page.getByText("Your e-mail is confirmed")).toBeVisible();
  await expect(page).toHaveURL("/verify-email");
  await page.getByRole("link", { name: "To your account" }).click();
  await expect(page.getByText("Please confirm your e-mail")).toBeHidden();

  await page.goto(link);
  await expect(page.getByText("Your e-mail isn't confirmed")).toBeVisible();
  await page.getByRole("button", { name: "Send the mail again" }).click();
  await expect(page.getByText("It is on its way.")).toBeVisible();
});

test("a forgotten password is replaced by mail", async ({ page }) => {
  const { email } = await register(page);
  await page.context().clearCookies();
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Look into your mailbox")).toBeVisible();

  const link = await mailedLink(page, email, "/reset-password");
  await page.goto(link);
  await expect(page).toHaveURL("/reset-password");
  await page.getByLabel("New password").fill("1234567890");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await page.getByLabel("New password").fill("a-new-long-password");
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByText("Your password is changed").waitFor();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await signIn(page, email, "a-new-long-password");
  await expect(page).toHaveURL("/account");

  await page.goto(link);
  await page.getByLabel("New password").fill("another-long-password");
  await page.getByRole("button", { name: "Change the password" }).click();
  await expect(page.getByText("This link doesn't work any more")).toBeVisible();
});

test("e-mail and password are changed", async ({ page }) => {
  const { email } = await register(page);
  await page.goto("/account/security");
  await page.getByRole("button", { name: "Change the password" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Present password").fill("not-my-password");
  await dialog.getByLabel("New password").fill("a-new-long-password");
  await dialog.getByRole("button", { name: "Change the password" }).click();
  await expect(dialog.getByRole("alert")).toContainText("not your present");
  await dialog.getByLabel("Present password").fill(PASSWORD);
  await dialog.getByRole("button", { name: "Change the password" }).click();
  await expect(dialog).toContainText("Your password is changed");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  const next = `new-${email}`;
  await page.getByRole("button", { name: "Change the e-mail" }).click();
  await dialog.getByLabel("New e-mail").fill(next);
  await dialog.getByLabel("Your password").fill("a-new-long-password");
  await dialog.getByRole("button", { name: "Send the link" }).click();
  await expect(dialog).toContainText(next);
  await page.goto(await mailedLink(page, next, "/verify-email"));
  await expect(page.getByText("Your e-mail is confirmed")).toBeVisible();
  await page.goto("/account/security");
  await expect(page.getByText(next, { exact: true })).toBeVisible();
});

test("a session on another device is ended", async ({ page, browser }) => {
  const { email } = await register(page);
  const phone = await browser.newContext({
    userAgent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
  });
  const other = await phone.newPage();
  await other.goto("/sign-in");
  await signIn(other, email, PASSWORD);
  await expect(other).toHaveURL("/account");

  await page.goto("/account/security");
  await expect(page.getByText("This device")).toHaveCount(1);
  await page
    .getByRole("button", { name: "End the session of Safari on iPhone" })
    .click();
  await expect(
    page.getByText("Safari on iPhone", { exact: true }),
  ).toBeHidden();
  await expect
    .poll(async () => {
      await other.goto("/account");
      return other.url();
    })
    .toMatch(/\/sign-in\?next=/);
  await phone.close();

  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL("/sign-in");
});

test("the address book is kept", async ({ page }) => {
  await register(page);
  await page.goto("/account/addresses");
  await expect(page.getByText("There is no address yet")).toBeVisible();
  const dialog = page.getByRole("dialog");
  for (const city of ["Berlin", "Hamburg"]) {
    await page.getByRole("button", { name: "Add an address" }).click();
    await dialog.getByLabel("Full name").fill("Grace Hopper");
    await dialog.getByLabel("Street and number").fill("Hauptstraße 1");
    await dialog.getByLabel("Postcode").fill("10115");
    await dialog.getByLabel("City").fill(city);
    await dialog.getByLabel("Country").selectOption("DE");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
  }
  const cards = page
    .getByRole("list", { name: "Your addresses" })
    .getByRole("listitem");
  await expect(cards).toHaveCount(2);
  const hamburg = cards.filter({ hasText: "Hamburg" });
  await hamburg.getByRole("button", { name: "Offer first" }).click();
  await expect(hamburg.getByText("Offered first")).toBeVisible();
  await expect(page.getByText("Offered first")).toHaveCount(1);

  await hamburg.getByRole("button", { name: "Edit" }).click();
  await dialog.getByLabel("City").fill("");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toBeFocused();
  await dialog.getByLabel("City").fill("Bremen");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("10115 Bremen")).toBeVisible();

  await cards
    .filter({ hasText: "Berlin" })
    .getByRole("button", { name: "Remove" })
    .click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(cards).toHaveCount(1);
});

test("choices are kept, data are taken along, the account is erased", async ({
  page,
}) => {
  const { email } = await register(page);
  await page.goto("/account/privacy");
  const news = page.getByLabel("News and offers by e-mail");
  await expect(news).not.toBeChecked();
  await news.click();
  await expect(page.getByText(/^Agreed /)).toBeVisible();
  await page.reload();
  await expect(news).toBeChecked();

  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download your data" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await started).createReadStream()) {
    chunks.push(chunk as Buffer);
  }
  expect(Buffer.concat(chunks).toString()).toContain(email);

  await page.getByRole("button", { name: "Delete … the account" }).click();
  const dialog = page.getByRole("dialog");
  const forGood = dialog.getByRole("button", { name: "Delete the account" });
  await expect(forGood).toBeDisabled();
  await dialog.getByLabel("Your password").fill("not-my-password");
  await dialog.getByLabel("I understand").check();
  await forGood.click();
  await expect(dialog.getByRole("alert")).toContainText("not your present");
  await dialog.getByLabel("Your password").fill(PASSWORD);
  await forGood.click();
  await expect(page).toHaveURL("/");

  await page.goto("/sign-in");
  await signIn(page, email, PASSWORD);
  await expect(page.getByRole("alert")).toContainText("don't belong together");
});

test("someone is invited to the team and comes", async ({ page, baseURL }) => {
  const { email, name } = newPerson();
  const admin = await asAdmin(baseURL ?? "");
  const made = await admin.post("/api/v1/users/invitations", {
    data: { email, name, roles: ["seller"] },
  });
  expect(made.status(), await made.text()).toBe(201);
  await admin.dispose();

  const link = await mailedLink(page, email, "/accept-invitation");
  await page.goto(link);
  await expect(page).toHaveURL("/accept-invitation");
  await expect(page.getByText(email)).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue(name);
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Accept the invitation" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Accept the invitation" }).click();
  await expect(page).toHaveURL("/account");

  await page.goto(link);
  await expect(page.getByText("This link doesn't work any more")).toBeVisible();
});
