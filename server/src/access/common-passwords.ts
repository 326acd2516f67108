import { dictionary } from '@zxcvbn-ts/language-common';

/** The 49,233 most used passwords of public leaks, lower case, a few hundred Vietnamese ones among them. */
const leaked = new Set<string>(dictionary['passwords-common'] as readonly string[]);

/**
 * Words that are guessed first here: what Vietnamese leaks show ("mật khẩu", "anh yêu em"…), the platform, the trade, common
 * names. Without marks, as they are typed.
 */
const localWords = `
  matkhau matma khongco khongbiet dangnhap taikhoan nguoidung quantri quantrivien admin administrator password passwd root user test
  demo login welcome secret letmein changeme default
  anhyeuem emyeuanh anhnhoem yeuem yeuanh iloveyou toiyeu toiyeuem yeunhau tinhyeu conyeu vochong giadinh banbe hanhphuc motminh
  mailaanh mailaem khongyeu chobietthuong contrai congai baobao bimbim
  congan canhsat cong an canh sat anninh trattu conganxa conganphuong conganhuyen congantinh cand vietnam viet nam hanoi saigon
  hungyen thaibinh haiphong hochiminh hochiminhcity tphcm danang cantho hue nghean thanhhoa quangninh bacninh bacgiang namdinh
  diemnong diem nong hotspot bando ban do banve tinhmau tinh mau phuong huyen tinh thanhpho to quoc toquoc dangcongsan nhandan
  nguyen tran pham hoang phan dang duong huynh nguyenvan nguyenthi thanh tuan hung dung minh linh huong trang phuong thao
  hello xinchao chao abc abcd abcde abc123 qwerty asdf zxcv qwe asd zxc
`
  .trim()
  .split(/\s+/);
const words = new Set(localWords);
const longestWord = Math.max(...localWords.map(({ length }) => length));

/** In alphabetical, numerical and keyboard order, there and back. */
const runs = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn',
].flatMap((run) => [run.repeat(2), run.repeat(2).split('').reverse().join('')]);

/** Lower case, without accents and marks: "Mật Khẩu" → "mat khau". */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');
}

/**
 * Is it among what is tried first? Looked at as it is and without what people add to pass a rule: capitals, marks, spaces,
 * digits and punctuation at its ends. So are repetitions, runs along the keyboard, and passwords made of local words only.
 */
export function isCommonPassword(password: string): boolean {
  const folded = fold(password);
  const joined = folded.replaceAll(/[\s._-]+/g, '');
  const bare = joined.replace(/^[^a-z]+/, '').replace(/[^a-z]+$/, '');
  return [folded, joined, bare].some(isGuessable) || (bare.length < 4 && isFewCharacters(joined, 6));
}

function isGuessable(text: string): boolean {
  if (text === '') return false;
  const unit = /^(.+?)\1*$/su.exec(text)?.[1] ?? text;
  return (
    leaked.has(text) ||
    leaked.has(unit) ||
    (unit.length <= 4 && unit.length < text.length) ||
    isFewCharacters(text, 3) ||
    runs.some((run) => run.includes(unit)) ||
    isMadeOfWords(text)
  );
}

function isFewCharacters(text: string, most: number): boolean {
  return new Set(text).size <= most;
}

/** Nothing but local words, one after the other. Steps: length × longest word. */
function isMadeOfWords(text: string): boolean {
  const reached = new Set([0]);
  for (let start = 0; start < text.length; start++) {
    if (!reached.has(start)) continue;
    for (let end = start + 1; end <= Math.min(text.length, start + longestWord); end++)
      if (words.has(text.slice(start, end))) reached.add(end);
  }
  return reached.has(text.length);
}
