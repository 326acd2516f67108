export type PostgresPrograms = { bin: string; url?: undefined } | { url: string; bin?: undefined };
export function prepareSystem(): {
  chromium: string | undefined;
  postgres: PostgresPrograms | undefined;
  leftOut: string[];
};
export function startTestServer(postgres: PostgresPrograms, settings?: string[]): { url: string; stop(): void };
