import { beforeEach, expect, it } from "vitest";
import {
  addressOf,
  check,
  filled as withKnown,
  forgetDraft,
  isFilled,
  keepDraft,
  readDraft,
} from "./draft";

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
    line2: null,
    region: null,
    phone: null,
  });
});

it("takes all of an address of the book", () => {
  const known = {
    name: "Grace Hopper",
    line1: "1 Main St",
    line2: "Floor 2",
    postal_code: "12207",
    city: "Albany",
    region: "NY",
    country: "US",
    phone: null,
  };
  const draft = withKnown(filled, known);
  expect(isFilled(filled, known)).toBe(false);
  expect(isFilled(draft, known)).toBe(true);
  expect(draft.email).toBe("ada@example.org");
  expect(addressOf(draft)).toEqual(known);
  expect(isFilled({ ...draft, line2: "" }, known)).toBe(false);
});
