import { z } from 'zod';
import { because } from './errors.ts';
import type { Json } from './world.ts';

/** Parameters of the methods. Form bodies write everything as text and objects as JSON. */
export const text = z.string();
export const flag = z.union([
  z.boolean(),
  z.enum(['true', 'false', '1', '0']).transform((v) => v === 'true' || v === '1'),
]);
export const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
/** A message's `ts`: a number would lose its last digits. */
export const ts = z.string().regex(/^\d{10}\.\d{6}$/);
export const json = <T extends z.ZodType>(schema: T) =>
  z.preprocess((v) => {
    if (typeof v !== 'string') return v;
    try {
      return JSON.parse(v);
    } catch {
      return v;
    }
  }, schema);
export const object = z.record(z.string(), z.unknown());
export const blocks = json(z.array(object));

/** Unknown parameters are a caller's fault here, though Slack lets them pass with a warning. */
export function read<T extends z.ZodRawShape>(shape: T, params: Json): z.output<z.ZodObject<T>> {
  const result = z.strictObject(shape).safeParse(params);
  if (result.success) return result.data as z.output<z.ZodObject<T>>;
  throw because(
    'invalid_arguments',
    result.error.issues.map((issue) => `${issue.message} [json-pointer:/${issue.path.join('/')}]`),
  );
}
