// A data folder with many accounts. Making each through the API would take two Argon2 hashes, minutes in all, which is not what
// is measured. So the hub makes its tables and its administrator itself, is stopped, and the rows are written as it would.
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { jar, jdk, startHub } from "../hub.mjs";

/** As many as the hub lets into the mesh for one account. */
const PEERS_PER_ACCOUNT = 8;

const ROOT = "00000000-0000-0000-0000-000000000001";

function token() {
  return `hmt_${randomBytes(32).toString("base64url")}`;
}

function tokenRow(account, secret) {
  const hash = createHash("sha256").update(secret).digest("hex");
  return `insert into access_tokens (id, account_id, name, secret_hash, created_at)
    select random_uuid(), id, 'bench', '${hash}', current_timestamp from accounts where name = '${account}';`;
}

function accountRows(name) {
  return [
    `insert into accounts (id, name, display_name, password_hash, credentials, role, enabled, created_at)
      select random_uuid(), '${name}', '${name}', password_hash, 0, 'MEMBER', true, current_timestamp
      from accounts where name = 'admin';`,
    `insert into grants (resource_id, grantee_id, account_id, granted_level, granted_by, granted_at)
      select '${ROOT}', new.id, new.id, 'READ', old.id, current_timestamp
      from accounts new, accounts old where new.name = '${name}' and old.name = 'admin';`,
  ];
}

/** Answers the tokens of as many accounts as `peers` need, and the administrator's. */
export async function prepared(data, peers) {
  const hub = await startHub(data);
  await hub.stop();
  const administrator = token();
  const statements = [tokenRow("admin", administrator)];
  const tokens = Array.from({ length: Math.ceil(peers / PEERS_PER_ACCOUNT) }, (_, each) => {
    const secret = token();
    statements.push(...accountRows(`bench-${each}`), tokenRow(`bench-${each}`, secret));
    return secret;
  });
  run(join(data, "db", "hubmesh"), statements);
  return { tokens, administrator, peersPerAccount: PEERS_PER_ACCOUNT };
}

/** With the database's own tool, out of the hub's jar. */
function run(database, statements) {
  const folder = mkdtempSync(join(tmpdir(), "hubmesh-prepare-"));
  try {
    execFileSync(jdk("jar"), ["xf", jar(), "BOOT-INF/lib"], { cwd: folder });
    const libraries = join(folder, "BOOT-INF", "lib");
    const h2 = readdirSync(libraries).find((name) => /^h2-.*\.jar$/.test(name));
    const script = join(folder, "accounts.sql");
    writeFileSync(script, statements.join("\n"));
    const parameters = ["-url", `jdbc:h2:file:${database}`, "-user", "hubmesh", "-script", script];
    execFileSync("java", ["-cp", join(libraries, h2), "org.h2.tools.RunScript", ...parameters]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
