/**
 * Takes one of a few things out of a list.
 *
 * Where things come and go all day, lists, not Sets: each time a Set's table is full V8 makes another, and the old one still
 * points to what it held and to the new one. Once one of these has been moved among the old objects, everything after it
 * stays until the whole heap is collected.
 */
export const takeOut = <T>(list: Array<T>, thing: T): void => {
  const position = list.indexOf(thing);
  if (position >= 0) list.splice(position, 1);
};
