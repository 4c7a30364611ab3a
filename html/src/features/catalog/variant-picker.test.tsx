import { fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { shirt, show } from "../../../tools/fixtures";
import type { Product } from "@/lib/types";
import { VariantPicker } from "./variant-picker";

it("is a group of radios an option, and says what is sold out", () => {
  const change = vi.fn();
  show(
    <VariantPicker
      product={shirt as Product}
      choice={{ color: "red", size: "M" }}
      change={change}
    />,
  );
  expect(screen.getAllByRole("group")).toHaveLength(2);
  expect(screen.getByRole("radio", { name: /^S.*sold out/ })).toBeTruthy();
  fireEvent.click(screen.getByRole("radio", { name: /^blue/ }));
  expect(change).toHaveBeenCalledWith({ color: "blue", size: "M" });
});
