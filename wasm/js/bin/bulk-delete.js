#!/usr/bin/env node
/** The program `bulk-delete`: its first word names the command. */

import { main } from "../src/mock/command/main.js";

process.exitCode = await main(process.argv.slice(2));
