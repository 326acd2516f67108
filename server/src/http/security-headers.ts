import helmet from 'helmet';

/**
 * Nothing leaves the origin and no inline code runs. Plain http is allowed on an intranet, so helmet's
 * `upgrade-insecure-requests` and its https: font sources are switched off; TLS in front adds HSTS itself.
 * `blob:` for workers and images: MapLibre and deck.gl make both from their own bytes.
 */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:', 'blob:'],
      'worker-src': ["'self'", 'blob:'],
      'connect-src': ["'self'"],
      'font-src': ["'self'"],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    },
  },
  strictTransportSecurity: false,
  crossOriginEmbedderPolicy: false,
  crossOriginOpenerPolicy: false, // ignored on plain http, where browsers warn about it
  originAgentCluster: false,
  referrerPolicy: { policy: 'same-origin' },
});
