import type { Entry, Ledger } from "@tideway/core";
import { createMemoryLedger, unknownDatums } from "@tideway/core";
import { Ledger as LedgerService, type Target, Transport, upload, verify } from "@tideway/core/effect";
import { createSandbox } from "@tideway/sandbox";
import { createTransport, fixedToken } from "@tideway/transport";
import { Clock } from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Random from "effect/Random";
import { Line } from "./line.ts";
import { Process } from "./process.ts";
import { refusalOf } from "./refusals.ts";
import type { Run, Scenario, Version } from "./scenario.ts";
import { app, datumOf, expectedOf, numberOf, versionOf } from "./versions.ts";
import { VirtualTime } from "./virtual-time.ts";

const userId = "5ada5ada55";
const token = "a-token-that-works";
const target: Target = { userId, app, policy: { retry: { deadline: 10_000 } } };

/** Whether a source has a datum that the schemas take: else it needs no session, and no mirror of it is made. */
const isUsable = (source: ReadonlyArray<Version>) => source.some(({ kind }) => kind !== "unusable");

/** Everything that can go wrong with a run, and the plain model that says what has to be there in the end. */
export class FaultMachine {
  private readonly time = new VirtualTime();
  private readonly sandbox = createSandbox({
    users: [{ userId, email: "machine@tideway.example", tokens: [token] }],
    runtime: {
      now: this.time.now,
      sleep: this.time.sleepInside,
      randomBytes: (count: number) => Uint8Array.from({ length: count }, () => this.byte())
    }
  });
  private seed = 1;
  private runs = 0;
  private readonly newLedger: () => Ledger;
  private ledger: Ledger;
  private readonly other: Ledger;
  private log: Array<Version> = [];
  private readonly current = new Map<number, Version>();
  /** Ids that are no longer in the source and may yet be on the server. */
  private readonly gone = new Set<number>();
  /** Ids of which the ledger may not know that they are on the server: no mirror deletes those. */
  private readonly unknown = new Set<number>();
  /** Those of a wizard that may have left a bolus of which no ledger knows: nothing deletes that. */
  private readonly stray = new Set<number>();
  /**
   * Whether an opened session may have stayed behind, empty: its answer was lost while another device opened one, or the
   * next run did, at the same moment.
   */
  private mayHaveOrphans = false;
  private closed = new Set<string>();
  /** Who else than the ledger would have to know of the requests of the run before: nobody, its program, or nobody can. */
  private blind: "not" | "elsewhere" | "wholly" = "not";
  /** Whether the session was taken away after the last step of the run. */
  private isTakenLate = false;
  /** The program that still runs. */
  private host: string | undefined;

