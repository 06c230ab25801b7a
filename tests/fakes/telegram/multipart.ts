export interface UploadedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Form {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, UploadedFile>>;
}

/** `multipart/form-data` as grammY writes it: header names in any case, file names unquoted. */
export function parseMultipart(body: Buffer, contentType: string): Form {
  const boundary = /boundary=(?:"([^"]+)"|([^;]+))/.exec(contentType)?.slice(1).find(Boolean);
  if (!boundary) throw new Error('multipart without a boundary');
  const fields: Record<string, string> = {};
  const files: Record<string, UploadedFile> = {};
  const mark = Buffer.from(`--${boundary}`);
  let at = body.indexOf(mark);
  while (at >= 0) {
    const start = at + mark.length + 2;
    const next = body.indexOf(mark, start);
    if (next < 0) break;
    const part = body.subarray(start, next - 2);
    const gap = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, gap).toString('utf8');
    const value = part.subarray(gap + 4);
    const name = /name="([^"]*)"/.exec(head)?.[1];
    if (name === undefined) throw new Error(`part without a name: ${head}`);
    const file = /filename=(?:"([^"]*)"|([^;\r\n]*))/.exec(head);
    if (file) files[name] = { name: file[1] ?? file[2] ?? '', bytes: new Uint8Array(value) };
    else fields[name] = value.toString('utf8');
    at = next;
  }
  return { fields, files };
}
