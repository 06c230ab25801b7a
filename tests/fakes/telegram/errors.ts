/** An answer with `ok: false`, in the words of Telegram's own server. */
export class ApiError extends Error {
  readonly code: number;
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number };

  constructor(code: number, description: string, parameters: ApiError['parameters'] = {}) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export const badRequest = (text: string): ApiError => new ApiError(400, `Bad Request: ${text}`);
export const forbidden = (text: string): ApiError => new ApiError(403, `Forbidden: ${text}`);
