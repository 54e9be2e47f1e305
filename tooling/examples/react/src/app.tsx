import { isUnauthenticated } from "@tideway/core";
import type { User } from "@tideway/transport";
import { useEffect, useState } from "react";
import { currentUser, login } from "./tidepool.ts";
import { UploadForm } from "./upload-form.tsx";

type State =
  | { readonly is: "loading" }
  | { readonly is: "logged-out"; readonly message?: string }
  | { readonly is: "logged-in"; readonly user: User };

/** The page: a button to log in, then a form. */
export const App = () => {
  const [state, setState] = useState<State>({ is: "loading" });

  useEffect(() => {
    currentUser.then(
      (user) => setState({ is: "logged-in", user }),
      (error: unknown) =>
        setState({
          is: "logged-out",
          ...(error instanceof Error && !isUnauthenticated(error) ? { message: error.message } : {})
        })
    );
  }, []);

  if (state.is === "loading") return <p>Loading…</p>;
  if (state.is === "logged-in") return <UploadForm userId={state.user.userId} />;
  return (
    <>
      {state.message && <p role="alert">{state.message}</p>}
      <button type="button" onClick={() => void login.start()}>
        Log in
      </button>
    </>
  );
};
