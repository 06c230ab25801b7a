/** The environment as validated configuration. Nothing happens at import; nothing is read but `env`. */
import { join } from 'node:path';
import { z } from 'zod';

export interface Config {
  /** PostgreSQL server; null: embedded database in `databaseDir`. */
  readonly databaseUrl: string | null;
  /** Folder of everything that is kept on this machine. */
  readonly dataDir: string;
  readonly databaseDir: string;
  readonly host: string;
  readonly port: number;
  /** Where the outer world reaches this server, without a slash at the end. */
  readonly publicUrl: string | null;
  /** The campaign's file; null: the shipped one. */
  readonly campaignFile: string | null;
  /** Folder of the office's own texts; null: the shipped ones only. */
  readonly textsDir: string | null;
  readonly telegram: TelegramConfig | null;
  readonly slack: SlackConfig | null;
  readonly playground: boolean;
  readonly logLevel: LogLevel;
  /** Sentences to log at start: keys that have no effect or look misspelt. */
  readonly warnings: readonly string[];
}

interface TelegramConfig {
  readonly token: string;
  readonly apiRoot: string;
  readonly receive:
    | { readonly mode: 'polling' }
    | { readonly mode: 'webhook'; readonly publicUrl: string; readonly secret: string };
}

interface SlackConfig {
  readonly botToken: string;
  /** Ends in a slash. */
  readonly apiUrl: string;
  readonly receive:
    | { readonly mode: 'socket'; readonly appToken: string }
    | { readonly mode: 'http'; readonly signingSecret: string };
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** Settings that cannot be used. The message has one line for each: key, value, how to put it right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
  }
}

const SECRETS = [
  'TELEGRAM_BOT_TOKEN',
  'TELEGRAM_WEBHOOK_SECRET',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'DATABASE_URL',
];

const address = (fix: string, ...protocols: string[]) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), fix)
    .transform((text) => text.replace(/\/+$/, ''));

const Environment = z.object({
  DATABASE_URL: z
    .string()
    .refine(
      (text) => URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol),
      'write postgres://user:password@host:5432/database, or leave it out for the embedded database',
    )
    .optional(),
  DATA_DIR: z.string().default('./data'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce
    .number('write a port number, for example 3000')
    .int('write a whole number, for example 3000')
    .min(0, 'write a number from 0 to 65535')
    .max(65_535, 'write a number from 0 to 65535')
    .default(3000),
  PUBLIC_URL: address('write the address as https://bot.example.vn', 'https:', 'http:').optional(),
  CAMPAIGN: z.string().optional(),
  TEXTS: z.string().optional(),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, 'copy the whole token that @BotFather gave, as 123456789:AA…')
    .optional(),
  TELEGRAM_API_ROOT: address(
    'write the address of a Bot API server, or leave it out for https://api.telegram.org',
    'https:',
    'http:',
  ).default('https://api.telegram.org'),
  TELEGRAM_MODE: z.enum(['polling', 'webhook'], 'write polling or webhook').default('polling'),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, 'use 16 to 256 of the characters A-Z a-z 0-9 _ -')
    .optional(),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(
      /^xoxb-[\w-]+$/,
      'copy the Bot User OAuth Token, as xoxb-…, from the app’s page OAuth & Permissions',
    )
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(
      /^xapp-[\w-]+$/,
      'copy the App-Level Token with connections:write, as xapp-…, from the app’s page Basic Information',
    )
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'copy the 32 characters of Signing Secret from Basic Information')
    .optional(),
  SLACK_API_URL: address(
    'write the address of a Slack API server, or leave it out for https://slack.com/api',
    'https:',
    'http:',
  ).default('https://slack.com/api'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `write one of ${LOG_LEVELS.join(', ')}`).default('info'),
  PLAYGROUND: z.enum(['on', 'off'], 'write on or off').optional(),
});
type Environment = z.infer<typeof Environment>;
const KEYS = Object.keys(Environment.shape);

/**
 * Reads the settings; an empty value counts as left out.
 * @throws ConfigError with a line for every problem
 */
export function parseConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(
    KEYS.flatMap((key) => (env[key]?.trim() ? [[key, env[key].trim()] as const] : [])),
  );
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map(({ path, message }) => line(String(path[0]), given, message)),
    );
  }
  const values = parsed.data;
  const chats = values.TELEGRAM_BOT_TOKEN !== undefined || values.SLACK_BOT_TOKEN !== undefined;
  const playground = values.PLAYGROUND ? values.PLAYGROUND === 'on' : !chats;
  const faults = [
    ...webhookFaults(values, given),
    ...slackFaults(values, given),
    ...playgroundFaults(values, given, playground),
  ];
  if (faults.length > 0) throw new ConfigError(faults);
  return {
    databaseUrl: values.DATABASE_URL ?? null,
    dataDir: values.DATA_DIR,
    databaseDir: join(values.DATA_DIR, 'database'),
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? null,
    campaignFile: values.CAMPAIGN ?? null,
    textsDir: values.TEXTS ?? null,
    telegram: telegramOf(values),
    slack: slackOf(values),
    playground,
    logLevel: values.LOG_LEVEL,
    warnings: [...withoutEffect(values, given), ...misspelt(env)],
  };
}

