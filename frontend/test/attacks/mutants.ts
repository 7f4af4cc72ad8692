import fc from "fast-check";

/** Values that no parser waits for: numbers at the edges, other kinds, long and deep ones, and names that objects inherit. */
const HOSTILE: readonly unknown[] = [
  ...[null, true, "", " ", 0, -0, -1, 0.5, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 1e308, 1e-320],
  ...[[], {}, [[]], [{}], [null], { length: 3 }, { __proto__: null }, { toString: 1 }, { constructor: 1 }],
  ...["x".repeat(5_000), "9".repeat(400), "\u0000", "\ud800", "\udc00\ud800", "\uFEFF", "𐀀", "ＡＢ", "../../x", "%00"],
  ...[Array.from({ length: 2_000 }, (_, at) => at), Array.from({ length: 40 }, () => ({ peer: "x".repeat(22) }))],
];

/** Texts that JSON may hold and JavaScript cannot write. */
const RAW: readonly string[] = ["1e999", "-1e999", "1" + "0".repeat(500), "NaN", "-0", '"\\ud800"', "[".repeat(9_000)];

interface Mutation {
  at: number;
  kind: "replace" | "drop" | "add" | "raw" | "double" | "wrap";
  value: unknown;
  raw: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat({ max: 60 }),
  kind: fc.constantFrom("replace", "drop", "add", "raw", "double", "wrap"),
  value: fc.oneof(fc.constantFrom(...HOSTILE), fc.jsonValue(), fc.string({ maxLength: 80 })),
  raw: fc.constantFrom(...RAW),
});

interface Scar {
  at: number;
  length: number;
  put: string;
}

const scar: fc.Arbitrary<Scar> = fc.record({
  at: fc.nat(),
  length: fc.nat({ max: 6 }),
  put: fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('"', "{", "[", "\\", "\u0000", "\ud800", "}{", ",,")),
});

/** JSON texts that are nearly right: the samples with some of their values, members and characters changed. */
export function mutants(samples: readonly string[]): fc.Arbitrary<string> {
  const sample = fc.constantFrom(...samples);
  const bent = fc.tuple(sample, fc.array(mutation, { minLength: 1, maxLength: 3 })).map(([text, mutations]) => {
    return mutations.reduce(mutated, text);
  });
  const scarred = fc.tuple(sample, fc.array(scar, { minLength: 1, maxLength: 3 })).map(([text, scars]) => {
    return scars.reduce((whole, { at, length, put }) => {
      const from = at % (whole.length + 1);
      return whole.slice(0, from) + put + whole.slice(from + length);
    }, text);
  });
  return fc.oneof({ arbitrary: bent, weight: 4 }, { arbitrary: scarred, weight: 2 }, fc.string(), fc.json());
}

const HOLE = "\u0001hole";

function mutated(text: string, { at, kind, value, raw }: Mutation): string {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return text;
  }
  if (kind === "wrap") return JSON.stringify([whole]);
  const places = placesIn(whole);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return text;
  const { holder, name } = place;
  if (kind === "drop") Reflect.deleteProperty(holder, name);
  else if (kind === "add") Reflect.set(holder, `extra${at}`, value);
  else Reflect.set(holder, name, kind === "replace" ? value : HOLE);
  const written = JSON.stringify(whole);
  if (kind === "raw") return written.replace(JSON.stringify(HOLE), raw);
  return kind === "double" ? written.replace(JSON.stringify(HOLE), `1,${JSON.stringify(name)}:2`) : written;
}

interface Place {
  holder: object;
  name: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [{ holder: value, name }, ...placesIn(inner)]);
}
