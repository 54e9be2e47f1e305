/** Reads a parameter from a segment of a path; undefined where the segment cannot be one. */
export type ReadParameter = (segment: string, isLast: boolean) => string | undefined;

/** Finds the route of a method and a path; fixed segments come before parameters. */
export interface RouteTable<Route> {
  find(
    method: string,
    path: string
  ): { readonly route: Route; readonly params: Readonly<Record<string, string>> } | 404 | 405;
}

interface Pattern<Route> {
  readonly segments: ReadonlyArray<string>;
  readonly fixed: number;
  readonly byMethod: Map<string, Route>;
}

/** As most routers: decoded where it can be. */
export const decodedParameter: ReadParameter = (segment) => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/**
 * As the data service's router: a dot or an escaped character belongs to no parameter, and one at the end of the path may not be
 * empty, though one before may.
 */
export const escapedParameter: ReadParameter = (segment, isLast) =>
  /[.%]/u.test(segment) || (isLast && segment === "") ? undefined : segment;

/** A table of routes such as `/v1/data_sets/:id`; a trailing slash is another path. */
export const routeTable = <Route extends { readonly method: string; readonly path: string }>(
  routes: ReadonlyArray<Route>,
  read: ReadParameter
): RouteTable<Route> => {
  const patterns = new Map<string, Pattern<Route>>();
  for (const route of routes) {
    const key = route.path.replaceAll(/:[^/]+/g, ":");
    const segments = route.path.split("/");
    const fixed = segments.filter((segment) => !segment.startsWith(":")).length;
    const pattern = patterns.get(key) ?? { segments, fixed, byMethod: new Map<string, Route>() };
    pattern.byMethod.set(route.method, route);
    patterns.set(key, pattern);
  }
  const ordered = [...patterns.values()].sort((a, b) => b.fixed - a.fixed);
  return {
    find(method, path) {
      const parts = path.split("/");
      const parameter = (at: number) => read(parts[at] ?? "", at === parts.length - 1);
      const fits = ({ segments }: Pattern<Route>) =>
        segments.length === parts.length &&
        segments.every((segment, at) =>
          segment.startsWith(":") ? parameter(at) !== undefined : segment === parts[at]
        );
      const pattern = ordered.find(fits);
      if (pattern === undefined) return 404;
      const route = pattern.byMethod.get(method);
      if (route === undefined) return 405;
      const params = route.path
        .split("/")
        .flatMap((segment, at) => (segment.startsWith(":") ? [[segment.slice(1), parameter(at) ?? ""] as const] : []));
      return { route, params: Object.fromEntries(params) };
    }
  };
};
