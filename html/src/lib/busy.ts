import { problemOf } from "./api";

const TRIES = 3;

// For calls that may be made again when the shop has too much to do at the
// moment: waits longer each time, and not as long as everybody else.
export const whenBusy = {
  retry: (failures: number, error: unknown) =>
    failures < TRIES && problemOf(error).status === 503,
  retryDelay: (failures: number) =>
    1000 * 2 ** failures * (0.5 + Math.random()),
};
