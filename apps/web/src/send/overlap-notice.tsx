import type { OverlapReport } from "@tideway/core";
import { useEffect, useState } from "react";
import { useServices } from "../app/services.tsx";
import { formatCount, formatNumber } from "../format/number.ts";
import type { Selection } from "../worker/messages.ts";

/** Before anything is sent: that another session of the account holds the same readings, which would be there twice. */
export const OverlapNotice = ({ selection }: { readonly selection: Selection }) => {
  const { worker } = useServices();
  const [report, setReport] = useState<OverlapReport>();
  useEffect(() => {
    let isCurrent = true;
    worker
      .ask((api) => api.overlaps(selection))
      .then((report) => isCurrent && setReport(report))
      // It is a hint: where it cannot be had, sending is as safe as before.
      .catch(() => undefined);
    return () => {
      isCurrent = false;
    };
  }, [selection, worker]);
  const same = report?.overlaps.filter(({ sameReadings }) => sameReadings > 0) ?? [];
  if (report === undefined || same.length === 0) return null;
  return (
    <div className="notice">
      {same.map(({ dataSetId, appName, link, sameReadings, days }) => (
        <p key={dataSetId}>
          The account already holds {formatNumber(sameReadings)} of {formatCount(report.readings, "reading")} looked at,
          on {formatCount(days.length, "day")}, from {link ?? appName ?? "another program"}. Sent again by this page,
          they are there twice.
        </p>
      ))}
    </div>
  );
};
