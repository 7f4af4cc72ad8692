// Processor time of the browsers, by kind of process, as each browser counts it.

/** Runs `work` and answers its result with the seconds that all browsers' processes used meanwhile. */
export async function timed(pages, work) {
  const sessions = await Promise.all(pages.map((page) => page.context().browser().newBrowserCDPSession()));
  const before = await Promise.all(sessions.map(secondsOf));
  const receivers = await work();
  const after = await Promise.all(sessions.map(secondsOf));
  return { receivers, processor: after.map((kinds, at) => difference(kinds, before[at])) };
}

async function secondsOf(session) {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const kinds = {};
  for (const { type, cpuTime } of processInfo) kinds[type] = (kinds[type] ?? 0) + cpuTime;
  return kinds;
}

function difference(after, before) {
  return Object.fromEntries(
    Object.entries(after).map(([kind, seconds]) => [kind, Math.round((seconds - (before[kind] ?? 0)) * 100) / 100]),
  );
}
