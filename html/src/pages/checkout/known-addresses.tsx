import { useAddresses, type BookAddress } from "@/features/identity/api/list-addresses";
import { useLocale, usePage } from "@/lib/store-context";
import { countryName } from "@/lib/countries";
import { Labelled } from "@/ui/field";
import { filled, isFilled, type Draft } from "./draft";

interface Props {
  draft: Draft;
  change: (draft: Draft) => void;
}

// The address book of who is signed in: one of it fills the fields below, where
// it can be changed for this order.
export function KnownAddresses({ draft, change }: Props) {
  const { store } = usePage();
  const locale = useLocale();
  const book = useAddresses();
  const known = (book.data?.items ?? []).filter(({ country }) =>
    store.countries.includes(country),
  );
  if (known.length === 0) {
    return null;
  }
  const chosen = known.find((address) => isFilled(draft, address));
  return (
    <div className="mb-5">
      <Labelled label="From your address book" name="known" error={undefined}>
        <select
          id="known"
          className="field"
          value={chosen?.id ?? ""}
          onChange={({ currentTarget: { value } }) => {
            const address = known.find(({ id }) => id === value);
            if (address) {
              change(filled(draft, address));
            }
          }}
        >
          <option value="">Another address</option>
          {known.map((address) => (
            <option key={address.id} value={address.id}>
              {line(address, locale)}
            </option>
          ))}
        </select>
      </Labelled>
    </div>
  );
}

function line(address: BookAddress, locale: string): string {
  const { name, line1, postal_code, city, country } = address;
  return `${name}, ${line1}, ${postal_code} ${city}, ${countryName(country, locale)}`;
}
