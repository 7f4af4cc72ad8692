import type { Limits, PauseReason, Supply } from "../ports";

/** Limits that hold nothing back; disk is given only by who says so. */
export const NO_LIMITS: Limits = {
  uploadBytesPerSecond: null,
  downloadBytesPerSecond: null,
  diskBytes: null,
  giveBytes: 0,
  pauseOnBattery: false,
  pauseOnMetered: false,
  experiments: false,
};

/** Why this peer neither serves nor fetches now, by the person's own choice; null when it does. */
export function pausedBy({ limits, supply }: { limits: Limits; supply: Supply }): PauseReason | null {
  if (limits.pauseOnBattery && supply.onBattery === true) return "battery";
  return limits.pauseOnMetered && supply.onMetered === true ? "metered" : null;
}
