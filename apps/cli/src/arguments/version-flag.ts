import * as Flag from "effect/cli/Flag";
import * as GlobalFlag from "effect/cli/GlobalFlag";
import * as Effect from "effect/Effect";
import { writeStdout } from "../output/standard-streams.ts";
import { versionLine } from "../version.ts";

/** `--version`, without the stock one's `-v`, which is for `--verbose` here. */
export const versionFlag = GlobalFlag.Action({
  flag: Flag.Boolean("version").pipe(
    Flag.withDescription("Print the version"),
    Flag.withoutNegation,
    Flag.withDefault(false)
  ),
  run: () => Effect.sync(() => writeStdout(`${versionLine}\n`))
});