function telegramOf(values: Environment): TelegramConfig | null {
  const { TELEGRAM_BOT_TOKEN: token, PUBLIC_URL: publicUrl } = values;
  const secret = values.TELEGRAM_WEBHOOK_SECRET;
  if (!token) return null;
  const webhook = values.TELEGRAM_MODE === 'webhook' && publicUrl && secret;
  return {
    token,
    apiRoot: values.TELEGRAM_API_ROOT,
    receive: webhook ? { mode: 'webhook', publicUrl, secret } : { mode: 'polling' },
  };
}

/** Socket Mode when both ways are given: it needs no address that Slack can reach. */
function slackOf(values: Environment): SlackConfig | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken } = values;
  const signingSecret = values.SLACK_SIGNING_SECRET;
  if (!botToken) return null;
  const apiUrl = `${values.SLACK_API_URL}/`;
  if (appToken) return { botToken, apiUrl, receive: { mode: 'socket', appToken } };
  return signingSecret ? { botToken, apiUrl, receive: { mode: 'http', signingSecret } } : null;
}

type Given = Readonly<Record<string, string>>;

function webhookFaults(values: Environment, given: Given): string[] {
  if (!values.TELEGRAM_BOT_TOKEN || values.TELEGRAM_MODE !== 'webhook') return [];
  const faults: string[] = [];
  if (!values.PUBLIC_URL?.startsWith('https:')) {
    faults.push(
      line('PUBLIC_URL', given, 'webhook mode needs the https address Telegram can reach'),
    );
  }
  if (!values.TELEGRAM_WEBHOOK_SECRET) {
    const fix = 'webhook mode needs a secret of 16 to 256 characters A-Z a-z 0-9 _ -';
    faults.push(line('TELEGRAM_WEBHOOK_SECRET', given, fix));
  }
  return faults;
}

function slackFaults(values: Environment, given: Given): string[] {
  if (!values.SLACK_BOT_TOKEN || values.SLACK_APP_TOKEN || values.SLACK_SIGNING_SECRET) return [];
  const fix =
    'Slack needs the App-Level Token (Socket Mode), or SLACK_SIGNING_SECRET when Slack can reach this server';
  return [line('SLACK_APP_TOKEN', given, fix)];
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** The playground lets anyone who reaches it be anyone: it is for this machine alone. */
function playgroundFaults(values: Environment, given: Given, playground: boolean): string[] {
  if (playground && !LOOPBACK.includes(values.HOST)) {
    const fix = `the playground is served to this machine only: write 127.0.0.1, or set PLAYGROUND=off`;
    return [line('HOST', given, fix)];
  }
  if (!playground && !values.TELEGRAM_BOT_TOKEN && !values.SLACK_BOT_TOKEN) {
    const fix = 'set it or SLACK_BOT_TOKEN, or leave PLAYGROUND out to try the bot here';
    return [line('TELEGRAM_BOT_TOKEN', given, fix)];
  }
  return [];
}

function* withoutEffect(values: Environment, given: Given): Generator<string> {
  const without = function* (prefix: string, needed: string): Generator<string> {
    for (const key of KEYS.filter((k) => k.startsWith(prefix) && k in given)) {
      yield `${key} has no effect without ${needed}.`;
    }
  };
  if (!values.TELEGRAM_BOT_TOKEN) yield* without('TELEGRAM_', 'TELEGRAM_BOT_TOKEN');
  else if (values.TELEGRAM_MODE === 'polling') {
    for (const key of ['TELEGRAM_WEBHOOK_SECRET', 'PUBLIC_URL'].filter((k) => k in given)) {
      yield `${key} has no effect with TELEGRAM_MODE=polling.`;
    }
  }
  if (!values.SLACK_BOT_TOKEN) yield* without('SLACK_', 'SLACK_BOT_TOKEN');
  else if (values.SLACK_APP_TOKEN && values.SLACK_SIGNING_SECRET) {
    yield 'SLACK_SIGNING_SECRET has no effect beside SLACK_APP_TOKEN: Socket Mode is used.';
  }
}

function* misspelt(env: NodeJS.ProcessEnv): Generator<string> {
  for (const key of Object.keys(env)) {
    if (KEYS.includes(key)) continue;
    const nearest = KEYS.map((known) => ({ known, far: distance(key.toUpperCase(), known) }))
      .filter(({ known, far }) => far <= 2 && known.length >= 8)
      .sort((a, b) => a.far - b.far)[0];
    if (nearest) yield `${key} is not a setting; did you mean ${nearest.known}?`;
    else if (/^(TELEGRAM|SLACK)_/.test(key)) yield `${key} is not a setting and has no effect.`;
  }
}

/** `PORT=abc: fix`, secrets masked. */
function line(key: string, given: Given, fix: string): string {
  const value = given[key];
  if (value === undefined) return `${key} is not set: ${fix}`;
  return `${key}=${SECRETS.includes(key) ? masked(value) : value}: ${fix}`;
}

const masked = (value: string): string =>
  `${value.length > 12 ? value.slice(0, 3) : ''}… (${value.length} characters)`;

/** Letters to insert, delete or change to make one word the other (Levenshtein). */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...a].entries()) {
    const row = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const change = (previous[j] ?? 0) + Number(letter !== other);
      row.push(Math.min(change, (previous[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
    previous = row;
  }
  return previous.at(-1) ?? 0;
}
