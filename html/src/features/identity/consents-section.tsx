import { formatMoment } from "@/lib/dates";
import { useLocale } from "@/lib/store-context";
import { Loaded } from "@/ui/loaded";
import { useChangeConsents } from "./api/change-consents";
import { useConsents, type Consent } from "./api/get-consents";
import { Refusal } from "./refusal";
import { Rows } from "./row";
import { Section } from "./section";

const PURPOSES: Record<string, { name: string; about: string }> = {
  marketing_email: {
    name: "News and offers by e-mail",
    about: "Mails about your orders come anyway.",
  },
  personalization: {
    name: "A shop that knows your taste",
    about: "What you looked at and bought decides what is shown first.",
  },
  analytics: {
    name: "Help to make the shop better",
    about: "How you use these pages is counted along with others.",
  },
};

export function ConsentsSection() {
  const consents = useConsents();
  return (
    <Section
      id="consents"
      title="What you agree to"
      about="Nothing of this is needed to buy here. You can change your mind at any time."
    >
      <Loaded query={consents} what="your choices" rows={3}>
        {({ items }) => (
          <Rows>
            {items.map((consent) => (
              <Choice key={consent.purpose} consent={consent} />
            ))}
          </Rows>
        )}
      </Loaded>
    </Section>
  );
}

function Choice({ consent }: { consent: Consent }) {
  const locale = useLocale();
  const change = useChangeConsents();
  const { purpose, granted, at } = consent;
  const words = PURPOSES[purpose] ?? { name: purpose, about: "" };
  return (
    <div className="p-4 sm:px-5">
      <label className="flex items-start gap-3.5">
        <input
          type="checkbox"
          className="mt-0.5 size-6 shrink-0"
          checked={change.isPending ? !granted : granted}
          disabled={change.isPending}
          onChange={() => change.mutate({ [purpose]: !granted })}
        />
        <span>
          <span className="block font-medium">{words.name}</span>
          <span className="text-muted block text-sm">{words.about}</span>
        </span>
      </label>
      <p role="status" className="text-muted mt-1 pl-9.5 text-sm empty:hidden">
        {at && `${granted ? "Agreed" : "Refused"} ${formatMoment(at, locale)}`}
      </p>
      <Refusal error={change.error} />
    </div>
  );
}
