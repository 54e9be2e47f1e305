declare module "tidepool-platform-client" {
  const createClient: (options: {
    readonly host: string;
    readonly dataHost: string;
    readonly uploadApi: string;
    readonly metricsSource: string;
    readonly metricsVersion: string;
  }) => object;
  export = createClient;
}
