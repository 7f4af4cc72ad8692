import { isProblem, type ProblemCode } from "../../protocol/problems";
import type { Model } from "../../protocol/messages";
import { CONTENT_ID, readInteger, readObject, readShape, readText, SHORT_ID, UUID } from "../../protocol/shapes";
import type { FileToFetch, Mesh, MeshView, SavedFile } from "../ports";
import { readLimits } from "./kept-limits";
import { type Reader, readView } from "./tab-view";

/** What the tabs of one browser say to each other. `from` and `tab`: whoever says it; `to`: whose question is answered. */
export type TabMessage =
  | { type: "who" }
  | { type: "view"; tab: string; view: MeshView }
  | { type: "ask"; from: string; id: number; command: CommandName; values: unknown[] }
  | { type: "answer"; to: string; id: number; outcome: Outcome };

/** What became of a command: its result, or why it was refused. */
export type Outcome = { value: unknown } | { problem: ProblemCode };

/** A command that a tab may hand to the tab of the peer. */
export interface Command {
  /** Does it when every value has its shape; null when one has not. */
  run: (mesh: Mesh, values: unknown[]) => unknown;
  /** The result on its way back. */
  answer: Reader<object | string | true>;
}

const nothing: Reader<true> = () => true;

function ofText(shape: RegExp, run: (mesh: Mesh, text: string) => unknown): Command {
  return {
    run: (mesh, values) => {
      const text = readShape(values[0], shape);
      return text === null ? null : run(mesh, text);
    },
    answer: nothing,
  };
}

/** Every command of a mesh, by its name there. */
export const COMMANDS = {
  join: { run: (mesh) => mesh.join(), answer: nothing },
  leave: { run: (mesh) => mesh.leave(), answer: nothing },
  fetch: {
    run: (mesh, [file, how]) => withFile(file, (known) => withModel(how, (model) => mesh.fetch(known, { model }))),
    answer: (value) => readText(value, 64),
  },
  pause: ofText(SHORT_ID, (mesh, transfer) => {
    mesh.pause(transfer);
  }),
  resume: ofText(SHORT_ID, (mesh, transfer) => {
    mesh.resume(transfer);
  }),
  cancel: ofText(SHORT_ID, (mesh, transfer) => {
    mesh.cancel(transfer);
  }),
  adopt: {
    run: (mesh, [file, bytes]) => withFile(file, (known) => (bytes instanceof Blob ? mesh.adopt(known, bytes) : null)),
    answer: nothing,
  },
  save: { ...ofText(CONTENT_ID, (mesh, content) => mesh.save(content)), answer: readSaved },
  setLimits: {
    run: (mesh, [limits]) => {
      mesh.setLimits(readLimits(limits));
    },
    answer: nothing,
  },
  forget: ofText(CONTENT_ID, (mesh, content) => mesh.forget(content)),
  pin: {
    run: (mesh, [content, pinned]) => {
      const known = readShape(content, CONTENT_ID);
      return known === null || typeof pinned !== "boolean" ? null : mesh.pin(known, pinned);
    },
    answer: nothing,
  },
} satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

/** Most values a command has. */
const MOST_VALUES = 4;

/** A message of another tab, or null: it is none. The values of a command are looked at when it is done. */
export const readTabMessage: Reader<TabMessage> = (value) => {
  const members = readObject(value);
  switch (members?.["type"]) {
    case "who":
      return { type: "who" };
    case "view": {
      const tab = readShape(members["tab"], SHORT_ID);
      const view = readView(members["view"]);
      return tab === null || view === null ? null : { type: "view", tab, view };
    }
    case "ask": {
      const from = readShape(members["from"], SHORT_ID);
      const id = readInteger(members["id"], 0, Number.MAX_SAFE_INTEGER);
      const command = readCommand(members["command"]);
      const values = members["values"];
      if (from === null || id === null || command === null) return null;
      if (!Array.isArray(values) || values.length > MOST_VALUES) return null;
      return { type: "ask", from, id, command, values };
    }
    case "answer": {
      const to = readShape(members["to"], SHORT_ID);
      const id = readInteger(members["id"], 0, Number.MAX_SAFE_INTEGER);
      const outcome = readOutcome(members["outcome"]);
      return to === null || id === null || outcome === null ? null : { type: "answer", to, id, outcome };
    }
    default:
      return null;
  }
};

const readCommand: Reader<CommandName> = (value) =>
  typeof value === "string" && Object.hasOwn(COMMANDS, value) ? (value as CommandName) : null;

const readOutcome: Reader<Outcome> = (value) => {
  const members = readObject(value);
  if (members === null) return null;
  const problem = members["problem"];
  if (problem === undefined) return { value: members["value"] };
  return isProblem(problem) ? { problem } : null;
};

function readSaved(value: unknown): SavedFile | null {
  const members = readObject(value);
  const name = readText(members?.["name"], 1024);
  const bytes = members?.["bytes"];
  return name === null || !(bytes instanceof Blob) ? null : { name, bytes };
}

function withModel(value: unknown, then: (model: Model) => unknown): unknown {
  const model = readObject(value)?.["model"];
  return model === "peers" || model === "automatic" ? then(model) : null;
}

function withFile(value: unknown, then: (file: FileToFetch) => unknown): unknown {
  const members = readObject(value);
  const resource = readShape(members?.["resource"], UUID);
  const name = readText(members?.["name"], 1024);
  return resource === null || name === null ? null : then({ resource, name });
}
