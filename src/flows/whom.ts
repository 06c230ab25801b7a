/** Finds somebody of the units one files or decides for, by name; whoever is found is a button. */
import { z } from 'zod';
import { campaignDay } from '../campaign/calendar.ts';
import type { Button } from '../chat/index.ts';
import type { PersonHit } from '../engine/reads.ts';
import type { PersonView } from '../engine/turn-context.ts';
import { plainMessage } from '../messages/flow.ts';
import type { Say } from '../messages/say.ts';
import { tidy } from '../people/fold.ts';
import type { Flow } from './flow.ts';
import { lengthOf } from './input.ts';

/** Characters of a name worth searching for. */
const NAME = { least: 2, most: 100 } as const;
/** People offered at once; one more is looked up to know whether there are others. */
const SHOWN = 8;

const fits = (text: string): boolean => {
  const length = lengthOf(text);
  return length >= NAME.least && length <= NAME.most && /\p{L}/u.test(text);
};
const Name = z.string().refine(fits);

interface Whom {
  readonly id: string;
  /** Its texts are `whom-<texts>-title`, `-name`, `-ask`, `-words`, `-nobody`, `-pick` and `-pick-more`. */
  readonly texts: 'report' | 'remark';
  /** Where people are looked for; nobody is found elsewhere. */
  units(person: PersonView): readonly number[];
  /** The button of somebody found, or one sentence why there is none. */
  offer(hit: PersonHit, person: PersonView, say: Say): Button | string;
}

/** What was typed, as the flow's answer given beforehand; nothing where it is no name. */
export const namedBeforehand = (typed: string): { prefill?: { name: { value: string } } } => {
  const name = tidy(typed);
  return fits(name) ? { prefill: { name: { value: name } } } : {};
};

export const whomFlow = ({ id, texts, units, offer }: Whom): Flow<null> => ({
  id,
  version: 1,
  upgrades: {},
  keepsDrafts: false,
  summary: false,
  title: ({ say }) => say(`whom-${texts}-title`),
  questions: [
    {
      id: 'name',
      schema: Name,
      label: ({ say }) => say(`whom-${texts}-name`),
      ask: ({ say }) => ({ blocks: [{ kind: 'text', text: [say(`whom-${texts}-ask`)] }] }),
      parse: (input, { say }) =>
        input.kind === 'text' && fits(tidy(input.text))
          ? { kind: 'answer', value: tidy(input.text) }
          : { kind: 'refuse', why: say(`whom-${texts}-words`, NAME) },
      show: String,
    },
  ],
  facts: async () => null,
  async finish({ say, turn, answers }, _state, { reads, campaign }) {
    const refuse = (why: string) => ({ kind: 'refuse' as const, why, asking: 'name' });
    const { person } = turn;
    if (!person) return refuse(say('not-authorised'));
    const on = campaignDay(turn.now, campaign.zone);
    const name = Name.parse(answers.name);
    const hits = await Promise.all(
      units(person).map((unitId) => reads.findPeople(name, { unitId, on, limit: SHOWN + 1 })),
    );
    const found = hits.flat().sort((a, b) => Number(b.exact) - Number(a.exact));
    if (found.length === 0) return refuse(say(`whom-${texts}-nobody`));
    const offered = found.slice(0, SHOWN).map((hit) => offer(hit, person, say));
    const whyNot = offered.filter((each) => typeof each === 'string');
    const buttons = offered.flatMap((each) => (typeof each === 'string' ? [] : [[each]]));
    if (buttons.length === 0) return refuse(whyNot.join(' '));
    const more = found.length > SHOWN;
    return {
      kind: 'done',
      decision: { writes: [], sends: [], ack: {} },
      reply: plainMessage(
        [say(more ? `whom-${texts}-pick-more` : `whom-${texts}-pick`), ...whyNot],
        buttons,
      ),
    };
  },
});
