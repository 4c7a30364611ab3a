import { useState } from "react";
import { formatDate } from "@/lib/dates";
import { useLocale } from "@/lib/store-context";
import { Confirm } from "@/ui/confirm";
import { Loaded } from "@/ui/loaded";
import { useEndGrant } from "./api/end-grant";
import { useGrants, type Grant } from "./api/list-grants";
import { Refusal } from "./refusal";
import { Action, Row, Rows } from "./row";
import { Section } from "./section";

export function GrantsSection() {
  const grants = useGrants();
  return (
    <Section
      id="grants"
      title="Applications with access"
      about="Programs of others that you let into your account."
    >
      <Loaded query={grants} what="the applications">
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted bg-surface rounded-base p-5">
              No application has access to your account.
            </p>
          ) : (
            <Rows>
              {items.map((grant) => (
                <GrantRow key={grant.id} grant={grant} />
              ))}
            </Rows>
          )
        }
      </Loaded>
    </Section>
  );
}

function GrantRow({ grant }: { grant: Grant }) {
  const locale = useLocale();
  const end = useEndGrant();
  const [asked, setAsked] = useState(false);
  const { name } = grant.client;
  const scopes = grant.scopes.map((scope) => scope.description).join(" · ");
  return (
    <Row
      name={name}
      about={
        <>
          <span lang={grant.scopes[0]?.language}>{scopes}</span>
          {` · since ${formatDate(grant.created_at, locale)}`}
        </>
      }
    >
      <Action danger label="End access" of={`of ${name}`} press={() => setAsked(true)} />
      {asked && (
        <Confirm
          title={`End the access of ${name}?`}
          action="End access"
          busy={end.isPending}
          refusal={<Refusal error={end.error} />}
          confirm={() => end.mutate(grant.id)}
          close={() => setAsked(false)}
        >
          <p>It has to ask you again before it can do anything here.</p>
        </Confirm>
      )}
    </Row>
  );
}
