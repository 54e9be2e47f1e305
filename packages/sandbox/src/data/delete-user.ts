import type { CallerExchange } from "../exchange.ts";
import { wrappedAnswer, wrappedError } from "../http/answers.ts";
import { wrappedProblems } from "../http/errors.ts";

/** DELETE /v1/users/:userId/data: every data set and datum of the user, for services only; the owner is refused too. */
export const deleteUserData = ({ caller, params, platform, trace, now }: CallerExchange): Response => {
  const userId = params["userId"] ?? "";
  if (userId === "") return wrappedError(wrappedProblems.userIdMissing, trace, now);
  if (caller.kind !== "service") return wrappedError(wrappedProblems.unauthorized, trace, now);
  const { store } = platform;
  store.transaction(() => {
    for (const { uploadId } of store.dataSetsOf(userId)) store.removeDataSet(uploadId);
  });
  return wrappedAnswer(200, [], trace, now);
};
