/** The name that this page uploads under: there is one session for each. */
export const thisApp = { name: "org.tideway.web", version: "0.0.0" } as const;
