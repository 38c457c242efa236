// Has a Pact verifier ask the mock whether it keeps the contract of a page, with the mock's own endpoint for provider states;
// and has it ask once more where a state is one that nobody knows, which must fail.

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { Verifier } from "@pact-foundation/pact";
import { make } from "./make.mjs";

// Nothing is told to anybody else.
process.env.PACT_DO_NOT_TRACK = "1";

const program = process.env.MOCK;
if (program === undefined) throw new Error("MOCK must name the server's program; `cargo xtask test pact` sets it");

const server = spawn(program, ["serve", "--port", "0", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
const folder = await mkdtemp(path.join(tmpdir(), "pact-"));
try {
  const [line] = await new Promise((resolve) => createInterface(server.stdout).once("line", (...line) => resolve(line)));
  const { url } = JSON.parse(line);
  await make(folder);
  const file = path.join(folder, "page-anaplan-models.json");
  const contract = JSON.parse(await readFile(file, "utf8"));
  await verify(url, file);
  console.log(`a verifier is content with ${contract.interactions.length} interactions`);

  contract.interactions[0].providerStates[0].name = "nobody thought of this";
  await writeFile(file, JSON.stringify(contract));
  const content = await verify(url, file).then(() => true, () => false);
  if (content) throw new Error("a state that no scenario stands for went by unnoticed");
  console.log("a state that no scenario stands for is noticed");
} finally {
  server.kill();
  await rm(folder, { recursive: true });
}

/** @param {string} url @param {string} file */
function verify(url, file) {
  return new Verifier({
    provider: "anaplan-models",
    providerBaseUrl: url,
    pactUrls: [file],
    providerStatesSetupUrl: `${url}/__mock/pact/provider-states`,
    providerStatesSetupTeardown: true,
    logLevel: "error",
  }).verifyProvider();
}
