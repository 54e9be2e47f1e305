import { toMgdl } from "@tideway/schemas";

/**
 * Glucose management indicator in percent, from a mean in mg/dL: 3.31 + 0.02392 × mean (Bergenstal et al. 2018,
 * doi:10.2337/dc18-1581). Meant for CGM data of at least 14 days; `summarize` withholds it from less.
 */
export const gmi = (mean: number): number => 3.31 + 0.02392 * mean;

/** The same in mmol/mol (IFCC), from a mean in mg/dL: 12.71 + 4.70587 × mean in mmol/L. */
export const gmiMmolMol = (mean: number): number => 12.71 + (4.70587 * mean) / toMgdl(1);
