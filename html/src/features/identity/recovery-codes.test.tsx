import { fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { show } from "../../../tools/fixtures";
import { RecoveryCodes } from "./recovery-codes";

it("shows every code, copies them, and asks before it goes on", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  const done = vi.fn();
  show(<RecoveryCodes codes={["aaaa-bbbb", "cccc-dddd"]} done={done} />);
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
  fireEvent.click(screen.getByRole("button", { name: /^Copy/ }));
  expect(writeText).toHaveBeenCalledWith("aaaa-bbbb\ncccc-dddd\n");
  expect(await screen.findByRole("button", { name: /^Copied/ })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "I have kept them" }));
  expect(done).toHaveBeenCalled();
});
