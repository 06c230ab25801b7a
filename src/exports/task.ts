/** Makes the documents somebody asked for, and sends them to their private chat. */
import type { Temporal } from 'temporal-polyfill';
import { campaignDay, instantText, weekOf } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import type { Message } from '../chat/index.ts';
import { fixedSpans } from '../digests/prepare.ts';
import type { Outgoing } from '../engine/decision.ts';
import { ExportTask } from '../engine/export-task.ts';
import type { TaskHandler } from '../engine/tasks.ts';
import type { PersonView } from '../engine/turn-context.ts';
import { exportedMessage } from '../messages/documents.ts';
import { plainMessage } from '../messages/flow.ts';
import type { Language } from '../messages/language.ts';
import type { Say } from '../messages/say.ts';
import { may } from '../people/may.ts';
import { finalFiles } from './files.ts';
import type { FinalData, FinalPeriod } from './final-data.ts';
import { type FinalReads, loadFinal } from './load.ts';

export interface ExportStore extends FinalReads {
  person(id: number, on: string): Promise<PersonView | null>;
  /** @returns the hash the bytes are sent by */
  keep(bytes: Uint8Array, mime: string): Promise<string>;
}

/** The period as it stands at `now`; null for one the campaign does not have, or that has not begun. */
function finalPeriod(
  campaign: Campaign,
  stage: string | null,
  now: Temporal.Instant,
): FinalPeriod | null {
  const spans = fixedSpans(campaign, { kind: 'stage', stage }, weekOf(now, campaign.zone));
  return spans?.period.kind === 'stage' ? spans.period : null;
}

/** The figures as they stand at `now`; null for an unknown unit or period. */
export async function finalAt(
  reads: FinalReads,
  campaign: Campaign,
  { unitId, stage }: { readonly unitId: number | null; readonly stage: string | null },
  now: Temporal.Instant,
): Promise<FinalData | null> {
  const period = finalPeriod(campaign, stage, now);
  if (!period) return null;
  const day = campaignDay(now, campaign.zone);
  return loadFinal(reads, { period, unitId, asOf: instantText(now), day }, campaign);
}

export function exportTask({
  campaign,
  texts,
}: {
  readonly campaign: Campaign;
  readonly texts: Readonly<Record<Language, Say>>;
}): TaskHandler<ExportStore> {
  const answer = ({ to, personId }: ExportTask, message: Message): Outgoing => ({
    to,
    message,
    personId,
    priority: 'notice',
  });
  return {
    async run(raw, store, now) {
      const task = ExportTask.parse(raw);
      const say = texts[task.language];
      const person = await store.person(task.personId, campaignDay(now, campaign.zone));
      // Rights may have ended since it was asked for.
      if (!may(person, 'export.read', { unitId: task.unitId }))
        return { sends: [answer(task, plainMessage([say('not-authorised')]))] };
      const data = await finalAt(store, campaign, task, now);
      if (!data) return { sends: [answer(task, plainMessage([say('export-nothing')]))] };
      const files = [];
      for (const { name, mime, bytes } of await finalFiles(task.what, data, say))
        files.push({ name, mime, sha256: await store.keep(bytes, mime) });
      return { sends: [answer(task, exportedMessage(say, task.what, data, files))] };
    },
    failed: async (raw) => {
      const task = ExportTask.parse(raw);
      return [answer(task, plainMessage([texts[task.language]('export-failed')]))];
    },
  };
}
