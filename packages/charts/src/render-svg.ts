import type { Chart } from "./chart.ts";
import type { Shape, ShapeAttributes } from "./shape.ts";

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as it stands in markup, in an attribute too. */
export const escapeMarkup = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

const numberText = (value: number): string => String(Math.round(value * 100) / 100);

const attributesText = (attributes: ShapeAttributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${typeof value === "number" ? numberText(value) : escapeMarkup(value)}"`)
    .join("");

const shapeText = ({ tag, attributes, children }: Shape): string => {
  const inside = children.map((child) => (typeof child === "string" ? escapeMarkup(child) : shapeText(child))).join("");
  return `<${tag}${attributesText(attributes)}${inside === "" ? "/>" : `>${inside}</${tag}>`}`;
};

/**
 * A chart as an SVG document: for a file, or inside a page of HTML. Its title and finding are told to those who cannot see
 * it. Colours are CSS custom properties with the light ones in reserve.
 */
export const renderSvg = ({ title, finding, width, height, shapes }: Chart): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escapeMarkup(`${title}. ${finding}`)}" ` +
  `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
  `font-family="system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif" font-size="12">` +
  `<title>${escapeMarkup(title)}</title><desc>${escapeMarkup(finding)}</desc>${shapes.map(shapeText).join("")}</svg>`;
