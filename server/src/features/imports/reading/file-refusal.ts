import { AppError } from '@diemnong/contracts';

type Words = { vi: string; en: string; isTooLarge?: true };

/** Why a whole file cannot be read. `{…}` is filled from the values given. */
const refusals = {
  empty: { vi: 'Tệp không có dòng dữ liệu nào.', en: 'The file holds no data row.' },
  xls: {
    vi: 'Đây là tệp Excel kiểu cũ (.xls). Hãy mở bằng Excel, chọn "Lưu thành… → Excel Workbook (.xlsx)" rồi nhập lại.',
    en: 'This is an old Excel file (.xls). Open it in Excel, save it as .xlsx and import that.',
  },
  xlsb: {
    vi: 'Đây là sổ Excel nhị phân (.xlsb). Hãy lưu lại thành .xlsx rồi nhập lại.',
    en: 'This is a binary workbook (.xlsb). Save it as .xlsx and import that.',
  },
  encrypted: {
    vi: 'Tệp được bảo vệ bằng mật khẩu. Hãy gỡ mật khẩu (Tệp → Thông tin → Bảo vệ sổ làm việc) rồi nhập lại.',
    en: 'The file is protected by a password. Remove the password and import it again.',
  },
  ods: {
    vi: 'Đây là bảng tính OpenDocument (.ods). Hãy lưu lại thành .xlsx rồi nhập lại.',
    en: 'This is an OpenDocument sheet (.ods). Save it as .xlsx and import that.',
  },
  not_a_workbook: {
    vi: 'Tệp nén này không phải sổ Excel (.xlsx). Hãy gửi tệp .xlsx, .csv hoặc .geojson.',
    en: 'This archive is not an Excel workbook (.xlsx). Send .xlsx, .csv or .geojson.',
  },
  html: {
    vi: 'Tệp này là trang web hoặc XML, không phải bảng tính. Hãy mở bằng Excel và lưu thành .xlsx rồi nhập lại.',
    en: 'The file is a web page or XML, not a sheet. Open it in Excel, save it as .xlsx and import that.',
  },
  pdf: {
    vi: 'Tệp PDF không nhập được. Hãy gửi bảng gốc dạng .xlsx hoặc .csv.',
    en: 'PDF cannot be imported. Send the original table as .xlsx or .csv.',
  },
  binary: {
    vi: 'Tệp không phải văn bản, Excel hay GeoJSON (có byte rỗng). Hãy gửi .xlsx, .csv hoặc .geojson.',
    en: 'The file is neither text, Excel nor GeoJSON (it holds zero bytes). Send .xlsx, .csv or .geojson.',
  },
  damaged: {
    vi: 'Tệp bị hỏng hoặc gửi chưa trọn ({detail}). Hãy gửi lại.',
    en: 'The file is damaged or incomplete ({detail}). Send it again.',
  },
  bomb: {
    vi: 'Tệp nén bung ra quá lớn ({detail}); không đọc để giữ an toàn cho máy chủ.',
    en: 'The archive inflates to too much ({detail}); not read, to keep the server safe.',
    isTooLarge: true,
  },
  line_too_long: {
    vi: 'Dòng {row}: dài quá {limit} MB, không phải một dòng của bảng.',
    en: 'Row {row} is longer than {limit} MB: not a row of a table.',
    isTooLarge: true,
  },
  open_quote: {
    vi: 'Dòng {row}: dấu ngoặc kép (") mở ra mà không đóng. Hãy sửa dòng này hoặc lưu lại bằng Excel.',
    en: 'Row {row}: a quote (") opens and never closes. Mend the row or save the file again from Excel.',
  },
  too_many_columns: {
    vi: 'Bảng có {detail} cột; tối đa {limit}.',
    en: 'The table has {detail} columns; at most {limit}.',
    isTooLarge: true,
  },
  too_many_texts: {
    vi: 'Sổ Excel chứa quá nhiều văn bản ({detail}). Hãy chia nhỏ hoặc lưu thành .csv.',
    en: 'The workbook holds too much text ({detail}). Split it or save it as .csv.',
    isTooLarge: true,
  },
  too_many_rejected: {
    vi: 'Hơn {limit} MB là các dòng bị từ chối; không đọc tiếp. Hãy kiểm tra tệp và các cột rồi nhập lại.',
    en: 'Rejected rows fill more than {limit} MB: not read on. Check the file and its columns.',
    isTooLarge: true,
  },
  too_many_rows: {
    vi: 'Tệp có quá nhiều dòng (hơn {limit} MB khi đọc xong): hãy chia nhỏ.',
    en: 'The file has too many rows (more than {limit} MB once read): split it.',
    isTooLarge: true,
  },
  unsafe_xml: {
    vi: 'Sổ Excel chứa khai báo XML không an toàn (DOCTYPE). Không đọc.',
    en: 'The workbook holds an unsafe XML declaration (DOCTYPE). Not read.',
  },
  no_sheet: {
    vi: 'Không có trang tính "{detail}". Tệp có: {sheets}.',
    en: 'There is no sheet "{detail}". The file has: {sheets}.',
  },
  not_geojson: {
    vi: 'Tệp JSON này không phải GeoJSON FeatureCollection ({detail}).',
    en: 'This JSON file is not a GeoJSON FeatureCollection ({detail}).',
  },
  person_property: {
    vi: 'Thuộc tính "{detail}" là dữ liệu cá nhân. Nền tảng không nhận dữ liệu cá nhân: hãy bỏ thuộc tính này rồi nhập lại.',
    en: 'The property "{detail}" is data on persons, which the platform does not take: remove it and import again.',
  },
} satisfies Record<string, Words>;

export type RefusalReason = keyof typeof refusals;

/** The whole file is refused: AppError with the reason in Vietnamese; `details` = {reason, messageEn}. */
export class FileRefusal extends AppError {
  override name = 'FileRefusal';
  readonly reason: RefusalReason;
  constructor(reason: RefusalReason, values: Record<string, string | number> = {}, cause?: unknown) {
    const words: Words = refusals[reason];
    const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''));
    const code = reason === 'person_property' ? 'person_data' : words.isTooLarge ? 'too_large' : 'unprocessable';
    super(code, fill(words.vi), { cause, details: { reason, messageEn: fill(words.en), ...values } });
    this.reason = reason;
  }
}
