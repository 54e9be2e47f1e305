import { createContext, type ReactNode, useContext } from "react";
import type { WorkerClient } from "../worker/worker-client.ts";

/** What the components of the page use that is not theirs. */
export interface Services {
  readonly worker: WorkerClient;
}

const ServicesContext = createContext<Services | undefined>(undefined);

/** Gives the services to all components inside. */
export const ServicesProvider = ({
  services,
  children
}: {
  readonly services: Services;
  readonly children: ReactNode;
}) => <ServicesContext value={services}>{children}</ServicesContext>;

/** The services of the page. Throws outside of a `ServicesProvider`. */
export const useServices = (): Services => {
  const services = useContext(ServicesContext);
  if (services === undefined) throw new Error("There is no ServicesProvider around this component.");
  return services;
};
