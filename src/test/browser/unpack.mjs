// Unpacks the Chromium that the package brings into the folder named by the first argument, and prints one line
// `executable=...`, then one line `NAME=value` for each environment variable that this machine needs to start it.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const target = resolve(process.argv[2] ?? ".");
mkdirSync(target, { recursive: true });
// The package unpacks into the temporary directory, and brings its shared libraries only where it sees this variable.
process.env.TMPDIR = target;
process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs22.x";
const { default: chromium } = await import("@sparticuz/chromium");
const executable = await chromium.executablePath();
console.log(`executable=${executable}`);

const missing = spawnSync("ldd", [executable], {
  encoding: "utf8",
  env: { ...process.env, LD_LIBRARY_PATH: "" },
}).stdout;
if (missing?.includes("not found")) {
  console.log(`LD_LIBRARY_PATH=${join(target, "al2023", "lib")}`);
}

const systemFonts = "/usr/share/fonts";
if (!existsSync(systemFonts) || readdirSync(systemFonts).length === 0) {
  const configuration = join(target, "fontconfig");
  mkdirSync(configuration, { recursive: true });
  writeFileSync(
    join(configuration, "fonts.conf"),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(target, "fonts")}</dir>
  <cachedir>${join(target, "fonts-cache")}</cachedir>
</fontconfig>
`,
  );
  console.log(`FONTCONFIG_PATH=${configuration}`);
}
