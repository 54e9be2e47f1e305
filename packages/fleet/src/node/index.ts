export { startEmbedded, type EmbeddedOptions, type EmbeddedPostgres } from "./start-embedded.ts";
export { findInstalled, startInstalled, type InstalledPostgres } from "./start-installed.ts";
