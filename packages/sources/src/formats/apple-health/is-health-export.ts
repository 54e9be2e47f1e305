/** Whether the start of a text is that of Apple Health's `export.xml`: by its root, or by what stands in its DTD. */
export const isHealthExport = (text: string): boolean =>
  /<HealthData[\s>]|<!DOCTYPE HealthData|HealthKit Export Version|<Record type=["']HK\w+Identifier/u.test(text);
