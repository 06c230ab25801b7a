import { expect } from 'vitest';
import type { Draft, Parsed } from '../../../../adapters/slack/draft.ts';
import { parsePayload } from '../../../../adapters/slack/parse.ts';

/** Reads a payload for the bot `U0` of the workspace `T1`. */
export const parse = (raw: unknown): Parsed =>
  parsePayload(raw, {
    tenant: 'T1',
    botUser: 'U0',
    groupCommands: ['bangxephang', 'lienket', 'trogiup'],
  });

export const event = (fields: object, event_id = 'Ev1'): Parsed =>
  parse({ type: 'event_callback', team_id: 'T1', event_id, event_time: 1, event: fields });

export function draftsOf(parsed: Parsed): readonly Draft[] {
  if (parsed.kind !== 'events') throw new Error(`no event: ${JSON.stringify(parsed)}`);
  return parsed.drafts;
}

export function draftOf(parsed: Parsed): Draft {
  const [draft, ...more] = draftsOf(parsed);
  if (!draft || more.length > 0) throw new Error('not one event');
  return draft;
}

export const ignored = { kind: 'ignored', why: expect.stringMatching(/\S/) };
