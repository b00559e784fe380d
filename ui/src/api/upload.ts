// Sends a file as it is, with progress. XMLHttpRequest, because fetch cannot tell how much has left.
import { t } from '$/app/i18n.svelte';
import { API_ROOT, ApiError, hooks } from './client';

export interface Sending { loaded: number; total: number }

/** Posts the raw bytes of `file` to `path` (below /api/v1, with its query) and answers the parsed body. */
export async function upload<T>(path: string, file: Blob, progress?: (now: Sending) => void, signal?: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await send<T>(path, file, progress, signal);
    } catch (thrown) {
      if (thrown instanceof ApiError && thrown.code === 'signed_out' && hooks.signIn && (await hooks.signIn())) continue;
      throw thrown;
    }
  }
}

function send<T>(path: string, file: Blob, progress?: (now: Sending) => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', API_ROOT + path);
    request.responseType = 'text';
    request.setRequestHeader('Accept-Language', hooks.language());
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.upload.onprogress = (event) => progress?.({ loaded: event.loaded, total: event.total });
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body as T);
      else reject(new ApiError(request.status, body ?? {}));
    };
    request.onerror = () => reject(new ApiError(0, { code: 'offline', detail: t('ui-error-offline'), remedy: t('ui-error-offline-remedy') }));
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

function parsed(text: string): object | null {
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}
