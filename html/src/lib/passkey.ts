// Passkeys in the browser's own JSON forms (WebAuthn Level 3).  A browser that
// has no such forms yet is not offered any.

export function canPasskey(): boolean {
  return (
    typeof PublicKeyCredential !== "undefined" &&
    "parseRequestOptionsFromJSON" in PublicKeyCredential &&
    "parseCreationOptionsFromJSON" in PublicKeyCredential
  );
}

// Whether the field of the e-mail can offer them.
export async function canAutofill(): Promise<boolean> {
  return (
    canPasskey() &&
    "isConditionalMediationAvailable" in PublicKeyCredential &&
    (await PublicKeyCredential.isConditionalMediationAvailable())
  );
}

export type Answered = Record<string, unknown>;

function answered(credential: Credential | null): Answered | null {
  return credential instanceof PublicKeyCredential
    ? (credential.toJSON() as Answered)
    : null;
}

export async function createPasskey(options: object): Promise<Answered | null> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  );
  return answered(await navigator.credentials.create({ publicKey }));
}

export async function askPasskey(
  options: object,
  more: Pick<CredentialRequestOptions, "mediation" | "signal"> = {},
): Promise<Answered | null> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON,
  );
  return answered(await navigator.credentials.get({ publicKey, ...more }));
}

// The person closed the browser's window, or it was closed for another one.
export function wasCalledOff(error: unknown): boolean {
  return (
    error instanceof DOMException &&
    (error.name === "NotAllowedError" || error.name === "AbortError")
  );
}

// The device has one for this account already.
export function isKnownAlready(error: unknown): boolean {
  return error instanceof DOMException && error.name === "InvalidStateError";
}
