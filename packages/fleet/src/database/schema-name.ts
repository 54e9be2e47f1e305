/** Where the tables are kept, unless told otherwise. */
export const defaultSchema = "tideway";

/** The name, where it needs no quotes in SQL; throws a TypeError otherwise, because it becomes a part of statements. */
export const schemaName = (name: string): string => {
  if (/^[a-z_][a-z0-9_]{0,62}$/.test(name)) return name;
  throw new TypeError(
    `A schema's name consists of small letters, digits and underscores, which ${JSON.stringify(name)} does not.`
  );
};
