import type { ReactNode } from "react";
import { Layout } from "./layout";

const PAGES = [
  { href: "/account", name: "Orders" },
  { href: "/account/addresses", name: "Addresses" },
  { href: "/account/security", name: "Security" },
  { href: "/account/privacy", name: "Privacy" },
];

interface Props {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

// The pages of an account and the way from one to another.
export function AccountFrame({ title, action, children }: Props) {
  return (
    <Layout>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-3xl [overflow-wrap:anywhere] sm:text-4xl">{title}</h1>
        {action}
      </div>
      <nav aria-label="Account" className="border-border mb-8 border-b sm:mb-10">
        <ul className="-mb-px flex gap-x-5 overflow-x-auto [scrollbar-width:none]">
          {PAGES.map(({ href, name }) => (
            <li key={href}>
              <a
                href={href}
                aria-current={location.pathname === href ? "page" : undefined}
                className="text-muted hover:text-fg aria-[current]:text-fg aria-[current]:border-accent block border-b-2 border-transparent py-2.5 whitespace-nowrap aria-[current]:font-semibold"
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Layout>
  );
}
