interface Props {
  trail: readonly { name: string; href?: string }[];
}

export function Breadcrumbs({ trail }: Props) {
  return (
    <nav aria-label="Breadcrumb" className="text-muted text-sm">
      <ol className="flex flex-wrap items-center gap-x-2 wrap-anywhere">
        {trail.map((step, n) => (
          <li key={step.href ?? step.name} className="flex items-center gap-x-2">
            {n > 0 && <span aria-hidden="true">/</span>}
            {step.href ? (
              <a href={step.href} className="inline-block py-1.5 hover:underline">
                {step.name}
              </a>
            ) : (
              <span aria-current="page" className="text-fg">
                {step.name}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
