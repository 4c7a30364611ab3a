import { useId } from "react";
import { decimal } from "@/lib/money";
import { usePage } from "@/lib/store-context";
import type { Category } from "@/lib/types";

interface CategoryProps {
  categories: readonly Category[];
  chosen: string;
}

export function CategoryFilter({ categories, chosen }: CategoryProps) {
  return (
    <fieldset>
      <legend className="mb-2 font-semibold">Category</legend>
      <ul>
        <li>
          <Choice name="category" value="" label="All" checked={!chosen} />
        </li>
        {categories.map((category) => (
          <li key={category.id}>
            <Choice
              name="category"
              value={category.slug}
              label={category.name}
              checked={chosen === category.slug}
            />
            {holds(category, chosen) && (
              <ul className="ml-7">
                {(category.children ?? []).map((child) => (
                  <li key={child.id}>
                    <Choice
                      name="category"
                      value={child.slug}
                      label={child.name}
                      checked={chosen === child.slug}
                    />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function holds(category: Category, slug: string): boolean {
  return (
    category.slug === slug ||
    (category.children ?? []).some((child) => holds(child, slug))
  );
}

interface ChoiceProps {
  name: string;
  value: string;
  label: string;
  checked: boolean;
}

function Choice({ name, value, label, checked }: ChoiceProps) {
  return (
    <label className="flex min-h-9 items-center gap-3 text-[0.9375rem]">
      <input
        type="radio"
        name={name}
        value={value}
        defaultChecked={checked}
        className="size-4.5"
      />
      {label}
    </label>
  );
}

interface AttributeProps {
  name: string;
  field: string;
  values: readonly { value: string; label?: string; count: number }[];
  chosen: string;
}

export function AttributeFilter({ name, field, values, chosen }: AttributeProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-2 block font-semibold">
        {name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ")}
      </label>
      <select
        id={id}
        name={field}
        defaultValue={chosen}
        className="field min-h-11 py-1.5"
      >
        <option value="">Any</option>
        {values.map(({ value, label, count }) => (
          <option key={value} value={value}>
            {label ?? value} ({count})
          </option>
        ))}
      </select>
    </div>
  );
}

interface AmountProps {
  name: string;
  label: string;
  value: string;
}

export function AmountFilter({ name, label, value }: AmountProps) {
  const { currency } = usePage().store;
  const shown = /^\d{1,11}$/.test(value)
    ? decimal(Number(value), currency).replace(/\.0+$/, "")
    : "";
  return (
    <input
      name={name}
      aria-label={label}
      inputMode="decimal"
      defaultValue={shown}
      className="field min-h-11"
    />
  );
}
