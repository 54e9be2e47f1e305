import { useId } from "react";

type Unit = "mg/dL" | "mmol/L";

const marks: { readonly [U in Unit]: readonly [low: string, usual: string, high: string] } = {
  "mg/dL": ["70", "120", "180"],
  "mmol/L": ["3.9", "6.7", "10.0"]
};

const places = [70, 120, 180] as const;
const x = (mgdl: number): number => 8 + (mgdl / 300) * 224;

/** What numbers look like in a unit: a line of glucose with the target range and the numbers at its ends. */
export const UnitPicture = ({ unit }: { readonly unit: Unit }) => {
  const id = useId();
  return (
    <svg className="need-picture" width="240" height="44" viewBox="0 0 240 44" role="img" aria-labelledby={id}>
      <title id={id}>{`In ${unit} the file has numbers such as ${marks[unit].join(", ")}`}</title>
      <rect x={x(70)} y="8" width={x(180) - x(70)} height="10" className="need-range" />
      <line x1="8" x2="232" y1="13" y2="13" className="need-line" />
      {places.map((mgdl, index) => (
        <g key={mgdl}>
          <circle cx={x(mgdl)} cy="13" r="4" className="need-mark" />
          <text x={x(mgdl)} y="36" textAnchor="middle" className="need-text">
            {marks[unit][index]}
          </text>
        </g>
      ))}
    </svg>
  );
};
