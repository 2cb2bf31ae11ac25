/* Somebody of the host's own who joins a group of keys without any rule: its crate is the members', its credential is not. */
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";

const [folder] = process.argv.slice(2);
const { default: init, Group, Session } = await import(`${folder}/visavis_mls.js`);
await init({ module_or_path: await readFile(`${folder}/visavis_mls_bg.wasm`) });

const LAX = {
  validate: () => true,
  identity: (credential) => credential,
  successor: () => true,
  permits: () => "",
};
const text = (bytes) => Buffer.from(bytes).toString("base64url");
const bytes = (written) => new Uint8Array(Buffer.from(written, "base64url"));

const session = new Session();
process.stdout.write(`${JSON.stringify({ key: text(session.key) })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const { group_info: standing, credential } = JSON.parse(line);
  const group = Group.join(bytes(standing), bytes(credential), session.secret, session.key, LAX);
  const made = group.joined_by();
  process.stdout.write(`${JSON.stringify({ commit: text(made.commit), group_info: text(made.group_info) })}\n`);
}
