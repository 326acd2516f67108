import { ErrorResponse } from '@diemnong/contracts';
import { noAnswer, RequestError } from '../../api/request.ts';

/**
 * Send one file as multipart, `options` (JSON) first where there are any, then `file`: the order the server streams them in.
 * XMLHttpRequest, since fetch does not tell how much of the body has left.
 * @param onProgress share of the file that was sent, 0–1.
 * Errors: RequestError, as `request` raises; an aborted `signal` rejects with its reason.
 */
export function uploadFile<Answer = { id: string }>(
  path: string,
  input: { file: File; options?: object },
  { onProgress, signal }: { onProgress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<Answer> {
  const form = new FormData();
  if (input.options !== undefined) form.append('options', JSON.stringify(input.options));
  form.append('file', input.file, input.file.name);
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', path);
    sending.setRequestHeader('accept', 'application/json');
    sending.responseType = 'json';
    sending.upload.addEventListener('progress', ({ lengthComputable, loaded, total }) => {
      if (lengthComputable) onProgress?.(loaded / total);
    });
    sending.addEventListener('load', () => {
      if (sending.status < 400) resolve(sending.response as Answer);
      else reject(toRequestError(sending));
    });
    sending.addEventListener('error', () => reject(noAnswer()));
    sending.addEventListener('abort', () =>
      reject(signal?.reason ?? new RequestError('offline', 'The upload was stopped')),
    );
    signal?.addEventListener('abort', () => sending.abort(), { once: true });
    sending.send(form);
  });
}

function toRequestError({ status, response }: XMLHttpRequest): RequestError {
  const parsed = ErrorResponse.safeParse(response);
  if (!parsed.success) return new RequestError('internal', `HTTP ${status}`, { status });
  const { code, message, details } = parsed.data.error;
  return new RequestError(code, message, { status, details });
}
