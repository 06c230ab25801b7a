import { it, onTestFinished } from 'vitest';
import type { Address, Button, Delivery, Message, MessageRef } from '../../../src/chat/index.ts';
import { createRecordingHost, type RecordingHost } from '../../support/recording-host.ts';
import type {
  AdapterHarness,
  AdapterUnderTest,
  Feature,
  HarnessPerson,
} from '../adapter-harness.ts';

/** A 1 × 1 PNG: the smallest file every platform accepts as a picture. */
export const PNG = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

/** What a person may type and no platform may take for formatting. */
export const MARKUP = `<b>đậm</b> & "ngoặc" *sao* _gạch_ \`mã\` <@U1> [x](http://y) &amp; <`;

/** For comparing texts whatever blanks were put between pages. */
export const squeeze = (text: string): string => text.normalize('NFC').replace(/\s+/gu, '');

export const say = (text: string, buttons?: Button[][]): Message => ({
  notice: 'thông báo',
  blocks: [{ kind: 'text', text: [text] }],
  ...(buttons ? { buttons } : {}),
});

/** Sends all pages of a message and returns the outcomes. */
export async function sendTo(
  { adapter }: AdapterHarness,
  to: Address,
  message: Message,
): Promise<Delivery[]> {
  const outcomes: Delivery[] = [];
  for (const page of adapter.paginate(message)) outcomes.push(await adapter.send(to, page, '1:0'));
  return outcomes;
}

export const refOf = (outcome: Delivery | undefined): MessageRef => {
  if (outcome?.outcome !== 'ok') throw new Error(`not sent: ${JSON.stringify(outcome)}`);
  return outcome.ref;
};

type Started = AdapterHarness & { readonly host: RecordingHost };

/** What the parts of the suite share. */
export interface Kit {
  readonly under: AdapterUnderTest;
  /** `it`, skipped when the platform lacks one of the features. */
  itIf(...features: Feature[]): typeof it | typeof it.skip;
  /** A started adapter, stopped and closed after the test. */
  started(): Promise<Started>;
  /** The same, with a person whose private chat is open. */
  chatting(): Promise<Started & { readonly an: HarnessPerson }>;
}

export function createKit(under: AdapterUnderTest): Kit {
  async function started(): Promise<Started> {
    const harness = await under.make();
    const host = createRecordingHost();
    onTestFinished(async () => {
      await harness.adapter.stop();
      await harness.close();
    });
    await harness.adapter.start(host);
    return { ...harness, host };
  }
  return {
    under,
    started,
    itIf: (...features) => (features.some((f) => under.lacks[f] !== undefined) ? it.skip : it),
    async chatting() {
      const harness = await started();
      const an = harness.person('Nguyễn Văn An');
      an.open();
      await harness.host.next((e) => e.kind === 'command');
      return { ...harness, an };
    },
  };
}
