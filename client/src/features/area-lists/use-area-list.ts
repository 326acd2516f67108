import { type AreaListAnswer, type AreaListOptions, postAreaList } from '@diemnong/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { refreshAreas } from '../areas/use-areas.ts';
import { uploadFile } from '../imports/upload-file.ts';

type Sent = { file: File; options: AreaListOptions };

/** Read a year's list without writing anything, or write it: the same file, sent again. */
export function useAreaList() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, options }: Sent) => uploadFile<AreaListAnswer>(postAreaList.path, { file, options }),
    onSuccess: ({ committed }) => (committed ? refreshAreas(client) : undefined),
  });
}
