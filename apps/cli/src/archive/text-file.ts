import { type FileHandle, open } from "node:fs/promises";

const block = 262_144;

/** A file that is written in large pieces, readable for its owner only. */
export class TextFile implements AsyncDisposable {
  private pieces: Array<string> = [];
  private length = 0;
  private readonly file: FileHandle;

  private constructor(file: FileHandle) {
    this.file = file;
  }

  static async create(path: string): Promise<TextFile> {
    return new TextFile(await open(path, "w", 0o600));
  }

  async write(text: string): Promise<void> {
    this.pieces.push(text);
    this.length += text.length;
    if (this.length >= block) await this.flush();
  }

  private async flush(): Promise<void> {
    const text = this.pieces.join("");
    this.pieces = [];
    this.length = 0;
    await this.file.write(text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.flush();
    } finally {
      await this.file.close();
    }
  }
}
