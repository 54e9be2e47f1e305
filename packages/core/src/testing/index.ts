export {
  createMemoryTransport,
  type MemoryCall,
  type MemoryTransport,
  type MemoryTransportOptions
} from "./memory-transport.ts";
export { createMemoryLedger } from "../memory-ledger.ts";
