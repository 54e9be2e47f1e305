/** Latin-1, so that every byte is one character. */
const textOf = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);

/** Whether the start of a file is that of an SQLite database whose schema names tables of Health Connect. */
export const isHealthConnect = (bytes: Uint8Array): boolean => {
  if (textOf(bytes.subarray(0, 16)) !== "SQLite format 3\0") return false;
  const text = textOf(bytes);
  return text.includes("application_info_table") && text.includes("_record_table");
};
