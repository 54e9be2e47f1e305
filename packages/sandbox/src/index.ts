/** @tideway/sandbox */
export const version = "0.0.0";
