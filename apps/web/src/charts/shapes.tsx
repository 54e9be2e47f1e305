import type { Shape, ShapeAttributes } from "@tideway/charts";
import { createElement, memo, type ReactNode } from "react";

const names = new Map<string, string>();

/** React names attributes in one word: `strokeWidth`; those that begin with `data-` stay. */
const nameOf = (name: string): string => {
  const known =
    names.get(name) ??
    (name.startsWith("data-") ? name : name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()));
  names.set(name, known);
  return known;
};

const propsOf = (attributes: ShapeAttributes): Record<string, string | number> =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [nameOf(name), value]));

const elementOf = (shape: Shape | string, index: number): ReactNode =>
  typeof shape === "string"
    ? shape
    : createElement(shape.tag, { key: index, ...propsOf(shape.attributes) }, ...shape.children.map(elementOf));

/** The drawing of a chart as elements of SVG; drawn anew only where it changes. */
export const Shapes = memo(({ shapes }: { readonly shapes: ReadonlyArray<Shape> }) => <>{shapes.map(elementOf)}</>);
Shapes.displayName = "Shapes";
