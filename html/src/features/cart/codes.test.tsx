import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { answer, cart, eur, show } from "../../../tools/fixtures";
import { CartView } from "./cart-view";

const coupon = { code: "TEN", applied: true, reason: null };
const ten = {
  ...cart,
  discounts: [
    {
      name: "Ten percent",
      code: "TEN",
      promotion_id: "7",
      kind: "percentage" as const,
      amount: eur(500),
      lines: [],
    },
  ],
  total: eur(4990),
  due: eur(4990),
  coupons: [coupon],
};

describe("codes in the cart", () => {
  it("adds a coupon, shows what it does, and takes it out again", async () => {
    const fetch = vi.fn((_url: string, init: RequestInit) =>
      Promise.resolve(answer(init.method === "POST" ? ten : cart)),
    );
    vi.stubGlobal("fetch", fetch);
    show(<CartView />);
    const field = await screen.findByLabelText("Coupon code");
    fireEvent.input(field, { target: { value: " ten " } });
    fireEvent.click(
      screen.getByRole("button", { name: /the coupon code/, hidden: true }),
    );
    await screen.findByText("TEN");
    expect(fetch.mock.calls[1]?.[0]).toBe("/api/v1/cart/coupons");
    expect(fetch.mock.calls[1]?.[1].body).toBe('{"code":"ten"}');
    expect(screen.getByText("−€5.00")).toBeTruthy();
    await screen.findByText("It was added to your cart.");
    expect((field as HTMLInputElement).value).toBe("");
    fireEvent.click(screen.getByRole("button", { name: /the coupon TEN/ }));
    await waitFor(() => expect(screen.queryByText("TEN")).toBeNull());
    expect(fetch.mock.calls[2]?.[0]).toBe("/api/v1/cart/coupons/TEN");
  });

  it("says why a code is refused, at its field", async () => {
    const fetch = vi.fn((_url: string, init: RequestInit) =>
      Promise.resolve(
        init.method === "POST"
          ? answer(
              {
                status: 422,
                code: "gift_card_unknown",
                title: "Unprocessable Content",
                detail: "There is no such gift card.",
              },
              422,
            )
          : answer(cart),
      ),
    );
    vi.stubGlobal("fetch", fetch);
    show(<CartView />);
    const field = await screen.findByLabelText("Code of a gift card");
    const apply = screen.getByRole("button", {
      name: /the code of a gift card/,
      hidden: true,
    });
    fireEvent.click(apply);
    expect(screen.getByText("Enter a code.").id).toBe("gift-card-error");
    expect(fetch).toHaveBeenCalledTimes(1);
    fireEvent.input(field, { target: { value: "AAAA-BBBB" } });
    fireEvent.click(apply);
    await screen.findByText("There is no such gift card.");
    expect(field.getAttribute("aria-describedby")).toBe("gift-card-error");
    expect((field as HTMLInputElement).value).toBe("AAAA-BBBB");
  });

  it("shows what gift cards pay and what is left", async () => {
    const card = { id: "5f", hint: "X7QK", balance: eur(2000), amount: eur(2000) };
    const spent = { id: "6f", hint: null, balance: eur(0), amount: eur(0) };
    vi.stubGlobal("fetch", () =>
      Promise.resolve(
        answer({ ...cart, gift_cards: [card, spent], due: eur(3490) }),
      ),
    );
    show(<CartView />);
    await screen.findByText("Pays €20.00 of €20.00");
    expect(screen.getByText("After gift cards").nextSibling?.textContent).toBe("€34.90");
    expect(screen.getByText("This card can't pay. Please remove it.")).toBeTruthy();
  });

  it("does not let a coupon that is used up go on", async () => {
    const used = { ...coupon, applied: false, reason: "coupon_used_up" };
    const waits = { code: "BIG", applied: false, reason: "min_total" };
    vi.stubGlobal("fetch", () =>
      Promise.resolve(answer({ ...cart, coupons: [used, waits] })),
    );
    show(<CartView />);
    await screen.findByText("It is used up. Please remove it.");
    expect(screen.getByText(/not worth enough/)).toBeTruthy();
    expect(screen.queryByRole("link", { name: /Check out/ })).toBeNull();
  });

  it("shows a gift without a way to change it", async () => {
    const gift = { ...cart.items[0], gift: true, name: "Cup", quantity: 1 };
    vi.stubGlobal("fetch", () =>
      Promise.resolve(answer({ ...cart, items: [...cart.items, gift] })),
    );
    show(<CartView />);
    await screen.findByText("A gift for you");
    expect(screen.getAllByLabelText("One more")).toHaveLength(1);
  });
});
