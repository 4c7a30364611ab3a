import { useMemo, type SubmitEvent } from "react";
import { problemOf } from "@/lib/api";
import { textOf } from "@/lib/form";
import { errorOf, mistakesOf } from "@/lib/mistakes";
import type { User } from "@/lib/types";
import { ErrorSummary } from "@/ui/error-summary";
import { Field } from "@/ui/field";
import { useChangeProfile, type ProfileChange } from "./api/change-profile";

const NAMES = { name: "Name", phone: "Phone" };

// Only what was changed is sent, so that nothing else can be blanked.
function changesOf(user: User, given: FormData): ProfileChange {
  const name = textOf(given, "name");
  const phone = textOf(given, "phone");
  return {
    ...(name !== user.name && { name }),
    ...(phone !== (user.phone ?? "") && { phone: phone || null }),
  };
}

export function ProfileForm({ user }: { user: User }) {
  const change = useChangeProfile();
  const saved = change.data ?? user;
  const mistakes = useMemo(
    () => mistakesOf(change.error ? problemOf(change.error) : null, NAMES),
    [change.error],
  );
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const changes = changesOf(saved, new FormData(event.currentTarget));
    if (Object.keys(changes).length > 0) {
      change.mutate(changes);
    }
  };
  return (
    <form onSubmit={submit} noValidate className="space-y-5">
      <ErrorSummary mistakes={mistakes} />
      <Field
        label="Name"
        name="name"
        autoComplete="name"
        defaultValue={saved.name}
        error={errorOf(mistakes, "name")}
      />
      <Field
        label="Phone (optional)"
        name="phone"
        type="tel"
        autoComplete="tel"
        defaultValue={saved.phone ?? ""}
        error={errorOf(mistakes, "phone")}
      />
      <p className="text-muted text-sm">Your e-mail is {saved.email}.</p>
      <div className="flex items-center gap-4">
        <button
          type="submit"
          className="button button-plain"
          disabled={change.isPending}
        >
          Save
        </button>
        <p role="status" className="text-success text-sm font-medium">
          {change.isSuccess && "Saved"}
        </p>
      </div>
    </form>
  );
}
