// A text field of a form, trimmed; "" when it is not there.
export function textOf(given: FormData, name: string): string {
  const value = given.get(name);
  return typeof value === "string" ? value.trim() : "";
}

// A password is taken as it is.
export function passwordOf(given: FormData, name = "password"): string {
  const value = given.get(name);
  return typeof value === "string" ? value : "";
}
