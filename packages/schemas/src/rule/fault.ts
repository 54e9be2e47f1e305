/** A member's name or an element's index. */
export type Key = string | number;

/** What is wrong, without saying where: one of the platform's codes and the rule in words. */
export interface Fault {
  readonly code: string;
  /** Goes after the name of the member: `must be from 0 to 100`. Never holds the value. */
  readonly text: string;
  /** The member of the object that is meant, where the fault is found by a rule of the object. */
  readonly at?: Key;
}
