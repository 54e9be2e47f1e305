/**
 * Removes an element from a short list, where it is in it.
 *
 * Where things come and go all day, lists, not Sets: each time a Set's table is full V8 makes another, and the old one still
 * points to what it held and to the new one. Once one of these has been moved among the old objects, everything after it
 * stays until the whole heap is collected.
 */
export const removeElement = <T>(list: Array<T>, element: T): void => {
  const position = list.indexOf(element);
  if (position >= 0) list.splice(position, 1);
};