  constructor(newLedger: () => Ledger = createMemoryLedger) {
    this.newLedger = newLedger;
    this.ledger = newLedger();
    this.other = newLedger();
  }

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
    const outcome = await this.time.until(this.upload(new Process(), this.ledger, source, undefined, isUsable(source)));
    if (Exit.isFailure(outcome)) throw new Error(`The last upload failed: ${String(outcome.cause)}`);
    this.compare(outcome.value.sessionId, source, isUsable(source), "in the end");
    await this.verify();
  }

  /** Reading back with all versions in the source has to find the same as the model does. */
  private async verify() {
    if (this.sessions().length === 0) return;
    const reading = verify(target, unknownDatums(this.log.map(datumOf))).pipe(this.through(new Process(), undefined));
    const { differences } = await this.time.until(
      Effect.runPromise(reading.pipe(Effect.provideService(Clock, this.time.clock)))
    );
    const expected = expectedOf(this.log);
    const refused = new Set(this.log.filter(({ kind }) => kind === "refused").map(({ id }) => `id-${id}`));
    for (const { originId, found } of differences) {
      const isRight =
        found === "extra" ? this.mayStay(originId, expected, true) : found === "missing" && refused.has(originId);
      if (!isRight) throw new Error(`Reading back found ${originId} ${found}.`);
    }
  }

  /** Whether something that is not in the source may be on the server all the same. */
  private mayStay(originId: string, expected: ReadonlyMap<string, string>, isMirror: boolean) {
    const number = numberOf(originId);
    if (originId.endsWith("/bolus") && this.stray.has(number)) return true;
    return this.gone.has(number) && !expected.has(`id-${number}`) && (!isMirror || this.unknown.has(number));
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
    this.ledger = this.newLedger();
    for (const id of [...this.log.map((version) => version.id), ...this.current.keys(), ...this.gone]) {
      this.unknown.add(id);
      this.stray.add(id);
    }
  }

  private async step(run: Run): Promise<void> {
    this.edit(run);
    const source = run.history ? [...this.log] : [...this.current.values()];
    this.isTakenLate = false;
    if (run.session.after === 0) this.tamper(run.session.how);
    const { how } = run.ending;
    const isLossy = run.line !== undefined || run.connections !== "kept";
    const loses = how !== "undisturbed" || isLossy || run.faults.some(({ on }) => on === "POST */data_sets");
    // The server may still be at it when the next run looks.
    const opensAnother = this.sessions().length === 0 || (run.session.how !== "left" && run.session.after > 0);
    const leavesOpening = (how === "killed" || how === "aborted") && opensAnother;
    const { beside } = run;
    // Two with one ledger know all of each other.
    const isKnown = beside === "nobody" || beside === "the same ledger";
    this.mayHaveOrphans ||= (beside === "another device" && loses) || leavesOpening;
    const process = new Process(run.program === "the same" ? this.host : undefined);
    const isKnownHere = this.host === process.host;
    this.host = how === "killed" ? undefined : process.host;
    if (run.ledger === "lost") {
      this.loseLedger();
      if (this.blind === "not") this.blind = "elsewhere";
    }
    if (this.blind === "wholly" || (this.blind === "elsewhere" && !isKnownHere) || !isKnown) {
      // Without its ledger nobody knows of a request that a dead process left behind: see the README of core.
      await this.time.until(this.time.sleep(70_000));
      this.blind = "not";
    }
    if (!isKnown) this.blind = beside === "the same program" ? "elsewhere" : "wholly";
    // Two devices that write the same datums cannot know of each other's requests that hang half-way.
    const isHeld = beside !== "another device";
    this.sandbox.faults.set(run.faults.filter(({ effect }) => isHeld || effect.kind !== "hold"));
    const ledger = beside === "the same program" ? undefined : this.ledger;
    const mirror = run.mirror && isKnown && isUsable(source);
    // Nor of those that are done late.
    const mayBeLate = isHeld || run.line?.how !== "done late";
    const own: Run = mayBeLate ? run : { ...run, line: undefined };
    const uploads = [this.upload(process, ledger, source, own, mirror)];
    const other: Run = { ...own, ending: { how: "undisturbed" } };
    if (beside === "another device") uploads.push(this.upload(new Process(), this.other, source, other, false));
    if (beside === "the same ledger")
      uploads.push(this.upload(new Process(process.host), this.ledger, source, other, mirror));
    if (beside === "the same program")
      uploads.push(this.upload(new Process(process.host), undefined, source, other, false));
    const outcomes = await this.time.until(Promise.all(uploads));
    this.sandbox.faults.clear();
    // What the second one sent is in no ledger of the first one: see the README of core.
    if (!isKnown) this.loseLedger();
    const last = outcomes.at(-1);
    // What two devices write at once they may write twice.
    if (beside === "another device" || !last || !outcomes.every(Exit.isSuccess) || Exit.isFailure(last)) return;
    // Nobody can notice what happened after the last look.
    if (this.isTakenLate) return;
    const known = isKnown ? expectedOf(source) : new Map<string, string>();
    for (const id of known.keys()) (id.endsWith("/bolus") ? this.stray : this.unknown).delete(numberOf(id));
    this.compare(last.value.sessionId, source, mirror, "after a run that went well");
  }

  /** Gives an operation its transport and its ledger. */
  private through(process: Process, ledger: Ledger | undefined, run?: Run) {
    const line = new Line(this.time, run);
    const serve = async (request: Request) => (await refusalOf(request)) ?? this.sandbox.fetch(request);
    const answer = (request: Request) => this.time.working(() => line.send(request, serve));
    const transport = createTransport({
      environment: { fetch: (request) => process.fetch(request, answer), url: `http://${process.host}` },
      credentials: fixedToken(token),
      clock: {
        now: this.time.now,
        sleep: (milliseconds, signal) => this.time.sleep(milliseconds, signal).catch(() => undefined)
      }
    });
    return <A, E>(operation: Effect.Effect<A, E, Transport | LedgerService>): Effect.Effect<A, E> =>
      operation.pipe(Effect.provideService(Transport, transport), Effect.provideService(LedgerService, ledger));
  }

  private async upload(
    process: Process,
    ledger: Ledger | undefined,
    source: ReadonlyArray<Version>,
    run: Run | undefined,
    mirror: boolean
  ) {
    const { ending = { how: "undisturbed" as const }, form = "objects", chunkSize = 1000, concurrency = 4 } = run ?? {};
    const disk = ending.how === "disk full" ? ending.after : undefined;
    const through = this.through(process, ledger && process.ledger(ledger, disk), run);
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
    const { session = undefined, beside = "nobody" } = run ?? {};
    let stepsToTampering =
      session && session.after > 0 && beside === "nobody" ? session.after : Number.POSITIVE_INFINITY;
    process.onRequest = () => {
      this.isTakenLate = false;
    };
    process.onStep = () => {
      if (--stepsToTampering === 0) this.tamper(session!.how);
      if (steps-- <= 0) end();
    };
    const effect = upload(target, () => ({ pages: pages() }), { chunkSize, concurrency, mirror }).pipe(through);
    const seeded = effect.pipe(Effect.provideService(Clock, this.time.clock), Random.withSeed(`run ${this.runs++}`));
    return Effect.runPromiseExit(seeded, { signal: abort.signal });
  }

  private sessions() {
    return this.sandbox.store.dataSetsOf(userId).filter(({ deleted, closed, active }) => active && !deleted && !closed);
  }

  /** What somebody else does to the session. */
  private tamper(how: Run["session"]["how"]) {
    const [session] = this.sessions();
    if (!session || how === "left") return;
    this.isTakenLate = true;
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
    // Nothing in the source needed a session.
    if (sessionId === "") return;
    const expected = expectedOf(source);
    const isMirror = mirror && source.every(({ kind }) => kind !== "unusable");
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
    for (const id of found.keys())
      if (!expected.has(id) && !this.mayStay(id, expected, isMirror)) faults.push(`${id} should not be there`);
    const sessions = this.sessions().map(({ uploadId }) => uploadId);
    // That a session is closed shows only when something is sent to it; and what has nothing to hold is not opened anew.
    const isMissing = !sessions.includes(sessionId) && !this.closed.has(sessionId) && expected.size > 0;
    if ((sessions.length > 1 && !this.mayHaveOrphans) || isMissing) {
      faults.push(`the session should be ${sessionId}, there are [${sessions.join(", ")}]`);
    }
    if (faults.length > 0) throw new Error(`Wrong ${moment}: ${faults.join("; ")}.`);
  }
}
