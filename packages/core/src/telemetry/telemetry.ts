/**
 * The names of all spans, counters and log events, after the conventions of OpenTelemetry. They appear in whatever tracer, metrics
 * reader and logger (level Debug) an Effect program provides. None of them holds a token or a health value.
 */
export const telemetry = {
  spans: {
    upload: "tideway.upload",
    ensureSession: "tideway.session.ensure",
    chunk: "tideway.chunk",
    request: "tideway.request",
    settle: "tideway.settle",
    remove: "tideway.remove",
    verify: "tideway.verify",
    findOverlaps: "tideway.overlaps"
  },
  counters: {
    datums: "tideway.datums",
    chunks: "tideway.chunks",
    requests: "tideway.requests",
    retries: "tideway.retries",
    throttles: "tideway.throttles"
  },
  events: {
    sessionOpened: "tideway.session.opened",
    sessionLost: "tideway.session.lost",
    requestFailed: "tideway.request.failed",
    chunkParked: "tideway.chunk.parked",
    ledgerStale: "tideway.ledger.stale",
    chunkAcknowledged: "tideway.chunk.acknowledged"
  },
  attributes: {
    sessionId: "tideway.session.id",
    outcome: "tideway.outcome",
    datums: "tideway.chunk.datums",
    bytes: "tideway.chunk.bytes",
    errorType: "error.type",
    attempt: "tideway.attempt",
    request: "tideway.request.name",
    server: "server.address"
  }
} as const;
