import { Callout } from "@/ui/callout";

interface Props {
  spent?: boolean;
  href: string;
  way: string;
}

// A page of a mailed link, opened without what the link brings, or too late.
export function DeadLink({ spent = false, href, way }: Props) {
  return (
    <div role={spent ? "alert" : undefined}>
      {spent ? (
        <Callout title="This link doesn't work any more">
          <p>It was used already, or is too old. A new one does.</p>
        </Callout>
      ) : (
        <Callout title="This link is not complete">
          <p>
            Please open it from the mail once more; reloading this page is not
            enough.
          </p>
        </Callout>
      )}
      <a href={href} className="button button-primary w-full">
        {way}
      </a>
    </div>
  );
}
