/** Android's exercise types, by their number: an activity of Tidepool's, or, in words, what it has no name for. */
const types: ReadonlyArray<string> =
  "other badminton baseball basketball cycling cycling Boot_camp boxing Calisthenics cricket dance Exercise_class fencing americanFootball australianFootball Frisbee golf Guided_breathing gymnastics handball highIntensityIntervalTraining hiking hockey skatingSports martialArts paddleSports Paragliding pilates racquetball climbing hockey rowing rugby running running sailing Scuba_diving skatingSports snowSports snowboarding Snowshoeing soccer softball squash stairClimbing traditionalStrengthTraining flexibility surfingSports swimming swimming tableTennis tennis volleyball walking waterPolo traditionalStrengthTraining Wheelchair yoga other stairClimbing elliptical rowing".split(
    " "
  );

/** What a `physicalActivity` says of an exercise of that type, as `android.health.connect.datatypes.ExerciseSessionType` counts them. */
export const activityOfExercise = (
  type: number
): { readonly activityType: string; readonly activityTypeOther?: string } => {
  const name = types[type] ?? "other";
  return /^[A-Z]/u.test(name)
    ? { activityType: "other", activityTypeOther: name.replaceAll("_", " ") }
    : { activityType: name };
};
