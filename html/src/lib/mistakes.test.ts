import { expect, it } from "vitest";
import { errorOf, mistakesOf } from "./mistakes";

const problem = { status: 422, code: "invalid_input", title: "Invalid" };

it("finds the field of a pointer, however deep", () => {
  const mistakes = mistakesOf(
    {
      ...problem,
      errors: [
        { pointer: "/shipping_address/city", detail: "is required" },
        { pointer: "/odd", detail: "is not known here" },
      ],
    },
    { city: "City" },
  );
  expect(errorOf(mistakes, "city")).toBe("City: is required");
  expect(mistakes[1]).toEqual({ text: "is not known here" });
});

it("falls back to the sentence of the problem", () => {
  expect(mistakesOf({ ...problem, detail: "No." }, {})).toEqual([
    { text: "No." },
  ]);
  expect(mistakesOf(null, {})).toEqual([]);
});
