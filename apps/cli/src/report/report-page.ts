import { dayChart, formatTime, profileChart, renderSvg, timeInRangeChart } from "@tideway/charts";
import type { ReportFacts } from "./report-facts.ts";
import { figuresOf, periodInWords, withheldReasons } from "./report-words.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/gu, (character) => entities[character]!);

/** Days that have room below the profile on one sheet. */
const mostDays = 14;

/** For A4 and for Letter: what fits into both. Always on white paper: without a sheet of their own the charts are light. */
const style = `
@page { margin: 10mm 12mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 4mm; max-width: 188mm; color: #1c2733; background: #fff; font: 9.5pt/1.3 system-ui, sans-serif; }
header { display: flex; justify-content: space-between; gap: 6mm; border-bottom: 0.4mm solid #1c2733; padding-bottom: 1.5mm; }
h1 { font-size: 14pt; margin: 0; } h2 { font-size: 10.5pt; margin: 3mm 0 1mm; }
header p, footer p, .reason { margin: 0; }
.blank { white-space: nowrap; }
.top { display: grid; grid-template-columns: 1fr 1fr; gap: 6mm; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; font-weight: 400; } td { text-align: right; font-weight: 600; white-space: nowrap; }
th, td { padding: 0.7mm 0; border-bottom: 0.1mm solid #dfe6ec; } small { display: block; color: #566372; font-weight: 400; }
svg { display: block; width: 100%; height: auto; }
.profile svg { max-height: 68mm; }
.days { display: grid; grid-template-columns: repeat(5, 1fr); gap: 1mm 2mm; }
.days figure { margin: 0; } .days figcaption { font-size: 7pt; color: #566372; }
footer { color: #566372; font-size: 7.5pt; margin-top: 2mm; }
@media print { body { padding: 0; max-width: none; } .top, .profile, .days { break-inside: avoid; } }
`;

const rowOf = ({ name, text, goal }: ReturnType<typeof figuresOf>[number]): string =>
  `<tr><th scope="row">${escaped(name)}${goal === "" ? "" : `<small>goal: ${escaped(goal)}</small>`}</th><td>${escaped(text)}</td></tr>`;

const daysOf = (facts: ReportFacts): string => {
  const { midnights, series, offsetAt, unit } = facts;
  const shown = midnights.slice(-mostDays).map((day) => {
    const svg = renderSvg(dayChart(series, { day, offsetAt, unit, width: 320, height: 180 }));
    return `<figure><figcaption>${escaped(formatTime(day, offsetAt, "day"))}</figcaption>${svg}</figure>`;
  });
  return `<div class="days">${shown.join("")}</div>`;
};

/** A report as one page of HTML that needs nothing else: no script, no font, no network. It prints on one sheet, A4 or Letter. */
export const reportPage = (
  facts: ReportFacts,
  { madeAt, tool }: { readonly madeAt: Date; readonly tool: string }
): string => {
  const { summary, profile, unit, zone, midnights } = facts;
  const range = timeInRangeChart(summary, { width: 360, unit });
  const agp =
    "withheld" in profile
      ? `<p class="reason">${escaped(profile.withheld)}</p>`
      : renderSvg(profileChart(profile, { unit, width: 760, height: 260, isSmooth: true }));
  const title = `AGP report, ${periodInWords(facts)}`;
  const left = midnights.length > mostDays ? ` The last ${mostDays} days are shown one by one.` : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header><div><h1>AGP report</h1><p>${escaped(periodInWords(facts))} (${escaped(zone)})</p></div><p class="blank">Name ________________________<br>Born ____________</p></header>
<div class="top">
<section><h2>Glucose statistics and goals</h2><table>${figuresOf(facts).map(rowOf).join("")}</table></section>
<section><h2>Time in ranges</h2>${renderSvg(range)}<p class="reason">${escaped(range.finding)}</p></section>
</div>
<section class="profile"><h2>Ambulatory glucose profile (AGP), ${escaped(unit)}</h2>${agp}</section>
<section><h2>Days</h2>${daysOf(facts)}</section>
<footer><p>${escaped([...withheldReasons(facts).filter((reason) => !("withheld" in profile) || reason !== profile.withheld), ""].join(" "))}Goals: international consensus on time in range (2019), most adults.${left} Made ${escaped(madeAt.toISOString().slice(0, 10))} by ${escaped(tool)}. No medical device: talk about it with your care team.</p></footer>
</body>
</html>
`;
};
