// The packaged hub as a person starts it: a process of its own, with a data folder that goes with it.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./places.mjs";

export const ADMINISTRATOR = "admin";
export const PASSWORD = "correct horse battery";

/** Milliseconds in which the hub must have said its address. */
const START_MILLIS = 120_000;

/** A tool of the JDK that JAVA_HOME names, else of the one on the path. */
export function jdk(tool) {
  const { JAVA_HOME: home } = process.env;
  return home === undefined || home === "" ? tool : join(home, "bin", tool);
}

/** The packaged hub. */
export function jar() {
  const target = join(repository, "target");
  const found = readdirSync(target).find((name) => /^hubmesh-.*\.jar$/.test(name) && !name.includes("-sources"));
  if (found === undefined) throw new Error("There is no jar in target: run ./mvnw package -DskipTests first.");
  return join(target, found);
}

/** Starts a hub on a free port of the loopback interface, with that much heap and those options of the JVM; `stop` ends it. */
export async function startHub(data, { heap = "256m", options = [] } = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(HUBMESH|SERVER)_/.test(name));
  const hub = spawn(jdk("java"), [`-Xmx${heap}`, ...options, "-jar", jar()], {
    env: {
      ...Object.fromEntries(kept),
      SERVER_PORT: "0",
      SERVER_ADDRESS: "127.0.0.1",
      HUBMESH_STUN_PORT: "0",
      HUBMESH_DATA: data,
      HUBMESH_ADMIN_PASSWORD: PASSWORD,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise((resolve) => hub.once("exit", resolve));
  const stop = async () => {
    hub.kill("SIGTERM");
    await ended;
  };
  try {
    return { address: `http://127.0.0.1:${await portOf(hub)}`, pid: hub.pid, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}

/** How much of what the hub complains of is shown. */
const COMPLAINT_CHARACTERS = 2_000;

function portOf(hub) {
  return new Promise((resolve, reject) => {
    let output = "";
    let ready = false;
    const late = setTimeout(() => reject(new Error(`The hub did not start:\n${output}`)), START_MILLIS);
    const read = (text) => {
      if (ready) {
        if (/ (ERROR|WARN) /.test(text)) console.error(text.slice(0, COMPLAINT_CHARACTERS));
        return;
      }
      output += text;
      const port = /http:\/\/\S+?:(\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(late);
      ready = true;
      resolve(Number(port));
    };
    hub.stdout.setEncoding("utf8").on("data", read);
    hub.stderr.setEncoding("utf8").on("data", read);
    hub.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`The hub ended with ${code}:\n${output}`));
    });
  });
}
