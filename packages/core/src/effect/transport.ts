import * as Context from "effect/Context";
import type { Transport as Port } from "../contract/transport.ts";

/**
 * The way to a Tidepool. `HttpTransport.layer` of `@tideway/transport/effect` is the one over HTTP; any other port of the Promise
 * face is provided by `Layer.succeed(Transport, port)`.
 */
export class Transport extends Context.Service<Transport, Port>()("@tideway/core/Transport") {}
