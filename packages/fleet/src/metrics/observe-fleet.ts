import type { Meter, ObservableGauge } from "@opentelemetry/api";
import type { Fleet } from "../fleet.ts";
import type { FleetStatus } from "../operators/status.ts";

/** One number, or one for each value of an attribute. */
type Reading = number | { readonly attribute: string; readonly values: Readonly<Record<string, number>> };

const gauges: ReadonlyArray<{
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly read: (status: FleetStatus) => Reading;
}> = [
  {
    name: "tideway.fleet.since_success",
    unit: "s",
    description: "Since the last success of the user whose is longest ago",
    read: ({ longestSinceSuccess }) => longestSinceSuccess
  },
  {
    name: "tideway.fleet.users",
    unit: "{user}",
    description: "Users by the time since their last success, which is up to this",
    read: ({ usersBySinceSuccess }) => ({ attribute: "since_success", values: usersBySinceSuccess })
  },
  {
    name: "tideway.fleet.paused_users",
    unit: "{user}",
    description: "Paused users",
    read: (status) => status.pausedUsers
  },
  {
    name: "tideway.fleet.depth",
    unit: "{user}",
    description: "Users who wait and could be uploaded for now",
    read: ({ depth }) => depth
  },
  {
    name: "tideway.fleet.oldest_ready",
    unit: "s",
    description: "Since when the oldest of them waits",
    read: (status) => status.oldestReady
  },
  { name: "tideway.fleet.active", unit: "{job}", description: "Jobs that are worked on", read: ({ active }) => active },
  {
    name: "tideway.fleet.failing_users",
    unit: "{user}",
    description: "Users whose last try failed, by the class of its error",
    read: ({ failures }) => ({ attribute: "error.type", values: failures })
  },
  {
    name: "tideway.fleet.dead_letters",
    unit: "{user}",
    description: "Dead letters",
    read: ({ deadLetters }) => deadLetters
  },
  {
    name: "tideway.fleet.refused_datums",
    unit: "{datum}",
    description: "Refused datums that are kept",
    read: (status) => status.refusedDatums
  },
  {
    name: "tideway.fleet.server_pause",
    unit: "s",
    description: "What is left of the server's pause",
    read: ({ serverPause }) => serverPause
  }
];

/**
 * Reports how a fleet is to OpenTelemetry, each time that its reader collects. One process of a fleet is enough. Users are counted,
 * never named: `users()` names them. Resolves nothing and returns the end of it.
 */
export const observeFleet = (fleet: Pick<Fleet, "status">, meter: Meter): (() => void) => {
  const observed = gauges.map(({ name, unit, description, read }) => ({
    gauge: meter.createObservableGauge(name, { unit, description }),
    read
  }));
  const all: Array<ObservableGauge> = observed.map(({ gauge }) => gauge);
  const observe: Parameters<Meter["addBatchObservableCallback"]>[0] = async (result) => {
    const status = await fleet.status();
    for (const { gauge, read } of observed) {
      const reading = read(status);
      if (typeof reading === "number") result.observe(gauge, reading);
      else {
        for (const [value, count] of Object.entries(reading.values)) {
          result.observe(gauge, count, { [reading.attribute]: value });
        }
      }
    }
  };
  meter.addBatchObservableCallback(observe, all);
  return () => meter.removeBatchObservableCallback(observe, all);
};
