export { HttpTransport } from "./http-transport.ts";
