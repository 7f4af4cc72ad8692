import { Hub } from "../../src/api/hub";

/** A hub that answers each path with what is written, and everything else with 404. */
export function hubOf(answers: Record<string, object>, status = 200): Hub {
  return new Hub({
    fetch: (path) => {
      const answer = answers[path];
      const missing = new Response(JSON.stringify({ code: "not-found", detail: "Nothing here." }), { status: 404 });
      return Promise.resolve(answer === undefined ? missing : new Response(JSON.stringify(answer), { status }));
    },
    csrf: () => null,
    signedOut: () => undefined,
  });
}
