/** The text by itself: one that is part of a longer one, such as a line of a file, keeps all of that in memory. */
export const ownText = (text: string): string => ` ${text}`.slice(1);
