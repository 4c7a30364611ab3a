import type { ReactNode } from "react";
import { Footer } from "./footer";
import { CheckoutHeader, Header } from "./header";

interface Props {
  children: ReactNode;
  quiet?: boolean;
}

export function Layout({ children, quiet = false }: Props) {
  return (
    <>
      <a
        href="#main"
        className="button button-primary absolute top-2 left-2 z-30 -translate-y-24 focus:translate-y-0"
      >
        Skip to the content
      </a>
      {quiet ? <CheckoutHeader /> : <Header />}
      <main id="main" tabIndex={-1} className="wrap grow pt-6 pb-20 sm:pt-8">
        {children}
      </main>
      <Footer />
    </>
  );
}
