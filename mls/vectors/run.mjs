/** Runs the vectors of a folder: `node run.mjs <crate as it was built> <folder of vectors>`; says how many groups of each file. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { argv, exit } from "node:process";
import { pathToFileURL } from "node:url";

const [, , crate, folder] = argv;
const { files, initSync, run } = await import(pathToFileURL(join(crate, "visavis_mls_vectors.js")));
initSync({ module: readFileSync(join(crate, "visavis_mls_vectors_bg.wasm")) });

const missing = files().filter((name) => !existsSync(join(folder, name)));
if (missing.length > 0) {
  console.error(`vectors: ${folder} lacks ${missing.join(", ")}`);
  exit(2);
}
let failed = 0;
for (const name of files()) {
  try {
    const count = run(name, readFileSync(join(folder, name), "utf8"));
    if (count === 0) throw new Error("no group of our suite is in it");
    console.log(`ok     ${name}: ${count} groups`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}: ${error.message}`);
  }
}
console.log(`vectors: ${files().length} files, failed: ${failed}`);
exit(failed === 0 ? 0 : 1);
