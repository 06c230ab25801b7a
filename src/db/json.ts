/** Half a surrogate pair: JavaScript may hold one, PostgreSQL's jsonb refuses it. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** What `JSON.stringify` writes for the characters that jsonb refuses: NUL and lone surrogates. */
const REFUSED = /\\u(?:0000|d[89a-f])/i;

const accepted = (_key: string, value: unknown): unknown =>
  typeof value === 'string'
    ? value.replaceAll('\u0000', '').replace(LONE_SURROGATE, '\ufffd')
    : value;

/** JSON that PostgreSQL takes as jsonb, whatever a person typed. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  return REFUSED.test(text) ? JSON.stringify(value, accepted) : text;
}
