/** The line to the server on which sound goes out and answers come in. Opened anew by itself when it breaks. */
import type { FromPage, ToPage } from '../../hands-free/messages';

export interface Line {
  isOpen(): boolean;
  send(message: FromPage): void;
  sound(pcm: Float32Array): void;
  close(): void;
}

const AGAIN_MS = [500, 1000, 2000, 5000, 10_000];

export function openLine(hear: (message: ToPage) => void, changed: (isOpen: boolean) => void): Line {
  let socket: WebSocket | undefined;
  let tries = 0;
  let again = 0;
  let closed = false;

  function connect(): void {
    const opening = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/hearing`);
    socket = opening;
    opening.addEventListener('open', () => {
      tries = 0;
      changed(true);
    });
    opening.addEventListener('message', ({ data }) => hear(JSON.parse(data as string) as ToPage));
    opening.addEventListener('close', () => {
      if (closed) return;
      changed(false);
      again = window.setTimeout(connect, AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]);
      tries += 1;
    });
  }
  connect();

  const isOpen = () => socket?.readyState === WebSocket.OPEN;
  return {
    isOpen,
    send(message) {
      if (isOpen()) socket?.send(JSON.stringify(message));
    },
    sound(pcm) {
      if (isOpen()) socket?.send(Int16Array.from(pcm, (value) => Math.max(-1, Math.min(1, value)) * 32_767));
    },
    close() {
      closed = true;
      clearTimeout(again);
      socket?.close();
    },
  };
}
