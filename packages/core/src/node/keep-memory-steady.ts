import { setFlagsFromString } from "node:v8";

/**
 * Keeps V8 from growing its heap for a speed that an upload does not gain by it: memory then stays about the same however
 * long the upload is. For programs that do little else, and for all that they do from now on.
 */
export const keepMemorySteady = (): void => {
  // Else the space for new objects doubles again and again in a long run, whatever the program does.
  setFlagsFromString("--semi-space-growth-factor=1");
  // Else all other objects may come to four times what is in use before V8 looks for those that are not.
  setFlagsFromString("--heap-growing-percent=20");
};
