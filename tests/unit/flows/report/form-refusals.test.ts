import { describe, expect, it } from 'vitest';
import type { Attachment } from '../../../../src/chat/index.ts';
import { personView, unitView } from '../../../support/conversation.ts';
import { BINH } from '../../../support/report-chat.ts';
import { attached, startWithForms, VALID } from '../../../support/report-form.ts';

describe('what is refused at its field', () => {
  const refusals: [string, Record<string, string | Attachment[] | null>, Record<string, RegExp>][] =
    [
      [
        'nothing filled in',
        { item: null, title: null, describe: null, date: null, evidence: null },
        {
          item: /cần được điền/,
          title: /cần được điền/,
          describe: /cần được điền/,
          date: /cần được điền/,
        },
      ],
      ['an item of others', { item: 'hv.2' }, { item: /không còn áp dụng/ }],
      ['a page of items', { item: '>1' }, { item: /cần được điền/ }],
      ['a title without letters', { title: '…!' }, { title: /chữ hoặc số/ }],
      ['a title too long', { title: 'a'.repeat(121) }, { title: /121 ký tự/ }],
      ['a description too long', { describe: 'ă'.repeat(501) }, { describe: /501 ký tự/ }],
      ['a day to come', { date: '2024-07-06' }, { date: /chưa tới/ }],
      ['a day outside the campaign', { date: '2024-02-01' }, { date: /ngoài thời gian/ }],
      ['no day', { date: 'hôm nào đó' }, { date: /chưa đọc được ngày/ }],
      ['no evidence for an item that needs it', { evidence: null }, { evidence: /cần minh chứng/ }],
      ['evidence without letters', { evidence: 'số 1\n???' }, { evidence: /“\?\?\?”: Đề nghị/ }],
      ['evidence twice', { evidence: 'Số 1\nsố  1' }, { evidence: /“số 1”: Minh chứng này đã có/ }],
      [
        'a line of evidence too long',
        { evidence: 'a'.repeat(501) },
        { evidence: /“a{59}…”: .*501/ },
      ],
      [
        'eleven lines of evidence',
        { evidence: Array.from({ length: 11 }, (_, n) => `số ${n}`).join('\n') },
        { evidence: /tối đa 10/ },
      ],
      [
        'files beyond ten pieces',
        { evidence: 'số 1', 'evidence-files': Array.from({ length: 10 }, () => attached()) },
        { 'evidence-files': /tối đa 10/ },
      ],
      [
        'a file too large',
        { 'evidence-files': [attached({ size: 20_000_001 }), attached()] },
        { 'evidence-files': /20 MB/ },
      ],
    ];

  it.each(refusals)('%s', async (_what, values, errors) => {
    const chat = startWithForms();
    await chat.slash('baocao');
    await chat.submit({ ...VALID, ...values });
    const said = chat.ack.fieldErrors ?? {};
    expect(Object.keys(said)).toEqual(Object.keys(errors));
    for (const [id, words] of Object.entries(errors)) expect(said[id]).toMatch(words);
    expect(chat.decision).toMatchObject({ writes: [], sends: [] });
    expect(chat.decision.state).toBeUndefined();
    // Put right, it goes through.
    await chat.submit(VALID);
    expect(chat.rows('report')).toHaveLength(1);
  });

  it('an item that is reported once and already has been', async () => {
    const student = { unit: unitView(), audience: 'student' } as const;
    const chat = startWithForms({
      person: personView({ membership: student }),
      reads: { standingReport: async () => 77 },
    });
    await chat.slash('baocao');
    await chat.submit({ ...VALID, item: 'hv.2' });
    expect(chat.ack.fieldErrors).toEqual({ item: expect.stringContaining('báo cáo 77') });
    expect(chat.decision).toMatchObject({ writes: [], sends: [] });
  });
});

describe('who shared the work', () => {
  const other = { ...BINH, id: 32, unit: unitView({ id: 3, code: 'vp', nameVi: 'Văn phòng' }) };
  const inexact = { ...BINH, exact: false };

  const told = async (
    line: string,
    hits: readonly (typeof BINH)[],
    code: typeof BINH | null = null,
  ) => {
    const chat = startWithForms({
      reads: { findPeople: async () => [...hits], personByCode: async () => code },
    });
    await chat.slash('baocao');
    await chat.submit({ ...VALID, contributors: line });
    return {
      error: chat.ack.fieldErrors?.contributors,
      people: chat.rows('contributor').map(({ personId }) => personId),
    };
  };

  it('is one person by the whole name, with its marks or without any', async () => {
    expect(await told('Lê Văn Bính', [BINH])).toEqual({ people: [31] });
    expect(await told('lê văn bính\n\n', [BINH])).toEqual({ people: [31] });
    expect(await told('Le Van Binh', [inexact])).toEqual({ people: [31] });
  });

  it('is nobody by part of the name or by other marks: whoever is near is named', async () => {
    const near = expect.stringContaining(
      '“Lê Văn Bình”: chưa rõ là ai trong số Lê Văn Bính – Vụ Kế hoạch',
    );
    expect(await told('Lê Văn Bình', [inexact])).toEqual({ error: near, people: [] });
    expect((await told('Bính', [BINH])).error).toContain('Lê Văn Bính – Vụ Kế hoạch');
    expect((await told('Không Ai Cả', [])).error).toContain('không tìm thấy người này');
    expect((await told('A', [])).error).toContain('không tìm thấy');
  });

  it('of namesakes is told by the unit or the staff code', async () => {
    const both = [BINH, other];
    const unclear = await told('Lê Văn Bính', both);
    expect(unclear.error).toContain('Lê Văn Bính – Vụ Kế hoạch; Lê Văn Bính – Văn phòng');
    expect(await told('Lê Văn Bính – văn phòng', both)).toEqual({ people: [32] });
    expect(await told('Lê Văn Bính - VP', both)).toEqual({ people: [32] });
    expect(await told('Lê Văn Bính – CB32', both, other)).toEqual({ people: [32] });
    expect(await told('CB32', [], other)).toEqual({ people: [32] });
    expect((await told('CB99', [])).error).toContain('không tìm thấy');
    expect((await told('Lê Văn Bính – Khoa Xây dựng', both)).error).toContain('Vụ Kế hoạch; ');
    // Somebody else's code does not make them this person.
    expect((await told('Lê Văn Bính – CB50', both, { ...BINH, id: 50 })).error).toContain(
      'chưa rõ',
    );
  });

  it('is not oneself, not twice, and not more than nine', async () => {
    expect((await told('Lê Văn Bính', [{ ...BINH, id: 7 }])).error).toContain('người báo cáo');
    expect((await told('Lê Văn Bính\nLê Văn Bính', [BINH])).error).toContain('đã có trong báo cáo');
    const ten = Array.from({ length: 10 }, (_, n) => `Người ${n}`).join('\n');
    expect((await told(ten, [BINH])).error).toContain('tối đa 9');
  });
});
