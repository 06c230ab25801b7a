import { connect } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { createHealth, type Health } from '../../../src/http/health.ts';
import { createMetrics } from '../../../src/http/metrics.ts';
import { createHttpServer, type HttpServer, type Mount } from '../../../src/http/server.ts';

const HEALTHY: Health = { ready: true, database: 'ok', outboxOldestSeconds: 0, adapters: {} };
const servers: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop(0)));
});

function make(options: { health?: () => Promise<Health>; mounts?: Mount[] } = {}) {
  const logged: { fields: object; text: string }[] = [];
  const metrics = createMetrics(() => Promise.resolve({ depth: 3, oldestSeconds: 1.5 }));
  const server = createHttpServer({
    health: options.health ?? (() => Promise.resolve(HEALTHY)),
    metrics: metrics.registry,
    mounts: options.mounts ?? [],
    log: {
      info: () => undefined,
      error: (fields, text) => logged.push({ fields, text }),
    },
  });
  servers.push(server);
  return { server, logged, metrics };
}

describe('health', () => {
  it('is 200 when ready, 503 when not, with the reasons', async () => {
    let health = HEALTHY;
    const { server } = make({ health: () => Promise.resolve(health) });
    const url = await server.start('127.0.0.1', 0);
    const good = await fetch(`${url}/health`);
    expect([good.status, await good.json()]).toEqual([200, HEALTHY]);
    health = { ...HEALTHY, ready: false, database: 'unreachable', outboxOldestSeconds: null };
    const bad = await fetch(`${url}/health`);
    expect([bad.status, await bad.json()]).toEqual([503, health]);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });

  it('is not ready without its database or while an adapter does not receive', async () => {
    const adapters = { telegram: 'receiving' };
    const away = (): Promise<number> => Promise.reject(new Error('password of the database'));
    const unreachable = await createHealth({
      outboxOldestSeconds: away,
      adapters: () => adapters,
    })();
    expect(unreachable).toEqual({
      ready: false,
      database: 'unreachable',
      outboxOldestSeconds: null,
      adapters,
    });
    const check = createHealth({
      outboxOldestSeconds: () => Promise.resolve(7),
      adapters: () => ({ telegram: 'token refused' }),
    });
    expect(await check()).toMatchObject({ ready: false, database: 'ok', outboxOldestSeconds: 7 });
  });
});

describe('numbers', () => {
  it('are served as Prometheus reads them', async () => {
    const { server, metrics } = make();
    metrics.turn('text', 'committed', 0.004);
    metrics.deliveries.sent({ platform: 'telegram', operation: 'send' });
    metrics.schedule('unit-weekly', 'done');
    const url = await server.start('127.0.0.1', 0);
    const response = await fetch(`${url}/metrics`);
    const text = await response.text();
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('bot_turn_seconds_count{kind="text",outcome="committed"} 1');
    expect(text).toContain(
      'bot_deliveries_total{platform="telegram",operation="send",outcome="sent"} 1',
    );
    expect(text).toContain('bot_schedule_runs_total{schedule="unit-weekly",outcome="done"} 1');
    expect(text).toContain('bot_outbox_messages 3');
    expect(text).toContain('bot_outbox_oldest_seconds 1.5');
  });

  it('are readable while the outbox is not', async () => {
    const metrics = createMetrics(() => Promise.reject(new Error('away')));
    expect(await metrics.registry.metrics()).toContain('bot_outbox_messages 0');
  });
});

describe('requests', () => {
  it('reach a mounted raw handler with their body unread', async () => {
    const handler: Mount['handler'] = async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      response.end(`got ${Buffer.concat(parts).toString()}`);
    };
    const { server } = make({ mounts: [{ path: '/telegram', handler }] });
    const url = await server.start('127.0.0.1', 0);
    const response = await fetch(`${url}/telegram`, { method: 'POST', body: '{"a":1}' });
    expect(await response.text()).toBe('got {"a":1}');
  });

  it('never show the cause of a fault, which goes to the log', async () => {
    const handler = (): Promise<void> => Promise.reject(new Error('secret at /home/me/file.ts'));
    const { server, logged } = make({ mounts: [{ path: '/x', handler }] });
    const url = await server.start('127.0.0.1', 0);
    const response = await fetch(`${url}/x`);
    expect([response.status, await response.text()]).toEqual([500, '{"error":"internal error"}']);
    expect(response.headers.get('x-powered-by')).toBeNull();
    const cause = expect.objectContaining({ message: expect.stringContaining('secret') });
    expect(logged).toMatchObject([{ fields: { method: 'GET', cause } }]);
  });

  it('that are malformed are the fault of whoever sent them', async () => {
    const router = express.Router().use(express.json());
    const { server, logged } = make({ mounts: [{ path: '/x', handler: router }] });
    const url = await server.start('127.0.0.1', 0);
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/x`, { method: 'POST', headers, body: '{' });
    expect(response.status).toBe(400);
    expect(logged).toEqual([]);
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
  });
});

describe('start and stop', () => {
  it('says in a sentence that the port is taken', async () => {
    const url = await make().server.start('127.0.0.1', 0);
    const { port } = new URL(url);
    await expect(make().server.start('127.0.0.1', Number(port))).rejects.toThrow(
      `PORT=${port} is already in use on 127.0.0.1`,
    );
  });

  it("says in a sentence that the address is not this machine's", async () => {
    await expect(make().server.start('192.0.2.1', 0)).rejects.toThrow(/HOST=192\.0\.2\.1/);
  });

  it('waits at its stop for a request in flight', async () => {
    let release = (): void => undefined;
    const mounts: Mount[] = [];
    const entered = new Promise<void>((enter) => {
      const handler: Mount['handler'] = async (_request, response) => {
        const waiting = new Promise<void>((resolve) => {
          release = resolve;
        });
        enter();
        await waiting;
        response.end('done');
      };
      mounts.push({ path: '/slow', handler });
    });
    const { server } = make({ mounts });
    const url = await server.start('127.0.0.1', 0);
    const answer = fetch(`${url}/slow`).then((response) => response.text());
    await entered;
    const stopped = server.stop(60_000);
    release();
    expect(await answer).toBe('done');
    await stopped;
    await expect(fetch(url)).rejects.toThrow();
  });

  it('cuts off at the end of its patience whoever does not finish', async () => {
    const { server } = make();
    const { port } = new URL(await server.start('127.0.0.1', 0));
    const socket = connect(Number(port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write('POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n');
    socket.on('error', () => undefined).resume();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await server.stop(0);
    await closed;
  });
});
