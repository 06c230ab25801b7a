/** An answer with `ok: false`, by Slack's code (docs.slack.dev, the "Errors" of each method). */
export class SlackError extends Error {
  readonly code: string;
  /** More of the answer, such as `needed` and `provided` of `missing_scope`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Seconds, of `ratelimited` alone. */
  readonly retryAfter: number | null;

  constructor(
    code: string,
    fields: Readonly<Record<string, unknown>> = {},
    retryAfter: number | null = null,
  ) {
    super(code);
    this.code = code;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }
}

/** A refusal with its reasons, as Slack lists them in `response_metadata.messages`. */
export const because = (code: string, reasons: readonly string[]): SlackError =>
  new SlackError(code, {
    response_metadata: { messages: reasons.map((reason) => `[ERROR] ${reason}`) },
  });
