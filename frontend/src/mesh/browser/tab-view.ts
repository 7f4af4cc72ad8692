import { isProblem } from "../../protocol/problems";
import { isRefusal, type RefusalCode } from "../../protocol/refusals";
import { type Members, readInteger, readList, readObject, readText } from "../../protocol/shapes";
import type { HeldView, LinkView, MeshView, SourceView, Supply, TransferView } from "../ports";
import { readLimits } from "./kept-limits";

/** Answers the value when it has the shape, null when it has not. */
export type Reader<T> = (value: unknown) => T | null;

/** Longest id and longest name in a view, in UTF-16 units. */
const LONGEST_ID = 128;
const LONGEST_NAME = 1024;

/** Most lines of one list of a view: far more than a peer has, far less than would hold a page up. */
const MOST_LINES = 10_000;

type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];
type Needed<T> = { [K in Exclude<keyof T, OptionalKeys<T>>]: Reader<T[K]> };
type Possible<T> = { [K in OptionalKeys<T>]: Reader<Exclude<T[K], undefined>> };

/** Reads an object member by member. A member that `T` has and nobody reads here is a mistake that the compiler finds. */
function shape<T extends object>(needed: Needed<T>, possible: Required<Possible<T>>): Reader<T> {
  const must = Object.entries<Reader<unknown>>(needed);
  const may = Object.entries<Reader<unknown>>(possible);
  return (value) => {
    const members = readObject(value);
    if (members === null) return null;
    const known: Members = {};
    for (const [name, read] of [...must, ...may.filter(([each]) => members[each] !== undefined)]) {
      const member = read(members[name]);
      if (member === null) return null;
      known[name] = member;
    }
    return known as T;
  };
}

const id: Reader<string> = (value) => readText(value, LONGEST_ID);
const name: Reader<string> = (value) => readText(value, LONGEST_NAME);
const bytes: Reader<number> = (value) => readInteger(value, 0, Number.MAX_SAFE_INTEGER);
const measure: Reader<number> = (value) =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
const oneOf =
  <T extends string>(...words: T[]): Reader<T> =>
  (value) =>
    words.find((word) => word === value) ?? null;
const listOf =
  <T>(read: Reader<T>): Reader<T[]> =>
  (value) =>
    readList(value, MOST_LINES, read);
const flag: Reader<boolean> = (value) => (typeof value === "boolean" ? value : null);
const problem = (value: unknown) => (isProblem(value) ? value : null);

const link = shape<LinkView>(
  { peer: id, content: id, status: id, received: bytes, sent: bytes },
  { path: oneOf("host", "srflx", "prflx", "relay"), roundTripMillis: measure },
);

const source = shape<SourceView>({ kind: oneOf("hub", "peer"), id, bytes, bytesPerSecond: measure }, {});

const transfer = shape<TransferView>(
  {
    transfer: id,
    resource: id,
    content: id,
    name,
    size: bytes,
    held: bytes,
    fromHub: bytes,
    fromPeers: bytes,
    relayed: bytes,
    wasted: bytes,
    bytesPerSecond: measure,
    state: oneOf("running", "paused", "completed", "cancelled", "failed"),
    sources: listOf(source),
  },
  { problem, secondsLeft: measure },
);

const held = shape<HeldView>(
  {
    content: id,
    resource: id,
    name,
    size: bytes,
    held: bytes,
    served: bytes,
    pinned: flag,
    onRequest: flag,
    usedAt: measure,
  },
  { refused: problem },
);

const failure = shape<{ code: RefusalCode; count: number }>(
  { code: (value) => (isRefusal(value) ? value : null), count: bytes },
  {},
);

const quota = shape<{ used: number; limit: number }>({ used: bytes, limit: bytes }, {});

/** The view that the tab of the peer shows, as another tab heard it. */
export const readView = shape<MeshView>(
  {
    status: oneOf("off", "connecting", "joined", "lost"),
    links: listOf(link),
    transfers: listOf(transfer),
    held: listOf(held),
    received: bytes,
    relayed: bytes,
    sent: bytes,
    failures: listOf(failure),
    limits: readLimits,
    supply: shape<Supply>({}, { onBattery: flag, onMetered: flag }),
  },
  { peer: id, problem, quota, paused: oneOf("battery", "metered"), storage: oneOf("kept", "this-visit") },
);
