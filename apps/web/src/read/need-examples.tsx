import type { NeedExample } from "@tideway/sources";

/** The rows of files that show why something has to be asked. */
export const NeedExamples = ({ examples }: { readonly examples: ReadonlyArray<NeedExample> }) =>
  examples.length === 0 ? null : (
    <ul className="examples">
      {examples.slice(0, 4).map(({ file, row, column, text }) => (
        <li key={`${file} ${row} ${column ?? ""}`}>
          {file}, row {row}
          {column !== undefined && `, ${column}`}
          {text !== undefined && (
            <>
              : <code>{text}</code>
            </>
          )}
        </li>
      ))}
    </ul>
  );
