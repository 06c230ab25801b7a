import { describe, expect, it } from 'vitest';
import { publishHome } from '../../../../adapters/slack/home.ts';
import type { Message } from '../../../../src/chat/index.ts';
import { workspace } from './kit.ts';

const saying = (text: string): Message => ({
  notice: 'n',
  blocks: [{ kind: 'heading', text }],
  buttons: [[{ label: 'Báo cáo', action: 'cmd:baocao' }]],
});

describe("a person's own page", () => {
  it('is replaced, from the second time on with the hash of before', async () => {
    const { reach, identity, an, world, calls } = await workspace();
    expect(await publishHome(reach, identity, saying('một'))).toEqual({ outcome: 'published' });
    const hash = world.homes.get(an.id)?.hash;
    expect(await publishHome(reach, identity, saying('hai'))).toEqual({ outcome: 'published' });
    expect(JSON.stringify(world.homes.get(an.id)?.view)).toContain('hai');
    expect(calls('views.publish').map((call) => call.params.hash)).toEqual([undefined, hash]);
  });

  it('is published all the same when somebody else published meanwhile', async () => {
    const { reach, identity, an, world, calls } = await workspace();
    await publishHome(reach, identity, saying('một'));
    world.publishHome(an.id, { type: 'home', blocks: [] });
    expect(await publishHome(reach, identity, saying('hai'))).toEqual({ outcome: 'published' });
    expect(JSON.stringify(world.homes.get(an.id)?.view)).toContain('hai');
    expect(calls('views.publish')).toHaveLength(3);
  });

  it('tells what hindered it', async () => {
    const { reach, identity, fake } = await workspace();
    fake.failNext('views.publish', { kind: 'limited', seconds: 3 });
    expect(await publishHome(reach, identity, saying('x'))).toMatchObject({
      outcome: 'retry',
      afterMs: 3000,
    });
    fake.failNext('views.publish', { kind: 'reset' });
    expect(await publishHome(reach, identity, saying('x'))).toMatchObject({ outcome: 'uncertain' });
    const stranger = { ...identity, user: 'U0NOBODY1' };
    expect(await publishHome(reach, stranger, saying('x'))).toMatchObject({ outcome: 'gone' });
    const blocks = Array.from({ length: 101 }, () => ({ kind: 'heading' as const, text: 'x' }));
    expect(await publishHome(reach, identity, { notice: 'n', blocks })).toMatchObject({
      outcome: 'bug',
    });
  });
});
