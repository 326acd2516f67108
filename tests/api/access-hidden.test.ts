import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AccessStage, Asker } from '../support/access-stage.ts';
import { openAccessStage } from '../support/access-stage.ts';
import { describeOnBothDatabases } from '../support/database.ts';
import { describeAnswer, type HiddenId, listHiddenIds } from '../support/hidden-ids.ts';

describeOnBothDatabases('what another commune has', (open) => {
  let stage: AccessStage;
  let owner: Asker;
  let stranger: Asker;
  let routes: HiddenId[];
  beforeAll(async () => {
    stage = await openAccessStage(open);
    owner = await stage.enter('commune');
    stranger = await stage.enter('otherCommune');
    routes = listHiddenIds(stage, owner);
  });
  afterAll(() => stage?.close());

  it('answers by its id as an id that does not exist, to the letter', async () => {
    for (const route of routes) {
      const hidden = await describeAnswer(stranger, route, route.hidden);
      expect(hidden, route.name).toMatchObject({ status: 404 });
      expect(hidden, route.name).toEqual(await describeAnswer(stranger, route, route.missing));
    }
  });

  it('control: to its owner it answers differently', async () => {
    for (const route of routes.filter(({ name }) => !name.startsWith('DELETE')))
      expect(await describeAnswer(owner, route, route.hidden), route.name).not.toEqual(
        await describeAnswer(owner, route, route.missing),
      );
  });

  it('an office of another commune is refused in the words for an office that does not exist', async () => {
    const send = async (office: string) => {
      const form = new FormData();
      form.append('options', JSON.stringify({ office }));
      form.append('file', new Blob(['a;b\r\n1;2\r\n']), 'x.csv');
      const answer = await stranger.fetch('/api/imports', { method: 'POST', body: form });
      return { status: answer.status, body: (await answer.text()).replaceAll(office, '<office>') };
    };
    const hidden = await send('CAX-OWN');
    expect(hidden.status).toBe(403);
    expect(hidden).toEqual(await send('CAX-NONE'));
    expect((await send('CAX-OTHER')).status).toBe(202);
  });
});
