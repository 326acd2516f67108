import { AppError, type ErrorResponse, errorStatus } from '@diemnong/contracts';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';

/** The one place where errors become answers. Unknown errors are logged whole and answered `internal`, without their text. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const known = knownError(error);
    if (known === undefined) log.error({ err: error, url: request.originalUrl }, 'request failed');
    const code = known?.code ?? 'internal';
    const body: ErrorResponse = {
      error: {
        code,
        message: known?.message ?? 'Có lỗi trong máy chủ; xem nhật ký máy chủ. (Internal error; see the server log.)',
        ...(known?.details === undefined ? {} : { details: known.details }),
      },
    };
    const isForNow = code === 'unavailable' || code === 'too_many_requests';
    if (isForNow && !response.hasHeader('Retry-After')) response.setHeader('Retry-After', '3');
    response.setHeader('Cache-Control', 'no-store');
    response.removeHeader('ETag');
    response.status(errorStatus[code]).json(body);
  };
}

function knownError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (!(error instanceof Error)) return undefined;
  const { code, type } = error as Error & { code?: string; type?: string };
  if (type === 'entity.too.large')
    return new AppError('too_large', 'Nội dung gửi lên quá lớn. (The request body is too large.)');
  if (type === 'entity.parse.failed') return new AppError('invalid_input', 'The request body is not valid JSON');
  if (error instanceof URIError) return new AppError('invalid_input', 'The address holds a malformed escape');
  const { status } = error as { status?: number };
  if (status !== undefined && status >= 400 && status < 500)
    return new AppError(status === 403 ? 'forbidden' : status === 404 ? 'not_found' : 'invalid_input', error.message);
  if (code === 'ENOSPC' || code === '53100')
    return new AppError('storage_full', 'Ổ đĩa đã đầy: hãy giải phóng dung lượng rồi thử lại. (The disk is full.)', {
      cause: error,
    });
  // A NUL or half a surrogate pair, which JSON may carry and PostgreSQL's text may not.
  if (code === '22021' || code === '22P05')
    return new AppError('invalid_input', 'A text holds a character that cannot be stored (NUL or an incomplete one)', {
      cause: error,
    });
  const lost = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '08006', '08003'];
  if (
    (code !== undefined && lost.includes(code)) ||
    /Connection terminated|Timeout acquiring a connection/.test(error.message)
  )
    return new AppError(
      'unavailable',
      'Cơ sở dữ liệu tạm thời không trả lời; hãy thử lại. (The database does not answer.)',
      { cause: error },
    );
  return undefined;
}
