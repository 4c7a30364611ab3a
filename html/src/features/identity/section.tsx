import type { ReactNode } from "react";

interface Props {
  id: string;
  title: string;
  about?: string;
  children: ReactNode;
}

export function Section({ id, title, about, children }: Props) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="text-xl sm:text-2xl">
        {title}
      </h2>
      {about && <p className="text-muted mt-1.5 max-w-2xl">{about}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}
