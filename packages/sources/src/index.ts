/** @tideway/sources */
export const version = "0.0.0";
