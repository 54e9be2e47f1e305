import { useState } from "react";

const keyOf = (name: string): string => `tideway-${name}`;

/** What was kept, where the browser keeps anything. */
const kept = (name: string): string | null => {
  try {
    return localStorage.getItem(keyOf(name));
  } catch {
    return null;
  }
};

/**
 * What a person prefers, out of some choices, remembered by the browser. `undefined` until a choice was made; nothing about
 * health is kept so.
 */
export const usePreference = <A extends string>(
  name: string,
  choices: ReadonlyArray<A>
): readonly [value: A | undefined, choose: (value: A) => void] => {
  const [value, setValue] = useState(() => choices.find((choice) => choice === kept(name)));
  const choose = (next: A): void => {
    setValue(next);
    try {
      localStorage.setItem(keyOf(name), next);
    } catch {
      // It holds until the page is left.
    }
  };
  return [value, choose];
};
