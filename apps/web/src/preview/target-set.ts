import { type Targets, targetSets } from "@tideway/metrics";

/** For whom the bounds and goals are: one of the published sets. */
export type TargetSetName = keyof typeof targetSets;

/** What each set is called. */
export const targetSetNames: { readonly [N in TargetSetName]: string } = {
  standard: "Most adults and children",
  olderOrHighRisk: "Older or at high risk",
  pregnancyType1: "Pregnancy, type 1",
  gestational: "Gestational, or type 2 in pregnancy"
};

/** The bounds and goals of a set. */
export const targetsOf = (name: TargetSetName): Targets => targetSets[name];
