import { describe, expect, it } from "vitest";
import { filterCount, readListing, writeListing } from "./listing-url";

describe("the address of a listing", () => {
  it("goes there and back", () => {
    const address =
      "/search?q=tea+pot&category=kitchen&min_price=1000&in_stock=true&attr.color=red&sort=-price";
    const listing = readListing(address.slice(address.indexOf("?")));
    expect(writeListing(listing)).toBe(address);
    expect(filterCount(listing)).toBe(4);
  });

  it("is short without filters", () => {
    expect(writeListing(readListing(""))).toBe("/search");
  });

  it("starts anew when a filter changes, but keeps the cursor for pages", () => {
    const listing = readListing("?q=tea&cursor=abc");
    expect(writeListing(listing)).toBe("/search?q=tea");
    expect(writeListing(listing, "def")).toBe("/search?q=tea&cursor=def");
  });
});
