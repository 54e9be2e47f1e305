/** What a drawing is made of: the elements of SVG that the charts use. */
export type ShapeTag = "circle" | "g" | "line" | "path" | "rect" | "text" | "title";

/** Attributes by their names in SVG, such as `stroke-width`. */
export type ShapeAttributes = { readonly [name: string]: string | number };

/** One element of a drawing, with what is inside it. */
export interface Shape {
  readonly tag: ShapeTag;
  readonly attributes: ShapeAttributes;
  readonly children: ReadonlyArray<Shape | string>;
}

/** Makes one element. */
export const shape = (
  tag: ShapeTag,
  attributes: ShapeAttributes,
  ...children: ReadonlyArray<Shape | string>
): Shape => ({ tag, attributes, children });
