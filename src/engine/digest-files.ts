/**
 * The picture and the workbook of a digest: made after its text went out, so that neither a slow nor a
 * failing one ever holds it back.
 */
import { z } from 'zod';
import { campaignDay, weekOf } from '../campaign/calendar.ts';
import type { Campaign } from '../campaign/types.ts';
import { Address, laneKey } from '../chat/index.ts';
import { type FixedPeriod, fixedSpans, prepareDigest } from '../digests/prepare.ts';
import { loadSheets } from '../digests/sheets.ts';
import type { Digest, DigestSheets } from '../digests/types.ts';
import { type DigestMedia, digestFileName, digestFilesMessage } from '../messages/digest.ts';
import { digestDrawing } from '../messages/digest-picture.ts';
import type { Drawing } from '../messages/drawing.ts';
import { plainMessage } from '../messages/flow.ts';
import { LANGUAGES, type Language } from '../messages/language.ts';
import type { Say } from '../messages/say.ts';
import { DIGEST_SCOPES, type DigestScope, may } from '../people/may.ts';
import type { Outgoing } from './decision.ts';
import type { DigestStore } from './digest-store.ts';
import type { TaskHandler } from './tasks.ts';

export const DIGEST_TASK = 'digest';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const Payload = z.strictObject({
  of: z.enum(DIGEST_SCOPES),
  period: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('week'), week: z.iso.date() }),
    z.strictObject({ kind: z.literal('stage'), stage: z.string().nullable() }),
  ]),
  to: z.array(
    z.strictObject({
      address: Address,
      /** Null: a group of the council. */
      personId: z.int().nullable(),
      language: z.enum(LANGUAGES),
      /** The files are sent once under this key. */
      dedupe: z.string().min(1),
    }),
  ),
});
type Payload = z.infer<typeof Payload>;

/** What is written into the task's row. */
export const digestTask = (payload: {
  readonly of: DigestScope;
  readonly period: FixedPeriod;
  readonly to: readonly {
    readonly address: Address;
    readonly personId: number | null;
    readonly language: Language;
    readonly dedupe: string;
  }[];
}): unknown => payload;

export interface DigestFilesParts {
  readonly campaign: Campaign;
  readonly texts: Readonly<Record<Language, Say>>;
  /** A PNG. */
  draw(drawing: Drawing): Promise<Uint8Array>;
  /** An XLSX. */
  workbook(digest: Digest, sheets: DigestSheets, say: Say): Promise<Uint8Array>;
}

export function digestFilesTask(parts: DigestFilesParts): TaskHandler<DigestStore> {
  const { campaign, texts, draw, workbook } = parts;

  /** Whoever may still read it; a group only while it is the council's. */
  async function readers({ of, to }: Payload, store: DigestStore, day: string) {
    const rooms = new Set((await store.councilRooms()).map(laneKey));
    const people = await Promise.all(
      to.map(({ personId }) => (personId === null ? null : store.person(personId, day))),
    );
    return to.filter(({ address, personId }, i) =>
      personId === null
        ? rooms.has(laneKey(address))
        : may(people[i] ?? null, 'digest.read', { of }),
    );
  }

  return {
    async run(raw, store, now) {
      const payload = Payload.parse(raw);
      const { zone } = campaign;
      const spans = fixedSpans(campaign, payload.period, weekOf(now, zone));
      const to = await readers(payload, store, campaignDay(now, zone));
      if (!spans || to.length === 0) return { sends: [] };
      const { data, digest } = await prepareDigest(store, campaign, payload.of, spans, now);
      const sheets = await loadSheets(store, data, digest, campaign);
      const media = new Map<Language, readonly DigestMedia[]>();
      for (const language of new Set(to.map((each) => each.language))) {
        const say = texts[language];
        const name = digestFileName(say, digest);
        const drawing = digestDrawing(say, digest);
        const [png, xlsx] = await Promise.all([draw(drawing), workbook(digest, sheets, say)]);
        media.set(language, [
          {
            kind: 'image',
            media: {
              sha256: await store.keep(png, 'image/png'),
              name: `${name}.png`,
              mime: 'image/png',
            },
            alt: drawing.alt,
          },
          {
            kind: 'file',
            media: { sha256: await store.keep(xlsx, XLSX), name: `${name}.xlsx`, mime: XLSX },
          },
        ]);
      }
      return {
        sends: to.map(
          ({ address, personId, language, dedupe }): Outgoing => ({
            to: address,
            message: digestFilesMessage(texts[language], digest, media.get(language) ?? []),
            priority: 'notice',
            dedupe,
            ...(personId === null ? { onUncertain: 'hold' } : { personId }),
          }),
        ),
      };
    },
    async failed(raw, store, now) {
      const payload = Payload.parse(raw);
      const to = await readers(payload, store, campaignDay(now, campaign.zone));
      return to.map(
        ({ address, personId, language }): Outgoing => ({
          to: address,
          message: plainMessage([texts[language]('digest-files-failed')]),
          priority: 'notice',
          ...(personId !== null && { personId }),
        }),
      );
    },
  };
}
