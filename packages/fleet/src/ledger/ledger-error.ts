import { LedgerFailed } from "@tideway/core";

/** What PostgreSQL threw, as the ledger's own error. Only its code is told: its text may quote what was to be written. */
export const ledgerErrorOf = (schema: string, cause: unknown): LedgerFailed => {
  if (cause instanceof LedgerFailed) return cause;
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  const told = typeof code === "string" ? code : cause instanceof Error ? cause.name : typeof cause;
  const message = `The ledger in PostgreSQL (schema ${schema}) failed (${told}): nothing is lost. Try again when the database can be reached.`;
  return new LedgerFailed({ message, cause });
};

/** Another run has opened this session's part since: what this one would write could be older than what that one knows. */
export const takenOver = (): LedgerFailed =>
  new LedgerFailed({
    message:
      "Another run has taken over this session's ledger, because this one's lock was lost with its connection to PostgreSQL. Nothing is lost.",
    isBusy: true
  });
