/** A remark on conduct: the item, then the words. It has no points and is shown in no group. */
import { z } from 'zod';
import { campaignDay, instantText } from '../../campaign/calendar.ts';
import type { ContentItem } from '../../campaign/types.ts';
import { insert } from '../../engine/decision.ts';
import type { RemarkView } from '../../engine/filing-reads.ts';
import { recorded } from '../../engine/record.ts';
import { paragraph } from '../../messages/blocks.ts';
import { remarkHeading, remarkWritten } from '../../messages/remark.ts';
import { itemLabel } from '../../messages/report.ts';
import { conductItems } from '../../reports/items.ts';
import type { Flow, Question } from '../flow.ts';
import { readField } from '../form-field.ts';
import { lengthOf } from '../input.ts';
import { itemOption } from '../report/text-questions.ts';
import { ABOUT, type About, readAbout } from './about.ts';
import { tellRemark } from './tell.ts';

/** Characters of a remark. */
const TEXT = { least: 3, most: 500 } as const;

interface Facts {
  readonly about: About | null;
  readonly items: readonly ContentItem[];
}

const parseItem: Question<Facts>['parse'] = (input, { say, facts }) =>
  input.kind === 'choice' && facts.items.some(({ id }) => id === input.value)
    ? { kind: 'answer', value: input.value }
    : { kind: 'refuse', why: say('report-item-choose') };

const itemQuestion: Question<Facts> = {
  id: 'item',
  schema: z.string(),
  label: ({ say }) => say('remark-item'),
  ask: ({ say, facts: { about, items }, deps }) => ({
    blocks: [
      ...(about ? [paragraph(remarkHeading(say, about))] : []),
      paragraph(say('remark-item-ask')),
    ],
    choices: items.map(({ id }) => [{ label: itemLabel(say, deps.campaign, id), value: id }]),
  }),
  parse: parseItem,
  show: (value, { say, deps }) => itemLabel(say, deps.campaign, String(value)),
  form: {
    fields: ({ say, facts: { items }, deps }) => [
      {
        kind: 'choice',
        id: 'item',
        label: say('remark-item'),
        optional: false,
        options: items.map(({ id }) => ({
          label: itemOption(itemLabel(say, deps.campaign, id)),
          value: id,
        })),
      },
    ],
    read: readField('item', 'choice', parseItem),
  },
};

const parseText: Question<Facts>['parse'] = (input, { say }) => {
  if (input.kind !== 'text') return { kind: 'refuse', why: say('report-text-only') };
  const length = lengthOf(input.text);
  return length >= TEXT.least && length <= TEXT.most && /\p{L}/u.test(input.text)
    ? { kind: 'answer', value: input.text }
    : { kind: 'refuse', why: say('remark-length', { ...TEXT, length }) };
};

const textQuestion: Question<Facts> = {
  id: 'text',
  schema: z.string().min(1),
  label: ({ say }) => say('remark-text'),
  ask: ({ say }) => ({
    blocks: [paragraph(say('remark-text-ask', TEXT)), { kind: 'note', text: [say('remark-rule')] }],
  }),
  parse: parseText,
  show: String,
  form: {
    fields: ({ say }) => [
      {
        kind: 'text',
        id: 'text',
        label: say('remark-text'),
        hint: say('remark-rule'),
        optional: false,
        multiline: true,
        maxChars: TEXT.most,
      },
    ],
    read: readField('text', 'text', parseText),
  },
};

export const remarkFlow: Flow<Facts> = {
  id: 'remark',
  version: 1,
  upgrades: {},
  questions: [itemQuestion, textQuestion],
  keepsDrafts: true,
  named: 'text',
  summary: true,
  title: ({ say }) => say('remark-title'),
  form: {
    blocks: ({ say, facts: { about } }) => (about ? [paragraph(remarkHeading(say, about))] : []),
    otherwise: ({ say }) => say('form-otherwise'),
    key: ({ subject }) => subject ?? '',
    // Whether this person may still write it is found out when it is sent.
    recall: async (key) => (ABOUT.test(key) ? { subject: key, answers: {}, changed: null } : null),
  },
  async facts(_input, { subject }, turn, deps) {
    const about = await readAbout(subject, turn, deps);
    return { about, items: conductItems(deps.campaign, about?.audience ?? null) };
  },
  review: ({ say, facts: { about } }) =>
    about ? [paragraph(remarkHeading(say, about)), paragraph(say('remark-rule'))] : [],
  async finish({ say, turn, facts: { about, items }, answers }, _state, deps) {
    const { person } = turn;
    const refuse = (why: string, asking = 'summary') => ({ kind: 'refuse' as const, why, asking });
    if (!about || !person) return refuse(say('remark-not-yours'));
    const { item, text } = z.object({ item: z.string(), text: z.string() }).parse(answers);
    if (!items.some(({ id }) => id === item)) return refuse(say('remark-item-gone'), 'item');
    const at = instantText(turn.now);
    const remark: RemarkView = {
      id: await deps.reads.nextRemarkNumber(),
      item,
      unit: about.unit,
      person: about.person,
      text,
      by: { id: person.id, name: person.name },
      at,
      withdrawnAt: null,
    };
    const on = campaignDay(turn.now, deps.campaign.zone);
    return {
      kind: 'done',
      decision: {
        writes: [
          insert('remark', {
            id: remark.id,
            campaign: deps.campaign.code,
            item,
            unitId: about.unit.id,
            personId: about.person?.id ?? null,
            text,
            byId: person.id,
            at,
          }),
          recorded(person, at, 'remark.written', `remark:${remark.id}`),
        ],
        sends: await tellRemark('written', remark, person.id, on, deps),
        ack: {},
      },
      reply: remarkWritten(say, remark),
    };
  },
};
