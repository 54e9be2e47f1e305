import type { Entry, Ledger } from "@tideway/core";
import { createMemoryLedger } from "@tideway/core";
import { type ModelledOptions, upload } from "@tideway/core/effect";
import { createSandbox } from "@tideway/sandbox";
import { everyKind } from "@tideway/schemas";
import { createTransport, fixedToken } from "@tideway/transport";
import { Clock } from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Random from "effect/Random";
import { Process } from "./process.ts";
import type { Run, Scenario, Version } from "./scenario.ts";
import { client, datumOf, expectedOf, versionOf } from "./versions.ts";
import { VirtualTime } from "./virtual-time.ts";

const userId = "5ada5ada55";
const token = "a-token-that-works";

/** Everything that can go wrong with a run, and the plain model that says what has to be there in the end. */
export class FaultMachine {
  private readonly time = new VirtualTime();
  private readonly sandbox = createSandbox({
    users: [{ userId, email: "machine@tideway.example", tokens: [token] }],
    world: {
      now: this.time.now,
      sleep: this.time.sleepInside,
      randomBytes: (count: number) => Uint8Array.from({ length: count }, () => this.byte())
    }
  });
  private seed = 1;
  private runs = 0;
  private ledger = createMemoryLedger();
  private other = createMemoryLedger();
  private log: Array<Version> = [];
  private readonly current = new Map<number, Version>();
  /** Ids that are no longer in the source and may yet be on the server. */
  private readonly gone = new Set<number>();
  /** Ids of which the ledger may not know that they are on the server: no mirror deletes those. */
  private readonly unknown = new Set<number>();
  /**
   * Whether an opened session may have stayed behind, empty: its answer was lost while another device opened one, or the
   * next run did, at the same moment.
   */
  private mayHaveOrphans = false;
  private closed = new Set<string>();
  /** Who else than the ledger would have to know of the requests of the run before: nobody, its program, or nobody can. */
  private blind: "not" | "elsewhere" | "wholly" = "not";
  /** The program that still runs. */
  private host: string | undefined;

  private byte() {
    this.seed = (Math.imul(this.seed, 1_103_515_245) + 12_345) >>> 0;
    return (this.seed >>> 16) & 255;
  }

  /** Runs a history, then an undisturbed upload; throws where the server does not hold exactly what it should. */
  async play(scenario: Scenario): Promise<void> {
    for (const run of scenario) await this.step(run);
    this.sandbox.faults.clear();
    await this.time.until(this.time.sleep(100_000));
    // A mirror deletes nothing where something in the source cannot be recognised.
    const source = [...this.current.values()].filter(({ kind }) => kind !== "unusable");
    const outcome = await this.time.until(this.upload(new Process(), this.ledger, source, undefined, true));
    if (Exit.isFailure(outcome)) throw new Error(`The last upload failed: ${String(outcome.cause)}`);
    this.compare(outcome.value.sessionId, source, true, "in the end");
  }

  private edit({ removed, edits }: Run) {
    for (const id of removed) {
      if (this.current.delete(id)) this.gone.add(id);
      this.log = this.log.filter((version) => version.id !== id);
    }
    for (const edit of edits) {
      this.log.push(edit);
      if (edit.kind !== "unusable" || !this.current.has(edit.id)) this.current.set(edit.id, edit);
    }
  }

  /** A new ledger knows nothing of what is on the server. */
  private loseLedger() {
    this.ledger = createMemoryLedger();
    for (const { id } of [...this.log, ...this.current.values()]) this.unknown.add(id);
    for (const id of this.gone) this.unknown.add(id);
  }

  private async step(run: Run): Promise<void> {
    this.edit(run);
    const source = run.history ? [...this.log] : [...this.current.values()];
    this.tamper(run.session);
    const { how } = run.ending;
    const loses = how !== "undisturbed" || run.faults.some(({ on }) => on === "POST */data_sets");
    // The server may still be at it when the next run looks.
    const leavesOpening = (how === "killed" || how === "aborted") && this.sessions().length === 0;
    const { beside } = run;
    this.mayHaveOrphans ||= (beside === "another device" && loses) || leavesOpening;
    const process = new Process(run.program === "the same" ? this.host : undefined);
    const isKnownHere = this.host === process.host;
    this.host = how === "killed" ? undefined : process.host;
    const isBlind = (run.ledger === "lost" || this.blind !== "not") && !isKnownHere;
    if (isBlind || this.blind === "wholly" || beside !== "nobody") {
      // Without its ledger nobody knows of a request that a dead process left behind: see the README of core.
      await this.time.until(this.time.sleep(70_000));
    }
    if (run.ledger === "lost") this.loseLedger();
    this.blind = beside === "nobody" ? "not" : beside === "the same program" ? "elsewhere" : "wholly";
    // Two devices that write the same datums cannot know of each other's requests that hang half-way.
    const isHeld = beside !== "another device";
    this.sandbox.faults.set(run.faults.filter(({ effect }) => isHeld || effect.kind !== "hold"));
    const ledger = beside === "the same program" ? undefined : this.ledger;
    const mirror = run.mirror && beside === "nobody";
    const uploads = [this.upload(process, ledger, source, run, mirror)];
    const other: Run = { ...run, ending: { how: "undisturbed" } };
    if (beside === "another device") uploads.push(this.upload(new Process(), this.other, source, other, false));
    if (beside === "the same program")
      uploads.push(this.upload(new Process(process.host), undefined, source, other, false));
    const outcomes = await this.time.until(Promise.all(uploads));
    this.sandbox.faults.clear();
    // What the second one sent is in no ledger of the first one: see the README of core.
    if (beside !== "nobody") this.loseLedger();
    const last = outcomes.at(-1);
    // What two devices write at once they may write twice.
    if (beside === "another device" || !last || !outcomes.every(Exit.isSuccess) || Exit.isFailure(last)) return;
    if (beside === "nobody") for (const { id, kind } of source) if (kind !== "unusable") this.unknown.delete(id);
    this.compare(last.value.sessionId, source, mirror, "after a run that went well");
  }

