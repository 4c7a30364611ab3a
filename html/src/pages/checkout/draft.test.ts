import { beforeEach, expect, it } from "vitest";
import { addressOf, check, forgetDraft, keepDraft, readDraft } from "./draft";

beforeEach(() => forgetDraft());

const filled = {
  ...readDraft("DE"),
  email: "ada@example.org",
  name: " Ada Lovelace ",
  line1: "Hauptstraße 1",
  postal_code: "10115",
  city: "Berlin",
};

it("asks a guest for six things, a customer for five", () => {
  const empty = { ...readDraft("DE"), country: "" };
  expect(check(empty, true)).toHaveLength(6);
  expect(check(empty, false)).toHaveLength(5);
  expect(check(filled, true)).toEqual([]);
});

it("finds an e-mail that is none", () => {
  const [mistake] = check({ ...filled, email: "ada" }, true);
  expect(mistake?.field).toBe("email");
});

it("survives a reload with its key", () => {
  keepDraft(filled);
  expect(readDraft("FR")).toEqual(filled);
});

it("sends an address without stray spaces", () => {
  expect(addressOf(filled)).toEqual({
    name: "Ada Lovelace",
    line1: "Hauptstraße 1",
    postal_code: "10115",
    city: "Berlin",
    country: "DE",
  });
});
