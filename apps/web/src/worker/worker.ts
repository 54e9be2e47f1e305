import { expose } from "comlink";
import { createWorkerApi } from "./create-worker-api.ts";

expose(createWorkerApi());
