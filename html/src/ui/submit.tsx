interface Props {
  label: string;
  busy: boolean;
  wide?: boolean;
}

export function Submit({ label, busy, wide = false }: Props) {
  return (
    <button
      type="submit"
      className={`button button-primary ${wide ? "w-full" : "w-full sm:w-auto"}`}
      disabled={busy}
    >
      {busy ? "One moment …" : label}
    </button>
  );
}
