/** Minor releases that fix the row-level-security bypasses CVE-2026-120154 and CVE-2026-16237 (postgresql.org/support/security). */
const oldestMinor: Record<number, number> = { 15: 20, 16: 16, 17: 12, 18: 7 };

/**
 * Why a database server cannot be used; undefined when it can.
 * @param version `server_version_num`, e.g. 150020 for 15.20. @param postgis newest available PostGIS, e.g. "3.3.2"; null when there is none.
 */
export function findServerFault(version: number, postgis: string | null): string | undefined {
  const major = Math.floor(version / 10_000);
  const minor = version % 10_000;
  const neededMinor = oldestMinor[major];
  if (major < 15) return `PostgreSQL ${major}.${minor} quá cũ: cần bản 15 trở lên (PostgreSQL ≥ 15 is needed)`;
  if (neededMinor !== undefined && minor < neededMinor)
    return (
      `PostgreSQL ${major}.${minor} có lỗ hổng bảo mật mức dòng: cần ${major}.${neededMinor} trở lên ` +
      `(this minor release has row-security bypasses; ${major}.${neededMinor} or newer is needed)`
    );
  if (postgis === null)
    return 'Máy chủ cơ sở dữ liệu chưa có PostGIS: hãy cài gói PostGIS ≥ 3.3 (PostGIS is not installed on the database server)';
  const [postgisMajor = 0, postgisMinor = 0] = postgis.split('.').map(Number);
  if (postgisMajor < 3 || (postgisMajor === 3 && postgisMinor < 3))
    return `PostGIS ${postgis} quá cũ: cần 3.3 trở lên (PostGIS ≥ 3.3 is needed)`;
  return undefined;
}
