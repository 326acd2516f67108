/**
 * A name as it is searched: without accents and case, so "hoa" finds Hoà and Hòa, "dong" finds Đông.
 * NFD takes the marks off their letters; đ has no decomposition.
 */
export function searchKey(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Places whose words begin with the words that were typed, those whose own name begins so first, at most `limit`. */
export function searchByName<T extends { name: string; fullName: string }>(
  places: readonly T[],
  text: string,
  limit: number,
): T[] {
  const wanted = searchKey(text);
  if (wanted === '') return [];
  const typed = wanted.split(' ');
  const rankOf = (place: T): number => {
    const name = searchKey(place.name);
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    const words = searchKey(`${place.name} ${place.fullName}`).split(' ');
    return typed.every((part) => words.some((word) => word.startsWith(part))) ? 2 : -1;
  };
  return places
    .map((place) => ({ place, rank: rankOf(place) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.place.name.localeCompare(b.place.name, 'vi'))
    .slice(0, limit)
    .map(({ place }) => place);
}
