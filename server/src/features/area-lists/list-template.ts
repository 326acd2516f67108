import type { Writable } from 'node:stream';
import { textCell } from '../../http/formula-guard.ts';
import { addTextSheet, createSafeWorkbook } from '../../http/safe-workbook.ts';
import { templateHeadings } from './list-columns.ts';

/** In the order of the headings; the reader passes over a line that begins with "Ví dụ". */
const example = [
  'Ví dụ: Khu vực bến xe phía Nam',
  'Phường Ví Dụ',
  '',
  '1; 4',
  '15/QĐ-UBND',
  '15/01/2026',
  'tỉnh',
  'Quanh bến xe và dãy nhà trọ; chỉ mô tả nơi chốn, không ghi tên người',
];

const notes = [
  'Loại: 1 trật tự xã hội, tệ nạn; 2 kinh tế; 3 môi trường, tài nguyên, an toàn thực phẩm; 4 ma túy. Nhiều loại: 1; 4',
  'Xã, phường: tên đầy đủ hoặc mã xã trong bộ ranh giới đang dùng; chỉ cần một trong hai cột.',
  'Cấp: tỉnh hoặc xã; để trống là tỉnh. Ngày quyết định: ngày/tháng/năm; để trống là hôm nay.',
  'Địa bàn được nhận lại theo tên và xã: đã có trong diện năm trước thì chuyển sang năm này, chưa có thì thêm mới.',
  'Không ghi họ tên, số CCCD, số điện thoại, biển số: tệp có dữ liệu cá nhân bị từ chối.',
  'Dòng bắt đầu bằng "Ví dụ" được bỏ qua.',
];

/** An empty list with its headings, a line of example and how to fill it in. @param out is ended. */
export async function writeListTemplate(out: Writable): Promise<void> {
  const workbook = createSafeWorkbook(out);
  const sheet = addTextSheet(workbook, 'Danh sách', templateHeadings);
  sheet.addRow(example.map(textCell)).commit();
  sheet.commit();
  const help = addTextSheet(workbook, 'Hướng dẫn', ['Cách ghi']);
  for (const note of notes) help.addRow([textCell(note)]).commit();
  help.commit();
  await workbook.commit();
}
