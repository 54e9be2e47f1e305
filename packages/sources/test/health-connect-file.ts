import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { zipSync } from "fflate";

/** A row of a record's table: what is not given has a default. */
export interface ConnectCells {
  readonly uuid?: string;
  readonly time?: number | null;
  readonly zone?: number | null;
  readonly app?: number;
  readonly method?: number;
  readonly modified?: number;
  readonly level?: number | string | null;
  readonly specimen?: number | string;
  readonly carbs?: number | null;
  readonly end?: number;
  readonly exercise?: number;
}

export interface ConnectContents {
  readonly glucose?: ReadonlyArray<ConnectCells>;
  readonly food?: ReadonlyArray<ConnectCells>;
  readonly exercise?: ReadonlyArray<ConnectCells>;
  readonly version?: number;
  /** Run last: for schemas of other versions. */
  readonly change?: string;
}

export const start = Date.parse("2026-03-13T07:00:00Z");
export const minute = 60_000;

const base = `row_id INTEGER PRIMARY KEY AUTOINCREMENT, uuid BLOB NOT NULL UNIQUE, last_modified_time INTEGER,
  client_record_id TEXT, client_record_version TEXT, device_info_id INTEGER, app_info_id INTEGER,
  recording_method INTEGER, dedupe_hash BLOB UNIQUE`;
const interval =
  "start_time INTEGER, start_zone_offset INTEGER, end_time INTEGER, end_zone_offset INTEGER, local_date INTEGER";

/** The tables as the documented schema has them: columns that are not read are there too. */
const schema = `
  CREATE TABLE application_info_table (row_id INTEGER PRIMARY KEY, package_name TEXT NOT NULL UNIQUE, app_name TEXT, app_icon BLOB);
  CREATE TABLE device_info_table (row_id INTEGER PRIMARY KEY, manufacturer TEXT, model TEXT, device_type INTEGER);
  CREATE TABLE steps_record_table (${base}, ${interval}, count INTEGER);
  CREATE TABLE blood_glucose_record_table (${base}, time INTEGER, zone_offset INTEGER, local_date INTEGER,
    specimen_source TEXT NOT NULL, level REAL, relation_to_meal TEXT NOT NULL, meal_type TEXT NOT NULL,
    local_date_time INTEGER AS (time + 1000 * zone_offset));
  CREATE TABLE nutrition_record_table (${base}, ${interval}, total_carbohydrate REAL, protein REAL, meal_name TEXT, meal_type INTEGER);
  CREATE TABLE exercise_session_record_table (${base}, ${interval}, notes TEXT, exercise_type INTEGER, title TEXT, has_route INTEGER);
  INSERT INTO application_info_table VALUES (1, 'com.dexcom.g7', 'Dexcom G7', NULL), (2, 'com.eveningoutpost.dexdrip', 'xDrip+', NULL),
    (3, 'com.mysugr.android', 'mySugr', NULL), (4, 'com.example', 'Yuri''s own app', NULL);`;

let counter = 0;
const uuidOf = (uuid: string | undefined): Buffer =>
  Buffer.from((uuid ?? (++counter).toString(16)).padStart(32, "0"), "hex");

/** A database of Health Connect: made after its documented schema, because no real one was at hand. */
export const connectDatabase = ({
  glucose = [],
  food = [],
  exercise = [],
  version = 17,
  change = ""
}: ConnectContents): Uint8Array => {
  const folder = mkdtempSync(join(tmpdir(), "tideway-test-"));
  try {
    const path = join(folder, "health_connect_export.db");
    const database = new DatabaseSync(path);
    database.exec(schema);
    database.exec(`PRAGMA user_version = ${version}`);
    const shared = (cells: ConnectCells) => [
      uuidOf(cells.uuid),
      cells.modified ?? start,
      cells.app ?? 1,
      cells.method ?? 2
    ];
    const columns = "uuid, last_modified_time, app_info_id, recording_method";
    const time = ({ time: at, zone }: ConnectCells) => [
      at === undefined ? start : at,
      zone === undefined ? 3600 : zone
    ];
    const put = (table: string, more: string, all: ReadonlyArray<ReadonlyArray<unknown>>) => {
      const names = `${columns}, ${more}`;
      const statement = database.prepare(`INSERT INTO ${table} (${names}) VALUES (${names.replaceAll(/\w+/gu, "?")})`);
      for (const values of all) statement.run(...(values as ReadonlyArray<string>));
    };
    database.exec("BEGIN");
    put(
      "blood_glucose_record_table",
      "time, zone_offset, level, specimen_source, relation_to_meal, meal_type",
      glucose.map((cells) => [
        ...shared(cells),
        ...time(cells),
        cells.level === undefined ? 5.5 : cells.level,
        cells.specimen ?? 1,
        0,
        0
      ])
    );
    put(
      "nutrition_record_table",
      "start_time, start_zone_offset, total_carbohydrate, meal_name",
      food.map((cells) => [
        ...shared(cells),
        ...time(cells),
        cells.carbs === undefined ? 30 : cells.carbs,
        "Yuri's cake"
      ])
    );
    put(
      "exercise_session_record_table",
      "start_time, start_zone_offset, end_time, exercise_type, title, notes",
      exercise.map((cells) => [
        ...shared(cells),
        ...time(cells),
        cells.end ?? start + 30 * minute,
        cells.exercise ?? 33,
        "With Yuri",
        "x"
      ])
    );
    database.exec("COMMIT");
    database.exec(change);
    database.close();
    return new Uint8Array(readFileSync(path));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** As the phone packs it. */
export const connectZip = (contents: ConnectContents): Uint8Array =>
  zipSync({ "health_connect_export.db": connectDatabase(contents) });

/** Readings every five minutes. */
export const connectCurve = (app: number, count = 40, shift = 0): ReadonlyArray<ConnectCells> =>
  Array.from({ length: count }, (_, index) => ({
    app,
    specimen: 0,
    time: start + index * 5 * minute + shift,
    level: Math.round(80 + 22 * Math.sin(index / 6)) / 10
  }));

export const connectExample: ConnectContents = {
  glucose: [...connectCurve(1), ...connectCurve(2, 40, 1300), { app: 3, specimen: 2, level: 6.1, method: 3 }],
  food: [{}, { carbs: null }],
  exercise: [{}]
};