  private async upload(
    process: Process,
    ledger: Ledger | undefined,
    source: ReadonlyArray<Version>,
    run: Run | undefined,
    mirror: boolean
  ) {
    const { ending = { how: "undisturbed" as const }, form = "objects", chunkSize = 1000, concurrency = 4 } = run ?? {};
    const answer = (request: Request) => this.time.working(() => this.sandbox.fetch(request));
    const transport = createTransport({
      environment: { fetch: (request) => process.fetch(request, answer), url: `http://${process.host}` },
      credentials: fixedToken(token),
      clock: {
        now: this.time.now,
        sleep: (milliseconds, signal) => this.time.sleep(milliseconds, signal).catch(() => undefined)
      }
    });
    const options: ModelledOptions = {
      model: everyKind,
      transport,
      userId,
      client,
      ...(ledger ? { ledger: process.ledger(ledger, ending.how === "disk full" ? ending.after : undefined) } : {}),
      policy: { retry: { deadline: 10_000 } }
    };
    const entries: ReadonlyArray<Entry> = source
      .map(datumOf)
      .map((datum) => (form === "texts" ? { text: JSON.stringify(datum) } : { datum }));
    const pages = async function* () {
      for (let from = 0; from < entries.length; from += 3) yield entries.slice(from, from + 3);
    };
    const abort = new AbortController();
    const end = () => {
      if (ending.how === "killed") process.kill();
      abort.abort(new Error("That is the end of this run."));
    };
    // Counted in steps of what is done, not in time: every point between two steps is hit.
    let steps = ending.how === "killed" || ending.how === "aborted" ? ending.after : Number.POSITIVE_INFINITY;
    const countdown = () => {
      if (steps-- <= 0) end();
    };
    process.onStep = countdown;
    const effect = upload(options, () => ({ pages: pages() }), { chunkSize, concurrency, mirror });
    const seeded = effect.pipe(Effect.provideService(Clock, this.time.clock), Random.withSeed(`run ${this.runs++}`));
    return Effect.runPromiseExit(seeded, { signal: abort.signal });
  }

  private sessions() {
    return this.sandbox.store.dataSetsOf(userId).filter(({ deleted, closed, active }) => active && !deleted && !closed);
  }

  /** What somebody else does to the session between two runs. */
  private tamper(how: Run["session"]) {
    const [session] = this.sessions();
    if (!session || how === "left") return;
    if (how === "closed") {
      this.closed.add(session.uploadId);
      this.sandbox.store.updateDataSet({ ...session, closed: true });
      return;
    }
    this.sandbox.store.removeDatums(session.uploadId);
    const body = { ...session.body, deletedTime: new Date(this.time.now()).toISOString() };
    this.sandbox.store.updateDataSet({ ...session, deleted: true, body });
  }

  private compare(sessionId: string, source: ReadonlyArray<Version>, mirror: boolean, moment: string) {
    const expected = expectedOf(source);
    const isMirror = mirror && source.every(({ kind }) => kind !== "unusable");
    const mayStay = (id: string) => {
      const number = Number(/\d+/.exec(id)![0]);
      return this.gone.has(number) && (!isMirror || this.unknown.has(number));
    };
    const found = new Map<string, Array<string>>();
    for (const { json } of this.sandbox.store.readDatums({ uploadIds: [sessionId] })) {
      const stored = JSON.parse(json) as Record<string, unknown> & { readonly origin: { readonly id: string } };
      const { id } = stored.origin;
      found.set(id, [...(found.get(id) ?? []), versionOf(stored)]);
    }
    const faults: Array<string> = [];
    for (const [id, version] of expected) {
      const copies = found.get(id) ?? [];
      if (copies.length !== 1 || copies[0] !== version)
        faults.push(`${id} should be ${version}, is [${copies.join(", ")}]`);
    }
    for (const id of found.keys()) if (!expected.has(id) && !mayStay(id)) faults.push(`${id} should not be there`);
    const sessions = this.sessions().map(({ uploadId }) => uploadId);
    // That a session is closed shows only when something is sent to it.
    if (
      (sessions.length > 1 && !this.mayHaveOrphans) ||
      (!sessions.includes(sessionId) && !this.closed.has(sessionId))
    ) {
      faults.push(`the session should be ${sessionId}, there are [${sessions.join(", ")}]`);
    }
    if (faults.length > 0) throw new Error(`Wrong ${moment}: ${faults.join("; ")}.`);
  }
}
