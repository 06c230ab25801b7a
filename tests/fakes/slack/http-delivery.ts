import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Outcome, Parcel, Transport } from './delivery.ts';
import { channelOf } from './subscriptions.ts';
import type { Json } from './world.ts';

export interface HttpDelivery extends Transport {
  /** Asks the address to answer a challenge, as Slack does when it is entered. */
  verify(): Promise<boolean>;
  /** An event that somebody else made up, or that was kept. @returns the answer's status. */
  forge(event: Json, how: Forgery): Promise<number>;
}

interface Forgery {
  readonly secret?: string;
  /** How long ago it was signed. */
  readonly ageSeconds?: number;
  readonly unsigned?: boolean;
}

/** Slack's own headers (docs.slack.dev/authentication/verifying-requests-from-slack). */
function signed(body: string, secret: string, ageSeconds = 0): Record<string, string> {
  // Real time, whatever the clock of the test: the receiver compares it with its own.
  const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

function written({ kind, body }: Pick<Parcel, 'kind' | 'body'>): { type: string; text: string } {
  const form = 'application/x-www-form-urlencoded';
  switch (kind) {
    case 'event':
      return { type: 'application/json', text: JSON.stringify(body) };
    case 'command': {
      const fields = new URLSearchParams();
      for (const [name, value] of Object.entries(body)) fields.set(name, String(value));
      return { type: form, text: fields.toString() };
    }
    case 'interactive':
      return {
        type: form,
        text: new URLSearchParams({ payload: JSON.stringify(body) }).toString(),
      };
  }
}

const Acknowledgement = z.record(z.string(), z.unknown());

/** Signed POSTs to one address. */
export function createHttpDelivery(url: string, signingSecret: string): HttpDelivery {
  const underway = new Set<AbortController>();

  async function post(
    text: string,
    type: string,
    headers: Record<string, string>,
    late = new AbortController(),
  ): Promise<Response> {
    underway.add(late);
    return fetch(url, {
      method: 'POST',
      headers: {
        'content-type': type,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...headers,
      },
      body: text,
      redirect: 'manual',
      signal: late.signal,
    }).finally(() => underway.delete(late));
  }

  async function acknowledgement(response: Response): Promise<Json | null> {
    const text = await response.text();
    if (text === '') return null;
    if (!response.headers.get('content-type')?.includes('json')) return { text };
    return Acknowledgement.parse(JSON.parse(text));
  }

  async function send(parcel: Parcel): Promise<Outcome> {
    const { type, text } = written(parcel);
    const retry: Record<string, string> =
      parcel.attempt > 0
        ? {
            'x-slack-retry-num': String(parcel.attempt),
            'x-slack-retry-reason': parcel.reason ?? 'http_error',
          }
        : {};
    const late = new AbortController();
    try {
      const headers = { ...signed(text, signingSecret), ...retry };
      const response = await post(text, type, headers, late);
      if (response.ok) return { kind: 'acknowledged', body: await acknowledgement(response) };
      await response.arrayBuffer();
      const final = response.headers.get('x-slack-no-retry') === '1';
      return { kind: 'failed', reason: 'http_error', final };
    } catch (error) {
      if (error instanceof z.ZodError || error instanceof SyntaxError) throw error;
      return { kind: 'failed', reason: late.signal.aborted ? 'http_timeout' : 'connection_failed' };
    }
  }

  return {
    send,
    // What was said in one conversation arrives in its order; clicks do not wait for it.
    lane: (parcel) =>
      parcel.kind === 'event' ? (channelOf(parcel.body.event as Json) ?? 'app') : null,
    timeOut() {
      for (const late of underway) late.abort();
    },
    async verify() {
      const challenge = `challenge-${Math.floor(Date.now() / 1000)}`;
      const text = JSON.stringify({ type: 'url_verification', token: 'legacy', challenge });
      const response = await post(text, 'application/json', signed(text, signingSecret));
      const answer = await response.text();
      return response.ok && (answer === challenge || answer === JSON.stringify({ challenge }));
    },
    async forge(event, { secret = signingSecret, ageSeconds = 0, unsigned = false }) {
      const text = JSON.stringify(event);
      const headers = unsigned ? {} : signed(text, secret, ageSeconds);
      const response = await post(text, 'application/json', headers);
      await response.arrayBuffer();
      return response.status;
    },
  };
}
