/** Tabs share one cookie: signing in or out in one is told to the others, which then ask who is signed in. */
const channel = new BroadcastChannel('diemnong.session');

export function tellSessionMoved(): void {
  channel.postMessage(null);
}

/** Returns the function that ends the subscription. */
export function onSessionMoved(listener: () => void): () => void {
  channel.addEventListener('message', listener);
  return () => channel.removeEventListener('message', listener);
}
