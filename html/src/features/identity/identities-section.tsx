import { formatDate } from "@/lib/dates";
import { useLocale } from "@/lib/store-context";
import { Loaded } from "@/ui/loaded";
import { useIdentities, type LinkedIdentity } from "./api/list-identities";
import { useProviders } from "./api/list-providers";
import { useRemoveIdentity } from "./api/remove-identity";
import { wayTo } from "./provider-buttons";
import { Refusal } from "./refusal";
import { Action, Row, Rows } from "./row";
import { Section } from "./section";

// Nothing is said of other sign-ins where the shop has none.
export function IdentitiesSection() {
  const identities = useIdentities();
  const providers = useProviders().data?.items ?? [];
  const linked = identities.data?.items ?? [];
  const free = providers.filter(
    ({ id }) => !linked.some(({ provider }) => provider === id),
  );
  if (providers.length + linked.length === 0) {
    return null;
  }
  return (
    <Section
      id="identities"
      title="Other sign-ins"
      about="Accounts elsewhere that let you in here."
    >
      <Loaded query={identities} what="your other sign-ins">
        {({ items }) => (
          <Rows>
            {items.map((identity) => (
              <IdentityRow
                key={identity.id}
                identity={identity}
                name={
                  providers.find(({ id }) => id === identity.provider)?.name ??
                  identity.provider
                }
              />
            ))}
            {free.map((provider) => (
              <Row key={provider.id} name={provider.name} about="Not linked">
                <a
                  href={wayTo(provider, "/account/security", true)}
                  className="button button-plain min-h-11 px-4 py-2 text-[0.9375rem]"
                >
                  Link<span className="sr-only"> {provider.name}</span>
                </a>
              </Row>
            ))}
          </Rows>
        )}
      </Loaded>
    </Section>
  );
}

interface RowProps {
  identity: LinkedIdentity;
  name: string;
}

function IdentityRow({ identity, name }: RowProps) {
  const locale = useLocale();
  const remove = useRemoveIdentity();
  return (
    <Row
      name={name}
      about={
        [identity.email, `since ${formatDate(identity.created_at, locale)}`]
          .filter(Boolean)
          .join(" · ")
      }
    >
      <Action
        danger
        label="Unlink"
        of={name}
        busy={remove.isPending}
        press={() => remove.mutate(identity.id)}
      />
      <Refusal error={remove.error} />
    </Row>
  );
}
