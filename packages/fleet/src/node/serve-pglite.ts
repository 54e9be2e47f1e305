import { createServer, type Server, type Socket } from "node:net";
import type { PGlite } from "@electric-sql/pglite";

/** First words of a connection that ask for encryption: there is none, and the client goes on without. */
const encryptionRequests: ReadonlySet<number> = new Set([80_877_103, 80_877_104]);
const cancelRequest = 80_877_102;

/** Messages after which the client waits for an answer: Query, Sync, Flush, and the end of a COPY. */
const lastOfBatch: ReadonlySet<string> = new Set(["Q", "S", "H", "c", "f"]);

const notReady = Buffer.from([0]);

/** Messages of one connection that belong together, or what is left to do when it has ended. */
interface Batch {
  readonly connection: Connection;
  readonly messages: ReadonlyArray<Uint8Array>;
}

/** The state that an answer ends with: `I` is idle, `T` in a transaction, `E` in one that failed, undefined: not at its end. */
const stateAfter = (answer: Uint8Array): string | undefined => {
  const end = answer.subarray(-6);
  const isReady = end[0] === 0x5a && end[4] === 5;
  return isReady ? String.fromCharCode(end[5] ?? 0) : undefined;
};

/**
 * Lets connections take turns at the one session that PGlite has: from the first message of a statement to its last, and from the
 * beginning of a transaction to its end.
 */
class Turns {
  private readonly db: PGlite;
  private readonly waiting: Array<Batch> = [];
  /** Whose transaction, or half-sent statement, is open. */
  private owner: Connection | undefined;
  private isBusy = false;

  constructor(db: PGlite) {
    this.db = db;
  }

  take(batch: Batch) {
    this.waiting.push(batch);
    void this.work();
  }

  private async work() {
    if (this.isBusy) return;
    this.isBusy = true;
    for (let batch = this.next(); batch; batch = this.next()) {
      try {
        await this.run(batch);
      } catch (cause) {
        batch.connection.fail(cause);
      }
    }
    this.isBusy = false;
  }

  private next(): Batch | undefined {
    const { owner } = this;
    if (owner?.isOver === true) return { connection: owner, messages: [] };
    const index = owner ? this.waiting.findIndex(({ connection }) => connection === owner) : 0;
    return index < 0 ? undefined : this.waiting.splice(index, 1)[0];
  }

  private async run({ connection, messages }: Batch) {
    if (connection.isOver) {
      if (this.owner === connection) {
        this.owner = undefined;
        await this.db.exec("ROLLBACK");
      }
      return;
    }
    let answer: Uint8Array = notReady;
    for (const message of messages) {
      answer = await this.db.runExclusive(() => this.db.execProtocolRaw(message));
      connection.answer(answer);
    }
    this.owner = stateAfter(answer) === "I" ? undefined : connection;
  }

  /** A connection has ended, maybe in the middle of its transaction. */
  ended() {
    void this.work();
  }
}

/** One client: cuts what it sends into messages, and those into batches. */
class Connection {
  private readonly socket: Socket;
  private readonly turns: Turns;
  private rest = Buffer.alloc(0);
  private messages: Array<Uint8Array> = [];
  private hasStarted = false;
  isOver = false;

  constructor(socket: Socket, turns: Turns) {
    this.socket = socket;
    this.turns = turns;
  }

  begin() {
    const { socket, turns } = this;
    socket.setNoDelay(true);
    socket.on("data", (bytes) => this.receive(bytes));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      this.isOver = true;
      turns.ended();
    });
  }

  answer(bytes: Uint8Array) {
    if (bytes.length > 0 && this.socket.writable) this.socket.write(bytes);
  }

  fail(cause: unknown) {
    this.socket.destroy(cause instanceof Error ? cause : new Error(String(cause)));
  }

  private receive(bytes: Buffer) {
    this.rest = Buffer.concat([this.rest, bytes]);
    for (let message = this.nextMessage(); message; message = this.nextMessage()) this.handle(message);
  }

  /** Every message has a letter and its length, but the first ones, which have no letter. */
  private nextMessage(): Buffer | undefined {
    const head = this.hasStarted ? 1 : 0;
    if (this.rest.length < head + 4) return undefined;
    const length = head + this.rest.readInt32BE(head);
    if (this.rest.length < length) return undefined;
    const message = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return message;
  }

  private handle(message: Buffer) {
    if (!this.hasStarted) {
      const code = message.readInt32BE(4);
      if (encryptionRequests.has(code)) return this.answer(Buffer.from("N"));
      if (code === cancelRequest) return void this.socket.end();
      this.hasStarted = true;
      return this.turns.take({ connection: this, messages: [message] });
    }
    const letter = String.fromCharCode(message[0] ?? 0);
    if (letter === "X") return void this.socket.end();
    this.messages.push(message);
    if (!lastOfBatch.has(letter)) return undefined;
    this.turns.take({ connection: this, messages: this.messages });
    this.messages = [];
    return undefined;
  }
}

/** Puts a PGlite behind a port of this machine, for any number of connections; 0 takes a free one. */
export const servePGlite = (db: PGlite, port: number): Promise<{ readonly port: number; close(): Promise<void> }> => {
  const turns = new Turns(db);
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    new Connection(socket, turns).begin();
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve({
        port: typeof address === "object" && address ? address.port : port,
        close: () =>
          new Promise<void>((done) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => done());
          })
      });
    });
  });
};
