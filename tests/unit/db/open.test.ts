import { expect, it } from 'vitest';
import { eachDatabase } from '../../support/database.ts';

eachDatabase((open) => {
  it('reads every kind of value alike', async () => {
    const db = await open();
    const [row] = await db.query(
      `select $1::int as int, $2::bigint as bigint, $3::double precision as double, $4::numeric as numeric,
              $5::boolean as yes, $6::text as text, $7::jsonb as json, $8::date as date,
              $9::timestamptz as instant, $10::bytea as bytes, $11::text as nothing,
              to_jsonb($12::int[]) as list`,
      [
        7,
        9007199254740991,
        1.5,
        '2.25',
        true,
        'Đặng',
        '{"a":[1,"x"]}',
        '2024-07-05',
        '2024-07-05T16:30:00.123456+07:00',
        new Uint8Array([0, 1, 255]),
        null,
        '{1,2}',
      ],
    );
    expect(row).toEqual({
      int: 7,
      bigint: 9007199254740991,
      double: 1.5,
      numeric: 2.25,
      yes: true,
      text: 'Đặng',
      json: { a: [1, 'x'] },
      date: '2024-07-05',
      instant: '2024-07-05T09:30:00.123456Z',
      bytes: new Uint8Array([0, 1, 255]),
      nothing: null,
      list: [1, 2],
    });
  });
});
