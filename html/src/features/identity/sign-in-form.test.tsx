import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { answer, show } from "../../../tools/fixtures";
import { SignInForm } from "./sign-in-form";

it("says what is wrong, at the field too, and takes the focus", async () => {
  const problem = {
    status: 401,
    code: "invalid_credentials",
    title: "Unauthorized",
  };
  vi.stubGlobal("fetch", () => Promise.resolve(answer(problem, 401)));
  show(<SignInForm challenged={vi.fn()} />);
  const email = screen.getByLabelText<HTMLInputElement>("E-mail");
  fireEvent.input(email, { target: { value: "ada@example.org" } });
  fireEvent.submit(email.form as HTMLFormElement);
  const summary = await screen.findByRole("alert");
  await waitFor(() => expect(document.activeElement).toBe(summary));
  expect(summary.querySelector("a")?.getAttribute("href")).toBe("#email");
  expect(email.getAttribute("aria-invalid")).toBe("true");
  expect(email.value).toBe("ada@example.org");
});

it("goes on to the second step with what the shop gave for it", async () => {
  const problem = {
    status: 401,
    code: "mfa_required",
    title: "Unauthorized",
    mfa_token: "m-1",
    methods: ["totp", "recovery_code"],
  };
  vi.stubGlobal("fetch", () => Promise.resolve(answer(problem, 401)));
  const challenged = vi.fn();
  show(<SignInForm challenged={challenged} />);
  const email = screen.getByLabelText<HTMLInputElement>("E-mail");
  fireEvent.submit(email.form as HTMLFormElement);
  await waitFor(() => expect(challenged).toHaveBeenCalledWith("m-1"));
  expect(screen.queryByRole("alert")).toBeNull();
});
