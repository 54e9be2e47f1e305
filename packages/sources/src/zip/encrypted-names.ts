import { join } from "../byte-stream.ts";

const headerBytes = 30;
const encryptedFlag = 1;
/** Longer names are not those of exports; bounds what is kept between pieces. */
const longestName = 1024;

/** Which files of an archive have a password: fflate reads that mark, but does not tell it. */
export class EncryptedNames {
  private readonly names = new Set<string>();
  private rest: Uint8Array = new Uint8Array(0);

  /** Looks for the headers of files in the next piece of the archive. */
  look(piece: Uint8Array): void {
    const bytes = join(this.rest, piece);
    const view = new DataView(bytes.buffer);
    // "PK\3\4"
    for (let at = bytes.indexOf(0x50); at >= 0; at = bytes.indexOf(0x50, at + 1)) {
      if (at + headerBytes > bytes.length) break;
      if (view.getUint32(at, true) !== 0x04_03_4b_50) continue;
      const length = view.getUint16(at + 26, true);
      if (length > longestName) continue;
      if (at + headerBytes + length > bytes.length) break;
      const flags = view.getUint16(at + 6, true);
      if ((flags & encryptedFlag) === 0) continue;
      const name = bytes.subarray(at + headerBytes, at + headerBytes + length);
      this.names.add(new TextDecoder((flags & 0x800) === 0 ? "latin1" : "utf-8").decode(name));
    }
    this.rest = bytes.slice(Math.max(0, bytes.length - headerBytes - longestName));
  }

  has(name: string): boolean {
    return this.names.has(name);
  }
}
