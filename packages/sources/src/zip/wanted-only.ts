import type { AsyncFlateStreamHandler, UnzipDecoder, UnzipDecoderConstructor } from "fflate";

/** Whether a file inside an archive is to be unpacked: what becomes unwanted is passed over from there on. */
export class WantedEntry {
  isWanted: boolean;

  constructor(isWanted: boolean) {
    this.isWanted = isWanted;
  }
}

/** A decoder that unpacks only what is wanted, and drops everything else. `current` tells of the file that is being started. */
export const wantedOnly = (Decoder: UnzipDecoderConstructor, current: () => WantedEntry): UnzipDecoderConstructor =>
  class implements UnzipDecoder {
    static readonly compression = Decoder.compression;
    ondata!: AsyncFlateStreamHandler;
    private readonly entry: WantedEntry;
    private readonly decoder: UnzipDecoder | undefined;

    constructor(name: string, size?: number, originalSize?: number) {
      this.entry = current();
      if (!this.entry.isWanted) return;
      this.decoder = new Decoder(name, size, originalSize);
      this.decoder.ondata = (error, data, final) => this.ondata(error, data, final);
    }

    push(data: Uint8Array<ArrayBuffer>, final: boolean): void {
      if (this.entry.isWanted) this.decoder?.push(data, final);
    }
  };
