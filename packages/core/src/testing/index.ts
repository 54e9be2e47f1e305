export {
  createMemoryTransport,
  type MemoryCall,
  type MemoryTransport,
  type MemoryTransportOptions
} from "./memory-transport.ts";
export { createMemoryLedger } from "../ledger/memory-ledger.ts";
