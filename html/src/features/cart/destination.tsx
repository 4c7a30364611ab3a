import { useId, useState } from "react";
import { countryName } from "@/lib/countries";
import { useLocale, usePage } from "@/lib/store-context";
import { useSetDestination } from "./api/set-destination";

// Delivery and tax depend on where it goes: the cart's total is already right.
export function Destination({ country }: { country: string }) {
  const { store } = usePage();
  const locale = useLocale();
  const id = useId();
  const [chosen, setChosen] = useState(country);
  const set = useSetDestination();
  return (
    <div className="mb-5">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        Delivery to
      </label>
      <select
        id={id}
        className="field"
        value={chosen}
        disabled={set.isPending}
        onChange={(event) => {
          const next = event.currentTarget.value;
          setChosen(next);
          set.mutate({ country: next, postalCode: "" });
        }}
      >
        {!chosen && <option value="">Choose a country</option>}
        {store.countries.map((code) => (
          <option key={code} value={code}>
            {countryName(code, locale)}
          </option>
        ))}
      </select>
      {set.isError && (
        <p role="alert" className="text-danger mt-2 text-sm">
          This could not be changed. Please try again.
        </p>
      )}
    </div>
  );
}
