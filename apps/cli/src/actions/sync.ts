import { Ledger, synchronize, type SyncPass, Transport } from "@tideway/core/effect";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { confirmProduction } from "../account/confirm-production.ts";
import { connect } from "../account/connect.ts";
import { chooseServer } from "../account/server.ts";
import { readingOptions } from "../arguments/reading-options.ts";
import { moment, spanOfTime } from "../arguments/span-of-time.ts";
import type { SyncOptions } from "../commands/sync.ts";
import { usageError } from "../lifecycle/command-error.ts";
import { exitCode } from "../lifecycle/exit-code.ts";
import { failureOf } from "../lifecycle/failure.ts";
import { Interrupted, type CommandContext, type Outcome } from "../lifecycle/run-command.ts";
import { counted, number } from "../output/in-words.ts";
import { openLedger } from "../state/open-ledger.ts";
import { installService } from "../sync/install-service.ts";
import { isSite, openSyncSource, siteAddress } from "../sync/open-sync-source.ts";
import { passEvent, passLine } from "../sync/pass-line.ts";
import { forgetSiteLogin } from "../sync/site-login.ts";
import { syncMemoryFile } from "../sync/sync-memory-file.ts";
import { version } from "../version.ts";

const checkOptions = ({ sources, mirror, watch, every, install, passwordStdin, app }: SyncOptions) => {
  if (mirror && sources.length > 1) {
    throw usageError(
      "--mirror takes one source: what another one gave would be taken for deleted. Run one `tideway sync` for each, with an --app of its own."
    );
  }
  if (mirror && app === "org.tideway.cli") {
    throw usageError(
      "--mirror needs a session of its own: what `tideway upload` put into that of org.tideway.cli would be taken for deleted. Leave --app away, or name another."
    );
  }
  if (every !== undefined && !watch && !install) throw usageError("--every needs --watch.");
  if (install && passwordStdin) throw usageError("A service has no standard input: log in by `tideway login` instead.");
  if (new Set(sources).size !== sources.length) throw usageError("A source is named twice.");
};

/** A login that has ended, a wrong command line: trying again would change nothing. */
const isFinal = (error: unknown): boolean => {
  const { exitCode: code, code: word } = failureOf(error);
  return code === exitCode.login || code === exitCode.usage || word === "Forbidden";
};

/** What all passes did together. */
const createTotals = () => {
  const totals = { passes: 0, failed: 0, sent: 0, unchanged: 0, rejected: 0, removed: 0 };
  return {
    totals,
    add: (pass: SyncPass) => {
      totals.passes++;
      if (pass.outcome === "failed") {
        totals.failed++;
        return;
      }
      totals.removed += pass.removed;
      for (const name of ["sent", "unchanged", "rejected"] as const) totals[name] += pass.receipt?.[name] ?? 0;
    }
  };
};

/** Keeps a session in step with sources. */
export const sync = async (options: SyncOptions, context: CommandContext): Promise<Outcome> => {
  const { output, signal } = context;
  checkOptions(options);
  const { allowInsecure, mirror, sources: names, watch } = options;
  if (options.forgetLogin) {
    const sites = names.filter(isSite).map((name) => siteAddress(name, true));
    for (const site of sites) await forgetSiteLogin(site);
    return { answer: [`No login is kept for ${sites.join(", ") || "files"}.`], result: { sites } };
  }
  const every = spanOfTime("--every", options.every ?? "5m");
  const since = options.since === undefined ? undefined : moment("--since", options.since);
  const server = chooseServer(options, context);
  const reading = await readingOptions(options, context);
  for (const name of names) if (isSite(name)) siteAddress(name, allowInsecure);
  if (options.install) return installService(options, server, context);
  await confirmProduction(names.join(" and "), server, options, context);
  const sources = [];
  for (const name of names) sources.push(await openSyncSource(name, { allowInsecure, mirror, reading }, context));
  const { transport, userId } = await connect(options, "upload", context);
  const ledger = await openLedger(options.ledger, output);
  const { totals, add } = createTotals();
  const onPass = (pass: SyncPass) => {
    add(pass);
    const now = new Date();
    output.event(passEvent(pass, now));
    if (pass.outcome === "done") output.answer(passLine(pass, now));
    else if (pass.next !== undefined || names.length > 1) output.warn(passLine(pass, now));
  };
  const program = synchronize({ userId, app: { name: options.app, version } }, sources, {
    mirror,
    memory: syncMemoryFile(`${server.key} ${userId} ${options.app}`),
    onPass,
    isFinal,
    ...(watch ? { every } : {}),
    ...(since === undefined ? {} : { since })
  }).pipe(Effect.provideService(Transport, transport), Effect.provideService(Ledger, ledger));
  const exit = await Effect.runPromiseExit(program, { signal });
  if (Exit.isFailure(exit)) {
    if (!signal.aborted) throw Cause.squash(exit.cause);
    const done = `${counted(totals.passes, "pass", "passes")}, ${number(totals.sent)} sent`;
    throw new Interrupted(`Stopped after ${done}. What was sent is remembered: the same command goes on.`);
  }
  return { exitCode: totals.rejected > 0 ? exitCode.partial : exitCode.success, result: totals };
};
