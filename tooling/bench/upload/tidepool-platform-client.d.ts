declare module "tidepool-platform-client" {
  /** As much of it as the benchmark calls. */
  interface PlatformClient {
    initialize(done: (error: unknown) => void): void;
    addDataToDataset(id: string, data: ReadonlyArray<unknown>, done: (error: unknown) => void): void;
  }
  const makeClient: (options: Readonly<Record<string, unknown>>) => PlatformClient;
  export = makeClient;
}
