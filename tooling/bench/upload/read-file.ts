// What reads the file for Tideway: run in a thread of its own.
import { createReadStream } from "node:fs";
import { serveSource } from "@tideway/core/node";
import { readTidepool } from "@tideway/sources";

serveSource((file: string) => ({ source: readTidepool(createReadStream(file)) }));
