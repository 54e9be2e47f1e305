import type { DataSet } from "@tideway/schemas";
import * as Effect from "effect/Effect";
import type { ClientError } from "../../contract/errors/client-error.ts";
import type { Engine } from "../../engine/engine.ts";
import { request } from "../../engine/request.ts";

const size = 1000;

/** Every data set of this user, or of one app, all pages of them, each once. */
export const listDataSets = (
  engine: Engine,
  ofApp: { readonly appName?: string } = {}
): Effect.Effect<ReadonlyArray<DataSet>, ClientError> =>
  Effect.gen(function* () {
    const { transport, userId } = engine.client;
    const found = new Map<string, DataSet>();
    for (let page = 0; ; page++) {
      const query = { ...ofApp, page, size };
      const listed = yield* request(engine, (signal) => transport.listDataSets(userId, query, { signal }), {
        name: ofApp.appName === undefined ? "the list of data sets" : "the list of sessions",
        repeatable: true
      });
      const before = found.size;
      for (const dataSet of listed) found.set(dataSet.uploadId, dataSet);
      // The second: a server that gave the same page again and again would never end.
      if (listed.length < size || found.size === before) return [...found.values()];
    }
  });

/** Every data set of this app, all pages of them, each once. */
export const listSessions = (engine: Engine): Effect.Effect<ReadonlyArray<DataSet>, ClientError> =>
  listDataSets(engine, { appName: engine.client.app.name });
