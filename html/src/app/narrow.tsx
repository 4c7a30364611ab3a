import type { ReactNode } from "react";
import { Layout } from "./layout";

interface Props {
  title?: string;
  children: ReactNode;
}

// A page of one form.
export function Narrow({ title, children }: Props) {
  return (
    <Layout>
      <div className="mx-auto max-w-md py-6">
        {title && <h1 className="mb-6 text-3xl">{title}</h1>}
        {children}
      </div>
    </Layout>
  );
}
