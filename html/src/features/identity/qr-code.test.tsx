import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { show } from "../../../tools/fixtures";
import { QrCode } from "./qr-code";

it("draws a code with its quiet zone and finder patterns", () => {
  show(<QrCode text="otpauth://totp/Shop:ada?secret=ABC" label="QR code" />);
  const image = screen.getByRole("img", { name: "QR code" });
  const size = Number(image.getAttribute("viewBox")?.split(" ")[2]);
  expect((size - 8 - 17) % 4, "17 + 4 × version modules").toBe(0);
  const path = image.querySelector("path")?.getAttribute("d") ?? "";
  expect(path).toMatch(/^M4 4h7v1h-7z/);
});
