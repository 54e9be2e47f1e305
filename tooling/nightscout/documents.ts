import { createHash } from "node:crypto";

/** A document of the fake site. */
export type Document = Record<string, unknown>;
/** The collections that the fake site has. */
export type CollectionName = "entries" | "treatments" | "profile" | "devicestatus";

const day = 86_400_000;

/** What the fake site holds, written and lost in the ways in which Nightscout 15 does it. */
export class Documents {
  readonly all: Readonly<Record<CollectionName, Array<Document>>> = {
    entries: [],
    treatments: [],
    profile: [],
    devicestatus: []
  };
  private made = 0;
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /** What a client of API v1 writes: no `srvModified`, and what has the same key is replaced. */
  writeByV1(name: CollectionName, document: Document): void {
    const { preBolus, carbs } = document;
    if (name !== "treatments" || typeof preBolus !== "number" || preBolus === 0) return this.upsert(name, document);
    // The carbohydrates of a bolus before the meal become a treatment of their own.
    const { carbs: _carbs, ...rest } = document;
    this.upsert(name, rest);
    const later = new Date(Date.parse(String(document["created_at"])) + preBolus * 60_000).toISOString();
    this.upsert(name, { created_at: later, eventType: document["eventType"], carbs });
  }

  /** What a client of API v3 writes: by `identifier`, with a `date`, and with the moment of writing. */
  writeByV3(name: CollectionName, document: Document & { readonly identifier: string; readonly date: number }): void {
    this.upsert(name, { ...document, srvCreated: this.now(), srvModified: this.now(), isValid: true });
  }

  /** A deletion by API v3 marks only. */
  deleteByV3(name: CollectionName, identifier: string): void {
    const found = this.all[name].find((each) => each["identifier"] === identifier || each["_id"] === identifier);
    if (found) Object.assign(found, { isValid: false, srvModified: this.now() });
  }

  /** A deletion by API v1 leaves nothing. */
  deleteByV1(name: CollectionName, id: string): void {
    const documents = this.all[name];
    const at = documents.findIndex((each) => each["_id"] === id);
    if (at >= 0) documents.splice(at, 1);
  }

  /** `API3_AUTOPRUNE_…`: what is older than so many days goes. */
  prune(name: CollectionName, days: number): void {
    const before = this.now() - days * day;
    const documents = this.all[name];
    const isOld = ({ date, created_at: created }: Document) =>
      (typeof date === "number" && date < before) || (typeof created === "string" && Date.parse(created) < before);
    documents.splice(0, documents.length, ...documents.filter((each) => !isOld(each)));
  }

  private upsert(name: CollectionName, document: Document): void {
    const documents = this.all[name];
    const keys: ReadonlyArray<string> =
      document["identifier"] !== undefined
        ? ["identifier"]
        : document["_id"] !== undefined
          ? ["_id"]
          : name === "entries"
            ? ["sysTime", "type"]
            : ["created_at", "eventType"];
    const isSame = (other: Document) =>
      keys.every((key) => document[key] !== undefined && other[key] === document[key]);
    const at = name === "profile" ? -1 : documents.findIndex(isSame);
    if (at >= 0) documents[at] = { _id: documents[at]!["_id"], ...document };
    else documents.push({ _id: this.newId(), ...document });
  }

  /** As MongoDB makes them: the second, and something of its own. */
  private newId(): string {
    const second = Math.floor(this.now() / 1000).toString(16);
    return (
      second +
      createHash("sha1")
        .update(String(++this.made))
        .digest("hex")
        .slice(0, 16)
    );
  }
}
