/** What a Fluent source holds: its messages, the variables each uses, and lines that are none. */
import { FluentResource } from '@fluent/bundle';

export interface TextShape {
  readonly key: string;
  readonly variables: readonly string[];
  /** From 1. */
  readonly line: number;
}

/** Everything of one kind inside a parsed pattern, however deep. */
function variableNames(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(variableNames);
  if (typeof node !== 'object' || node === null) return [];
  const own = 'type' in node && node.type === 'var' && 'name' in node ? [String(node.name)] : [];
  return [...own, ...Object.values(node).flatMap(variableNames)];
}

/** The messages of a source in order. Fluent drops a line it cannot read: see `unreadable`. */
export function textShapes(source: string): TextShape[] {
  const lines = source.split('\n');
  let line = 0;
  return new FluentResource(source).body.map(({ id, value }) => {
    line = lines.findIndex((text, at) => at >= line && keyOn(text) === id) + 1;
    return { key: id, variables: [...new Set(variableNames(value))].sort(), line };
  });
}

const keyOn = (line: string): string | undefined => /^([A-Za-z][\w-]*) *=/.exec(line)?.[1];

/** Numbers, from 1, of the lines that begin a message or nothing known, and are lost to a mistake. */
export function unreadable(source: string): number[] {
  const read = new Set(textShapes(source).map(({ line }) => line));
  return source.split('\n').flatMap((text, at) => {
    const plain = text.trim() === '' || /^(#|\s|[}\]])/.test(text);
    return plain || read.has(at + 1) ? [] : [at + 1];
  });
}
