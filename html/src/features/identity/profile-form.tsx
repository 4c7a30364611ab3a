import { useMemo, type SubmitEvent } from "react";
import { problemOf } from "@/lib/api";
import { textOf } from "@/lib/form";
import { languageName } from "@/lib/languages";
import { errorOf, mistakesOf } from "@/lib/mistakes";
import { usePage } from "@/lib/store-context";
import type { User } from "@/lib/types";
import { ErrorSummary } from "@/ui/error-summary";
import { described, Field, Labelled } from "@/ui/field";
import { useChangeProfile, type ProfileChange } from "./api/change-profile";

const NAMES = { name: "Name", phone: "Phone", locale: "Language" };

// Only what was changed is sent, so that nothing else can be blanked.
function changesOf(user: User, given: FormData): ProfileChange {
  const name = textOf(given, "name");
  const phone = textOf(given, "phone");
  const locale = textOf(given, "locale");
  return {
    ...(name !== user.name && { name }),
    ...(phone !== (user.phone ?? "") && { phone: phone || null }),
    ...(locale !== (user.locale ?? "") && { locale: locale || null }),
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
      <LocaleField
        locale={saved.locale ?? ""}
        error={errorOf(mistakes, "locale")}
      />
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

interface LocaleProps {
  locale: string;
  error: string | undefined;
}

function LocaleField({ locale, error }: LocaleProps) {
  const { locales } = usePage().store;
  const known = locale && !locales.includes(locale);
  return (
    <Labelled label="Language" name="locale" error={error}>
      <select
        {...described("locale", error)}
        id="locale"
        name="locale"
        className="field"
        defaultValue={locale}
      >
        <option value="">The shop's own</option>
        {[...locales, ...(known ? [locale] : [])].map((code) => (
          <option key={code} value={code}>
            {languageName(code)}
          </option>
        ))}
      </select>
    </Labelled>
  );
}
