import type { Remote } from "comlink";
import { useEffect, useState } from "react";
import { useServices } from "../app/services.tsx";
import type { Result, WorkerApi } from "../worker/worker-api.ts";

/**
 * What the worker answers to a question, asked anew every so many milliseconds while the component is there.
 *
 * @param question the same function each time
 */
export const useAsked = <A>(
  question: (worker: Remote<WorkerApi>) => Promise<Result<A>>,
  every: number
): A | undefined => {
  const { worker } = useServices();
  const [answer, setAnswer] = useState<A>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      try {
        const next = await worker.ask(question);
        if (isCurrent) setAnswer(() => next);
      } catch {
        // What stands there stays; it is asked again.
      }
      if (isCurrent) timer = setTimeout(ask, every);
    };
    void ask();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [worker, question, every]);
  return answer;
};
