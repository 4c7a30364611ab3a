import { nextAddress } from "./next";

// On to what someone wanted before signing in.
export function goOn(): void {
  location.assign(nextAddress(location.search, "/account"));
}
