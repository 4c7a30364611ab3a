import { CartLink } from "@/features/cart/cart-link";
import { SearchBox } from "@/features/search/search-box";
import { usePage } from "@/lib/store-context";
import { LockIcon, UserIcon } from "@/ui/icons";
import { CategoriesNav } from "./categories-nav";
import { SchemeSwitch } from "./scheme-switch";

export function Header() {
  const { user } = usePage();
  return (
    <header className="bg-bg/95 border-border sticky top-0 z-20 border-b backdrop-blur-sm">
      <div className="wrap flex flex-wrap items-center gap-x-2 pt-2 sm:gap-x-6 sm:flex-nowrap sm:pb-2">
        <Brand />
        <div className="order-last basis-full py-2 sm:order-none sm:mx-auto sm:max-w-xl sm:basis-auto sm:grow">
          <SearchBox />
        </div>
        <div className="-mr-2.5 flex shrink-0 items-center">
          <SchemeSwitch />
          <a
            href={user ? "/account" : "/sign-in"}
            className="tap rounded-full"
            aria-label={user ? `Account of ${user.name}` : "Sign in"}
          >
            <UserIcon />
          </a>
          <CartLink />
        </div>
      </div>
      <CategoriesNav />
    </header>
  );
}

// Nothing to wander off to while paying.
export function CheckoutHeader() {
  return (
    <header className="border-border border-b">
      <div className="wrap flex items-center justify-between py-3">
        <Brand />
        <p className="text-muted flex items-center gap-2 text-sm">
          <LockIcon className="size-4.5" />
          Checkout
        </p>
      </div>
    </header>
  );
}

function Brand() {
  const { store } = usePage();
  return (
    <a
      href="/"
      className="font-heading flex min-h-11 min-w-0 flex-1 items-center gap-2.5 text-xl font-bold tracking-tight sm:flex-none sm:text-[1.375rem]"
    >
      {store.logo && <img src={store.logo} alt="" width={32} height={32} className="size-8 shrink-0" />}
      <span className="truncate">{store.name}</span>
    </a>
  );
}
