import { SaxesParser } from "saxes";

/** Told of the parts of an XML document, by names without their prefixes. */
export interface XmlHandlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** No cell, and no tag, of a workbook has so many characters: Excel's limit is 32,767. */
const longest = 2_097_152;

const withoutPrefix = (name: string): string => name.slice(name.indexOf(":") + 1);

/** A part of a workbook is no XML, or like none that any program writes. */
export class BadXml extends Error {
  override readonly name = "BadXml";
}

/**
 * An XML document that comes bit by bit, in bounded memory: a tag, a comment or a text of more than 2,097,152 characters is refused, and
 * so is a document type, which no workbook has and which could define entities.
 */
export class XmlPieces {
  private readonly parser = new SaxesParser({ xmlns: false, position: false });
  private readonly decoder = new TextDecoder();
  private sinceEvent = 0;
  private fault: string | undefined;

  constructor({ open, close, text }: XmlHandlers) {
    const { parser } = this;
    const seen = (): void => {
      this.sinceEvent = 0;
    };
    parser.on("error", (error) => {
      this.fault ??= error.message;
    });
    parser.on("doctype", () => {
      this.fault ??= "a document type";
    });
    parser.on("opentag", ({ name, attributes }) => {
      seen();
      open?.(withoutPrefix(name), attributes);
    });
    parser.on("closetag", ({ name }) => {
      seen();
      close?.(withoutPrefix(name));
    });
    parser.on("text", (content) => {
      seen();
      text?.(content);
    });
  }

  /** @throws {BadXml} what is no XML. */
  write(bytes: Uint8Array, last: boolean): void {
    const text = this.decoder.decode(bytes, { stream: !last });
    this.sinceEvent += text.length;
    this.parser.write(text);
    if (last && this.fault === undefined) this.parser.close();
    if (this.sinceEvent > longest) this.fault ??= "a tag or a text without an end";
    if (this.fault !== undefined) throw new BadXml(this.fault);
  }
}
