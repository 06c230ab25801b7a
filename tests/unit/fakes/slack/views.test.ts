import { describe, expect, it } from 'vitest';
import { checkView, viewComplaints } from '../../../fakes/slack/views.ts';
import { cells, codeOf, input, mrkdwn, plain, section, table, times } from './block-samples.ts';

describe('views that Slack refuses', () => {
  const modal = (more: object = {}) => ({
    type: 'modal',
    title: plain('Báo cáo'),
    blocks: [section('x')],
    ...more,
  });
  const form = (block: object) => modal({ submit: plain('Gửi'), blocks: [block] });
  const options = [{ text: plain('A'), value: 'a' }];

  it.each<[string, object, string]>([
    ['no title', { type: 'modal', blocks: [section('x')] }, 'missing required field: title'],
    ['a long title', modal({ title: plain('x'.repeat(25)) }), 'must be less than 25 characters'],
    ['a formatted title', modal({ title: mrkdwn('x') }), 'unsupported type: mrkdwn'],
    ['a long button', modal({ submit: plain('x'.repeat(25)) }), 'must be less than 25 characters'],
    ['a long way out', modal({ close: plain('x'.repeat(25)) }), 'must be less than 25 characters'],
    [
      'long metadata',
      modal({ private_metadata: 'x'.repeat(3001) }),
      'must be less than 3001 characters',
    ],
    ['a long name', modal({ callback_id: 'x'.repeat(256) }), 'must be less than 256 characters'],
    [
      'fields without a button to send them',
      modal({ blocks: [input({ type: 'plain_text_input' })] }),
      'missing required field: submit',
    ],
    ['101 blocks', modal({ blocks: times(101, () => section('x')) }), 'no more than 100 items'],
    ['a table', modal({ blocks: [table([cells(1)])] }), 'unsupported type: table'],
    ['an unknown property', modal({ colour: 'red' }), 'invalid additional property: colour'],
    [
      'a home where a modal belongs',
      { type: 'home', blocks: [section('x')] },
      'unsupported type: home',
    ],
    [
      'a long label',
      form(input({ type: 'plain_text_input' }, { label: plain('x'.repeat(2001)) })),
      'must be less than 2001 characters',
    ],
    [
      'a long hint',
      form(input({ type: 'plain_text_input' }, { hint: plain('x'.repeat(2001)) })),
      'must be less than 2001 characters',
    ],
    [
      'room for too much',
      form(input({ type: 'plain_text_input', max_length: 3001 })),
      'from 1 to 3000',
    ],
    [
      'more than there is room for',
      form(input({ type: 'plain_text_input', max_length: 2, initial_value: 'abc' })),
      'initial_value must be within min_length and max_length',
    ],
    ['no options', form(input({ type: 'static_select', options: [] })), 'no fewer than 1 items'],
    [
      '101 options',
      form(
        input({
          type: 'static_select',
          options: times(101, (i) => ({ text: plain(`${i}`), value: `${i}` })),
        }),
      ),
      'no more than 100 items',
    ],
    [
      'an option twice',
      form(input({ type: 'static_select', options: [...options, ...options] })),
      '`value` "a" already exists',
    ],
    [
      'a long option',
      form(
        input({ type: 'static_select', options: [{ text: plain('x'.repeat(76)), value: 'a' }] }),
      ),
      'must be less than 76 characters',
    ],
    [
      'a long option value',
      form(
        input({ type: 'static_select', options: [{ text: plain('A'), value: 'x'.repeat(151) }] }),
      ),
      'must be less than 151 characters',
    ],
    [
      'a choice that is no option',
      form(
        input({ type: 'static_select', options, initial_option: { text: plain('Á'), value: 'a' } }),
      ),
      'initial_option must be one of the options',
    ],
    [
      'a day that does not exist',
      form(input({ type: 'datepicker', initial_date: '2023-02-29' })),
      'must be a date of the form YYYY-MM-DD',
    ],
    [
      'a day in words',
      form(input({ type: 'datepicker', initial_date: '29/02/2024' })),
      'must be a date of the form YYYY-MM-DD',
    ],
    ['eleven files', form(input({ type: 'file_input', max_files: 11 })), 'must be from 1 to 10'],
    [
      'two fields with the focus',
      modal({
        submit: plain('Gửi'),
        blocks: [
          input({ type: 'plain_text_input', focus_on_load: true }),
          input({ type: 'plain_text_input', focus_on_load: true }, { block_id: 'khac' }),
        ],
      }),
      'focus_on_load may be true once',
    ],
  ])('refuses %s', (_, view, complaint) => {
    expect(viewComplaints(view, 'modal').join('\n')).toContain(complaint);
  });

  it('refuses on a home what belongs to a modal', () => {
    expect(viewComplaints(modal(), 'home')).toEqual([
      'unsupported type: modal [json-pointer:/view/type]',
    ]);
    expect(
      viewComplaints({ type: 'home', title: plain('x'), blocks: [section('x')] }, 'home'),
    ).toEqual(['invalid additional property: title [json-pointer:/view]']);
    expect(
      viewComplaints({ type: 'home', blocks: [input({ type: 'file_input' })] }, 'home').join(),
    ).toContain('unsupported type: file_input');
  });

  it('answers as views.open does', () => {
    expect(codeOf(() => checkView(modal(), 'modal'))).toBeNull();
    expect(codeOf(() => checkView(null, 'modal'))).toBe('invalid_arguments');
    expect(codeOf(() => checkView(modal({ blocks: [] }), 'modal'))).toBe('invalid_arguments');
    const heavy = times(84, () => section('ở'.repeat(1000)));
    expect(codeOf(() => checkView(modal({ blocks: heavy }), 'modal'))).toBe('view_too_large');
  });
});
