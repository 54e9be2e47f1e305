import { Unauthenticated } from "@tideway/core";
import type { Credentials, LoginContext } from "./credentials.ts";
import { alone, guarded } from "./guarded-store.ts";
import { readLogin, renewalDue, type Login } from "./login.ts";
import type { TokenStore } from "./token-store.ts";
import { Token } from "./token.ts";
import { untilAborted } from "./until-aborted.ts";

/** What differs from one kind of login to another. */
export interface LoginKind {
  readonly store: TokenStore;
  readonly key: (context: LoginContext) => string | Promise<string>;
  /** Logs in without anybody's help. Absent where a person has to. Rejects with `Unauthenticated` when refused. */
  readonly open?: (context: LoginContext) => Promise<Login>;
  /** Rejects with `Unauthenticated` only where the login has really ended. */
  readonly refresh: (login: Login, context: LoginContext) => Promise<Login>;
  /** Tells the server that the login is no longer needed. */
  readonly end: (login: Login, context: LoginContext) => Promise<void>;
}

interface State {
  held?: { readonly login: Login; readonly token: Token };
  /** Renewed, but not yet written down: not used before it is. */
  unsaved?: Login;
  flight?: Promise<Token>;
  /** After a renewal ahead of time that failed: no other before. */
  notBefore?: number;
  /** `open` was refused: asking again would only lock the account. */
  refused?: Unauthenticated;
}

const pauseAfterFailure = 15_000;

/** Credentials that renew a kept login: ahead of its end, once for any number of requests, processes and tabs. */
export const keptLogin = (kind: LoginKind): Credentials => {
  const { store } = kind;
  const states = new Map<string, State>();

  const stateFor = async (context: LoginContext): Promise<readonly [string, State]> => {
    const key = await kind.key(context);
    const state = states.get(key) ?? {};
    states.set(key, state);
    return [key, state];
  };

  const hold = (state: State, login: Login): Token => {
    if (state.held?.login.token === login.token) return state.held.token;
    const token = new Token(login.token, login.expiresAt);
    state.held = { login, token };
    delete state.notBefore;
    return token;
  };

  const save = async (key: string, state: State, login: Login): Promise<Token> => {
    state.unsaved = login;
    await guarded("written to", store, () => store.write(key, JSON.stringify(login)));
    delete state.unsaved;
    return hold(state, login);
  };

  const load = async (key: string) => readLogin(await guarded("read from", store, () => store.read(key)));

  const obtain = async (key: string, state: State, context: LoginContext, stale?: Token): Promise<Token> => {
    if (state.unsaved !== undefined) return save(key, state, state.unsaved);
    const stored = await load(key);
    if (stored === undefined) {
      // Gone from the store: logged out elsewhere.
      delete state.held;
      return save(key, state, await open(state, context));
    }
    if (stored.token !== stale?.reveal() && context.clock.now() < renewalDue(stored)) return hold(state, stored);
    hold(state, stored);
    try {
      return await save(key, state, await kind.refresh(stored, context));
    } catch (error) {
      if (!(error instanceof Unauthenticated) || state.unsaved !== undefined) throw error;
      // A program without our lock may have renewed it meanwhile: then that one's refusal says nothing about the login.
      const now = await load(key);
      if (now !== undefined && now.token !== stored.token) return hold(state, now);
      delete state.held;
      await guarded("removed from", store, () => store.remove(key));
      if (kind.open === undefined) throw error;
      return save(key, state, await open(state, context));
    }
  };

  const open = async (state: State, context: LoginContext): Promise<Login> => {
    if (state.refused !== undefined) throw state.refused;
    if (kind.open === undefined) {
      throw new Unauthenticated({
        message: `There is no login for ${context.http.server} in ${store.place}. Log in first.`
      });
    }
    try {
      return await kind.open(context);
    } catch (error) {
      if (error instanceof Unauthenticated) state.refused = error;
      throw error;
    }
  };

  const renewOnce = (key: string, state: State, context: LoginContext, stale?: Token): Promise<Token> => {
    state.flight ??= alone(store, key, () => obtain(key, state, context, stale)).finally(() => {
      delete state.flight;
    });
    return state.flight;
  };

  return {
    async token(context, signal) {
      const [key, state] = await untilAborted(stateFor(context), signal);
      const now = context.clock.now();
      const fresh = state.held;
      if (fresh !== undefined && now < Math.max(renewalDue(fresh.login), state.notBefore ?? 0)) return fresh.token;
      try {
        return await untilAborted(renewOnce(key, state, context, fresh?.token), signal);
      } catch (error) {
        const { held } = state;
        const good = held !== undefined && now < (held.login.expiresAt ?? Infinity) && state.unsaved === undefined;
        if (signal?.aborted || !good || error instanceof Unauthenticated) throw error;
        // Renewing ahead of time is not urgent: go on with what still holds, and try again a little later.
        state.notBefore = Math.min(now + pauseAfterFailure, held.login.expiresAt ?? Infinity);
        return held.token;
      }
    },

    async renew(stale, context, signal) {
      const [key, state] = await untilAborted(stateFor(context), signal);
      if (state.held !== undefined && !state.held.token.equals(stale)) return state.held.token;
      return untilAborted(renewOnce(key, state, context, stale), signal);
    },

    async logout(context, signal) {
      const [key, state] = await untilAborted(stateFor(context), signal);
      const work = alone(store, key, async () => {
        const stored = state.unsaved ?? (await load(key));
        await guarded("removed from", store, () => store.remove(key));
        delete state.held;
        delete state.unsaved;
        // Gone here in any case. A server out of reach forgets the login by itself when it runs out.
        if (stored !== undefined) await kind.end(stored, context).catch(() => {});
      });
      await untilAborted(work, signal);
    }
  };
};
