const KIBIBYTE = 1024;
const MEBIBYTE = KIBIBYTE * KIBIBYTE;
const GIBIBYTE = MEBIBYTE * KIBIBYTE;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Older moments are shown as a date. In seconds. */
const LONGEST_RELATIVE = 30 * DAY;

// Made once: to make one takes far longer than to use it, and a dashboard uses them hundreds of times a second.
const WHOLE_NUMBER = new Intl.NumberFormat("en");
const DAY_WORDS = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric" });
const MOMENT_WORDS = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

/** `1536` becomes `1.5 KiB`; the same words as the `bytes` fragment of the templates. */
export function formatBytes(count: number): string {
  if (count < KIBIBYTE) return `${Math.round(count)} B`;
  if (count < MEBIBYTE) return `${(count / KIBIBYTE).toFixed(1)} KiB`;
  if (count < GIBIBYTE) return `${(count / MEBIBYTE).toFixed(1)} MiB`;
  return `${(count / GIBIBYTE).toFixed(2)} GiB`;
}

/** `1,536 bytes`, for the hover text beside the short form. */
export function formatExactBytes(count: number): string {
  return `${WHOLE_NUMBER.format(Math.round(count))} ${count === 1 ? "byte" : "bytes"}`;
}

/** Bytes a second. */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

/** A length of time in seconds, in at most two units: `3 min 20 s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return join(Math.floor(whole / MINUTE), "min", whole % MINUTE, "s");
  if (whole < DAY) return join(Math.floor(whole / HOUR), "h", Math.floor((whole % HOUR) / MINUTE), "min");
  return join(Math.floor(whole / DAY), "d", Math.floor((whole % DAY) / HOUR), "h");
}

/** What remains at a rate: `3 min 20 s left`; empty when the rate says nothing. */
export function formatTimeLeft(bytesLeft: number, bytesPerSecond: number): string {
  if (bytesLeft <= 0 || bytesPerSecond <= 0) return "";
  return `${formatDuration(Math.max(1, bytesLeft / bytesPerSecond))} left`;
}

/** `2 min ago`; a date when it is long ago. A moment ahead of this clock counts as now. */
export function formatRelative(moment: Date, now: Date): string {
  const seconds = (now.getTime() - moment.getTime()) / 1000;
  if (seconds < MINUTE) return "just now";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ago`;
  if (seconds < LONGEST_RELATIVE) return count(Math.floor(seconds / DAY), "day", "days") + " ago";
  return DAY_WORDS.format(moment);
}

/** The whole moment, for the hover text. */
export function formatExact(moment: Date): string {
  return MOMENT_WORDS.format(moment);
}

/** `0.824` becomes `82 %`; whatever is short of the whole never reads 100 %, whatever there is never reads 0 %. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 1) return "< 1 %";
  if (percent > 99 && percent < 100) return "> 99 %";
  return `${Math.round(percent)} %`;
}

/** `1 peer`, `3 peers`. */
export function count(number: number, one: string, many: string): string {
  return `${WHOLE_NUMBER.format(number)} ${number === 1 ? one : many}`;
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
