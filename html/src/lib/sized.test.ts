import { expect, it } from "vitest";
import { sized } from "./sized";

it("knows that only uploaded pictures have widths", () => {
  expect(sized("/media/i/0a.webp", 320)).toBe("/media/i/0a.webp?w=320");
  expect(sized("/media/i/0a.webp?w=640", 320)).toBe("/media/i/0a.webp?w=640");
  expect(sized("/media/emoji/sandal.webp", 320)).toBe("/media/emoji/sandal.webp");
  expect(sized("https://elsewhere.test/a.jpg", 320)).toBe(
    "https://elsewhere.test/a.jpg",
  );
});
