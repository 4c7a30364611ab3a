import type { Category, Store } from "./types";

// What the gateway put into the HTML: <script type="application/json" id="data">

export interface Viewer {
  id: string;
  name: string;
  email: string;
  roles: string[];
}

export interface Frame {
  store: Store;
  categories: Category[];
  user: Viewer | null;
}

// The gateway knows of the cart's cookie, which scripts can't see.
export interface PageData extends Frame {
  cart: boolean;
}

const EMPTY: PageData = {
  store: {
    id: "",
    name: document.title,
    theme: { colors: {}, fonts: {}, radius: "" },
    logo: null,
    currency: "EUR",
    currencies: ["EUR"],
    locales: ["en"],
    countries: [],
  },
  categories: [],
  user: null,
  cart: false,
};

// The database may be down: then the shell comes without any data.
export function readPage<T extends object>(): PageData & Partial<T> {
  const text = document.getElementById("data")?.textContent.trim();
  const given = text ? (JSON.parse(text) as Partial<PageData & T>) : {};
  return { ...EMPTY, ...given } as PageData & Partial<T>;
}
