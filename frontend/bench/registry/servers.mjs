// The servers under load: each a process of its own that tells its port, its memory and its processor time.
import { execFileSync, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { jdk, startHub } from "../hub.mjs";
import { prepared } from "./prepare.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const KIB = 1024;

/** How the kernel counts processor time in /proc: ticks a second on every Linux that Node runs on. */
const TICKS = 100;

/** Resident bytes of a process. */
function residentOf(pid) {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) * KIB;
}

/** Seconds of processor time that a process has used. */
export function secondsOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

function jcmd(pid, ...command) {
  return execFileSync(jdk("jcmd"), [String(pid), ...command], { encoding: "utf8" });
}

/** What a process of the bench says next; it must not end before. */
export function answerOf(child, name) {
  return new Promise((resolve, reject) => {
    const ended = (code) => reject(new Error(`${name} has ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message);
    });
  });
}

/** The hub with its accounts, tokens and files: as packaged, with that much heap. */
export async function startHubmesh(folder, { peers, swarmSize, heap, options }) {
  const data = join(folder, "data");
  const { tokens, administrator, peersPerAccount } = await prepared(data, peers);
  const hub = await startHub(data, { heap, options: ["-XX:NativeMemoryTracking=summary", ...options] });
  const swarms = await upload(hub.address, administrator, Math.ceil(peers / swarmSize)).catch(async (failure) => {
    await hub.stop();
    throw failure;
  });
  const memory = () => {
    jcmd(hub.pid, "GC.run");
    const [, used] = /used (\d+)K/.exec(jcmd(hub.pid, "GC.heap_info"));
    const native = jcmd(hub.pid, "VM.native_memory", "summary", "scale=KB");
    const direct = /Other \(reserved=\d+KB, committed=(\d+)KB\)/.exec(native)?.[1] ?? 0;
    return { resident: residentOf(hub.pid), heap: used * KIB, direct: direct * KIB };
  };
  const port = Number(new URL(hub.address).port);
  return { pid: hub.pid, port, setup: { tokens, peersPerAccount, swarms, swarmSize }, memory, stop: hub.stop };
}

/** A small file of its own for each swarm. */
async function upload(address, token, count) {
  const swarms = [];
  for (let each = 0; each < count; each++) {
    const folder = "00000000-0000-0000-0000-000000000001";
    const response = await fetch(`${address}/api/v1/resources/${folder}/files?name=bench-${each}.bin`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" },
      body: `swarm ${each}`,
    });
    if (!response.ok) throw new Error(`The hub took no file: ${response.status} ${await response.text()}`);
    const { id, contentId } = await response.json();
    swarms.push({ resource: id, content: contentId });
  }
  return swarms;
}

/** `rival` as its documentation starts it, on a free port. */
export async function startNode(rival, { swarmSize }) {
  const child = fork(join(here, "node-server.mjs"), [rival], { execArgv: ["--expose-gc"] });
  const heard = () => answerOf(child, rival);
  const { port } = await heard();
  const memory = async () => {
    child.send("tidy");
    const { heap } = await heard();
    return { resident: residentOf(child.pid), heap, direct: 0 };
  };
  const stop = () =>
    new Promise((resolve) => {
      child.once("exit", resolve);
      child.disconnect();
    });
  return { pid: child.pid, port, setup: { swarmSize }, memory, stop };
}
