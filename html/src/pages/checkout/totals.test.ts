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
  expect(expectedTotal(net, express)).toBeUndefined();
  expect(expectedTotal(net, standard)).toEqual(eur(5490));
});

it("insists on the total that was shown", () => {
  expect(expectedTotal(cart, standard)).toEqual(eur(5490));
  expect(expectedTotal(cart, express)).toEqual(eur(6290));
});

it("leaves free delivery to the shop", () => {
  const coupon = { name: "Free", kind: "free_shipping" as const, amount: eur(490) };
  const free = { ...cart, discounts: [coupon], total: eur(5000) };
  expect(totalWith(free, express)).toBe(free);
  expect(expectedTotal(free, express)).toBeUndefined();
  expect(expectedTotal(free, standard)).toEqual(eur(5000));
});

it("lets gift cards pay before", () => {
  const card = { id: "1", hint: "X7QK", balance: eur(6000), amount: eur(5490) };
  const paid = { ...cart, gift_cards: [card], due: eur(0) };
  expect(totalWith(paid, express).due).toEqual(eur(290));
});
