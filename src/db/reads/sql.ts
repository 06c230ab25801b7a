/** Pieces of SQL that the reads share. Arguments are column or parameter texts of ours, never input. */

/** Whether a dated row (membership, grant, unit) is valid on a day: `valid_to` is the first day after. */
export const validOn = (row: string, day: string): string =>
  `(${row}.valid_from <= ${day} and (${row}.valid_to is null or ${row}.valid_to > ${day}))`;

/**
 * The unit that a row of `unit` is, or is part of after one merger or several, on a day: what was its
 * leaders' is that one's.
 */
export const successorOf = (unit: string, day: string): string =>
  `case when ${unit}.merged_into_id is null or ${unit}.valid_to > ${day} then ${unit}.id else (
     with recursive part (id) as (
       select ${unit}.merged_into_id
       union
       select m.merged_into_id from part p join unit m on m.id = p.id
       where m.merged_into_id is not null and m.valid_to <= ${day})
     select p.id from part p join unit m on m.id = p.id
     where m.merged_into_id is null or m.valid_to > ${day}) end`;

/** A `UnitView` from a row of `unit`; json, which every turn builds faster than jsonb. */
export const unitJson = (u: string): string =>
  `json_build_object('id', ${u}.id, 'code', ${u}.code, 'nameVi', ${u}.name_vi,
    'nameEn', ${u}.name_en, 'kind', ${u}.kind, 'bloc', ${u}.bloc, 'cluster', ${u}.cluster,
    'parentId', ${u}.parent_id)`;

/**
 * Order in which accounts `i` of a person `p` get messages: the platform they prefer, then the one
 * used last.
 */
export const accountOrder = (i: string, p: string): string =>
  `(${i}.platform = ${p}.preferred_platform) desc nulls last, ${i}.seen_at desc`;

/** A person by id and name, or null, from an alias that an outer join may have left empty. */
export const named = (alias: string): string =>
  `case when ${alias}.id is not null then jsonb_build_object('id', ${alias}.id, 'name', ${alias}.name) end`;

/** Where posts to the group of a row of `chat_room` go. */
export const roomAddress = (room: string): string =>
  `jsonb_strip_nulls(jsonb_build_object('platform', ${room}.platform, 'tenant', ${room}.tenant,
    'chat', ${room}.chat, 'thread', ${room}.thread))`;

/** An instant inside JSON, written as instants are outside it; the session's zone is UTC. */
export const instantJson = (column: string): string =>
  `replace(left(${column}::text, -3), ' ', 'T') || 'Z'`;

/** A JSON array parameter as an SQL array of texts. */
export const textArray = (parameter: string): string =>
  `array(select jsonb_array_elements_text(${parameter}::jsonb))`;

/** A JSON array parameter as an SQL array of integers. */
export const intArray = (parameter: string): string =>
  `array(select jsonb_array_elements_text(${parameter}::jsonb)::int)`;

/**
 * Patterns for `(' ' || column) like all (…)`: each word at the beginning of some word of the column.
 */
export const wordPrefixes = (words: readonly string[]): string =>
  JSON.stringify(words.map((word) => `% ${word.replace(/[\\%_]/g, '\\$&')}%`));
