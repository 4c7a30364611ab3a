import { formatMoment } from "@/lib/dates";
import { deviceName } from "@/lib/device";
import { useLocale } from "@/lib/store-context";
import { PhoneIcon, ScreenIcon } from "@/ui/icons";
import { Loaded } from "@/ui/loaded";
import { useEndSession } from "./api/end-session";
import { useSessions, type Session } from "./api/list-sessions";
import { useSignOutEverywhere } from "./api/sign-out-everywhere";
import { Action, Row, Rows } from "./row";
import { Section } from "./section";

export function SessionsSection() {
  const sessions = useSessions();
  const everywhere = useSignOutEverywhere();
  return (
    <Section
      id="sessions"
      title="Where you are signed in"
      about="If you don't know one of these, end it and change your password."
    >
      <Loaded query={sessions} what="your sessions" rows={2}>
        {({ items }) => (
          <>
            <Rows>
              {items.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </Rows>
            <div className="mt-4">
              <Action
                danger
                label="Sign out everywhere"
                busy={everywhere.isPending}
                press={() =>
                  everywhere.mutate(undefined, {
                    onSuccess: () => location.assign("/sign-in"),
                  })
                }
              />
            </div>
          </>
        )}
      </Loaded>
    </Section>
  );
}

function SessionRow({ session }: { session: Session }) {
  const locale = useLocale();
  const end = useEndSession();
  const name = deviceName(session.agent);
  const small = /iPhone|Android/.test(name);
  return (
    <Row
      icon={small ? <PhoneIcon /> : <ScreenIcon />}
      name={name}
      about={[
        session.address,
        `signed in ${formatMoment(session.created_at, locale)}`,
        `last seen ${formatMoment(session.renewed_at, locale)}`,
      ]
        .filter(Boolean)
        .join(" · ")}
    >
      {session.current ? (
        <span className="text-success text-sm font-semibold">This device</span>
      ) : (
        <Action
          label="End"
          of={`the session of ${name}`}
          busy={end.isPending}
          press={() => end.mutate(session.id)}
        />
      )}
    </Row>
  );
}
