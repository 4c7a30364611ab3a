import type { InputHTMLAttributes, ReactNode } from "react";

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  name: string;
  error?: string | undefined;
  hint?: string | undefined;
}

// A label, its input, a hint and what is wrong, tied together for everyone.
export function Field({ label, name, error, hint, ...rest }: Props) {
  return (
    <Labelled label={label} name={name} error={error} hint={hint}>
      <input
        {...rest}
        {...described(name, error, hint)}
        id={name}
        name={name}
        className="field"
      />
    </Labelled>
  );
}

interface LabelledProps {
  label: string;
  name: string;
  error?: string | undefined;
  hint?: string | undefined;
  children: ReactNode;
}

export function Labelled({ label, name, error, hint, children }: LabelledProps) {
  return (
    <div>
      <label htmlFor={name} className="mb-1.5 block text-[0.9375rem] font-medium">
        {label}
      </label>
      {children}
      {hint && !error && (
        <p id={`${name}-hint`} className="text-muted mt-1.5 text-sm">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${name}-error`} className="text-danger mt-1.5 text-sm font-medium">
          {error}
        </p>
      )}
    </div>
  );
}

export function described(
  name: string,
  error: string | undefined,
  hint?: string,
) {
  if (error) {
    return { "aria-invalid": true, "aria-describedby": `${name}-error` };
  }
  return hint ? { "aria-describedby": `${name}-hint` } : {};
}
