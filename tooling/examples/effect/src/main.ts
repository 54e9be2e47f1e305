import { NodeRuntime, NodeServices } from "@effect/platform-node";
import { Ledger } from "@tideway/core/effect";
import { SqliteLedger } from "@tideway/core/effect/node";
import { HttpTransport } from "@tideway/transport/effect";
import { Config, Effect, Layer, Option } from "effect";
import { Argument, Command, Flag } from "effect/cli";
import { FetchHttpClient } from "effect/http";
import { Otlp } from "effect/observability";
import { uploadFile } from "./upload-file.ts";

/** Sends traces, metrics and logs to `OTEL_EXPORTER_OTLP_ENDPOINT`, where that is set. */
const observability = Layer.unwrap(
  Effect.map(Config.option(Config.String("OTEL_EXPORTER_OTLP_ENDPOINT")), (endpoint) =>
    Option.match(endpoint, {
      onNone: () => Layer.empty,
      onSome: (baseUrl) =>
        Otlp.layerJson({ baseUrl, resource: { serviceName: "example-effect", serviceVersion: "1.0.0" } }).pipe(
          Layer.provide(FetchHttpClient.layer)
        )
    })
  )
);

const upload = Command.make(
  "upload",
  {
    path: Argument.String("path").pipe(Argument.withDescription("A file, or a folder of files")),
    remember: Flag.Boolean("remember").pipe(
      Flag.withDescription("Keep in TIDEWAY_LEDGER what was sent, and leave it out next time"),
      Flag.withDefault(false)
    ),
    timezone: Flag.String("timezone").pipe(
      Flag.withDescription("The zone of the device's clock, such as Europe/Berlin"),
      Flag.optional
    )
  },
  ({ path, remember, timezone }) =>
    uploadFile(path, Option.getOrUndefined(timezone)).pipe(
      Effect.provide(remember ? SqliteLedger.layer : Ledger.layerNone),
      Effect.provide(HttpTransport.layer)
    )
).pipe(Command.withDescription("Uploads files of readings into Tidepool"));

upload.pipe(
  Command.run({ version: "1.0.0" }),
  Effect.provide(observability),
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain
);
