/** The program that all processes of the demo are. */
export const app = { name: "org.tideway.fleet-demo", version: "1.0.0" } as const;

/** The sandbox ends a request within milliseconds of its client's death: no need to wait as long as a gateway may take. */
export const policy = { settling: { quiet: 1000, recheckAfter: 50 } } as const;
