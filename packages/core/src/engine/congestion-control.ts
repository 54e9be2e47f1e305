import type { Sizing } from "../contract/policy.ts";
import {
  type RequestSize,
  afterAcknowledged,
  afterRefusal,
  afterSilence,
  isAsLarge,
  startingSize
} from "../policy/request-size.ts";
import { removeElement } from "./remove-element.ts";

/** A request under way, and the largest that was acknowledged since it began. */
export interface Sent {
  readonly bytes: number;
  proven: number;
}

/**
 * Congestion control: how much may go in one request and how many may be in flight, by what got through so far. One for each
 * operation: what a session or a chunk taught holds for all that follow, retries included.
 */
export class CongestionControl {
  private size: RequestSize;
  private readonly sizing: Sizing;
  /** Requests in flight together; grows by one with each round that gets through. */
  private allowed = Number.POSITIVE_INFINITY;
  private readonly underWay: Array<Sent> = [];
  /** Answers of somebody else than the platform, since something was acknowledged; undefined before. */
  private foreignAnswers: number | undefined;

  constructor(limit: number, sizing: Sizing) {
    this.size = startingSize(limit, sizing);
    this.sizing = sizing;
  }

  /** Most bytes in the next request. */
  get bytes(): number {
    return this.size.most;
  }

  /** Whether the server is known to take no request of so many bytes. */
  isTooLarge(bytes: number): boolean {
    return bytes >= this.size.refused;
  }

  /** How many requests may be in flight together, where the caller wants that many. */
  concurrency(wanted: number): number {
    return Math.max(Math.min(wanted, Math.floor(this.allowed)), 1);
  }

  /** A request begins. One of the next four tells how it ended; `discarded` where nothing is to be learnt from that. */
  begin(bytes: number): Sent {
    const sent: Sent = { bytes, proven: 0 };
    this.underWay.push(sent);
    return sent;
  }

  acknowledged(sent: Sent) {
    this.discarded(sent);
    for (const other of this.underWay) other.proven = Math.max(other.proven, sent.bytes);
    this.size = afterAcknowledged(this.size, sent.bytes, this.sizing);
    this.allowed += 1 / this.allowed;
    this.foreignAnswers = 0;
  }

  unanswered(sent: Sent) {
    this.discarded(sent);
    const isProven = isAsLarge(sent.proven, sent.bytes);
    this.size = afterSilence(this.size, sent.bytes, isProven);
    if (!isProven) this.allowed = Math.max(Math.floor(Math.min(this.allowed, this.underWay.length + 1) / 2), 1);
  }

  tooLarge(sent: Sent) {
    this.discarded(sent);
    this.size = afterRefusal(this.size, sent.bytes);
  }

  discarded(sent: Sent) {
    removeElement(this.underWay, sent);
  }

  /**
   * Somebody else than the platform has answered. Returns whether another try is worth it: not before anything was
   * acknowledged, for then it is the wrong address or a portal; and not when it goes on.
   */
  gotForeignAnswer(most: number): boolean {
    if (this.foreignAnswers === undefined) return false;
    return ++this.foreignAnswers < most;
  }
}
