import { type ClientError, fromUnknown } from "@tideway/core";
import { Transport } from "@tideway/core/effect";
import * as Config from "effect/Config";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Option from "effect/Option";
import * as Redacted from "effect/Redacted";
import { createTransport, type HttpTransport as Port, type TransportOptions } from "../create-transport.ts";
import { fixedToken } from "../fixed-token.ts";
import { passwordLogin } from "../password-login.ts";
import type { Right } from "../require-right.ts";
import type { User } from "../user.ts";

/** The account: a token, or an e-mail address with a password. */
const credentials = Config.option(Config.Redacted("TIDEPOOL_TOKEN")).pipe(
  Effect.flatMap(
    Option.match({
      onSome: (token) => Effect.sync(() => fixedToken(Redacted.value(token))),
      onNone: () =>
        Effect.map(
          Config.all({
            email: Config.NonEmptyString("TIDEPOOL_EMAIL"),
            password: Config.Redacted("TIDEPOOL_PASSWORD")
          }),
          ({ email, password }) => passwordLogin({ email, password: Redacted.value(password) })
        )
    })
  )
);

/** The transport over HTTP, with what belongs to the login. */
export class HttpTransport extends Context.Service<HttpTransport, Port>()("@tideway/transport/HttpTransport") {
  /** By these options. An option that cannot be right is a defect. */
  static readonly layerOf = (options: TransportOptions): Layer.Layer<Transport | HttpTransport> => {
    const own = Layer.sync(HttpTransport, () => createTransport(options));
    return Layer.provideMerge(
      Layer.effect(
        Transport,
        Effect.map(HttpTransport, (port): Context.Service.Shape<typeof Transport> => port)
      ),
      own
    );
  };

  /**
   * By the configuration: `TIDEWAY_API` is `integration`, `production` or an address; `TIDEPOOL_TOKEN`, or `TIDEPOOL_EMAIL` with
   * `TIDEPOOL_PASSWORD`, is the account.
   */
  static readonly layer: Layer.Layer<Transport | HttpTransport, Config.ConfigError> = Layer.unwrap(
    Effect.gen(function* () {
      const environment = yield* Config.NonEmptyString("TIDEWAY_API");
      return HttpTransport.layerOf({ environment, credentials: yield* credentials });
    })
  );

  /** Who is logged in; not necessarily whose data it is. */
  static readonly currentUser: Effect.Effect<User, ClientError, HttpTransport> = Effect.flatMap(
    HttpTransport,
    (transport) => Effect.tryPromise({ try: (signal) => transport.currentUser({ signal }), catch: fromUnknown })
  );

  /** Makes sure that the one who is logged in may do this to the user's data. Fails with `Forbidden`, which names the right. */
  static readonly requireRight = (right: Right, userId: string): Effect.Effect<void, ClientError, HttpTransport> =>
    Effect.flatMap(HttpTransport, (transport) =>
      Effect.tryPromise({ try: (signal) => transport.requireRight(right, userId, { signal }), catch: fromUnknown })
    );
}
