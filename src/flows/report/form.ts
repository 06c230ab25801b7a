/** The report flow as a window: what is said above its fields, and what it comes back to. */
import type { Block } from '../../chat/index.ts';
import { paragraph } from '../../messages/blocks.ts';
import { showDate } from '../../messages/dates.ts';
import { itemLabel } from '../../messages/report.ts';
import { may } from '../../people/may.ts';
import { transition } from '../../reports/lifecycle.ts';
import { authored } from '../../reports/subject.ts';
import type { FlowForm } from '../flow.ts';
import type { ReportFacts } from './facts.ts';
import { answersFrom } from './from-report.ts';
import { review } from './review.ts';
import { type Way, wayOf } from './target.ts';
import { itemOption } from './text-questions.ts';

/** A new report of one's own; one of a unit or for a person is the flow's subject. */
const NEW = '-';
const NEW_OF = /^[up]\d{1,9}$/;
/** `<report>.<version>` of the one being amended and the likely duplicates shown with it. */
const AMENDED = /^(\d{1,9})\.(\d{1,9})((?:\.\d{1,9}){0,5})$/;

const shownWith = (key: string): number[] =>
  (AMENDED.exec(key)?.[3] ?? '').split('.').filter(Boolean).map(Number);

export const reportForm = (way: Way): FlowForm<ReportFacts> => ({
  blocks(context) {
    const { say, facts, deps } = context;
    const { period } = deps.campaign;
    const labels = facts.items.map(({ id }) => itemLabel(say, deps.campaign, id));
    const cut = labels.filter((label) => itemOption(label) !== label);
    const blocks: Block[] = review(context);
    if (cut.length > 0)
      blocks.push(paragraph(say('form-items')), {
        kind: 'list',
        items: cut.map((label) => [label]),
      });
    const dates = {
      from: showDate(period.from, say.language),
      to: showDate(period.to, say.language),
    };
    return [...blocks, { kind: 'note', text: [say('form-period', dates)] }];
  },
  otherwise: ({ say, subject }) =>
    say(subject === null ? 'form-otherwise-report' : 'form-otherwise'),
  key: ({ facts, subject }) =>
    facts.amending
      ? [facts.amending.id, facts.amending.version, ...facts.similar.map(({ id }) => id)].join('.')
      : (subject ?? NEW),
  async recall(key, turn, { reads, texts }) {
    if (way === 'own' && key === NEW) return { subject: null, answers: {}, changed: null };
    // Whether it may be reported is found out when it is sent.
    if (way !== 'own' && NEW_OF.test(key)) return { subject: key, answers: {}, changed: null };
    const [, id, version] = AMENDED.exec(key) ?? [];
    const report = id === undefined ? null : await reads.report(Number(id));
    const { person } = turn;
    if (!report || !person || !may(person, 'report.amend', authored(report))) return null;
    if (wayOf(report, person.id) !== way) return null;
    // A report that can no longer be amended is refused as such when it is sent.
    const same = report.version === Number(version);
    const open = transition(report.status, 'resubmit', 'author') !== null;
    return {
      subject: String(report.id),
      answers: answersFrom(report),
      changed: same || !open ? null : texts[turn.language]('form-report-changed'),
    };
  },
  doubt({ say, facts }, key) {
    const shown = shownWith(key);
    return facts.similar.some(({ id }) => !shown.includes(id)) ? say('form-report-similar') : null;
  },
});
