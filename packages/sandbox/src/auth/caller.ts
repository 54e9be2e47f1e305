/** Who is asking. */
export type Caller =
  | {
      readonly kind: "user";
      readonly userId: string;
      readonly permissions: Readonly<Record<string, ReadonlyArray<string>>>;
    }
  | { readonly kind: "service" };

/** Whether the caller may do something with a user's data; oneself is root, and root may upload and view. */
export const may = (caller: Caller, targetUserId: string, ...anyOf: ReadonlyArray<string>): boolean => {
  if (caller.kind === "service") return true;
  if (caller.userId === targetUserId) return true;
  const granted = caller.permissions[targetUserId] ?? [];
  return granted.includes("root") || granted.some((permission) => anyOf.includes(permission));
};

/** Whether the caller is root on a user: the user, or one the user made root. */
export const isRoot = (caller: Caller, targetUserId: string): boolean => {
  if (caller.kind === "service") return false;
  return caller.userId === targetUserId || (caller.permissions[targetUserId] ?? []).includes("root");
};
