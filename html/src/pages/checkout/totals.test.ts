import { expect, it } from "vitest";
import { cart, eur } from "../../../tools/fixtures";
import { expectedTotal, totalWith } from "./totals";

const express = { code: "express", name: "Express", amount: eur(1290) };
const standard = { code: "standard", name: "Standard", amount: eur(490) };

it("shows the total of another way of delivery", () => {
  expect(totalWith(cart, express).total).toEqual(eur(6290));
  expect(totalWith(cart, undefined).total).toEqual(cart.total);
});

it("leaves a total without tax in it to the shop", () => {
  const net = { ...cart, tax: { ...cart.tax, included: false } };
  expect(totalWith(net, express)).toBe(net);
});

it("insists on the total that was shown", () => {
  expect(expectedTotal(cart, standard)).toEqual(eur(5490));
  expect(expectedTotal(cart, express)).toEqual(eur(6290));
});
