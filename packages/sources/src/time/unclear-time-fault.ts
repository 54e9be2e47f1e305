import type { RowFault } from "../row-fault.ts";
import type { UnclearTime } from "./zone-clock.ts";

/**
 * Why a record cannot be given a moment. `isOneOfMany`: it is one of a sensor's readings, which are there for both hours, so
 * that no answer for all of them would be true.
 */
export const unclearTimeFault = ({ kind }: UnclearTime, column: string, isOneOfMany = false): RowFault =>
  kind === "twice"
    ? {
        code: "time-occurs-twice",
        message: `Clocks were put back over this time, and nothing in the file tells which of the two it is.${
          isOneOfMany ? "" : " The option repeatedHour says it for all such records."
        }`,
        column
      }
    : {
        code: "time-does-not-exist",
        message:
          "Clocks were put forward over this time: the device's clock had not been changed, or it was in another zone. The option travel can say that.",
        column
      };
