import type { components } from "../../generated/api";

type Schemas = components["schemas"];

export type Facets = Schemas["Facets"];
export type Money = Schemas["Money"];
export type Category = Schemas["Category"];
export type Product = Schemas["Product"];
export type ProductSummary = Schemas["ProductSummary"];
export type ProductList = Schemas["ProductList"];
export type Variant = Schemas["Variant"];
export type Image = Schemas["Image"];
export type Rating = Schemas["Rating"];
export type Review = Schemas["Review"];
export type Cart = Schemas["Cart"];
export type CartItem = Schemas["CartItem"];
export type ShippingOption = Schemas["ShippingOption"];
export type Address = Schemas["Address"];
export type Order = Schemas["Order"];
export type OrderStatus = Schemas["OrderStatus"];
export type Payment = Schemas["Payment"];
export type Store = Schemas["Store"];
export type User = Schemas["User"];
export type Totals = Pick<
  Cart,
  | "subtotal"
  | "discounts"
  | "shipping"
  | "tax"
  | "total"
  | "gift_cards"
  | "due"
>;
