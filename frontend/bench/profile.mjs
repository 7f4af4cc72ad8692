// Where the time of both tabs goes, page and worker apart, by the browser's own sampling profiler.

import { timed } from "./processor.mjs";

/** Microseconds between two samples. */
const SAMPLING_MICROS = 500;

/** Functions named for each thread. */
const SHOWN = 14;

/** Runs `work` while every page and its workers are profiled. */
export async function profiled(pages, work) {
  const threads = (
    await Promise.all(pages.map((page, at) => threadsOf(page, at === 0 ? "source" : `receiver ${at}`)))
  ).flat();
  for (const { send } of threads) {
    await send("Profiler.enable");
    await send("Profiler.setSamplingInterval", { interval: SAMPLING_MICROS });
    await send("Profiler.start");
  }
  const outcome = await timed(pages, work);
  const profile = {};
  for (const { name, send } of threads) profile[name] = shares((await send("Profiler.stop")).profile);
  console.log(JSON.stringify({ ...profile, processor: outcome.processor }, null, 1));
  return outcome;
}

async function threadsOf(page, name) {
  const session = await page.context().newCDPSession(page);
  const threads = [{ name: `${name}, page`, send: (method, parameters) => session.send(method, parameters) }];
  session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    if (targetInfo.type === "worker") threads.push({ name: `${name}, worker`, send: through(session, sessionId) });
  });
  // Attached one inside the other, as the driver does not hand out the sessions of workers.
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  return threads;
}

function through(session, sessionId) {
  const waiting = new Map();
  let next = 0;
  session.on("Target.receivedMessageFromTarget", (event) => {
    if (event.sessionId !== sessionId) return;
    const { id, result } = JSON.parse(event.message);
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  return (method, params = {}) =>
    new Promise((resolve) => {
      const id = ++next;
      waiting.set(id, resolve);
      void session.send("Target.sendMessageToTarget", { sessionId, message: JSON.stringify({ id, method, params }) });
    });
}

/** Percent of the wall time: own scripts, the browser's natives, garbage, idle; and the functions that took most. */
function shares({ nodes, samples, timeDeltas }) {
  const byNode = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const kinds = {};
  const functions = {};
  let total = 0;
  samples.forEach((id, at) => {
    const { functionName, url, lineNumber, columnNumber } = byNode.get(id);
    const micros = timeDeltas[at];
    total += micros;
    const kind = url !== "" ? "own code" : functionName.startsWith("(") ? functionName : "natives";
    kinds[kind] = (kinds[kind] ?? 0) + micros;
    const place = url === "" ? functionName : `${functionName} ${url.split("/").at(-1)}:${lineNumber}:${columnNumber}`;
    functions[place] = (functions[place] ?? 0) + micros;
  });
  const percent = (counts, most) =>
    Object.fromEntries(
      Object.entries(counts)
        .sort(([, left], [, right]) => right - left)
        .slice(0, most)
        .map(([name, micros]) => [name, Math.round((micros / total) * 1000) / 10]),
    );
  return { seconds: total / 1e6, kinds: percent(kinds), functions: percent(functions, SHOWN) };
}
