import { type Fault, parseFaults } from "@tideway/sandbox";

/** One way in which the sandbox can be made to fail. */
export type FaultName = "errors" | "busy" | "slow" | "lost" | "expired" | "poison";

const rules: { readonly [N in FaultName]: ReadonlyArray<Fault> } = {
  errors: parseFaults("500 probability=0.4 on=POST:/*/data"),
  busy: parseFaults("429 retry-after=1 times=4 on=POST:/*/data"),
  slow: parseFaults("delay=1200 on=POST:/*/data"),
  lost: parseFaults("reset-after probability=0.3 on=POST:/*/data"),
  expired: parseFaults("expire times=3 on=POST:/*/data"),
  poison: [
    {
      on: "POST /*/data",
      times: 1,
      effect: {
        kind: "status",
        status: 400,
        body: JSON.stringify({
          errors: [
            {
              code: "value-out-of-range",
              title: "value is out of range",
              detail: "The sandbox was told to refuse this one.",
              source: { pointer: "/0/time" }
            }
          ]
        })
      }
    }
  ]
};

/** The rules of some of these ways together. */
export const faultsOf = (names: ReadonlyArray<FaultName>): ReadonlyArray<Fault> => names.flatMap((name) => rules[name]);
