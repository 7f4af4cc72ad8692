// Uploads a file by tus-js-client, and goes on with an upload of it that was broken off.
// node tus-upload.mjs PATH-OF-TUS-JS-CLIENT ENDPOINT TOKEN FOLDER FILE STATE
// Prints "at BYTES" while it sends, and "done RESOURCE" at the end; waits and tries again while the hub is away.
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { createRequire } from "node:module";

const [library, endpoint, token, folder, file, state] = process.argv.slice(2);
const { FileUrlStorage, Upload } = createRequire(import.meta.url)(library);

const upload = new Upload(createReadStream(file), {
  endpoint,
  metadata: { folder, name: basename(file) },
  headers: { Authorization: `Bearer ${token}` },
  uploadSize: statSync(file).size,
  chunkSize: 4 * 1024 * 1024,
  urlStorage: new FileUrlStorage(state),
  fingerprint: () => Promise.resolve(`${folder}/${file}`),
  storeFingerprintForResuming: true,
  retryDelays: Array.from({ length: 60 }, () => 1000),
  onProgress: (sent) => console.log(`at ${sent}`),
  onSuccess: ({ lastResponse }) => console.log(`done ${lastResponse.getHeader("Hubmesh-Resource")}`),
  onError: (error) => {
    console.error(error.message);
    process.exit(1);
  },
});
const [previous] = await upload.findPreviousUploads();
if (previous !== undefined) upload.resumeFromPreviousUpload(previous);
upload.start();
