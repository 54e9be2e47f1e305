import type { Transport } from "@tideway/core";

/** The same way to a Tidepool; `onTaken` gets the text of each request's datums, a JSON array, once it was acknowledged. */
export const copyingTransport = (transport: Transport, onTaken: (datums: string) => void): Transport => ({
  ...transport,
  postData: async (dataSetId, body, options) => {
    await transport.postData(dataSetId, body, options);
    onTaken(typeof body === "string" ? body : Buffer.from(body).toString("utf8"));
  }
});
