import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mentionedIn, plainText, withoutMention } from '../../../../adapters/slack/plain.ts';
import { escapeText } from '../../../../adapters/slack/text.ts';

const NAMES: Record<string, string> = { U1: 'Nguyễn Văn An' };
const read = (text: string) => plainText(text, (user) => NAMES[user] ?? null);

describe('what was typed', () => {
  it.each([
    ['a &lt;b&gt; &amp; c', 'a <b> & c'],
    ['&amp;lt;', '&lt;'],
    ['cùng <@U1> và <@U2>', 'cùng @Nguyễn Văn An và @U2'],
    ['<@U2|binh>', '@binh'],
    ['<#C1|khoa-triet-hoc> <#C2>', '#khoa-triet-hoc #C2'],
    ['<!here> <!subteam^S1|@to-bon> <!date^1^{date}|20/11>', '@here @to-bon 20/11'],
    ['<https://a.vn/?x=1&amp;y=2>', 'https://a.vn/?x=1&y=2'],
    ['<http://a.vn|a.vn> <http://a.vn/|a.vn>', 'a.vn a.vn'],
    ['<mailto:an@hv.vn|an@hv.vn>', 'an@hv.vn'],
    ['<https://a.vn/1|quyết định>', 'quyết định (https://a.vn/1)'],
    ['<https://a.vn|https://a.vn>', 'https://a.vn'],
    ['5 > 3 < 7 | *đậm* _x_ :smile:', '5 > 3 < 7 | *đậm* _x_ :smile:'],
  ])('of %j is %j', (text, typed) => {
    expect(read(text)).toBe(typed);
  });

  it('is found again in every escaped text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('a', 'ế', '<', '>', '&', 'l', 't', ';', '@', 'U', '|', '!'),
        }),
        (text) => {
          expect(read(escapeText(text))).toBe(text);
        },
      ),
    );
  });
});

describe('mentions', () => {
  it('are told once each', () => {
    expect(mentionedIn('<@U1> <@U2|x> <@U1> <#C1> @U3')).toEqual(['U1', 'U2']);
  });

  it.each([
    ['<@U0> bangxephang', 'bangxephang'],
    ['  <@U0|bot>: bangxephang', 'bangxephang'],
    ['<@U0>', ''],
    ['<@U1> bangxephang', null],
    ['xin chào <@U0>', null],
  ])('at the beginning of %j leave %j', (text, rest) => {
    expect(withoutMention(text, 'U0')).toBe(rest);
  });
});
