import type { DatumMembers } from "../../records/device-record.ts";
import type { WallTime } from "../../time/zone-clock.ts";

/** Where and when something happened, as the device has it. */
export interface CarelinkPlace {
  readonly wall: WallTime;
  readonly serial: string;
  readonly deviceId: string;
  readonly model: string | undefined;
  readonly rawId: string | undefined;
}

/** A row that tells a part of a bolus: what was programmed, or what was delivered. */
export interface BolusEvent {
  readonly kind: "bolus";
  readonly part: "normal" | "square";
  readonly by: "automatic" | "person";
  /** Whether the pump's algorithm was at work. */
  readonly isClosedLoop: boolean;
  readonly number: string | undefined;
  readonly selected: number | undefined;
  readonly delivered: number | undefined;
  /** Milliseconds. */
  readonly duration: number | undefined;
}

/** A row that tells what the calculator was given, and what it said. */
export interface WizardEvent {
  readonly kind: "wizard";
  readonly number: string | undefined;
  readonly members: DatumMembers;
}

/** What has to be put together from several rows. */
export type PumpEvent = CarelinkPlace &
  (
    | BolusEvent
    | WizardEvent
    | { readonly kind: "basal"; readonly rate: number | undefined }
    /** Five minutes of what the algorithm gave. */
    | { readonly kind: "automatedBasal"; readonly units: number }
    | {
        readonly kind: "temp";
        readonly rate: number | undefined;
        /** 1 is all of the scheduled rate. */
        readonly percent: number | undefined;
        /** Milliseconds. `undefined`: the row does not tell it, nor its rate. */
        readonly duration: number | undefined;
      }
    | { readonly kind: "suspended" | "resumed"; readonly by: "manual" | "automatic" }
  );
