import { type GlucoseUnit, profileChart } from "@tideway/charts";
import type { ProfileBin, Targets, Withheld } from "@tideway/metrics";
import { useCallback } from "react";
import { ChartFigure } from "../charts/chart-figure.tsx";

interface Props {
  readonly profile: ReadonlyArray<ProfileBin> | Withheld;
  readonly unit: GlucoseUnit;
  readonly targets: Targets;
}

/** The glucose profile of the period; or why it is not shown. */
export const ProfileView = ({ profile, unit, targets }: Props) => (
  <section className="card" aria-labelledby="profile">
    <h2 id="profile">A day of this period, as it usually is (AGP)</h2>
    {"withheld" in profile ? <p>Not shown: {profile.withheld}</p> : <Profile {...{ profile, unit, targets }} />}
  </section>
);

const Profile = ({ profile, unit, targets }: Props & { readonly profile: ReadonlyArray<ProfileBin> }) => {
  const draw = useCallback(
    (width: number) => profileChart(profile, { width, unit, targets }),
    [profile, unit, targets]
  );
  return (
    <ChartFigure draw={draw} minHeight={280}>
      <p className="note">
        Thick: the median. Dark: the middle half of the readings. Light, between the dashed lines: nine tenths of them.
      </p>
    </ChartFigure>
  );
};
