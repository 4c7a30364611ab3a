import { describe, expect, it } from "vitest";
import { shirt } from "../../../tools/fixtures";
import { choose, firstChoice, reachOf, variantOf } from "./variants";

describe("variants", () => {
  it("starts with the cheapest that is there", () => {
    expect(variantOf(shirt, firstChoice(shirt))?.id).toBe("4");
  });

  it("never leads into a dead end", () => {
    // red has no L: the nearest red that is there is M
    const choice = choose(shirt, { color: "blue", size: "L" }, "color", "red");
    expect(variantOf(shirt, choice)?.id).toBe("2");
  });

  it("reaches every variant from every other", () => {
    for (const from of shirt.variants) {
      for (const to of shirt.variants) {
        let choice = from.options;
        for (const [name, value] of Object.entries(to.options)) {
          choice = choose(shirt, choice, name, value);
        }
        expect(variantOf(shirt, choice)?.id).toBe(to.id);
      }
    }
  });

  it("tells what a value leads to", () => {
    const choice = { color: "red", size: "M" };
    expect(reachOf(shirt, choice, "size", "S")).toBe("sold");
    expect(reachOf(shirt, choice, "size", "L")).toBe("there");
    expect(reachOf(shirt, choice, "color", "green")).toBe("none");
  });
});
