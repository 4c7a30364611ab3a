// What changes the cart or orders it goes in this line, one after the other:
// an answer that comes late never shows the cart as it was before another.
export const cartLine = { id: "cart" };
